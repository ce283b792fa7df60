import { describe, expect, test } from "vitest";
import { tasksOf } from "../tools/tasks";
import { committed, type Made, madeUp, names, printed } from "./book";
import { complaints, followedBySolutions, marks, marksUnder, withSolutions } from "./exercises";

describe.each(names)("the exercises of %s", (name) => {
  const notebook = committed(name);

  test("are three or four, each with a cell to edit and a folded solution", () => {
    expect(complaints(notebook)).toEqual([]);
  });

  test("are not solved yet", () => {
    expect(marks(notebook)).toEqual(tasksOf(notebook).map(({ title }) => [title, expect.stringContaining("✗")]));
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
      {
        title: "A",
        cells: [notebook.cells[1]],
        solutions: ["const a = 1;\nshow(a)"],
        reasons: ["Because."],
        fences: 1,
      },
    ]);
    expect(marks(notebook)).toEqual([["A", "✗"]]);
    expect(withSolutions(notebook).cells[1].source).toBe("const a = 1;\nshow(a)");
    expect(followedBySolutions(notebook).cells.map(({ source }) => source)).toEqual([
      ...notebook.cells.map(({ source }) => source),
      "const a = 1;\nshow(a)",
    ]);
  });

  test("tells the error of a solution that has no mark", () => {
    const failed = { output_type: "error", evalue: "no such thing" };
    expect(marksUnder({ cell_type: "code", source: "1", outputs: [failed] })).toBe("no such thing");
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
