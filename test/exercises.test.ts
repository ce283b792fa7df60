import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { executeInto } from "../tools/execute";
import { type Cell, type Notebook, readNotebook, sourceOf } from "../tools/notebook";
import { committed, type Made, madeUp, names, outputsOf, printed, wordsOf } from "./book";
import { typeErrors } from "./cells";
import { type Workshop, workshop } from "./workshop";

let shop: Workshop;
let executed: string;
beforeAll(async () => {
  shop = await workshop();
  executed = join(shop.folder, "executed");
  await mkdir(executed);
});
afterAll(() => shop.remove());

describe.each(names)("the exercises of %s", (name) => {
  const notebook = committed(name);
  const solved = withSolutions(notebook);

  test("are three or four, each with a cell to edit and a folded solution", () => {
    expect(complaints(notebook)).toEqual([]);
  });

  test("are not solved yet", () => {
    expect(marks(notebook)).toEqual(tasksOf(notebook).map(({ title }) => [title, expect.stringContaining("✗")]));
  });

  test("are solved by their solutions", async () => {
    const path = join(shop.notebooks, name);
    await writeFile(path, JSON.stringify(solved));
    await executeInto([path], executed);
    expect(marks(await readNotebook(join(executed, name)))).toEqual(
      tasksOf(notebook).map(({ title }) => [title, expect.stringMatching(/^✓+$/)]),
    );
  }, 300_000);

  test("have solutions without an error under strict TypeScript", async () => {
    expect(await typeErrors([[name, solved]], join(shop.folder, "cells"))).toEqual([]);
  });
});

describe("the finder", () => {
  const solution = (code = "show(1)\n") =>
    `<details><summary>Solution</summary>\n\nBecause.\n\n\`\`\`ts\n${code}\`\`\`\n\n</details>`;
  const start: Made = ["show(0)", printed("✗ 1")];
  const task = (title: string, folded = solution()): string => `### ${title}\n\nShow 1.\n\n${folded}`;
  const found = (...cells: Made[]) =>
    complaints(madeUp("# Title", ["1"], `## Exercises\n\nEdit.\n\n${task("A")}`, start, task("B"), start, ...cells));

  test("is content with three or four tasks, whatever follows", () => {
    expect(found(task("C"), start, "Next: [2](2.ipynb)")).toEqual([]);
    expect(found(task("C"), start, task("D"), start, "## More", ["2"])).toEqual([]);
  });

  test("sees what they hold and say", () => {
    const notebook = madeUp(`## Exercises\n\n${task("A", solution("const a = 1;\nshow(a)\n"))}`, start);
    expect(tasksOf(notebook)).toEqual([
      { title: "A", cells: [notebook.cells[1]], solutions: ["const a = 1;\nshow(a)"], fences: 1 },
    ]);
    expect(marks(notebook)).toEqual([["A", "✗"]]);
    expect(withSolutions(notebook).cells[1].source).toBe("const a = 1;\nshow(a)");
  });

  test.each<[string, string, ...Made[]]>([
    ["too few", "2 tasks"],
    ["a missing solution", "C: 0 solutions", task("C", ""), start],
    ["a solution that is not folded", "C: 0 solutions", task("C", "```ts\nshow(1)\n```"), start],
    [
      "a solution without code",
      "C: 0 solutions",
      task("C", "<details><summary>Solution</summary>\n\nThink.\n\n</details>"),
      start,
    ],
    ["two solutions", "C: 2 solutions", task("C", `${solution()}\n\n${solution()}`), start],
    ["more code beside the solution", "C: 2 fences", task("C", `\`\`\`ts\nshow(1)\n\`\`\`\n\n${solution()}`), start],
    ["no cell to edit", "C: 0 cells", task("C")],
    ["two cells to edit", "C: 2 cells", task("C"), start, "More.", start],
  ])("notices %s", (_, complaint, ...cells) => {
    expect(found(...cells)).toEqual([complaint]);
  });

  test("notices a notebook without exercises", () => {
    expect(complaints(madeUp("# Title", ["1"], task("A"), start, task("B"), start, task("C"), start))).toEqual([
      "0 tasks",
    ]);
  });
});

/** What the reader is asked to do: the cells to edit and the folded solutions, one each if all is well. */
interface Task {
  readonly title: string;
  readonly cells: Cell[];
  readonly solutions: string[];
  /** How many pieces of code its text has. */
  readonly fences: number;
}

const SOLUTION =
  /<details><summary>Solution<\/summary>\n\n(?:(?!<\/?details|```)[^])+\n\n```ts\n([^]*?)\n```\n\n<\/details>/g;

/** The tasks under the heading "Exercises", each from its heading to the next. */
function tasksOf({ cells }: Notebook): Task[] {
  const pieces = cells.flatMap((cell): (string | Cell)[] =>
    cell.cell_type === "code" ? [cell] : sourceOf(cell).split(/^(?=#{1,3} )/m),
  );
  const heading = (level: string) => (piece: string | Cell) =>
    typeof piece === "string" && piece.startsWith(`${level} `);
  const first = pieces.findIndex((piece) => typeof piece === "string" && /^## Exercises$/m.test(piece));
  if (first < 0) return [];
  const after = pieces.slice(first + 1);
  const end = after.findIndex(heading("##"));
  const tasks: Task[] = [];
  for (const piece of end < 0 ? after : after.slice(0, end)) {
    if (typeof piece !== "string") tasks.at(-1)?.cells.push(piece);
    else if (heading("###")(piece)) {
      const solutions = [...piece.matchAll(SOLUTION)].map(([, code]) => code);
      tasks.push({
        title: piece.split("\n")[0].slice(4),
        cells: [],
        solutions,
        fences: piece.split(/^```ts$/m).length - 1,
      });
    }
  }
  return tasks;
}

/** What is wrong with the form of a notebook's exercises. */
function complaints(notebook: Notebook): string[] {
  const tasks = tasksOf(notebook);
  if (tasks.length < 3 || tasks.length > 4) return [`${tasks.length} tasks`];
  return tasks.flatMap(({ title, cells, solutions, fences }) => {
    if (cells.length !== 1) return [`${title}: ${cells.length} cells`];
    if (solutions.length !== 1) return [`${title}: ${solutions.length} solutions`];
    return fences === 1 ? [] : [`${title}: ${fences} fences`];
  });
}

/** The notebook with each exercise solved as its solution says. */
function withSolutions(notebook: Notebook): Notebook {
  const solutions = new Map(
    tasksOf(notebook).flatMap(({ cells, solutions }) => cells.map((cell) => [cell, solutions[0]])),
  );
  return {
    ...notebook,
    cells: notebook.cells.map((cell) => ({ ...cell, source: solutions.get(cell) ?? cell.source })),
  };
}

/** The marks under the cell of each task. */
const marks = (notebook: Notebook): [title: string, marks: string][] =>
  tasksOf(notebook).map(({ title, cells }) => [
    title,
    cells.flatMap(outputsOf).map(wordsOf).join("").replace(/[^✓✗]/g, ""),
  ]);
