import { describe, expect, it } from "vitest";
import { DerivationError } from "../../../lib/derivation";
import { scopeOf, template } from "./tag";

const mean = String.raw`J(b, W) = \frac{1}{N} \sum_{i=1}^{N} (h(x_i) - y_i)^2, \quad h(x) = b + W x`;
const cubic = String.raw`J(b, W) = \frac{1}{N} \sum_{i=1}^{N} (h(x_i) - y_i)^2, \quad h(x) = b + W x^3`;
const net = String.raw`
  Linear(W, b, x) = W x + b
  ReLU(x) = \begin{cases} x, x \ge 0 \\ 0, x < 0 \end{cases}
  q = Linear(W_1, b_1, x), \quad z = ReLU(q), \quad M(x) = Linear(W_2, b_2, z), \quad a = y - M(x)
  MAE(y, y') = \frac{1}{N} \sum_{i=1}^{N} |y_i - y_i'|`;

/** What the notes say that is false, with the words the answer must hold. */
const NOTES: readonly [id: string, where: string, chain: string, words: RegExp][] = [
  [
    "D2",
    String.raw`f(x, y) = x^2 y`,
    String.raw`f_{x} = \frac{\partial f}{\partial y} = \lim_{h \to 0} \frac{f(x, y+h) - f(x, y)}{h}`,
    /derivative should be with respect to x/,
  ],
  [
    "L4",
    mean,
    String.raw`J(b, W) = \frac{1}{N} \cdot \sum_{i=0}^{N} (h(x_i) - y_i)^2`,
    /N \+ 1 terms.*start one later/,
  ],
  [
    "L11 from 0",
    "",
    String.raw`\frac{\partial}{\partial b} \frac{1}{N} \sum_{i=0}^{N} (b + W x_i - y_i)^2 = \frac{2}{N} \sum_{i=0}^{N} (b + W x_i - y_i)`,
    /start one later/,
  ],
  [
    "K2",
    cubic,
    String.raw`\frac{\partial}{\partial W} J(b, W) = \frac{2}{N} \sum_{i=1}^{N} (h(x_i) - y_i) \cdot x_i`,
    /factor xᵢ² is missing inside the sum/,
  ],
  [
    "B4",
    net,
    String.raw`MAE(y, y') = \frac{1}{N} \sum_{i=1}^{N} (y_i - y_i')`,
    /absolute value is missing inside the sum/,
  ],
  [
    "B7",
    net,
    String.raw`\frac{\partial MAE(y, M(x))}{\partial W_i} = \frac{\partial (|y - M(x)|)}{\partial W_i}`,
    /data/,
  ],
  [
    "B11",
    net,
    String.raw`\frac{\partial (|y - M(x)|)}{\partial W_2} = \frac{\partial |a|}{\partial a} \cdot \frac{\partial M(x)}{\partial W_2} = \frac{a}{|a|} \cdot ReLU(q)`,
    /sign is flipped/,
  ],
  [
    "B13",
    net,
    String.raw`\frac{\partial (|y - M(x)|)}{\partial W_1} = \frac{\partial |a|}{\partial a} \cdot W_2 \cdot \frac{\partial ReLU(q)}{\partial q} \cdot x`,
    /sign is flipped/,
  ],
  [
    "B16",
    net,
    String.raw`\frac{\partial ReLU(W_1 \cdot x + b_1)}{\partial b_1} = \frac{\partial |a|}{\partial a} \cdot \frac{\partial M(x)}{\partial b_1}`,
    /does not hold/,
  ],
  [
    "B16 tail",
    net,
    String.raw`\frac{\partial |a|}{\partial b_1} = \frac{\partial |a|}{\partial a} \cdot W_2 \cdot \frac{\partial ReLU(q)}{\partial q}`,
    /sign is flipped/,
  ],
  [
    "T6",
    "",
    String.raw`\frac{\partial \tanh(x)}{\partial x} = \frac{\partial (e^{x} - e^{-x})}{\partial x} (e^{x} + e^{-x})^{-1} + (e^{x} - e^{-x}) \cdot \frac{\partial (e^{x} + e^{-x})^{-1}}{\partial (e^{x} + e^{-x})} \cdot \frac{\partial (e^{x} + e^{-x})^{-1}}{\partial x} = 1 - (e^{x} - e^{-x})^{2} (e^{x} + e^{-x})^{-2}`,
    /Only .* is wrong/,
  ],
  [
    "T15",
    String.raw`m = W_1 x + b_1, l = \tanh(m), k = W_2 l + b_2`,
    String.raw`\frac{\partial k}{\partial b_1} = \frac{\partial k}{\partial l} \cdot \frac{\partial \tanh(m)}{\partial m} \cdot x = \frac{\partial k}{\partial l} \cdot \frac{\partial \tanh(m)}{\partial m} \cdot 1`,
    /Only .* is wrong[\s\S]*factor x should not be there/,
  ],
];

