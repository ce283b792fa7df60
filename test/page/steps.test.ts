import { describe, expect, test } from "vitest";
import { rowsOf, steps } from "../../page/book/steps";

const aligned = (...lines: readonly string[]): string => `\\begin{aligned}\n${lines.join(" \\\\\n")}\n\\end{aligned}`;

describe("the lines of a derivation", () => {
  test("are cut at their signs and their ends, and not within braces or cases", () => {
    const cases = "\\begin{cases} x & x \\ge 0 \\\\ 0 & x < 0 \\end{cases}";
    const tex = aligned("f(x) &= x^2 &&\\quad \\text{a \\& b}", `&\\overset{\\checkmark}{=} ${cases}`);
    expect(rowsOf(tex)).toEqual([
      { left: "f(x)", right: "= x^2", reason: "\\text{a \\& b}" },
      { left: "", right: `\\overset{\\checkmark}{=} ${cases}`, reason: "" },
    ]);
  });

  test.each([
    ["no block", "x = 1"],
    ["more than a block", `${aligned("x &= 1")} + 1`],
    ["lines of another form", aligned("a & b & c", "d & e & f")],
    ["lines without a sign", aligned("a", "b")],
    ["braces that do not match", aligned("a} &= b")],
  ])("are not found in %s", (_, tex) => {
    expect(rowsOf(tex)).toBeUndefined();
  });

  test("become HTML line by line; a part that is missing leaves nothing", () => {
    const html = steps(rowsOf(aligned("a &= b", "&= c && \\text{so}"))!, (tex) => `[${tex}]`);
    expect(html).toBe(
      '<span class="steps"><span class="step"><span class="left">[\\displaystyle a]</span><span class="right">[\\displaystyle {}= b]</span></span>' +
        '<span class="step"><span class="right">[\\displaystyle {}= c]</span><span class="reason">[\\text{so}]</span></span></span>',
    );
  });
});
