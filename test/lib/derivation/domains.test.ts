import { describe, expect, it } from "vitest";
import { check, where } from "../../../lib/derivation";
import { scopeOf, template } from "./tag";

/** Right where both sides have a value, as books print them, and where that is said to be. */
const NARROW: readonly [chain: string, where: string, definitions?: string][] = [
  [String.raw`\frac{d}{dx} \ln x = \frac1x`, "$x > 0$"],
  [String.raw`\frac{dy}{dx} = \frac1x \text{ where } y = \ln x`, "$x > 0$"],
  [String.raw`f'(x) = \frac{1}{x}`, "$x > 0$", String.raw`f(x) = \ln x`],
  [String.raw`\ln x^2 = 2 \ln x`, "$x > 0$"],
  [String.raw`\ln((x+10)^2) = 2\ln(x+10)`, "$x > -10$"],
  [String.raw`\ln((x-9)^2) = 2 \ln(9-x)`, "$x < 9$"],
  [String.raw`\frac{d}{dx} \ln(x - 100) = \frac{1}{x - 100}`, "$x > 100$"],
  [String.raw`e^{\ln x} = x`, "$x > 0$"],
  [String.raw`x = 10^{\log_{10} x}`, "$x > 0$"],
  [String.raw`\sqrt{x} \sqrt{x} = x`, String.raw`$x \ge 0$`],
  [String.raw`\sqrt{x^2 - 1} = \sqrt{x-1} \sqrt{x+1}`, String.raw`$x \ge 1$`],
  [String.raw`\frac{\sqrt{x^2}\sqrt{x^2-4}}{\sqrt{x-2}} = |x|\sqrt{x+2}`, "$x > 2$"],
  [String.raw`\sqrt{x^2 - 4}^2 = x^2 - 4`, String.raw`$x \le -2$ or $x \ge 2$`],
  [String.raw`\sin(\arcsin x) = x`, String.raw`$-1 \le x \le 1$`],
  [String.raw`\sin(\arcsin x) = \arcsin(\sin x)`, String.raw`$-1 \le x \le 1$`],
  [String.raw`\frac{d}{dx} \operatorname{artanh} x = \frac{1}{1-x^2}`, "$-1 < x < 1$"],
  [String.raw`\frac{d}{dx} \operatorname{arcosh} x = \frac{1}{\sqrt{x^2-1}}`, "$x > 1$"],
  [String.raw`\frac{\partial}{\partial \sigma} \ln \sigma = \frac{1}{\sigma}`, String.raw`$\sigma > 0$`],
  [String.raw`\ln x \le x - 1`, "$x > 0$"],
  [String.raw`\sqrt{x} \ge 0`, String.raw`$x \ge 0$`],
  [String.raw`(ab)^n = a^n b^n`, "both sides have a value"],
  [String.raw`\ln(ab) = \ln a + \ln b`, "both sides have a value"],
  [String.raw`\ln(a b) = \ln a + \ln b, \quad a \ne 1`, "both sides have a value"],
  [String.raw`\sqrt{ab} = \sqrt{a} \sqrt{b}`, "both sides have a value"],
  [String.raw`\sqrt{(x-100)(y-50)} = \sqrt{x-100} \sqrt{y-50}`, "both sides have a value"],
  [String.raw`\ln \prod_{i=1}^N x_i = \sum_{i=1}^N \ln x_i`, "both sides have a value"],
  [String.raw`\lim_{h \to 0} \frac{\ln(x+h) - \ln x}{h} = \frac1x`, "$x > 0$"],
  [String.raw`\frac{d}{dp} [y \ln p + (1-y) \ln(1-p)] = \frac{y}{p} - \frac{1-y}{1-p}`, "both sides have a value"],
];

describe("what holds where both sides have a value holds, and says where", () => {
  it.each(NARROW)("%s where %s", (chain, where, definitions) => {
    const { outcome, notes, wrong } = scopeOf(definitions).check(template(chain));
    expect(wrong?.message ?? "").toBe("");
    expect(outcome).toBe("holds");
    expect(notes[0]).toMatch(/^This holds where .*; elsewhere the (left|right) side has no value \(.*\)\.$/);
    expect(notes[0]).toContain(`where ${where};`);
  });

  it("names the formula in a longer chain", () => {
    expect(check(template(String.raw`\sqrt{x^4} = x^2 = \sqrt{x}^4`)).notes).toEqual([
      "This holds where $x \\ge 0$; elsewhere $\\sqrt{x}^4$ has no value (an even root of a negative number).",
    ]);
  });

  it("still tells of a hole in it", () => {
    const { notes } = check(template(String.raw`\frac{(x-1) \ln x^2}{x-1} = 2 \ln x`));
    expect(notes[0]).toMatch(/where \$x > 0\$/);
    expect(notes[1]).toMatch(/^At \$x = 1\$ the left side has no value \(0\/0\)/);
  });

  it("says nothing where both sides have values together", () => {
    for (const chain of [
      String.raw`\ln(1-x^2) = \ln(1-x) + \ln(1+x)`,
      String.raw`\cos(\arcsin x) = \sqrt{1-x^2}`,
      String.raw`\frac{d}{dx} \ln x = \frac1x, \quad x > 0`,
    ])
      expect(check(template(chain))).toMatchObject({ outcome: "holds", notes: [] });
  });
});

describe("what holds nowhere, or was said to hold where a side has no value, is false", () => {
  it.each([
    [String.raw`\sqrt{-x} = \sqrt{x}`],
    [String.raw`\sqrt{x-y} = \sqrt{y-x}`],
    [String.raw`\sqrt{-(x-y)^2} = 0`],
    [String.raw`\sqrt{x} + \sqrt{-x} = 0`],
    [String.raw`\ln x = \ln x + 0 \cdot \sqrt{-x}`],
    [String.raw`\ln x = \ln(-x)`],
    [String.raw`\arcsin(x+2) = \arcsin(x-2)`],
    [String.raw`\ln(-1) = 0`],
    [String.raw`\frac{1}{0} = 1`],
    [String.raw`\frac{d}{dx} \ln x = \frac1x, \quad x \ne 0`],
    [String.raw`\frac{d}{dx} \ln x = \frac1x, \quad x < 0`],
    [String.raw`\ln((x+10)^2) = 2\ln(x+10) \text{ for } x > -20`],
    [String.raw`\sqrt{x}\sqrt{x} = x, \quad x \ge -1`],
    [String.raw`\ln(a b) = \ln a + \ln b, \quad a \ne 0, b \ne 0`],
    [String.raw`\ln((x+10)^2) = 2\ln(x+10) + \max(0, -x-5)`],
    [String.raw`\sqrt{x}\sqrt{x} = x + \max(0, x-50)`],
    [String.raw`\frac{a+b}{2} \ge \sqrt{ab}`],
    [String.raw`\sum_{k=0}^\infty x^k = \frac{1}{1-x}`],
    [String.raw`\lim_{x \to 0} \frac1x = 0`],
    [String.raw`|x| = \begin{cases} x & x > 0 \end{cases}`],
  ])("%s", (chain) => {
    expect(check(template(chain)).outcome).toBe("fails");
  });

  it("also at the reader's own values", () => {
    const own = where(template(String.raw`f(x) = \ln x`));
    expect(own.check(template(String.raw`f(x^2) = 2 f(x)`)).outcome).toBe("holds");
    expect(own.at({ x: -2 }).check(template(String.raw`f(x^2) = 2 f(x)`)).wrong?.message).toMatch(
      /the right side has no value \(the logarithm of a negative number\)/,
    );
  });
});
