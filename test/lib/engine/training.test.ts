import { afterEach, describe, expect, it, vi } from "vitest";
import { code } from "../../../lib/code";
import { DerivationError } from "../../../lib/derivation";
import { DivergenceError, descend, linearly, type Run } from "../../../lib/descent";
import { type FormulaFunction, leakyRelu, scalar, sigmoid, tanh } from "../../../lib/functions";
import { againstLimit } from "../../../lib/limit";
import { loss, mae, mse, objective } from "../../../lib/losses";
import { linear, type Model, model, network, sigmoidal } from "../../../lib/models";
import { random } from "../../../lib/random";
import type { Columns, Objective } from "../../../lib/types";
import { models } from "../catalogue";

const softplus = model`h(x) = \ln(1 + e^{W x + b})`.slopes`
  \frac{\partial h}{\partial W} = \frac{x}{1 + e^{-(W x + b)}}, \quad \frac{\partial h}{\partial b} = \frac{1}{1 + e^{-(W x + b)}}`;
const bump = model`h(x) = A e^{-u^2}, \quad u = \frac{x - c}{s}`.parameters("A", "c", "s").slopes`
  \frac{\partial h}{\partial A} = e^{-u^2}, \quad \frac{\partial h}{\partial c} = 2 A e^{-u^2} \frac{u}{s}, \quad
  \frac{\partial h}{\partial s} = 2 A e^{-u^2} \frac{u^2}{s}`;
const power = model`h(x) = A x^W`.slopes`
  \frac{\partial h}{\partial A} = x^W, \quad \frac{\partial h}{\partial W} = A x^W \ln(x)`;
const roots = model`h(x) = \sqrt{W^2 + |x|} + b \cdot \max(x, 2) \cdot \sqrt[3]{x}`.slopes`
  \frac{\partial h}{\partial W} = \frac{W}{\sqrt{W^2 + |x|}}, \quad \frac{\partial h}{\partial b} = \max(x, 2) \cdot \sqrt[3]{x}`;
const cosh = model`h(x) = W \cosh(\frac{x}{9}) + b \sinh(\frac{x}{9})`.slopes`
  \frac{\partial h}{\partial W} = \cosh(\frac{x}{9}), \quad \frac{\partial h}{\partial b} = \sinh(\frac{x}{9})`;
const steps = model`h(x) = \begin{cases} W & x < 2 \\ b & 2 \le x < 3 \\ W + b & \text{otherwise} \end{cases}`.slopes`
  \frac{\partial h}{\partial W} = \begin{cases} 1 & x < 2 \\ 0 & 2 \le x < 3 \\ 1 & \text{otherwise} \end{cases}, \quad
  \frac{\partial h}{\partial b} = \begin{cases} 0 & x < 2 \\ 1 & 2 \le x < 3 \\ 1 & \text{otherwise} \end{cases}`;
const two = model`h(x, s) = W x + V s + b`.slopes`
  \frac{\partial h}{\partial W} = x, \quad \frac{\partial h}{\partial V} = s, \quad \frac{\partial h}{\partial b} = 1`;
const logCosh = loss`L(h, y) = \ln(\cosh(h - y))`.slope`\frac{\partial L}{\partial h} = \tanh(h - y)`;

const own = { softplus, bump, power, roots, cosh, steps, two };
const all = [...models.map((made) => [made.name, made] as const), ...Object.entries(own)];

function some(N: number, seed: number): Columns {
  const next = random(seed);
  const column = (): number[] => Array.from({ length: N }, () => 0.5 + 4 * next());
  return { x: column(), s: column(), y: column() };
}

/** The same descent without the loop in WebAssembly. */
const inJavaScript = ({ value, gradient, both }: Objective): Objective => ({ value, gradient, both: both! });
const known = ({ theta, loss, best, history }: Run): unknown => ({ theta, loss, best, history });

