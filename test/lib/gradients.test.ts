import { afterAll, describe, expect, it } from "vitest";
import { identity, type ScalarFunction, sigmoid, tanh } from "../../lib/functions";
import { againstLimit, derivative, partial } from "../../lib/limit";
import { type Loss, mae, mse, objective } from "../../lib/losses";
import { cubic, linear, type Model, network, sigmoidal } from "../../lib/models";
import { random } from "../../lib/random";
import type { Theta } from "../../lib/types";
import { functions, losses, models, networks } from "./catalogue";

/** A gradient's code with one mistake in it. */
type Mutant<Code> = readonly [name: string, code: Code];
type Df = ScalarFunction["df"];
type Gradient = (theta: Theta, x: number) => number[];

/** What the limit says is told apart from what the code says; the code as it is passes with the same measure. */
const differ = (code: number, limit: number): boolean => !(Math.abs(code - limit) <= 1e-8 + 1e-5 * Math.abs(limit));

/** Points that stay clear of the kinks, which lie where `inner` is 0. */
function points(
  seed: number,
  letters: number,
  inner: (at: readonly number[]) => readonly number[] = () => [],
): number[][] {
  const next = random(seed);
  const found: number[][] = [];
  while (found.length < 40) {
    const at = Array.from({ length: letters }, () => 4 * next() - 2);
    if (inner(at).every((value) => Math.abs(value) > 0.6)) found.push(at);
  }
  return found;
}

/** Tries each mutant; every one must be caught. Returns what was caught, for the share. */
function caught<Code>(code: Code, mutants: readonly Mutant<Code>[], wrong: (code: Code) => boolean): void {
  expect(wrong(code)).toBe(false);
  const missed = mutants.filter(([, mutant]) => !wrong(mutant)).map(([name]) => name);
  tried += mutants.length;
  missing += missed.length;
  expect(mutants.length).toBeGreaterThanOrEqual(8);
  expect(missed).toEqual([]);
}

let tried = 0;
let missing = 0;

/** Mistakes that any derivative can hold. */
const anyDf = ({ f, df }: ScalarFunction): Mutant<Df>[] => [
  ["sign flipped", (x) => -df(x)],
  ["factor 2", (x) => 2 * df(x)],
  ["half of it", (x) => df(x) / 2],
  ["dropped", () => 0],
  ["the value instead of the derivative", f],
  ["times the value", (x) => f(x) * df(x)],
  ["an inner derivative too much", (x) => x * df(x)],
  ["one too large", (x) => df(x) + 1],
];

/** Further mistakes, in the code of one function. */
const OF_FUNCTION: ReadonlyMap<ScalarFunction, readonly Mutant<Df>[]> = new Map([
  [identity, [["x for 1", (x) => x]]],
  [
    sigmoid,
    [
      ["1 + s for 1 - s", (x) => sigmoid.f(x) * (1 + sigmoid.f(x))],
      ["s - s^3", (x) => sigmoid.f(x) - sigmoid.f(x) ** 3],
      ["without s", (x) => 1 - sigmoid.f(x)],
      ["of the value", (x) => sigmoid.df(sigmoid.f(x))],
      ["e^x for e^-x", (x) => Math.exp(x) / (1 + Math.exp(-x)) ** 2],
      ["without the square", (x) => Math.exp(-x) / (1 + Math.exp(-x))],
    ],
  ],
  [
    tanh,
    [
      ["1 + t^2", (x) => 1 + tanh.f(x) ** 2],
      ["1 - t", (x) => 1 - tanh.f(x)],
      ["without the square of t", (x) => 1 - Math.abs(tanh.f(x))],
      ["of the value", (x) => tanh.df(tanh.f(x))],
      ["t (1 - t), sigma's", (x) => tanh.f(x) * (1 - tanh.f(x))],
    ],
  ],
] as const);

/** Mistakes that a function with a kink at 0 can hold. */
const bending = (fn: ScalarFunction): Mutant<Df>[] => [
  ["branches swapped", (x) => fn.df(-x)],
  ["always 1", () => 1],
  ["always the lower slope", () => fn.df(-1)],
  ["bends at 1", (x) => fn.df(x - 1)],
];

const bends = ({ df }: ScalarFunction): boolean => df(-1e-9) !== df(1e-9);

describe("a mistake in the code of a derivative is caught by the limit", () => {
  it.each(functions)("$name", (fn) => {
    const at = points(1, 1, ([x]) => (bends(fn) ? [x] : []));
    const more = OF_FUNCTION.get(fn) ?? (bends(fn) ? bending(fn) : []);
    caught(fn.df, [...anyDf(fn), ...more], (df) => at.some(([x]) => differ(df(x), derivative(fn.f, x))));
  });

  it.each(losses)("$name", (loss) => {
    const at = points(2, 2, ([h, y]) => [h - y]);
    const { f, df } = loss;
    const mutants: Mutant<Loss["df"]>[] = [
      ["sign flipped", (h, y) => -df(h, y)],
      ["factor 2", (h, y) => 2 * df(h, y)],
      ["half of it", (h, y) => df(h, y) / 2],
      ["dropped", () => 0],
      ["by y", (h, y) => df(y, h)],
      ["h + y for h - y", (h, y) => df(h, -y)],
      ["without y", (h) => df(h, 0)],
      ["the value instead of the derivative", f],
      ["the other loss'", loss === mse ? mae.df : mse.df],
      ["absolute", (h, y) => Math.abs(df(h, y))],
    ];
    caught(df, mutants, (mutant) =>
      at.some(([h, y]) =>
        differ(
          mutant(h, y),
          derivative((value) => f(value, y), h),
        ),
      ),
    );
  });
});