/** Slips in the mathematics, as a student makes them. */
const FALSE: readonly [chain: string, words: RegExp, where?: string][] = [
  [String.raw`\frac{d}{dx} e^{-x} = e^{-x}`, /sign is flipped/],
  [String.raw`\frac{d}{dx} x^3 = x^2`, /factor 3 is missing/],
  [String.raw`\frac{d}{dx} e^{-x^2} = e^{-x^2}`, /inner derivative of −x² with respect to x is missing/],
  [String.raw`\frac{d}{dx} \tanh(W x + b) = 1 - \tanh(W x + b)^2`, /factor W is missing/],
  [String.raw`\frac{\partial}{\partial W} (W x - y)^2 = 2 (W x - y)`, /factor x is missing/],
  [
    String.raw`\frac{\partial}{\partial W} \frac{1}{N} \sum_{i=1}^N (W x_i - y_i)^2 = \frac{2}{N} \sum_{i=1}^N (W x_i - y_i)`,
    /factor xᵢ is missing inside the sum/,
  ],
  [
    String.raw`\frac{\partial}{\partial W} \frac{1}{N} \sum_{i=1}^N (W x_i - y_i)^2 = \frac{1}{N} \sum_{i=1}^N (W x_i - y_i) x_i`,
    /factor 2 is missing/,
  ],
  [
    String.raw`\frac{\partial}{\partial W} \frac{1}{N} \sum_{i=1}^N (W x_i - y_i)^2 = 2 \sum_{i=1}^N (W x_i - y_i) x_i`,
    /N times too large: the factor 1\/N is missing/,
  ],
  [String.raw`\sum_{i=1}^N x_i^2 = \sum_{i=2}^N x_i^2`, /start one earlier/],
  [String.raw`\sum_{i=1}^N c = (N - 1) c`, /does not hold/],
  [String.raw`\frac{\partial |a|}{\partial a} = 1`, /true only where a > 0/],
  [String.raw`\sqrt{c^2} = c`, /true only where c > 0/],
  [String.raw`\sqrt{c^2} = (\sqrt{c})^2, \quad c \ne 0`, /say where that is, for example with “for c ≥ 0” behind it/],
  [String.raw`\frac{d}{dx} \ln x = \frac{1}{x} \quad (x \ne 0)`, /“for x > 0”/],
  [String.raw`\sqrt{x-1} = \sqrt{1-x}`, /where one side has a value the other has none, but for single points/],
  [String.raw`\sqrt{x-1} + \sqrt{1-x} = 7 \sqrt{x-1} \sqrt{1-x}`, /neither side has a value but at single points/],
  [String.raw`\frac{1}{0} = 1`, /\nThe left side has no value \(a division by 0\), the right side is 1\./],
  [String.raw`(a + b)^2 = a^2 + b^2`, /term 2 a b is missing/],
  [String.raw`\sigma'(a) = \sigma(a) (1 + \sigma(a))`, /sign of σ\(a\) is flipped/],
  [
    String.raw`\sigma'(a) = \sigma(a) (1 - \sigma(a)) = \sigma(a) - \sigma(a)^3 = \sigma(a) - \sigma(a)^2`,
    /Only σ\(a\) − σ\(a\)³ is wrong/,
  ],
  [String.raw`\frac{\partial}{\partial w} [W x + b] = x`, /did you mean W/],
  [String.raw`\frac{\partial}{\partial W} W x + b = x`, /brackets are missing after the derivative/],
  [String.raw`\frac{1}{3} = 0.333`, /write ≈/],
  [String.raw`\frac{2}{3} \approx 0.666`, /it is 0\.667/],
  [String.raw`\lim_{x \to 0} \frac{|x|}{x} = 1`, /−1 from the left, 1 from the right/],
  [String.raw`0 < \sigma(x) < 0.5`, /Step 2 does not hold/],
  [String.raw`2 x \ne x + x`, /the same wherever/],
  [String.raw`\frac{d}{dx} x e^x = (1 + x) e^x`, /How far the derivative reaches is unclear/],
  [
    String.raw`W_1 := W_2 - \alpha \frac{\partial}{\partial W_2} (W_1^2 + W_2^2)`,
    /W₁ is updated with the derivative with respect to W₂/,
  ],
  [
    String.raw`b := b - \alpha \frac{\partial J}{\partial W}`,
    /b is updated with the derivative with respect to W/,
    mean,
  ],
  [String.raw`b := b + \alpha \frac{\partial J}{\partial b}`, /walks uphill/, mean],
  [String.raw`1 + 10^{-30} = 1`, /does not hold/],
  [String.raw`10^{-30} = 0`, /does not hold/],
  [String.raw`\frac{x}{0} = \frac{1}{x - x}`, /neither side has a value/],
  [String.raw`e^{-a} = e^{-a} + 1 - 1 && e^{-a} = e^{-a} + 1`, /formula in a reason/],
  [String.raw`x = x \quad \text{since } 1 = 2`, /formula in a reason/],
  [String.raw`x = x \text{ because $1 = 2$}`, /formula in a reason/],
  [String.raw`x + x = 2 x \text{ and } x = 3`, /Step 2 does not hold/],
  [String.raw`f_x = 2 x`, /factor y is missing/, "f(x, y) = x^2 y"],
  [String.raw`\frac{\partial}{\partial W} [W x + b] = W`, /right side is the derivative with respect to x/],
  [String.raw`W = W - \alpha \frac{\partial J}{\partial W}`, /write :=/, mean],
  [
    String.raw`\frac{\partial J}{\partial b} = \frac2N \sum_{i=1}^N (b + x_i - y_i)`,
    /xᵢ should be multiplied by W/,
    mean,
  ],
  [String.raw`\frac{\partial J}{\partial W} = \frac2N \sum_{i=1}^N (b + W x_i) x_i`, /term −yᵢ is missing/, mean],
  [String.raw`\frac{\partial M(x)}{\partial W_1} = ReLU'(q) x`, /factor W₂ is missing/, net],
  [String.raw`\frac{\partial M(x)}{\partial W_1} = W_1 ReLU'(q) x`, /W₁ should be W₂/, net],
  [String.raw`\frac{\partial M(x)}{\partial W_1} = W_2 ReLU(q) x`, /derivative, with a prime/, net],
  [String.raw`\frac{\partial M(x)}{\partial W_2} = q`, /true only where ReLU takes its row x ≥ 0/, net],
  [String.raw`\tanh'(x) = 1 - \tanh x`, /tanh x should be squared/],
  [String.raw`(x + h)^2 = x^2 + 2 x h`, /the term h² is missing/],
  [String.raw`\frac{(x + h)^3 - x^3}{h} = 3 x^2 + 3 x h + h`, /h should be squared/],
  [String.raw`\frac{d}{dx} x^3 = 3 x^3`, /exponent 3 of x is one too large/],
  [String.raw`\begin{cases} 1 & x = 3 \\ 0 & \text{otherwise} \end{cases} = 0`, /elsewhere it is true/i],
  [String.raw`\prod_{k=2}^{9} (N - k) = 0`, /does not hold/],
  [String.raw`\frac{d}{da} a^3 = 3 a^2 \\ a > 0`, /says that it is so for every value/],
  [String.raw`\lim_{x \to \infty} e^x = 0`, /does not settle/],
];

