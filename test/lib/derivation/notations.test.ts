import { describe, expect, it } from "vitest";
import { scopeOf, template } from "./tag";

const line = String.raw`h(x) = b + W x, J(b, W) = \frac{1}{N} \sum_{i=1}^N (h(x_i) - y_i)^2`;
const unit = String.raw`E = (y - \hat{y})^2, \hat{y} = \sigma(z), z = W x + b`;

/** True chains in notations beyond the ledger's. */
const TRUE: readonly [chain: string, where?: string][] = [
  [
    String.raw`\frac{\partial J}{\partial W} = \frac{1}{N} \sum_{i=1}^N \frac{\partial}{\partial W} (h(x_i) - y_i)^2 = \frac1N \sum_{i=1}^N \frac{\partial (h(x_i) - y_i)^2}{\partial h(x_i)} \cdot \frac{\partial h(x_i)}{\partial W} = \frac{2}{N} \sum_i (h(x_i) - y_i) x_i`,
    line,
  ],
  [
    String.raw`\frac{\partial^2 J}{\partial W^2} = \frac2N\sum_{i=1}^N x_i^2, \quad \frac{\partial^2 J}{\partial W \partial b} = \frac{2}{N}\sum_i x_i, \quad \frac{\partial^2 J}{\partial b^2} = 2`,
    line,
  ],
  [String.raw`\sigma''(a) = \sigma(a) (1 - \sigma(a)) (1 - 2 \sigma(a))`],
  [
    String.raw`\frac{\partial h(x)}{\partial W} = 20 \sigma'(a) \cdot \frac{\partial a}{\partial W} = 20 \sigma(a) (1-\sigma(a)) x`,
    String.raw`h(x) = 20 \sigma(a), a = b + W x`,
  ],
  [
    String.raw`f(x) = \left\{ \begin{array}{ll} x & x>0 \\ 0 & \text{otherwise} \end{array} \right. = \max(0, x)`,
    String.raw`f(x) = \begin{cases} \text{if } x > 0 & x \\ \text{if } x \le 0: & 0 \end{cases}`,
  ],
  [String.raw`f_{xy} = f_{yx} = 6 x^2 y, \quad f_{xx} = 6 x y^2, \quad f_x(1, 2) = 12`, String.raw`f(x,y) = x^3 y^2`],
  [String.raw`\lim_{h \to 0^+} \frac{|0+h| - |0|}{h} = 1 \ne \lim_{h \to 0^-} \frac{|h|}{h} = -1`],
  [
    String.raw`\lim_{x \to 0^+} x \ln x = 0, \quad \lim_{n \to \infty} (1 + \frac{1}{n})^n = e, \quad \lim_{x \to -\infty} \tanh(x) = -1`,
  ],
  [String.raw`\sum_{i=1}^N (x_i - \bar{x}) = 0`, String.raw`\bar{x} = \frac{1}{N} \sum_{i=1}^N x_i`],
  [
    String.raw`\frac{\partial J}{\partial b} = \frac{2}{N} \sum_{i=0}^{N-1} (x_i b - y_i) x_i`,
    String.raw`J = \frac{1}{N} \sum_{i=0}^{N-1} (b x_i - y_i)^2`,
  ],
  [
    String.raw`\frac{\partial E}{\partial W} = \frac{\partial E}{\partial \hat{y}} \cdot \frac{\partial \hat{y}}{\partial z} \cdot \frac{\partial z}{\partial W} = \frac{\partial}{\partial \hat{y}} E \cdot \frac{\partial}{\partial z} \hat{y} \cdot \frac{\partial}{\partial W} z = -2 (y - \hat{y}) \cdot \hat{y} (1 - \hat{y}) \cdot x`,
    unit,
  ],
  [
    String.raw`\frac{\partial J}{\partial W} = \frac{2}{N} \sum_{i=1}^N (\hat{y}_i - y_i) \cdot \hat{y}_i (1 - \hat{y}_i) \cdot x_i`,
    String.raw`a_i = b + W x_i, \hat{y}_i = \sigma(a_i), J = \frac{1}{N} \sum_{i=1}^N (\hat{y}_i - y_i)^2`,
  ],
  [String.raw`\sum_{i=1}^N a_i = N b + W \sum_{i=1}^N x_i`, String.raw`a = b + W x`],
  [
    String.raw`\frac{\partial}{\partial x_2} \sum_{i=1}^N x_i^2 = 2 x_2, \quad \sum_{i=2}^N (x_i - x_{i-1}) = x_N - x_1`,
  ],
  [
    String.raw`\sum_{i=1}^N \sum_{j=1}^N x_i x_j = (\sum_{i=1}^N x_i)^2, \quad \prod_{i=1}^3 i = 6, \quad \sum_{i=1}^N i = \frac{N(N+1)}{2}`,
  ],
  [
    String.raw`f' = 2x, \frac{df}{dx} = 2 x, f'(3) = 6, \frac{d f(x)}{dx} = 2x, \frac{d^2 f}{dx^2} = 2 = f''(x), (f(x))^2 = f(x^2)`,
    String.raw`f(x) = x^2`,
  ],
  [
    String.raw`\frac{\partial \operatorname{MAE}(y, M(x))}{\partial W_1} = -\frac{1}{N} \sum_{i=1}^N \frac{y_i - M(x_i)}{\left|y_i - M(x_i)\right|} W_2 \operatorname{ReLU}'(W_1 x_i + b_1) x_i`,
    String.raw`\operatorname{ReLU}(x) = \max(0, x), \operatorname{MAE}(y, \hat{y}) = \frac{1}{N} \sum_{i=1}^N \left| y_i - \hat{y}_i \right|, M(x) = W_2 \operatorname{ReLU}(q) + b_2, q = W_1 x + b_1`,
  ],
  [
    String.raw`\frac{\partial^2}{\partial x \partial y} x^2 y^3 = 6 x y^2 = \frac{\partial}{\partial x} \frac{\partial}{\partial y} (x^2 y^3), \quad \frac{d^3}{dx^3} e^{2x} = 8 e^{2x}`,
  ],
  [
    String.raw`\frac{d}{dx} \sqrt{x} = \frac{1}{2\sqrt{x}} \text{ for } x > 0, \quad \frac{\mathrm{d}}{\mathrm{d}x} x^n = n x^{n-1}`,
  ],
  [
    String.raw`|x - |y|| = |x - |y||, \quad |x||y| = |xy|, \quad \operatorname{sign}(x) = \frac{x}{|x|}, \quad 0 < \sigma(x) < 1`,
  ],
  [`a ≤ a + 1, x² ≥ 0, 2 − 1·x = 2 - x, \\frac{∂}{∂x} x^2 = 2x`],
  [String.raw`\sin x \cos x = \frac12 \sin(2x), \quad \exp(-a) = e^{-a} = 1 / e^a`],
  [
    String.raw`f_x(x, y) = \frac{\partial f}{\partial x}(x, y) = \lim_{\Delta x \to 0} \frac{f(x + \Delta x, y) - f(x, y)}{\Delta x} = 2 x y, \quad \frac{\partial f}{\partial x}(1, 2) = 4`,
    String.raw`f(x, y) = x^2 y`,
  ],
  [
    String.raw`f_{xy} = \frac{\partial}{\partial y}\left(\frac{\partial f}{\partial x}\right) = \frac{\partial^2 f}{\partial y\,\partial x} = 2x`,
    String.raw`f(x, y) = x^2 y`,
  ],
  [
    String.raw`\lim_{x \to a} \frac{f(x) - f(a)}{x - a} = 3 a^2 = f'(a), \quad \lim_{h \to 0} \frac{f(x+h) - f(x-h)}{2h} = \frac{\mathrm d}{\mathrm dx} f(x), \quad f'''(x) = 6`,
    String.raw`f(x) = x^3`,
  ],
  [
    String.raw`\frac{\partial (W x + b)}{\partial W} = \frac{\partial (W x)}{\partial W} + \frac{\partial b}{\partial W} = x \cdot \frac{\partial W}{\partial W} + 0 = x`,
  ],
  [
    String.raw`\frac{\partial J}{\partial W} = 2 \left( b \, \frac{1}{N} \sum_{i=1}^N x_i + W \frac1N \sum_{i=1}^N x_i^2 - \frac1N \sum_{i=1}^N x_i y_i \right) = -\frac2N \sum_{i=1}^N e_i x_i`,
    line + String.raw`, \quad e_i = y_i - h(x_i)`,
  ],
  [
    String.raw`\frac{\partial J}{\partial \theta_0} = \frac1m \sum_{i=1}^m (h(x^{(i)}) - y^{(i)})`,
    String.raw`J = \frac{1}{2m} \sum_{i=1}^m (h(x^{(i)}) - y^{(i)})^2, h(x) = \theta_0 + \theta_1 x`,
  ],
  [
    String.raw`\text{temp}_0 := b - \alpha \frac{\partial J}{\partial b} \\ \text{temp}_1 := W - \alpha \frac{\partial J}{\partial W} \\ b := \text{temp}_0 \\ W := \text{temp}_1`,
    line,
  ],
  [String.raw`b_{new} := b - \alpha \frac{\partial J}{\partial b}, \quad J \geqslant 0`, line],
  [
    String.raw`\sigma^\prime(z) = \frac{d}{dz} \left(\frac{1}{1+e^{-z}}\right) = \frac{0 \cdot (1+e^{-z}) - 1 \cdot (-e^{-z})}{(1+e^{-z})^2} = \sigma(z) \cdot \bigl(1 - \sigma(z)\bigr)`,
  ],
  [
    String.raw`\frac{d}{da} \frac1u = \frac{d}{du} \frac1u \cdot \frac{du}{da} = -\frac{1}{u^2} \cdot (-e^{-a}) = \frac{e^{-a}}{u^2}`,
    String.raw`u = 1 + e^{-a}`,
  ],
  [
    String.raw`\frac{\partial h}{\partial b} = h \left(1 - \frac{h}{20}\right)`,
    String.raw`h = 20 \, \sigma(a), a = b + Wx`,
  ],
  [
    String.raw`\lim_{x \to +\infty} \frac{20}{1 + e^{-(Wx+b)}} = 20, \quad \lim_{x \to -\infty} \frac{20}{1 + e^{-(Wx+b)}} = 0, \quad \lim_{x \to \infty} \frac{e^x - e^{-x}}{e^x + e^{-x}} = 1`,
    "W > 0",
  ],
  [
    String.raw`\frac{d}{da} |a| = \operatorname{sgn}(a) = \frac{a}{\left|a\right|} = \begin{cases} 1 & a > 0 \\ -1 & a < 0 \end{cases}, \quad a \neq 0`,
  ],
  [
    String.raw`\frac{\partial M(x)}{\partial W_1} = \frac{\partial M(x)}{\partial z} \cdot \frac{\partial z}{\partial q} \cdot \frac{\partial q}{\partial W_1} = W_2 \cdot \operatorname{ReLU}'(q) \cdot x, \quad z = \frac{q + |q|}{2}`,
    String.raw`\operatorname{ReLU}(x) = \max(0, x), q = W_1 x + b_1, z = \operatorname{ReLU}(q), M(x) = W_2 z + b_2`,
  ],
  [
    String.raw`\frac{\partial L}{\partial W_2} = -\frac1N \sum_{i=1}^N \frac{a_i}{|a_i|} \max(0, W_1 x_i + b_1)`,
    String.raw`a_i = y_i - W_2 \max(0, W_1 x_i + b_1) - b_2, L = \frac1N \sum_{i=1}^N |a_i|`,
  ],
  [
    String.raw`\frac{\partial y'}{\partial b_1} = \frac{\partial y'}{\partial k} \cdot \frac{\partial k}{\partial l} \cdot \frac{\partial l}{\partial m} \cdot \frac{\partial m}{\partial b_1} = \mathrm{LeakyReLU}'(k) \cdot W_2 \cdot (1 - l^2) \cdot 1`,
    String.raw`\mathrm{LeakyReLU}(x) = \begin{cases} x, & x > 0 \\ \alpha x, & x \leq 0 \end{cases}, m = W_1 x + b_1, l = \tanh m, k = W_2 l + b_2, y' = \mathrm{LeakyReLU}(k)`,
  ],
  [
    String.raw`\frac{d}{dx} \tanh x = \frac{(e^x+e^{-x})^2 - (e^x-e^{-x})^2}{(e^x+e^{-x})^2} = 1 - \tanh^2 x = \frac{1}{\cosh^2 x} = (1 - \tanh x)(1 + \tanh x)`,
  ],
  [
    String.raw`\frac{\mathrm d}{\mathrm dx} \frac{u(x)}{v(x)} = \frac{u'(x) v(x) - u(x) v'(x)}{v(x)^2}, \quad \frac{d}{dx} u(v(x)) = u'(v(x)) \cdot v'(x)`,
    String.raw`u(x) = \sin x, v(x) = 2 + x^2`,
  ],
  [String.raw`\ln(xy) = \ln x + \ln y \quad \text{for } x > 0, y > 0`],
  [String.raw`x + x = 2x \text{ and } x \cdot 1 = x \text{ since } 1 + 0 = 1`],
  [String.raw`2 x = 6 \text{ for } x = 3`],
  [
    String.raw`\frac{d}{dx} \frac{d}{dx} \frac{d}{dx} \frac{d}{dx} x^8 = \frac{d^4}{dx^4} x^8 = 1680 x^4, \quad \frac{d}{dx} \operatorname{sign}(x) = 0`,
  ],
  [
    String.raw`\frac{\partial MSE}{\partial W} = -\frac2N \sum_{i=1}^N x_i (y_i - \hat{y}_i)`,
    String.raw`MSE = \frac1N \sum_{i=1}^N (y_i - \hat{y}_i)^2, \hat{y}_i = W x_i + b`,
  ],
  [
    String.raw`\frac{\partial |a|}{\partial W} = \frac{\partial |a|}{\partial a} \cdot \frac{\partial a}{\partial M(x)} \cdot \frac{\partial M(x)}{\partial W} = -\frac{a}{|a|} x`,
    String.raw`M(x) = W x + b, a = y - M(x)`,
  ],
  [
    String.raw`\frac{\partial \mathcal{L}}{\partial W} = -2 x (y - W x), \quad W \leftarrow W - \alpha \frac{\partial \mathcal{L}}{\partial W}`,
    String.raw`\mathcal{L} = (y - W x)^2`,
  ],
];

describe("true chains hold", () => {
  it.each(TRUE)("%s", (chain, where) => {
    expect(scopeOf(where).check(template(chain)).wrong?.message ?? "").toBe("");
  });
});

it("tells of kinks and conventions in notes", () => {
  const { notes } = scopeOf(undefined).check(
    template(String.raw`\frac{\partial}{\partial x} \max(0, x) = \begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}`),
  );
  expect(notes.join()).toMatch(
    /At \$x = 0\$ the left side has no value \(no derivative at x = 0: 0 from the left, 1 from the right\).*convention/,
  );
});

it("says that it cannot read thousands of brackets", () => {
  for (const [open, close] of [
    ["(", ")"],
    ["{", "}"],
    ["\\sqrt{", "}"],
    ["|", ""],
  ])
    expect(() => scopeOf(undefined).check(template(`${open.repeat(10_000)}x${close.repeat(10_000)} = x`))).toThrow(
      /nests too deeply/,
    );
});
