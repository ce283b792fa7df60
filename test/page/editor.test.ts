import { describe, expect, test } from "vitest";
import { formulasIn } from "../../page/editor/formulas";
import { symbolsOf } from "../../page/editor/found";
import { withCommands } from "../../page/editor/signs";
import { libraryNames } from "../../tools/names";

const formulas = (text: string): string[] => formulasIn(text).map(({ from, to }) => text.slice(from, to));

test.each([
  ["show(derive`a = b`);", ["a = b"]],
  ["where`x = 1`.check`y = 2`", ["x = 1", "y = 2"]],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a cell
  ["check`a = ${f({ b: `no ${1}` })} + c`", ["a = ", " + c"]],
  ["`plain` + other`text` + '`' // check`no`", []],
  ["check`\\frac{a}{b", ["\\frac{a}{b"]],
])("in %s the formulas are found", (text, expected) => {
  expect(formulas(text)).toEqual(expected);
});

test.each([
  ["θ", "\\theta "],
  ["θ_0 − 2·x²", "\\theta_0 - 2\\cdot x^2"],
  ["∂J ≤ √(x+1) ≠ √y", "\\partial J \\le \\sqrt{x+1} \\ne \\sqrt{y}"],
  ["x₁₂ + e⁻ⁿ", "x_{12} + e^{-n}"],
  ["Σ π 𝜃𝑥", "\\sum \\pi \\theta x"],
])("%s becomes LaTeX", (sign, expected) => {
  expect(withCommands(sign)).toBe(expected);
});

describe("what is offered", () => {
  test("are the symbols of the formulas, those written most first", () => {
    expect(symbolsOf(["check`\\theta_0 = \\theta_0 x_i`", "const \\alpha = `\\beta`"])).toEqual([
      "^",
      "\\theta_0",
      "x_i",
    ]);
  });

  test("are the names of the library with what they mean", () => {
    const derive = libraryNames().find(({ name }) => name === "derive")!;
    expect(derive.doc).toMatch(/throws DerivationError/);
    expect(libraryNames().length).toBeGreaterThan(40);
  });
});
