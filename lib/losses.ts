import { type Code, functionCode, functionsOf } from "./engine/code";
import { Loop } from "./engine/course";
import { Formula, type FormulaTag, formulaOf, remember, type Typed, typed } from "./engine/formula";
import { type Means, means, meansOf, type Pass, type PlainLoss } from "./engine/pass";
import { Steps } from "./engine/steps";
import { identifier } from "./engine/translate";
import type { FormulaModel, Model } from "./models";
import type { Columns, Course, Objective, Theta } from "./types";

/** How much a prediction h costs when the price is y; the loss of a model is the mean over all houses. */
export interface Loss {
  readonly name: string;
  /** What the loss is counted in: the price is in 100,000 EUR. */
  readonly unit?: string;
  f(h: number, y: number): number;
  /** The derivative of `f` by h. */
  df(h: number, y: number): number;
}

/** A loss that its formula became. */
export interface FormulaLoss extends Loss {
  /** Its formula in LaTeX, L(h, y) = …, and that of its derivative with respect to h. */
  readonly tex: string;
  readonly slopeTex: string;
  /** The code that they became; show(code(…)) shows it. */
  readonly code: readonly Code[];
  /** The same loss under a name for people, and with its unit. */
  called(name: string, unit?: string): FormulaLoss;
}

/**
 * A loss by its formula and that of its derivative with respect to the prediction:
 * loss`L(h, y) = (h - y)^2`.slope`\frac{\partial L}{\partial h} = 2 (h - y)`, held against the limit.
 *
 * @throws DerivationError when a formula cannot be read or compiled, or the derivative is not the limit.
 */
export const loss: FormulaTag<{ readonly slope: FormulaTag<FormulaLoss> }> = (strings, ...values) =>
  withSlope(typed(strings, values), (formula) => formula.check());

/** The same without a look at the limit, which takes its time: the tests have a look at those of this file. */
const given: typeof loss = (strings, ...values) => withSlope(typed(strings, values), () => {});

function withSlope(text: Typed, check: (formula: Formula) => void): ReturnType<typeof loss> {
  return {
    slope: (strings, ...values) => {
      const formula = new Formula(text, typed(strings, values, text));
      formula.expectLetters(2);
      formula.expectSlopes([formula.letters[0]]);
      const made = lossOf(formula, formula.name);
      check(formula);
      return made;
    },
  };
}

function lossOf(formula: Formula, name: string, unit?: string): FormulaLoss {
  const { tex, slopesTex: slopeTex } = formula;
  const code = functionCode(formula);
  const run = functionsOf<Pick<Loss, "f" | "df">>(code);
  const called: FormulaLoss["called"] = (other, unit) => lossOf(formula, other, unit);
  return remember({ name, ...(unit === undefined ? {} : { unit }), tex, slopeTex, code, ...run, called }, formula);
}

/** Mean squared error (L4). */
export const mse = given`L(h, y) = (h - y)^2`.slope`\frac{\partial L}{\partial h} = 2 \cdot (h - y)`.called(
  "MSE",
  "(100,000 EUR)²",
);

/** Mean absolute error (B4, with the bars that the notes lack). By convention its derivative at the kink, h = y, is 0. */
export const mae = given`L(h, y) = |y - h|`.slope`\frac{\partial L}{\partial h} = -\frac{y - h}{|y - h|}`.called(
  "MAE",
  "100,000 EUR",
);

/**
 * J(theta) = 1/N sum of loss(h(x_i), y_i), and its gradient by the chain rule (L11, L12).
 * The sums run in the order of the data, so the last bits of a result depend on that order.
 *
 * Its value and gradient throw a RangeError when they are not given one number for each parameter.
 *
 * @throws RangeError when there is no data, columns differ in length or are missing, or a value is not a finite number.
 */