/** Mistakes that any gradient can hold: in all of it, and in each of its components. */
function anyGradient(model: Model): Mutant<Gradient>[] {
  const one = (
    name: string,
    j: number,
    change: (value: number, theta: Theta, x: number, all: number[]) => number,
  ): Mutant<Gradient> => [
    `${name} by ${model.parameters[j]}`,
    (theta, x) => model.gradient(theta, x).map((value, k, all) => (k === j ? change(value, theta, x, all) : value)),
  ];
  const each = model.parameters.flatMap((_, j) => [
    one("sign flipped", j, (value) => -value),
    one("factor 2", j, (value) => 2 * value),
    one("dropped", j, () => 0),
    one("a factor x too much", j, (value, _t, x) => value * x),
    one("without its factor x", j, (value, _t, x) => value / x),
    one("the model's value", j, (_v, theta, x) => model.predict(theta, x)),
    one("the neighbour's", j, (_v, _t, _x, all) => all[(j + 1) % all.length]),
    one("times its parameter", j, (value, theta) => value * theta[j]),
  ]);
  return [
    ["sign flipped", (theta, x) => model.gradient(theta, x).map((value) => -value)],
    ["components the wrong way round", (theta, x) => model.gradient(theta, x).reverse()],
    ...(model === linear || model === cubic
      ? []
      : [["of the next house", (theta, x) => model.gradient(theta, x + 1)] as Mutant<Gradient>]),
    ...each,
  ];
}

const s = ([W, b]: Theta, x: number): number => sigmoid.f(W * x + b);
const scaled =
  (by: (theta: Theta, x: number) => number): Gradient =>
  (theta, x) => [by(theta, x) * x, by(theta, x)];

/** Further mistakes, in the code of one model, by its formula. */
const OF_MODEL: ReadonlyMap<string, readonly Mutant<Gradient>[]> = new Map([
  [
    linear.tex,
    [
      ["x^2 for x", (_t, x) => [x * x, 1]],
      ["W for x", ([W]) => [W, 1]],
    ],
  ],
  [
    cubic.tex,
    [
      ["x for x^3, the notes' shortcut", (_t, x) => [x, 1]],
      ["x^2 for x^3", (_t, x) => [x * x, 1]],
      ["3 x^2 for x^3", (_t, x) => [3 * x * x, 1]],
      ["3 W x^2: by x", ([W], x) => [3 * W * x * x, 1]],
    ],
  ],
  ...[20, 1.5].map((height): [string, readonly Mutant<Gradient>[]] => [
    sigmoidal(height).tex,
    [
      ["without the height", scaled((theta, x) => s(theta, x) * (1 - s(theta, x)))],
      ["without 1 - s", scaled((theta, x) => height * s(theta, x))],
      ["1 + s for 1 - s", scaled((theta, x) => height * s(theta, x) * (1 + s(theta, x)))],
      ["without sigma', the notes' shortcut", (_t, x) => [x, 1]],
      ["h (1 - h)", scaled((theta, x) => height * s(theta, x) * (1 - height * s(theta, x)))],
      ["sigma' of W x", scaled(([W], x) => height * sigmoid.df(W * x))],
    ],
  ]),
]);

/** A model with what must not be near 0 at (theta, x): there it has a kink. */
interface Tried {
  readonly model: Model;
  readonly more: readonly Mutant<Gradient>[];
  readonly kinks: (theta: Theta, x: number) => number[];
}

