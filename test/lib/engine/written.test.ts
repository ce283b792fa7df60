import { describe, expect, it, vi } from "vitest";
import { code } from "../../../lib/code";
import { DerivationError } from "../../../lib/derivation";
import { leakyRelu, scalar, tanh } from "../../../lib/functions";
import { loss, objective } from "../../../lib/losses";
import { model, network, sigmoidal } from "../../../lib/models";
import { template } from "../derivation/tag";

/** A model of one parameter that is added to the formula, so that its code is that of the formula. */
const plus = (tex: string) => model(template(`h(x) = W + ${tex}`)).shortcut`\frac{\partial h}{\partial W} = 1`;

const places = [-8, -1, 0, 1, 2, 4, 5];
const sign = Math.sign;

describe("a formula becomes code that computes it", () => {
  it.each<[tex: string, code: string, value: (x: number) => number]>([
    // powers
    ["x^{0.5}", "W + Math.sqrt(x)", (x) => Math.sqrt(x)],
    ["x^{-1}", "W + 1 / x", (x) => 1 / x],
    ["x^{-2}", "W + 1 / (x * x)", (x) => 1 / x ** 2],
    ["x^0", "W + 1", () => 1],
    ["x^1", "W + x", (x) => x],
    ["x^3", "W + x * x * x", (x) => x ** 3],
    ["x^5", "W + s1 * s1 * x", (x) => x ** 5],
    ["x^6", "W + s1 * s1", (x) => x ** 6],
    ["x^{64}", "W + s5 * s5", (x) => x ** 64],
    ["x^{65}", "W + exp(65 * ln(x))", (x) => (x < 0 ? Number.NaN : x ** 65)],
    ["x^{1.5}", "W + exp(1.5 * ln(x))", (x) => x ** 1.5],
    ["2^x", "W + (x === 0 ? 1 : exp(x * ln(2)))", (x) => 2 ** x],
    ["x^x", "W + (x === 0 ? 1 : exp(x * ln(x)))", (x) => (x < 0 ? Number.NaN : x ** x)],
    ["e^x", "W + exp(x)", Math.exp],
    // roots
    ["\\sqrt{x}", "W + Math.sqrt(x)", Math.sqrt],
    ["\\sqrt[3]{x}", "W + (x < 0 ? -s1 : s1)", Math.cbrt],
    ["\\sqrt[4]{x}", "W + exp(ln(x) / 4)", (x) => x ** 0.25],
    // functions
    ["\\exp(x)", "W + exp(x)", Math.exp],
    ["\\ln(x)", "W + ln(x)", Math.log],
    ["\\sinh(x)", "W + (exp(x) - exp(-x)) / 2", Math.sinh],
    ["\\cosh(x)", "W + (exp(x) + exp(-x)) / 2", Math.cosh],
    ["\\tanh(x)", "W + tanh(x)", Math.tanh],
    ["\\sigma(x)", "W + 1 / (1 + exp(-x))", (x) => 1 / (1 + Math.exp(-x))],
    ["|x - 3|", "W + Math.abs(x + -3)", (x) => Math.abs(x - 3)],
    ["\\max(x, 2, 1.5)", "W + Math.max(Math.max(x, 2), 1.5)", (x) => Math.max(x, 2)],
    ["\\min(x, 2, 3)", "W + Math.min(Math.min(x, 2), 3)", (x) => Math.min(x, 2)],
    ["\\operatorname{sign}(x)", "W + (x > 0 ? 1 : x < 0 ? -1 : x)", sign],
    ["\\frac{x}{|x|}", "W + (x > 0 ? 1 : x < 0 ? -1 : x)", sign],
    ["\\frac{2}{|x|}", "W + 2 / Math.abs(x)", (x) => 2 / Math.abs(x)],
    ["f(x) f(2), \\quad f(t) = t^2 + x", "W + (x * x + x) * (4 + x)", (x) => (x * x + x) * (4 + x)],
    ["2 f + 1, \\quad f(x) = 3 x", "W + 2 * (3 * x) + 1", (x) => 6 * x + 1],
    ["g(x, 2), \\quad g(t, u) = t - u", "W + (x + -2)", (x) => x - 2],
    ["g(3) x, \\quad g(f) = 2 f, \\quad f(x) = 5 x", "W + 6 * x", (x) => 6 * x], // in g, f is the letter
    ["g(2), \\quad g(t) = t f, \\quad f(x) = 3 x", "W + 2 * (3 * x)", (x) => 6 * x], // without its argument
    ["g(3), \\quad g(f) = f(2) + f, \\quad f(x) = 5 x", "W + 13", () => 13], // with one, it is the function
    // what stands in what: brackets, signs, and what need not be computed
    ["x - (2 - x)", "W + x - (2 - x)", (x) => 2 * x - 2],
    ["x - (x - 2) - 3", "W + x - (x + -2) + -3", () => -1],
    ["\\frac{x}{2 (x + 7)}", "W + x / (2 * (x + 7))", (x) => x / (2 * (x + 7))],
    ["\\frac{x + 1}{\\frac{x + 7}{3}}", "W + (x + 1) / ((x + 7) / 3)", (x) => (3 * (x + 1)) / (x + 7)],
    ["(-(-x))", "W + x", (x) => x],
    ["(-(x + 2))", "W - (x + 2)", (x) => -x - 2],
    ["x \\cdot (-2)", "W + x * -2", (x) => -2 * x],
    ["(x + (-x^2))", "W + (x - x * x)", (x) => x - x * x],
    ["((-x^2) + x)", "W + (x - x * x)", (x) => x - x * x],
    ["1 \\cdot x \\cdot 1", "W + x", (x) => x],
    ["\\frac{x}{1}", "W + x", (x) => x],
    ["2 \\cdot 3 x", "W + 6 * x", (x) => 6 * x],
    ["(2 - 5 + \\frac{6}{4}) |-3| \\sqrt{4} x", "W + -9 * x", (x) => -9 * x],
    ["\\pi x + e", "W + 3.141592653589793 * x + 2.718281828459045", (x) => Math.PI * x + Math.E],
    ["(x + 1)^2 + \\sqrt{x + 1}", "W + s1 * s1 + Math.sqrt(s1)", (x) => (x + 1) ** 2 + Math.sqrt(x + 1)],
    ["(x + 3) (3 + x)", "W + s1 * s1", (x) => (x + 3) ** 2],
    ["\\max(-x, 1) \\min(-x, 2)", "W + Math.max(-x, 1) * Math.min(-x, 2)", (x) => Math.max(-x, 1) * Math.min(-x, 2)],
    [
      "g(1) + g(2), \\quad g(a) = \\begin{cases} a & x < 1 \\\\ 0 & x \\ge 1 \\end{cases}",
      "W + (x < 1 ? 1 : 0) + (x < 1 ? 2 : 0)",
      (x) => (x < 1 ? 3 : 0),
    ],
    [
      "g(1) + g(2), \\quad g(a) = \\begin{cases} a & x^2 < 1 \\\\ 0 & x^2 \\ge 1 \\end{cases}",
      "W + (s1 ? 1 : 0) + (s1 ? 2 : 0)",
      (x) => (x ** 2 < 1 ? 3 : 0),
    ],
    ["(x - 3) - (3 - x)", "W + (x + -3) - (3 - x)", (x) => 2 * x - 6],
    // cases
    [
      "\\begin{cases} 1 & x < 0 \\\\ 2 & x = 0 \\\\ 3 & x > 0 \\end{cases}",
      "W + (x < 0 ? 1 : x === 0 ? 2 : x > 0 ? 3 : NaN)",
      (x) => 2 + sign(x),
    ],
    ["\\begin{cases} 1 & x \\ge 1 \\\\ 7 & x < 1 \\end{cases}", "W + (x >= 1 ? 1 : 7)", (x) => (x >= 1 ? 1 : 7)],
    ["\\begin{cases} 1 & x < 1 \\\\ 7 & x \\ge 1 \\end{cases}", "W + (x < 1 ? 1 : 7)", (x) => (x < 1 ? 1 : 7)],
    [
      "\\begin{cases} 1 & \\ln(x) < 1 \\\\ 7 & \\ln(x) \\ge 1 \\\\ 5 & \\text{otherwise} \\end{cases}",
      "W + (s1 < 1 ? 1 : s1 >= 1 ? 7 : 5)",
      (x) => (x < 0 ? 5 : Math.log(x) < 1 ? 1 : 7), // ln(-1) is no number
    ],
    ["\\begin{cases} 1 & \\text{otherwise} \\\\ 2 & x < 3 \\end{cases}", "W + (x < 3 ? 2 : 1)", (x) => (x < 3 ? 2 : 1)],
    [
      "\\begin{cases} 1 & x < 1 \\\\ 7 & x \\ge 2 \\end{cases}",
      "W + (x < 1 ? 1 : x >= 2 ? 7 : NaN)",
      (x) => (x < 1 ? 1 : x >= 2 ? 7 : Number.NaN),
    ],
    [
      "\\begin{cases} 1 & x > 2 \\\\ 7 & x \\le 1 \\end{cases}",
      "W + (x > 2 ? 1 : x <= 1 ? 7 : NaN)",
      (x) => (x > 2 ? 1 : x <= 1 ? 7 : Number.NaN),
    ],
    [
      "\\begin{cases} 1 & x < 1 \\\\ 7 & 1 < x \\end{cases}",
      "W + (x < 1 ? 1 : x > 1 ? 7 : NaN)",
      (x) => (x < 1 ? 1 : x > 1 ? 7 : Number.NaN),
    ],
    [
      "\\begin{cases} 1 & x \\ne 2 \\\\ 5 & \\text{otherwise} \\end{cases}",
      "W + (x < 2 || x > 2 ? 1 : 5)",
      (x) => (x !== 2 ? 1 : 5),
    ],
    [
      "\\begin{cases} 1 & 0 \\le x \\le 2 \\\\ 5 & x > 4 \\end{cases}",
      "W + (x >= 0 && x <= 2 ? 1 : x > 4 ? 5 : NaN)",
      (x) => (0 <= x && x <= 2 ? 1 : x > 4 ? 5 : Number.NaN),
    ],
    [
      "\\begin{cases} 1 & x < 0 \\text{ or } x > 2 \\\\ 5 & \\text{otherwise} \\end{cases}",
      "W + (x < 0 || x > 2 ? 1 : 5)",
      (x) => (x < 0 || x > 2 ? 1 : 5),
    ],
    [
      "\\begin{cases} x^2 & x > 1 \\text{ and } x < 5 \\\\ x & \\text{otherwise} \\end{cases} + 1",
      "W + (x > 1 && x < 5 ? x * x : x) + 1",
      (x) => (x > 1 && x < 5 ? x * x : x) + 1,
    ],
  ])("%s", (tex, written, value) => {
    const made = plus(tex);
    expect(made.code[0].lines.at(-1)?.code).toBe(`return ${written};`);
    for (const x of places) {
      const [ours, theirs] = [made.predict([0], x), value(x)];
      if (Number.isFinite(theirs)) expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(theirs)));
      else expect(ours).toBe(theirs);
    }
  });

  it("that names what the formula names, and what is used twice", () => {
    expect(code(sigmoidal(20)).text).toBe(`function predict([W, b]: Theta, x: number): number {
  const a = W * x + b;                          // a = W x + b
  return 20 * (1 / (1 + exp(-a)));              // h(x) = 20 · σ(a)
}

function gradient([W, b]: Theta, x: number, out: number[] = []): number[] {
  const a = W * x + b;                          // a = W x + b
  const s1 = 1 / (1 + exp(-a));                 // σ(a)
  const s2 = 20 * s1 * (1 - s1);                // 20 · σ(a) · (1 − σ(a))
  out[0] = s2 * x;                              // ∂h/∂W = 20 · σ(a) · (1 − σ(a)) · x
  out[1] = s2;                                  // ∂h/∂b = 20 · σ(a) · (1 − σ(a)) · 1
  return out;
}`);
    expect(code(network(tanh, leakyRelu(0.1))).text).toContain(`
  const q = W1 * x + b1;                        // q = W₁ x + b₁
  const z = tanh(q);                            // z = tanh(q)
  const k = W2 * z + b2;                        // k = W₂ z + b₂
  const s1 = k > 0 ? 1 : 0.1;                   // LeakyReLU'(k)
  const s2 = s1 * W2 * (1 - z * z);             // LeakyReLU'(k) · W₂ · tanh'(q)
`);
  });

  it("that names a step as it is written first", () => {
    const first = (tex: string): string | undefined => plus(`${tex}, \\quad f(t) = t^2`).code[0].lines[0].formula;
    expect([first("x^2 + f(x)"), first("f(x) + x^2")]).toEqual(["x²", "f(x)"]);
  });

  it("with the formula of a function beside it, and that of its derivative", () => {
    const made = scalar`f(x) = x^2`.slope`f'(x) = 2 x`;
    expect(code(made).text).toBe(`function f(x: number): number {
  return x * x;                                 // f(x) = x²
}

function df(x: number): number {
  return 2 * x;                                 // f'(x) = 2 x
}`);
  });

  it("of functions and of losses, with their types", () => {
    const two = model`h(x, s) = W x + V s`.shortcut`
      \frac{\partial h}{\partial W} = x, \quad \frac{\partial h}{\partial V} = s`;
    const heads = [tanh, loss`L(h, y) = h - y`.slope`\frac{\partial L}{\partial h} = 1`, two].map((made) =>
      code(made)
        .text.split("\n")
        .filter((line) => line.startsWith("function")),
    );
    expect(heads).toEqual([
      ["function f(x: number): number {", "function df(x: number): number {"],
      ["function f(h: number, y: number): number {", "function df(h: number, y: number): number {"],
      [
        "function predict([W, V]: Theta, [x, s]: readonly number[]): number {",
        "function gradient([W, V]: Theta, [x, s]: readonly number[], out: number[] = []): number[] {",
      ],
    ]);
  });
});

