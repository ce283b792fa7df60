import { describe, expect, test } from "vitest";
import * as library from "../../lib";
import { doubt, numbered } from "../../page/grade/answer";
import { unusualEnd } from "../../page/grade/chain";
import { understand } from "../../page/kernel/syntax";
import { codeCells, sourceOf } from "../../tools/notebook";
import { exercisesOf } from "../../tools/tasks";
import { committed, names } from "../book";

const exercises = names.flatMap((name) => {
  const notebook = committed(name);
  const code = codeCells(notebook);
  return exercisesOf(notebook).map(({ title, cell, task, solution }) => {
    const before = code.slice(0, code.indexOf(cell)).map((each) => understand(sourceOf(each)));
    const known = before.flatMap(({ defines, imports }) => [...defines, ...imports.map(({ as }) => as)]);
    return { name, title, task, solution, known: new Set([...known, ...Object.keys(library)]) };
  });
});

describe("an honest answer raises no doubt", () => {
  test.each(exercises)("$name, $title: its solution", ({ task, solution, known }) => {
    expect(doubt(task, solution, solution, known)).toBeUndefined();
    expect(doubt(task, solution, task, known)).toBeUndefined();
    expect(() => understand(numbered(solution))).not.toThrow();
  });
});

/** The doubt about what `edit` makes of a task's cell (or of its solution). */
function about(title: string, edit: (task: string, solution: string) => string): string | undefined {
  const { task, solution, known } = exercises.find((each) => each.title === title)!;
  const answer = edit(task, solution);
  expect(answer).not.toBe(solution);
  return doubt(task, solution, answer, known);
}

const residual = "Take the other residual";
const origin = "Find the best line through the origin";
const rate = "Find the rate at which it begins to diverge";
const few = "Arrive in as few epochs as you can";
const hinge = "Make the network find the hinge";

describe("another way to write it raises no doubt", () => {
  test.each<[string, string, (task: string, solution: string) => string]>([
    ["comments and spaces", residual, (_, solution) => `// mine\n${solution.replaceAll("  ", "    ")} // done`],
    ["fewer steps", residual, (_, solution) => solution.replace(/\n.*cdot \(-1\)/, "")],
    ["another order", residual, (_, solution) => solution.replace("(b + W x_i - y_i)", "(W x_i + b - y_i)")],
    ["a number found by trial", rate, (task) => task.replace("largestRate(J, best)", "0.0234")],
    [
      "a helper",
      few,
      (_, solution) =>
        `const inverse = (x: number) => 1 / x;\n${solution.replace("1 / lambdas[epoch]", "inverse(lambdas[epoch])")}`,
    ],
    ["another start", hinge, (_, solution) => solution.replace("[1, -2, 1, 1]", "[0.5, -1.5, 1, 2]")],
    ["a further picture", few, (_, solution) => `${solution}\nshow(lossCurve({ mine: short }));`],
  ])("%s", (_, title, edit) => {
    expect(about(title, edit)).toBeUndefined();
  });
});

describe("a cheat does", () => {
  test.each<[string, string, string, (task: string, solution: string) => string]>([
    [
      "marks of one's own",
      few,
      "lacks",
      () => 'show(goals({ "the loss ends less than 1e-6 above the least": true }));',
    ],
    ["a check that asks less", few, "lacks", (task) => task.replace("above < 1e-6", "above < 1e6")],
    [
      "goals of one's own",
      few,
      "defines goals anew",
      (task) => `const goals = () => ({ markdown: "✓", text: "✓" });\n${task}`,
    ],
    ["another show", few, "in its own way", (task) => `import { derive as show } from "../lib";\n${task}`],
    [
      "an outcome by hand",
      hinge,
      "another call",
      (task) => task.replace(/descend\(.*?, settings\)/, "{ theta: [1, -4], loss: 0 }"),
    ],
    [
      "other data",
      hinge,
      "another argument 1",
      (_, solution) => solution.replace("mae, model, town", "mae, model, houses"),
    ],
    [
      "no derivation",
      residual,
      "ends where it began",
      () => "show(scope.check`\\frac{\\partial}{\\partial b} J(b, W) = \\frac{\\partial}{\\partial b} J(b, W)`);",
    ],
    [
      "the question as the answer",
      residual,
      "ends with",
      () =>
        "show(scope.check`\\frac{\\partial}{\\partial b} J(b, W) = 1 \\cdot \\frac{\\partial}{\\partial b} J(b, W)`);",
    ],
    ["another formula", residual, "begins otherwise", () => "show(scope.check`b = b`);"],
    ["another scope", residual, "another call", (_, solution) => solution.replace("scope.check", "where`b = 1`.check")],
    ["nothing", residual, "lacks its own", () => "const a = 1;"],
    [
      "further definitions",
      origin,
      "other names",
      (_, solution) => solution.replace("where`", "where`x_i = 0, \\quad "),
    ],
    ["a changed global", few, "changes Math", (task) => `Math.abs = () => 0;\n${task}`],
    ["changed data", few, ".fill", (task) => `houses.y.fill(0);\n${task}`],
    ["a way to the language", few, ".constructor", (task) => `const f = (() => 1).constructor;\n${task}`],
    ["the worker's own means", few, "uses postMessage", (task) => `postMessage({ kind: "done" });\n${task}`],
    ["this", few, "uses this", (task) => `const me = this;\n${task}`],
    ["a number that changes", rate, ".valueOf", (task) => task.replace("largestRate(J, best)", "{ valueOf: () => 1 }")],
    ["another module", few, "in its own way", (task) => `import { x } from "other";\n${task}`],
  ])("%s", (_, title, why, edit) => {
    expect(about(title, edit)).toContain(why);
  });

  test("a key in brackets is a number, whatever it holds", () => {
    const { task, known, solution } = exercises.find((each) => each.title === few)!;
    const answer = `const key = "constr" + "uctor";\nconst f = [][key];\n${task}`;
    expect(doubt(task, solution, answer, known)).toBeUndefined();
    expect(numbered(answer)).toContain("[][+(key)]");
  });
});

test.each([
  ["a = b + c", "a = c + b", undefined],
  ["a = b + c", "a = 2 a - a", "ends with a, which the solution's end lacks"],
  ["\\frac{d f}{d x} = 2 x", "\\frac{d f}{d x} = f'", "ends with f, which the solution's end lacks"],
  ["a = b && \\text{why}", "a = \\frac{2}{2} \\cdot b && \\text{since c}", undefined],
  ["W = \\frac{b}{a}", "W = 2 a", undefined],
  ["\\sum_{i=1}^{N} x_i = N m", "\\sum_{i=1}^{N} x_i = m \\cdot N", undefined],
])("the end of %s and %s", (solution, answer, why) => {
  expect(unusualEnd(`${solution} + 0`, solution, answer)).toBe(why);
});