const TRIED: readonly Tried[] = [
  ...models
    .filter(({ name }) => !networks.some((pair) => network(...pair).name === name))
    .map((model) => ({ model, more: OF_MODEL.get(model.tex) ?? [], kinks: () => [] })),
  ...networks.map(([inner, outer]): Tried => {
    const through =
      (
        change: (theta: Theta, x: number) => { q?: number; z?: number; dk?: number; dq?: number; W2?: number },
      ): Gradient =>
      (theta, x) => {
        const [W1, b1, W2, b2] = theta;
        const q = W1 * x + b1;
        const z = inner.f(q);
        const all = { z, dk: outer.df(W2 * z + b2), dq: inner.df(q), W2, ...change(theta, x) };
        const dq = all.dk * all.W2 * all.dq;
        return [dq * x, dq, all.dk * all.z, all.dk];
      };
    const q = ([W1, b1]: Theta, x: number) => W1 * x + b1;
    const k = (theta: Theta, x: number) => theta[2] * inner.f(q(theta, x)) + theta[3];
    return {
      model: network(inner, outer),
      more: [
        ["without W2", through(() => ({ W2: 1 }))],
        ["W1 for W2", through(([W1]) => ({ W2: W1 }))],
        ["without the inner derivative", through(() => ({ dq: 1 }))],
        ["the inner value for its derivative", through((theta, x) => ({ dq: inner.f(q(theta, x)) }))],
        ["the inner derivative at x", through((_t, x) => ({ dq: inner.df(x) }))],
        ["the inner derivative at z", through((theta, x) => ({ dq: inner.df(-inner.f(q(theta, x)) - 0.5) }))],
        ["q for z", through((theta, x) => ({ z: q(theta, x) }))],
        ["x for z", through((_t, x) => ({ z: x }))],
        ...(outer === identity
          ? []
          : ([
              ["without the outer derivative", through(() => ({ dk: 1 }))],
              ["the outer value for its derivative", through((theta, x) => ({ dk: outer.f(k(theta, x)) }))],
              ["the outer derivative at q", through((theta, x) => ({ dk: outer.df(q(theta, x)) }))],
              ["the outer derivative without b2", through((theta, x) => ({ dk: outer.df(k(theta, x) - theta[3]) }))],
            ] as Mutant<Gradient>[])),
      ],
      kinks: (theta, x) => [q(theta, x), k(theta, x)],
    };
  }),
];

describe("a mistake in the code of a model's gradient is caught by the limit", () => {
  it.each(TRIED.map((one) => ({ name: one.model.name, ...one })))("$name", ({ model, more, kinks }) => {
    const at = points(3, model.parameters.length + 1, (point) => kinks(point.slice(0, -1), point[point.length - 1]));
    const mutants = [...anyGradient(model), ...more];
    caught<Gradient>(
      (theta, x) => model.gradient(theta, x),
      mutants,
      (gradient) =>
        at.some((point) => {
          const [theta, x] = [point.slice(0, -1), point[point.length - 1]];
          return gradient(theta, x).some((value, j) =>
            differ(
              value,
              partial((moved) => model.predict(moved, x), theta, j),
            ),
          );
        }),
    );
  });
});

describe("a mistake in the code of the mean's gradient is caught by the limit", () => {
  it.each(losses.flatMap((loss) => [linear, cubic, sigmoidal(20)].map((model) => ({ loss, model }))))(
    "$loss.name of the $model.name",
    ({ loss, model }) => {
      const next = random(4);
      const data = {
        x: [1, 2, 3, 4],
        y: [0.7, 1.5, 4.5, 9.5].map((y) => (loss === mae ? y + 100 * (-1) ** Math.round(y) : y)),
      };
      const J = objective(loss, model, data);
      const at = Array.from({ length: 10 }, () => model.parameters.map(() => 2 * next() - 1));
      const summed =
        (change: (i: number, theta: Theta) => number[], over = 4): ((theta: Theta) => number[]) =>
        (theta) => {
          const terms = data.x.map((_, i) => change(i, theta));
          return theta.map((_, j) => terms.reduce((sum, term) => sum + (term[j] ?? 0), 0) / over);
        };
      const slope = (i: number, theta: Theta) => loss.df(model.predict(theta, data.x[i]), data.y[i]);
      const term = (i: number, theta: Theta) =>
        model.gradient(theta, data.x[i]).map((value) => value * slope(i, theta));
      const mutants: Mutant<(theta: Theta) => number[]>[] = [
        ["without 1/N", summed(term, 1)],
        ["1/(N - 1)", summed(term, 3)],
        ["1/(2 N)", summed(term, 8)],
        ["uphill", summed(term, -4)],
        ["without the first house", summed((i, theta) => (i === 0 ? [] : term(i, theta)))],
        ["without the last house", summed((i, theta) => (i === 3 ? [] : term(i, theta)))],
        ["the last house twice", summed((i, theta) => term(Math.max(i, 1), theta))],
        [
          "the slope of the next house",
          summed((i, theta) => model.gradient(theta, data.x[(i + 1) % 4]).map((value) => value * slope(i, theta))),
        ],
        ["without the slope of the loss", summed((i, theta) => model.gradient(theta, data.x[i]))],
        ["without the slope of the model", summed((i, theta) => theta.map(() => slope(i, theta)))],
        ["the linear model's slopes", summed((i, theta) => [data.x[i], 1].map((value) => value * slope(i, theta)))],
        [
          "the loss for its slope",
          summed((i, theta) =>
            model.gradient(theta, data.x[i]).map((value) => value * loss.f(model.predict(theta, data.x[i]), data.y[i])),
          ),
        ],
      ];
      // the linear model's slopes are no mistake in the linear model
      const wrong = mutants.filter(([name]) => name !== "the linear model's slopes" || model !== linear);
      caught<(theta: Theta) => number[]>(J.gradient, wrong, (gradient) =>
        at.some((theta) =>
          againstLimit({ value: J.value, gradient }, theta).some((one) => differ(one.gradient, one.limit)),
        ),
      );
    },
  );
});

afterAll(() =>
  console.log(
    `${tried} mistakes in the code of derivatives, ${tried - missing} caught (${((100 * (tried - missing)) / tried).toFixed(1)} %)`,
  ),
);