/** What is false without a slip to be seen: nothing is guessed. */
const SILENT: readonly [chain: string, where?: string][] = [
  [String.raw`\frac{\partial J}{\partial W} = 0`, mean],
  [String.raw`J = 0`, mean],
  [String.raw`\frac{\partial}{\partial W} [W x + b] = 0`],
  [String.raw`\frac{\partial}{\partial b} [W x + b] = b`],
  [String.raw`\sin(\pi x) = 0`],
  [String.raw`\sqrt{a^2 + b^2} = a + b`],
  [String.raw`e^{a + b} = e^a + e^b`],
  [String.raw`x = 2`],
];

/** Slips in the LaTeX. */
const MALFORMED: readonly [chain: string, words: RegExp][] = [
  [String.raw`\frac{1}{1 + e^{-a} = \sigma(a)`, /Expected }, found “=”/],
  [String.raw`\frac{1}{1 + e^{-a}}} = \sigma(a)`, /closes nothing/],
  [String.raw`\frac{\partial}{\partial a \frac{1}{a} = 1`, /Expected }/],
  [String.raw`\frac{1} = 1`, /lacks its denominator|Expected|denominator/],
  [String.raw`(1 + x = 2`, /Expected \) before “=”/],
  [String.raw`1 + x) = 2`, /closes a bracket that nothing opened/],
  [String.raw`\left( 1 + x ) = 2`, /Expected \\right\)|never closed|before/],
  [String.raw`\left( 1 + x = 2`, /Expected \\right\) before/],
  [String.raw`|x = 2`, /Expected \|/],
  [String.raw`frac{1}{2} = x`, /backslash is missing, write \\frac/],
  [String.raw`sigma(a) = 1`, /backslash is missing, write \\sigma/],
  [String.raw`tanh(x) = x`, /backslash is missing, write \\tanh/],
  [String.raw`ln(x) = x`, /backslash is missing, write \\ln/],
  [String.raw`sum_{i=1}^N x_i = 1`, /backslash is missing, write \\sum/],
  [String.raw`\farc{1}{2} = x`, /did you mean \\frac/],
  [String.raw`a \cdotb = ab`, /a space after \\cdot/],
  [String.raw`e^-a = x`, /\^\{-…\}/],
  [String.raw`x^10 = x`, /write \^\{10\}/],
  [String.raw`x^2^3 = x`, /Two exponents/],
  [String.raw`2*x = x + x`, /write \\cdot/],
  [String.raw`x ** 2 = x`, /\^\{…\}/],
  [String.raw`x <= 2`, /write \\le/],
  [String.raw`x == 2`, /write =/],
  [String.raw`$x = 2$`, /Leave the \$ out/],
  [String.raw`dJ/db = 3`, /J is differentiated but not defined/],
  [String.raw`\sum_{i=1}^N b + W x_i - y_i = 0`, /xᵢ stands outside the sum over i/],
  [String.raw`\sum x_i = 0`, /needs its index/],
  [String.raw`\sum_{i=1} x_i = 0`, /no end/],
  [String.raw`foo(x) = x`, /foo is displayed as the product/],
  [String.raw`M(x) = x`, /M\(…\) reads as a function/],
  [String.raw`f(x, y) = x`, /reads as a function/],
  [String.raw`\frac{\partial J}{\partial W} = 0`, /J is differentiated but not defined/],
  [String.raw`\frac{\partial}{\partial a} \cdot \frac{\partial}{\partial b} = 1`, /nothing to act on/],
  [String.raw`\frac{\partial}{\partial a} -a = -1`, /before a sign/],
  [String.raw`\frac{\partial a + b}{\partial a} = 1`, /set brackets/],
  [String.raw`\frac{\partial f}{x} = 1`, /denominator lacks its \\partial/],
  [String.raw`\frac{\partial^2}{\partial x} x^2 = 2`, /order 2.*order 1/],
  [String.raw`\lim_{h} h = 0`, /\\to/],
  [String.raw`\lim_{h \to 0} x + h = x`, /stands outside the limit/],
  [String.raw`1/2x = x`, /unclear what/],
  [String.raw`x 2 = 2x`, /write \\cdot before it/],
  [String.raw`\ln x y = 1`, /put its argument in brackets/],
  [String.raw`x = \pm 1`, /two formulas/],
  [String.raw`\begin{cases} x \\ 0, x < 0 \end{cases} = x`, /lacks its condition/],
  [String.raw`\max x = x`, /in brackets/],
  [String.raw`a = `, /Expected a formula after “=”/],
  [String.raw`a = = b`, /Expected a formula between “=” and “=”/],
  [String.raw`x + 1`, /no relation/],
  [String.raw` `, /empty/],
  [String.raw`f(x)' = 1`, /reads as a function|prime/],
  [String.raw`x = x \tag{1 = 2}`, /among words is displayed but not run/],
  [String.raw`x = x \text{ as 1 = 2}`, /among words is displayed but not run/],
  [String.raw`x = x \quad (1 = 2)`, /Expected \) before “=”/],
  [String.raw`1e-3 = 0.001`, /is code/],
  [String.raw`x \stackrel{!}{=} y`, /is not run here/],
  [String.raw`1,5 = 1.5`, /no relation/],
];