describe("a function in a formula", () => {
  const square = scalar`f(x) = x^2`.slope`f'(x) = 2 x`;
  const one = template("\\frac{\\partial h}{\\partial W} = 1");

  it("stands with its argument, or without where that is plain, and so does its derivative", () => {
    expect(model`h(x) = W + ${square}(x + 1) + ${square}'(2 x)`.shortcut(one).predict([0], 3)).toBe(16 + 12);
    expect(model`h(x) = W + ${square} + ${square}'`.shortcut(one).predict([0], 3)).toBe(9 + 6);
    const inside = model`h(x) = W + g(5), \quad g(f) = f + ${square}'`.shortcut(one);
    expect(inside.predict([0], 3)).toBe(5 + 6); // in g, f is a letter, and f' is the function's still
  });

  it("has no second derivative", () => {
    expect(() => model`h(x) = W + ${square}''(x)`.shortcut(one)).toThrow("The derivative of f has no formula here");
  });

  it("may be one that everybody knows, written out", () => {
    const own = [
      scalar`\exp(x) = e^x`.slope`\exp'(x) = e^x`,
      scalar`\exp(x) = e^x`.slope`\frac{d}{dx} \exp(x) = e^x`,
      scalar`\tanh(x) = \frac{e^x - e^{-x}}{e^x + e^{-x}}`.slope`\frac{d \tanh}{dx} = 1 - \tanh(x)^2`,
    ];
    expect(own.map(({ f, df }) => [f(1), df(1)].map((value) => Number(value.toFixed(12))))).toEqual([
      [2.718281828459, 2.718281828459],
      [2.718281828459, 2.718281828459],
      [0.761594155956, 0.419974341614],
    ]);
  });
});