export function objective(loss: Loss, model: Model, data: Columns): Objective {
  const features = "features" in model ? (model as FormulaModel).features : ["x"];
  const columns = [...features, "y"].map((name) => column(data, name, features));
  const pass = passOf(loss, model);
  const J: Means = pass ? means(pass, columns) : meansOf(model, inSteps(loss), model.parameters.length, columns);
  let loop: Loop | null | undefined;
  const train = (start: Theta): Course | undefined => {
    if (loop === undefined) loop = pass ? loopOf(pass, columns) : null;
    return loop?.from(start);
  };
  const made: Objective = {
    ...(loss.unit === undefined ? {} : { unit: loss.unit }),
    parameters: model.parameters,
    value(theta) {
      refuseOthers(theta, model);
      return J.value(theta);
    },
    gradient(theta, out = []) {
      refuseOthers(theta, model);
      J.both(theta, out);
      return out;
    },
  };
  // a copy of it with another gradient is to be trained by that one: what cannot be seen is not copied
  return Object.defineProperties(made, { both: { value: J.both }, train: { value: train } });
}

function refuseOthers(theta: Theta, { name, parameters }: Model): void {
  if (theta.length !== parameters.length)
    throw new RangeError(
      `theta needs one number for each parameter of the ${name} (${parameters.join(", ")}), and has ${theta.length}.`,
    );
}

/** A loop in WebAssembly, or null where there is none: the same code in JavaScript then gives the same bits. */
function loopOf(pass: Pass, columns: readonly Float64Array[]): Loop | null {
  try {
    return new Loop(pass, columns);
  } catch {
    return null;
  }
}

function column(data: Columns, name: string, features: readonly string[]): Float64Array {
  const values = data[name];
  if (!values) {
    const has = Object.keys(data).join(", ") || "none";
    throw new RangeError(`The data has no column ${name}, which is needed here; its columns are: ${has}.`);
  }
  const [first] = features;
  const N = data[first].length;
  if (N === 0) throw new RangeError(`There is no data: ${first} is empty. Give at least one house.`);
  if (values.length !== N)
    throw new RangeError(
      `${first} has ${N} values and ${name} has ${values.length}: give one ${name} for each ${first}.`,
    );
  const i = values.findIndex((value) => !Number.isFinite(value));
  if (i >= 0) throw new RangeError(`${name}[${i}] is ${values[i]}: give a finite number.`);
  return Float64Array.from(values);
}

/** Passes of a loss and a model that formulas made, so that a second objective of both finds its module made. */
const passes = new WeakMap<object, WeakMap<object, Pass>>();

function passOf(loss: Loss, model: Model): Pass | undefined {
  const [L, h] = [formulaOf(loss), formulaOf(model)];
  if (!L || !h) return undefined;
  const known = passes.get(L) ?? new WeakMap<object, Pass>();
  passes.set(L, known);
  let pass = known.get(h);
  if (!pass) known.set(h, (pass = compose(L, h, model as FormulaModel)));
  return pass;
}

function compose(L: Formula, h: Formula, { parameters, features }: FormulaModel): Pass {
  const steps = new Steps();
  const letters = h.free(steps);
  const inner = h.translator(steps, (name, at) => h.input(steps, name, at, letters));
  const outer = L.translator(steps, (name, at) => L.input(steps, name, at));
  const at = { [L.letters[0]]: h.value(inner), [L.letters[1]]: steps.input("y") };
  const slope = L.slope(outer, L.letters[0], at); // dloss/dh
  const order = parameters.map((name) => letters.find((letter) => identifier(letter) === name)!);
  return {
    steps,
    parameters,
    columns: [...features, "y"],
    loss: L.value(outer, at),
    slopes: order.map((letter) => steps.make("multiply", slope, h.slope(inner, letter))), // dloss/dh * dh/dtheta
  };
}

/** A loss by its formula where it has one, so that a plain model's loop need not call it. */
function inSteps(loss: Loss): PlainLoss {
  const L = formulaOf(loss);
  if (!L) return loss;
  const steps = new Steps();
  const translator = L.translator(steps, (name, at) => L.input(steps, name, at));
  const at = { [L.letters[0]]: steps.input("h"), [L.letters[1]]: steps.input("y") };
  return { value: L.value(translator, at), slope: L.slope(translator, L.letters[0], at) };
}