describe("the notes' mistakes are refused", () => {
  it.each(NOTES)("%s", (_, where, chain, words) => {
    const { check, derive } = scopeOf(where || undefined);
    const verdict = check(template(chain));
    expect(verdict.ok).toBe(false);
    expect(verdict.wrong?.message).toMatch(words);
    expect(() => derive(template(chain))).toThrow(DerivationError);
  });
});

describe("false relations are told apart", () => {
  it.each(FALSE)("%s", (chain, words, where) => {
    expect(scopeOf(where).check(template(chain)).wrong?.message ?? "accepted").toMatch(words);
  });
});

describe("where both sides differ is told once, with all digits only where three are not all", () => {
  it.each([
    [String.raw`\frac{d}{dx} x^3 = 3 x^2 + x^2`, "At x = 1 both sides differ: 3 against 4."],
    ["x < x", "At x = 1 it reads 1 < 1, which is not so."],
    ["3 = 4", "Both sides differ."],
    [
      String.raw`\sin x = x`,
      "At x = 1 both sides differ: 0.841 against 1.\nAt x = 1 the left side is 0.8414709848, the right side 1.",
    ],
    [
      String.raw`\frac{1}{3} = 0.333`,
      "Both sides differ: 0.333333 against 0.333.\nThe left side is 0.3333333333, the right side 0.333.",
    ],
    [String.raw`\sqrt{-1} = 2`, "The left side has no value (an even root of a negative number), the right side is 2."],
  ])("%s", (chain, told) => {
    const { message } = scopeOf(undefined).check(template(chain)).wrong!;
    const lines = message.split("\n").filter((line) => !/^(This| |Hint)/.test(line));
    expect(lines.join("\n").replace(/\.[ \n]Compared at \d+ points? with 64 digits\.$/, ".")).toBe(told);
  });
});

describe("nothing is guessed where no slip is to be seen", () => {
  it.each(SILENT)("%s", (chain, where) => {
    expect(scopeOf(where).check(template(chain)).wrong?.hint).toMatch(
      /^$|^it is true for some values of the letters only$/,
    );
  });
});

describe("malformed formulas are refused with the place and the cure", () => {
  it.each(MALFORMED)("%s", (chain, words) => {
    const message = refusal(() => scopeOf(undefined).check(template(chain)));
    expect(message).toMatch(words);
    if (chain.trim()) expect(message).toMatch(/\n {2,}.*\^/);
  });
});

function refusal(work: () => { wrong: { message: string } | null }): string {
  try {
    return `no error: ${work().wrong?.message ?? "accepted"}`;
  } catch (error) {
    if (error instanceof DerivationError) return error.message;
    throw error;
  }
}
