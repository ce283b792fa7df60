import { describe, expect, test } from "vitest";
import { forStudents, forTeachers, lessons } from "../../tools/class";
import { codeCells, type Notebook, sourceOf } from "../../tools/notebook";
import { exercisesOf } from "../../tools/tasks";
import { committed, madeUp, names, printed } from "../book";

const all = await lessons();
const prose = ({ cells }: Notebook): string =>
  cells
    .filter(({ cell_type }) => cell_type === "markdown")
    .map(sourceOf)
    .join("\n");

test("teachers are told of every task of the book, and of no other", () => {
  expect([...all].map(([name, tasks]) => [name, [...tasks.keys()]])).toEqual(
    names.map((name) => [name, exercisesOf(committed(name)).map(({ title }) => title)]),
  );
});

describe.each(names)("%s", (name) => {
  const notebook = committed(name);
  const tasks = exercisesOf(notebook);
  const told = tasks.map(({ title }) => all.get(name)!.get(title)!);

  test("for students has two hints and no solution, and the same code", () => {
    const made = forStudents(notebook, name, all);
    expect(prose(made)).not.toMatch(/Solution|solution\s+is\s+folded|```ts/);
    for (const { solution } of tasks) expect(JSON.stringify(made)).not.toContain(JSON.stringify(solution).slice(1, -1));
    expect(prose(made).match(/<summary>Hint<\/summary>/g)).toHaveLength(tasks.length);
    expect(prose(made).match(/<summary>A further hint<\/summary>/g)).toHaveLength(tasks.length);
    for (const { hint } of told) expect(prose(made)).toContain(hint);
    expect(codeCells(made)).toEqual(codeCells(notebook));
  });

  test("for teachers has the solutions, the minutes and the misconceptions", () => {
    const made = forTeachers(notebook, name, all);
    expect(exercisesOf(made).map(({ solution }) => solution)).toEqual(tasks.map(({ solution }) => solution));
    for (const { minutes, misconception } of told)
      expect(prose(made)).toContain(`About ${minutes} minutes. Behind the verdict at first: ${misconception}`);
  });
});

test("a task that nothing is said of is named", () => {
  const folded = "<details><summary>Solution</summary>\n\nSo.\n\n```ts\nshow(1)\n```\n\n</details>";
  const made = madeUp(`## Exercises\n\n### Fly\n\n${folded}`, ["show(0)", printed("✗")]);
  expect(() => forStudents(made, "02-linear.ipynb", all)).toThrow(
    "docs/teaching.md says nothing about “Fly” in 02-linear.ipynb.",
  );
});