describe("a derivative may be written", () => {
  const square = "f(x) = x^2";
  it.each([
    "f_x(x) = 2 x",
    "f'(x) = 2 x",
    "\\frac{d}{dx} f(x) = 2 x",
    "\\frac{df}{dx} = 2 x",
    "\\frac{\\partial f}{\\partial x} = 2 x",
  ])("as %s", (slope) => {
    const made = scalar(template(square)).slope(template(slope));
    expect([made.f(3), made.df(3)]).toEqual([9, 6]);
  });

  it("in several steps, of which the last is computed", () => {
    const made = scalar`f(x) = x^2`.slope`f'(x) = x + x = 2 x`;
    expect(made.slopeTex).toBe("f'(x) = 2 x");
  });

  it.each([
    ["f''(x) = 2", "Write what is differentiated, and with respect to which letter"],
    ["2 x = f'(x)", "Write what is differentiated, and with respect to which letter"],
    ["f'(x) = 2 x, \\quad f'(x) = 2 x", "twice"],
    ["\\frac{\\partial^2 f}{\\partial x^2} = 2", "Write what is differentiated, and with respect to which letter"],
    // each holds, and none says what f'(x) is
    ["f(x) = x^2", "Write what is differentiated"],
    ["f'(2 x) = 4 x", "Write what is differentiated"],
    ["f'(3) = 6", "Write what is differentiated"],
    ["\\frac{d f(2 x)}{dx} = 8 x", "Write what is differentiated"],
    ["\\frac{d}{dx} f(x) \\cdot 2 = 4 x", "Write what is differentiated"],
    ["\\frac{d}{dx} f'(x) = 2", "Write what is differentiated"],
    ["\\frac{d f_x}{dx} = 2", "Write what is differentiated"],
    ["\\frac{d}{dx} x^2 = 2 x", "Write what is differentiated"],
    ["\\frac{d x^2}{dx} = 2 x", "Write what is differentiated"],
    ["\\frac{\\partial f}{\\partial (x^2)} = 1", "Write what is differentiated"],
  ])("and not as %s", (slope, message) => {
    const make = () => scalar(template(square)).slope(template(slope));
    expect(make).toThrow(DerivationError);
    expect(make).toThrow(message);
  });
});

