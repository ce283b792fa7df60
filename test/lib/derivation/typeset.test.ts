import katex from "katex";
import { describe, expect, it } from "vitest";
import { check, where } from "../../../lib/derivation";
import { LEDGER } from "./ledger";
import { scopeOf, template } from "./tag";

/** Renders each formula of a piece of Markdown as the pages do, failing on what KaTeX does not know. */
function render(markdown: string): number {
  const display = [...markdown.matchAll(/\$\$([\s\S]+?)\$\$/g)].map((found) => found[1]);
  const inline = [...markdown.replace(/\$\$[\s\S]+?\$\$/g, "").matchAll(/(?<!\\)\$([^$\n]+)(?<!\\)\$/g)].map(
    (found) => found[1],
  );
  for (const tex of [...display, ...inline]) katex.renderToString(tex, { throwOnError: true, strict: "error" });
  return display.length;
}

describe("what is shown", () => {
  it.each(LEDGER)("$id is typeset", ({ where: definitions, chain }) => {
    const verdict = scopeOf(definitions).check(template(chain));
    expect(render(verdict.markdown)).toBe(1);
    if (verdict.steps.some(({ mark }) => mark === "holds")) expect(verdict.text).toContain("✓");
    expect(verdict.text).not.toContain("\\frac");
  });

  it("sets the formulas of a refusal as those of a hint", () => {
    const { wrong, markdown, text } = check`\frac{\partial}{\partial \theta_1} \theta_1 \theta_1^2 = 1`;
    expect(render(markdown)).toBe(1);
    expect(wrong?.said[0]).toBe(
      "How far the derivative reaches is unclear: $\\theta_1$ and $\\theta_1^2$ both depend on $\\theta_1$. Set brackets.",
    );
    expect(markdown).toContain("$\\theta_1$ and $\\theta_1^2$ both depend");
    expect(markdown).not.toContain("^^");
    expect(text).toContain("θ₁ and θ₁² both depend on θ₁");
    expect(() => check`\sum_{i=1}^N \theta + x_i = 0`).toThrow(
      expect.objectContaining({
        said: expect.stringMatching(/^\$x_\{i\}\$ stands outside the sum over \$i\$: /),
        message: expect.stringMatching(/^xᵢ stands outside the sum over i: /),
      }),
    );
  });

  it("marks each relation quietly and the false one loudly", () => {
    const { markdown, text } = check`(a + b)^2 = a^2 + 2ab + b^2 = a^2 + b^2 < 0`;
    expect(render(markdown)).toBe(1);
    expect(markdown.match(/checkmark/g)).toHaveLength(1);
    expect(markdown.match(/\\times/g)).toHaveLength(2);
    expect(markdown).toContain("does not hold");
    expect(text).toContain("✗");
  });

  it("marks a side that is wrong alone once", () => {
    const { steps, wrong, markdown } = check`\sigma'(a) = \sigma(a) (1 + \sigma(a)) = \sigma(a) - \sigma(a)^2`;
    expect(steps.map(({ mark }) => mark)).toEqual(["wrong", "follows"]);
    expect(wrong?.side).toBe("\\sigma(a) (1 + \\sigma(a))");
    expect(markdown.match(/\\times/g)).toHaveLength(1);
  });

  it("keeps one step a line, with its reason", () => {
    const { markdown, steps, text } = where`\sigma(a) = \frac{1}{1+e^{-a}}`.check`
      \frac{\partial}{\partial a} \sigma(a)
        &= -(1+e^{-a})^{-2} \cdot \frac{\partial}{\partial a} [1+e^{-a}] && \text{chain rule} \\
        &= \frac{e^{-a} + 1 - 1}{(1+e^{-a})^2} && e^{-a} = e^{-a} + 1 - 1 \\
        &= \sigma(a) (1 - \sigma(a)) \tag*{done}`;
    expect(steps.map(({ reason }) => reason)).toEqual([
      "\\text{chain rule}",
      "e^{-a} = e^{-a} + 1 - 1",
      "\\text{done}",
    ]);
    expect(markdown.match(/ \\\\\n/g)).toHaveLength(2);
    expect(render(markdown)).toBe(1);
    expect(text).toContain("(chain rule)");
  });

  it("shows definitions, assumptions and values", () => {
    const scope = where`h(x) = b + W x, \quad W > 0, \quad u = 3`.at({ b: -3.3 });
    const { markdown, text } = scope.check`\frac{\partial}{\partial x} h(x) = W > 0, \quad h(0) = b`;
    expect(markdown).toContain("$h(x) = b + W x$, $W \\gt  0$, $b = -3.3$");
    expect(markdown).not.toContain("u = 3");
    expect(text).toContain("where h(x) = b + W x");
    expect(text).toMatch(/\d+ points with 64 digits; derivatives from the limit/);
    expect(render(markdown)).toBe(1);
  });

  it("keeps how it was run behind a mark, and all digits, too", () => {
    const right = check`(a + b)^2 = a^2 + 2ab + b^2`;
    const behind = ({ markdown }: { markdown: string }) =>
      /\n\n<details><summary>(.)<\/summary>\n\n([^]*)\n\n<\/details>$/.exec(markdown)?.slice(1) ?? [];
    expect(behind(right)).toEqual(["✓", `Run at ${right.points} points with 64 digits.`]);
    expect(right.markdown.match(/Run at/g)).toHaveLength(1);
    const wrong = check`\pi = 3.14`;
    expect(wrong.wrong?.said.join(" ")).toContain("$3.14159$ against $3.14$");
    expect(behind(wrong)[0]).toBe("✗");
    expect(behind(wrong)[1]).toContain("The left side is $3.141592654$, the right side $3.14$");
  });

  it("keeps the columns of cases in a sentence", () => {
    const { notes } = check`\frac{d}{dx} \begin{cases} x & x > y \\ 0 & \text{otherwise} \end{cases}
      = \begin{cases} 1 & x > y \\ 0 & \text{otherwise} \end{cases}`;
    expect(notes.join()).toContain("{cases} x & x > y \\");
  });

  it("writes minus signs, subscripts and powers as people do", () => {
    const { text } = check`W_1^2 x_i - e^{-x} + a^{-1} + b_{12} = W_1^2 x_i - e^{-x} + a^{-1} + b_{12}`;
    expect(text).toContain("W₁² xᵢ − e^(−x) + a⁻¹ + b₁₂");
  });

  it("typesets a false chain with a less-than sign and values", () => {
    expect(render(check`x < ${-1e-7} \text{ for } x > 0`.markdown)).toBe(1);
  });
});