describe("WebAssembly and JavaScript give the same bits", () => {
  it.each(all)("%s", (_name, made) => {
    for (const [N, seed] of [
      [1, 1],
      [2, 2],
      [5, 3],
      [8, 4],
      [16, 6],
      [37, 5],
    ]) // prettier-ignore
      for (const by of [mse, mae, logCosh]) {
        const J = objective(by, made, some(N, seed));
        expect(J.train?.(made.parameters.map(() => 0.5))).toBeDefined();
        const next = random(seed);
        const start = made.parameters.map(() => 0.4 + next());
        const settings = { epochs: 300, alpha: linearly(1e-4, 1e-5, 7) };
        const run = descend(J, start, settings);
        expect(known(run)).toEqual(known(descend(inJavaScript(J), start, settings)));
        expect(run.history.at(-1)?.loss).toBe(J.value(run.theta));
        expect(run.theta).not.toEqual(start);
      }
  });

  it.each(all)("%s has the gradient that the limit gives", (_name, made) => {
    const start = made.parameters.map((_, p) => 0.7 + 0.2 * p);
    for (const { gradient, limit } of againstLimit(objective(mse, made, some(6, 9)), start))
      expect(Math.abs(gradient - limit)).toBeLessThan(1e-7 * (1 + Math.abs(limit)));
  });

  it("in their ends, too", () => {
    const J = objective(mse, linear, some(4, 1));
    const end = (of: Objective): unknown => {
      try {
        return descend(of, [1, 1], { epochs: 5000, alpha: 0.9 });
      } catch (error) {
        if (!(error instanceof DivergenceError)) throw error;
        return [error.message, known(error.run)];
      }
    };
    expect(end(J)).toEqual(end(inJavaScript(J)));
    expect((end(J) as string[])[0]).toMatch(/^The descent diverged: at epoch \d+ /);
  });

  it("on the borders of cases, too", () => {
    const least = model`h(x) = b + \begin{cases} \ln(x) & \ln(x) < W \\ W & \text{otherwise} \end{cases}`.slopes`
      \frac{\partial h}{\partial b} = \begin{cases} 1 & \ln(x) < W \\ 1 & \text{otherwise} \end{cases},
      \quad \frac{\partial h}{\partial W} = \begin{cases} 0 & \ln(x) < W \\ 1 & \text{otherwise} \end{cases}`;
    const other = model`h(x) = b + \begin{cases} x & x^2 < W \\ W & \text{otherwise} \end{cases}`.slopes`
      \frac{\partial h}{\partial b} = \begin{cases} 1 & x^2 < W \\ 1 & \text{otherwise} \end{cases},
      \quad \frac{\partial h}{\partial W} = \begin{cases} 0 & x^2 < W \\ 1 & \text{otherwise} \end{cases}`;
    const leaping = model`h(x) = \begin{cases} x & x < W \\ b + 9 & \text{otherwise} \end{cases}`.slopes`
      \frac{\partial h}{\partial b} = \begin{cases} 0 & x < W \\ 1 & \text{otherwise} \end{cases},
      \quad \frac{\partial h}{\partial W} = 0`;
    expect([1.9, 2, 2.9, 3].map((x) => steps.predict([5, 7], x))).toEqual([5, 7, 7, 12]);
    expect(least.predict([1, 2], -1)).toBe(3); // what has no value is not less
    const settings = { epochs: 50, alpha: 0.01 };
    for (const made of [steps, least, other, leaping]) {
      const J = objective(mse, made, { x: [2, 3, -1, 2], y: [1, 2, 3, 4] });
      expect(J.train?.([0.5, 0.25])).toBeDefined();
      expect(known(descend(J, [0.5, 0.25], settings))).toEqual(known(descend(inJavaScript(J), [0.5, 0.25], settings)));
    }
  });

  it("where they cannot begin, too", () => {
    const J = objective(mse, linear, some(4, 1));
    for (const of of [J, inJavaScript(J)]) {
      const begin = () => descend(of, [1e200, 1], { epochs: 5, alpha: 0.1 });
      expect(begin).toThrow("at the start the loss is Infinity");
      try {
        begin();
      } catch (error) {
        const { best, history } = (error as DivergenceError).run;
        expect([best, history]).toEqual([{ epoch: 0, theta: [1e200, 1], loss: Number.POSITIVE_INFINITY }, []]);
      }
    }
  });

  it("in calls that are short for many houses, so that a descent can be watched, and long for few", () => {
    const epochs = (N: number): number | undefined => {
      const ones = new Array<number>(N).fill(1);
      return objective(mse, linear, { x: ones, y: ones }).train?.([0, 0])?.rates.length;
    };
    expect([1, 32, 1024, 2 ** 18, 2 ** 19 + 1].map(epochs)).toEqual([16_384, 16_384, 512, 2, 1]);
  });

  it("on many houses, too", () => {
    const J = objective(mse, linear, some(30_001, 7));
    const settings = { epochs: 5, alpha: 0.01 };
    expect(J.train?.([1, 1])).toBeDefined();
    expect(known(descend(J, [1, 1], settings))).toEqual(known(descend(inJavaScript(J), [1, 1], settings)));
  });

  it("keeps the first of equal losses as the best", () => {
    const J = objective(mse, linear, { x: [1, 2], y: [3, 5] });
    for (const of of [J, inJavaScript(J)]) expect(descend(of, [2, 1], { epochs: 9, alpha: 0.1 }).best.epoch).toBe(0);
  });

  it("a call for no epochs leaves all as it is", () => {
    const course = objective(mse, linear, some(4, 1)).train!([1, 2])!;
    expect(course.run(0, true)).toBe(0);
    expect(course).toMatchObject({ theta: [1, 2], best: { epoch: -1, theta: [1, 2] } });
  });

  it("in calls of many epochs and of few", () => {
    const J = objective(mse, sigmoidModel(), some(3, 6));
    const long = { epochs: 60_000, alpha: 1e-3 };
    expect(known(descend(J, [0.1, 0.2], long))).toEqual(known(descend(inJavaScript(J), [0.1, 0.2], long)));
  });
});

