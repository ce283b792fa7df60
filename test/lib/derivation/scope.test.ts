import { describe, expect, it } from "vitest";
import { check, DerivationError, derive, where } from "../../../lib/derivation";
import { template } from "./tag";

const houses = { x: [1, 2, 3, 4], y: [0.7, 1.5, 4.5, 9.5] };
const linear = where`h(x) = b + W x
  J(b, W) = \frac{1}{N} \sum_{i=1}^{N} (h(x_i) - y_i)^2`;

describe("where", () => {
  it("takes definitions and assumptions in any layout", () => {
    const scopes = [
      where`a = b + W x, W > 0`,
      where`a = b + W x \quad W > 0`,
      where`a = b + W x \\ W > 0`,
      where`a = b + W x
            W > 0`,
      where`a = b
              + W x, \quad W > 0`,
      where`a = b + W x`.where`W > 0`,
    ];
    for (const { check: run } of scopes) {
      expect(run`\frac{\partial a}{\partial x} = W = |W|`.ok).toBe(true);
      expect(run`|x| = x`.ok).toBe(false);
    }
  });

  it("works destructured", () => {
    const { derive: run, check: say, at, number } = where`\sigma(a) = \frac{1}{1+e^{-a}}`;
    expect(run`\sigma'(a) = \sigma(a) (1 - \sigma(a))`.ok).toBe(true);
    expect(say`\sigma(0) = \frac12`.ok).toBe(true);
    expect(at({ a: 0 }).check`\sigma(a) = 0.5`.ok).toBe(true);
    expect(number`\sigma(a)`({ a: 0 })).toBe(0.5);
  });

  it.each([
    ["e = 3", /Euler/],
    ["a = b, a = c", /defined already/],
    ["a = a + 1", /through itself/],
    ["a = b, b = a", /through itself/],
    ["f(x) = f(x - 1)", /through itself/],
    ["2 a = 4", /starts with a letter/],
    ["a = b = b + 0", /circular|through itself|one formula|defined already|takes one/],
    ["a", /Expected a definition/],
    ["f(x, x) = x", /same name/],
    ["f(2) = 3", /plain letters|Expected a letter/],
    ["x \\approx 3", /inequality/],
  ])("refuses %s", (text, words) => {
    expect(() => where(template(text))).toThrow(words);
  });

  it("refuses a builtin defined otherwise", () => {
    expect(() => where`\tanh(x) = \frac{e^x + e^{-x}}{e^x - e^{-x}}`).toThrow(/tanh/);
    expect(where`\tanh(x) = \frac{e^x - e^{-x}}{e^x + e^{-x}}`.check`\tanh'(x) = 1 - \tanh(x)^2`.ok).toBe(true);
  });

  it("refuses assumptions that no point satisfies", () => {
    expect(() => where`x > 1, x < 0`.check`x = x`).toThrow(/No point/);
  });
});

describe("at", () => {
  const fixed = linear.at({ ...houses, b: -3.3, W: 2.94 });

  it("fixes data and values; N is their number", () => {
    expect(
      fixed.check`N = 4, \quad J = 1.103, \quad \frac{\partial J}{\partial W} = 0 = \frac{\partial J}{\partial b}`.ok,
    ).toBe(true);
    expect(fixed.check`J = 0`.ok).toBe(false);
    expect(fixed.check`\frac{1}{N} \sum_i x_i = 2.5`.ok).toBe(true);
  });

  it("knows its data", () => {
    const verdict = fixed.check`\sum_{i=0}^{N} x_i = 10`;
    expect(verdict.ok).toBe(false);
    expect(verdict.wrong?.message).toMatch(/x₀ does not exist|start one later/);
    expect(() => linear.at({ x: [1, 2], y: [1] }).check`J = 0`).toThrow(/The values of x are 2, those of y 1/);
    expect(() => linear.at({ ...houses, N: 5 }).check`J = 0`).toThrow(/N is 5/);
    expect(fixed.check`J = 1.1030001`.wrong?.hint).toBe("");
    expect(fixed.check`h(x_5) = 0`.wrong?.message).toMatch(/x₅ does not exist: the data are x₁ to x₄/);
    expect(fixed.check`W x = 3`.wrong?.message).toMatch(/x is data here/);
  });

  it("says where a kink is", () => {
    expect(where`f(a) = |a|`.at({ a: 0 }).check`\frac{\partial f}{\partial a} = 0`.wrong?.message).toMatch(
      /no derivative at a = 0: −1 from the left, 1 from the right/,
    );
  });

  it("refuses what is no value", () => {
    expect(() => linear.at({ b: NaN })).toThrow(/finite/);
    expect(() => linear.at({ e: 1 })).toThrow(/Euler/);
    expect(() => linear.at({ "b 1": 1 }).check`b=1`).toThrow();
    expect(() => where`a = 1`.at({ a: 2 })).toThrow(/defined/);
  });

  it("accepts keys as people type them", () => {
    expect(where`h(x) = \theta_0 + \theta_1 x`.at({ theta_0: 1, "\\theta_1": 2 }).check`h(3) = 7`.ok).toBe(true);
    expect(where`f(x) = \alpha x`.at({ alpha: 0.5 }).check`f(2) = 1`.ok).toBe(true);
  });
});