it("a second descent, and a second objective of the same loss and model, find their loop made", () => {
  const made = model`h(x) = W x`.slopes`\frac{\partial h}{\partial W} = x`;
  const by = loss`L(h, y) = (h - y)^2`.slope`\frac{\partial L}{\partial h} = 2 (h - y)`;
  const counted = { modules: 0, instances: 0 };
  const { Memory, Module, Instance } = WebAssembly;
  vi.stubGlobal("WebAssembly", {
    Memory,
    Module: class extends Module {
      constructor(bytes: BufferSource) {
        super(bytes);
        counted.modules++;
      }
    },
    Instance: class extends Instance {
      constructor(module: WebAssembly.Module, imports: WebAssembly.Imports) {
        super(module, imports);
        counted.instances++;
      }
    },
  });
  const train = (x: number[]): void => {
    const J = objective(by, made, { x, y: x });
    for (const start of [1, 2]) expect(J.train?.([start])).toBeDefined();
  };
  train([1, 2]);
  train([3, 4]);
  expect(counted).toEqual({ modules: 1, instances: 2 });
  train([3, 4, 5]); // by 3 is divided, by 2 is multiplied with a half: another module
  train([3, 4, 6]);
  expect(counted).toEqual({ modules: 2, instances: 4 });
  vi.unstubAllGlobals();
});