function sigmoidModel(): Model {
  return model`h(x) = 4 ${sigmoid}(W x + b)`.slopes`
    \frac{\partial h}{\partial W} = 4 ${sigmoid}'(W x + b) \cdot x, \quad \frac{\partial h}{\partial b} = 4 ${sigmoid}'(W x + b)`;
}

describe("where WebAssembly is not", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  const without = {
    "at all": undefined,
    "with vectors": {
      ...WebAssembly,
      Module: class {
        constructor() {
          throw new WebAssembly.CompileError("invalid value type");
        }
      },
    },
  };

  describe.each(Object.entries(without))("%s", (_, found) => {
    it.each(all)("JavaScript trains the %s to the same bits", (_name, made) => {
      const settings = { epochs: 500, alpha: 1e-4 };
      const start = made.parameters.map((_, p) => 0.5 + 0.25 * p);
      const before = descend(objective(mse, made, some(4, 1)), start, settings);
      vi.stubGlobal("WebAssembly", found);
      const J = objective(mse, made, some(4, 1));
      expect(J.train?.(start)).toBeUndefined();
      expect(known(descend(J, start, settings))).toEqual(known(before));
    });
  });
});

describe("a model", () => {
  it("computes what is written, to the last bit", () => {
    const made = model`h(x) = W (-x + b) + \sqrt{2} (b - x) (x - b)`.slopes`
      \frac{\partial h}{\partial W} = b - x, \quad \frac{\partial h}{\partial b} = W + 2 \sqrt{2} (x - b)`;
    const [W, b, x] = [0.3, 1.7, 0.45];
    expect(made.predict([W, b], x)).toBe(W * (b - x) + Math.SQRT2 * (b - x) * (x - b));
    expect(made.gradient([W, b], x)).toEqual([b - x, W + 2 * Math.SQRT2 * (x - b)]);
  });

  it("in plain TypeScript trains to the same digits as by its formula", () => {
    const plain: Model = {
      name: "line",
      parameters: ["W", "b"],
      predict: ([W, b], x) => W * x + b,
      gradient: (_theta, x) => [x, 1],
    };
    const settings = { epochs: 1000, alpha: 0.01 };
    const [byHand, byFormula] = [plain, linear].map((made) =>
      descend(objective(mse, made, some(4, 1)), [0, 0], settings),
    );
    expect(known(byHand)).toEqual(known(byFormula));
  });

  it("in plain TypeScript trains with a loss in plain TypeScript, too", () => {
    const { predict, gradient, name, parameters } = linear;
    const plain: Model = { name, parameters, predict, gradient };
    const square = {
      name: "square",
      f: (h: number, y: number) => (h - y) ** 2,
      df: (h: number, y: number) => 2 * (h - y),
    };
    const settings = { epochs: 100, alpha: 0.01 };
    const [byHand, byFormula] = [objective(square, plain, some(4, 1)), objective(mse, linear, some(4, 1))];
    expect(known(descend(byHand, [0, 0], settings))).toEqual(known(descend(byFormula, [0, 0], settings)));
    expect(byHand.value([1, 2])).toBe(byFormula.value([1, 2]));
  });

  it("in plain TypeScript may have no parameter: then it has a loss, and no slope", () => {
    const fixed: Model = { name: "fixed price", parameters: [], predict: () => 3, gradient: () => [] };
    const J = objective(mse, fixed, { x: [1, 2], y: [2, 5] });
    expect([J.value([]), J.gradient([])]).toEqual([2.5, []]);
  });

  it("that is a copy with another gradient is trained by that gradient", () => {
    const other = { ...linear, gradient: (): number[] => [0, 1] };
    expect(descend(objective(mse, other, some(4, 1)), [0.5, 0], { epochs: 10, alpha: 0.01 }).theta[0]).toBe(0.5);
    const J = objective(mse, linear, some(4, 1));
    const still = { ...J, gradient: (): number[] => [0, 0] };
    expect(descend(still, [0.5, 0], { epochs: 10, alpha: 0.01 }).theta).toEqual([0.5, 0]);
  });

  it("is made once for the same numbers and functions, for it may be asked for at every point of a curve", () => {
    expect(network(tanh, leakyRelu(1e-6))).toBe(network(tanh, leakyRelu(1e-6)));
    expect(network(tanh, leakyRelu(1e-6))).not.toBe(network(tanh, leakyRelu(1e-5)));
    expect(sigmoidal(20)).toBe(sigmoidal(20));
    expect(sigmoidal(21).predict([0, 0], 1)).toBe(10.5);
  });

  it("takes a shortcut when it is told to", () => {
    const short = linear.shortcut`\frac{\partial h}{\partial W} = 0, \quad \frac{\partial h}{\partial b} = 1`;
    expect(short.gradient([1, 1], 5)).toEqual([0, 1]);
    expect(descend(objective(mse, short, some(4, 1)), [0.5, 0], { epochs: 10, alpha: 0.01 }).theta[0]).toBe(0.5);
  });

  it("shows the code that it became", () => {
    expect(
      code(model`h(x) = W x^2 + V x + b`.slopes`
      \frac{\partial h}{\partial W} = x^2, \quad \frac{\partial h}{\partial V} = x, \quad \frac{\partial h}{\partial b} = 1`)
        .text,
    ).toBe(`function predict([W, V, b]: Theta, x: number): number {
  return W * (x * x) + V * x + b;               // h(x) = W x² + V x + b
}

function gradient([W, V, b]: Theta, x: number, out: number[] = []): number[] {
  out[0] = x * x;                               // ∂h/∂W = x²
  out[1] = x;                                   // ∂h/∂V = x
  out[2] = 1;                                   // ∂h/∂b = 1
  return out;
}`);
  });

  it("may hold two functions of one name", () => {
    const f = scalar`f(x) = x^2`.slope`f'(x) = 2 x`;
    const g = scalar`f(x) = x^3`.slope`f'(x) = 3 x^2`;
    const both = model`h(x) = ${f}(W x) + ${g}(W x)`
      .slopes`\frac{\partial h}{\partial W} = ${f}'(W x) x + ${g}'(W x) x`;
    expect(both.predict([2], 1)).toBe(12);
    expect(both.gradient([2], 1)).toEqual([16]);
    expect(both.tex).toBe("h(x) = f(W x) + f_{2}(W x)");
  });

  it("may hold two of one name also where its letters stand in commands, and words", () => {
    const s = scalar`s(x) = x^2`.slope`s'(x) = 2 x`;
    const cases = scalar` s (x) = \begin{cases} \sinh(x) & x < 0 \\ x & \text{otherwise} \end{cases}`
      .slope`\frac{ds}{dx} = \begin{cases} \cosh(x) & x < 0 \\ 1 & \text{otherwise} \end{cases}`;
    const leaks = [leakyRelu(0.5), leakyRelu(0.25)];
    const made = model`h(x) = W ${s}(x) + ${cases}(x)`.slopes`\frac{\partial h}{\partial W} = ${s}(x)`;
    expect(made.predict([1], 3)).toBe(12);
    expect(network(leaks[0], leaks[1]).gradient([1, 0, 1, 0], -2)).toEqual([-0.25, 0.125, -0.25, 0.25]);
  });

  it("holds a function by the command that LaTeX has for it, or by its word", () => {
    const arsinh = scalar`\operatorname{arsinh}(x) = \ln(x + \sqrt{x^2 + 1})`
      .slope`\operatorname{arsinh}'(x) = \frac{1}{\sqrt{x^2 + 1}}`;
    const held = (f: FormulaFunction): string =>
      model`h(x) = W ${f}(x)`.slopes`\frac{\partial h}{\partial W} = ${f}(x)`.tex;
    expect(held(tanh)).toBe("h(x) = W \\tanh(x)");
    expect(held(arsinh)).toBe("h(x) = W \\operatorname{arsinh}(x)");
  });
});