describe("computed numbers", () => {
  it("are compared to ten digits", () => {
    expect(check`\sigma(0.3) = ${1 / (1 + Math.exp(-0.3))}`.ok).toBe(true);
    expect(check`\sigma(0.3) = ${1 / (1 + Math.exp(-0.3)) + 1e-8}`.ok).toBe(false);
    expect(check`\tanh(-2) = ${Math.tanh(-2)} < ${0.5}`.ok).toBe(true);
    expect(check`2 \cdot ${-1.5} = -3`.ok).toBe(true);
    expect(check`x - ${-1.5} = x + 1.5`.ok).toBe(true);
    expect(check`${1e-7} = 10^{-7}`.ok).toBe(true);
  });

  it("approximately: to the digits shown, to three where none are", () => {
    expect(check`\pi \approx 3.14 \approx 3.1`.ok).toBe(true);
    expect(check`\pi \approx 3.15`.ok).toBe(false);
    expect(check`e^{-5} \approx 6.74 \cdot 10^{-3}`.ok).toBe(true);
    expect(check`e^{-5} \approx 6.75 \cdot 10^{-3}`.ok).toBe(false);
    expect(check`\frac{e^{0.01} - 1}{0.01} \approx e^{0.005}`.ok).toBe(true);
    expect(check`\pi \approx ${3.1415926}`.ok).toBe(true);
    expect(check`\pi \approx ${3.141}`.ok).toBe(false);
  });

  it("knows e to all digits", () => {
    expect(check`e \approx 2.71828182845904523536028747135266249775724709369995957496696763`.ok).toBe(true);
    expect(check`e^{-1} \approx 0.36787944117144232159552377016146086744581113103176783450783680`.ok).toBe(true);
    expect(check`e^{-1} \approx 0.36787944117144232159552377016146086744581113103176783450783681`.ok).toBe(false);
  });

  it("must be finite numbers", () => {
    expect(() => check`x = ${NaN}`).toThrow(/finite/);
    expect(() => check`x = ${[1, 2] as unknown as number}`).toThrow(/array/);
  });
});

describe("number", () => {
  it("is the formula as a function", () => {
    const gradient = linear.number`\frac{\partial}{\partial W} J(b, W)`;
    expect(gradient({ ...houses, b: 0, W: 0 })).toBeCloseTo((-2 * (0.7 + 3 + 13.5 + 38)) / 4, 12);
    expect(where`\sigma(a) = \frac{1}{1+e^{-a}}`.number`20 \sigma(W x + b)`({ W: 1, x: 2, b: -2 })).toBe(10);
  });

  it("says what is missing, and where there is no value", () => {
    expect(() => linear.number`b + W x`({ b: 1, W: 2 })).toThrow(/x has no value/);
    expect(() => linear.number`\frac{1}{b}`({ b: 0 })).toThrow(/no value there: a division by 0/);
    expect(() => linear.number`\frac{\partial}{\partial b} |b|`({ b: 0 })).toThrow(/-1 from the left/);
    expect(() => linear.number`b = 1`).toThrow(/without a relation/);
  });
});

describe("errors", () => {
  it("derive throws what check says", () => {
    const wrong = check`x + x = 3 x`.wrong!;
    expect(() => derive`x + x = 3 x`).toThrow(DerivationError);
    expect(() => derive`x + x = 3 x`).toThrow(wrong.message);
    expect(wrong).toMatchObject({ step: 1, relation: "=", left: "x + x", right: "3 x", side: null });
  });

  it("is deterministic", () => {
    const run = () => check`\frac{d}{dx} x^3 = x^2`.text;
    expect(run()).toBe(run());
  });
});

it("compares nothing where a number is too large to be computed", () => {
  expect(check`\binom{n}{k} = \frac{n!}{k!(n-k)!}, \quad n \ge k \ge 0`.outcome).toBe("holds");
});