describe("what cannot be trained is said in a sentence", () => {
  it.each([
    [
      () => model`h(x) = W x + b`.slopes`\frac{\partial h}{\partial W} = x`,
      "A derivative of h(x) is missing, with respect to b",
    ],
    [() => model`h(x) = W x`.slopes``, "A derivative of h(x) is missing, with respect to W"],
    [() => model`h(x) = W x`.slopes` `, "A derivative of h(x) is missing, with respect to W"],
    [() => model`h(x) = 2 x`.slopes``, "h(x) has no parameter"],
    [
      () => model`h(x) = W x`.slopes`\frac{\partial h}{\partial W} = x, \quad \frac{\partial h}{\partial W} = x`,
      "The derivative with respect to W is given twice",
    ],
    [
      () => model`h(x) = W x`.shortcut`\frac{\partial h}{\partial W} = x, \quad \frac{\partial h}{\partial W} = 1`,
      "The derivative with respect to W is given twice",
    ],
    [() => model`h(x) = W x`.slopes`W = x`, "Write what is differentiated, and with respect to which letter"],
    [
      () => model`h(x) = W x`.slopes`\frac{\partial h}{\partial W} = x, \quad \frac{\partial h}{\partial c} = 1`,
      "c is no parameter of h(x): give the derivatives with respect to W only",
    ],
    [() => model`h(x) = W x`.slopes`\frac{\partial h(2)}{\partial W} = 2`, "Write what is differentiated"],
    [() => model`h(x, s) = W x + s`.slopes`\frac{\partial h(s, x)}{\partial W} = s`, "Write what is differentiated"],
    [() => model`h(x) = W x`.slopes`\frac{\partial h}{\partial W} = 2 x`, "does not hold"],
    [() => model`h(x) = W x`.slopes`\frac{\partial h}{\partial W} = x c`, "c is not known here"],
    [() => model`h(x) = x^2`.slopes`\frac{\partial h}{\partial W} = 0`, "h(x) has no parameter"],
    [() => model`h(x) = W x + y`.slopes`\frac{\partial h}{\partial W} = x`, "y is the price"],
    [
      () => model`h(x) = W x + c`.parameters("W").slopes`\frac{\partial h}{\partial W} = x`,
      "c is neither a parameter nor x",
    ],
    [() => model`h(x) = W x`.parameters("W", "V").slopes`\frac{\partial h}{\partial W} = x`, "h(x) has no such letter"],
    [
      () => model`h(x) = W \sum_{k=1}^{3} x^k`.slopes`\frac{\partial h}{\partial W} = x + x^2 + x^3`,
      "has no sum, no limit",
    ],
    [() => model`h(x) = W \lim_{t \to 0} (x + t)`.slopes`\frac{\partial h}{\partial W} = x`, "has no sum, no limit"],
    [() => model`h(x) = W \sin(x)`.slopes`\frac{\partial h}{\partial W} = \sin(x)`, "\\sin has no code of its own"],
    [() => model`a = W x`.slopes`\frac{\partial a}{\partial W} = x`, "A function comes first"],
    [() => model`x > 0`.slopes`\frac{\partial h}{\partial W} = x`, "A function comes first"],
    [() => model`h(x) = ${{}}(W x)`.slopes`\frac{\partial h}{\partial W} = x`, "a function that was made by scalar"],
    [() => scalar`f(x) = c x`.slope`f'(x) = c`, "c is not known here"],
    [() => scalar`f(x) = x`.slope`f'(x) = 2`, "does not hold"],
    [
      () =>
        scalar`\operatorname{sign}(x) = \begin{cases} 1 & x > 0 \\ 0 & x = 0 \\ -1 & x < 0 \end{cases}`
          .slope`\operatorname{sgn}'(x) = 0`,
      "Write what is differentiated", // it is another name
    ],
    [() => loss`L(h, y) = (h - y)^2`.slope`\frac{\partial L}{\partial h} = h - y`, "does not hold"],
    [
      () => model`h(x) = W t(x), \quad t(x) = \tanh(x)`.slopes`\frac{\partial h}{\partial W} = t'(x)`,
      "has no formula here",
    ],
  ])("%s", (make, message) => {
    expect(make).toThrow(DerivationError);
    expect(make).toThrow(message);
  });

  it.each([
    [{ x: [1], y: [1] }, "The data has no column s"],
    [{ x: [], s: [], y: [] }, "There is no data: x is empty"],
    [{ x: [1, 2], s: [1], y: [1, 2] }, "x has 2 values and s has 1"],
    [{ x: [1], s: [Number.NaN], y: [1] }, "s[0] is NaN"],
  ])("%j", (data, message) => {
    expect(() => objective(mse, two, data as unknown as Columns)).toThrow(RangeError);
    expect(() => objective(mse, two, data as unknown as Columns)).toThrow(message);
  });

  it("knows the names of what it is made of", () => {
    expect([tanh.name, two.features, two.parameters]).toEqual(["tanh", ["x", "s"], ["W", "V", "b"]]);
  });
});
