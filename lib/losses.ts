import type { Model } from "./models";
import type { Data, Objective, Theta } from "./types";

/** How much a prediction h costs when the price is y; the loss of a model is the mean over all houses. */
export interface Loss {
  readonly name: string;
  /** What the loss is counted in: the price is in 100,000 EUR. */
  readonly unit: string;
  /** The loss of one prediction in LaTeX. */
  readonly tex: string;
  /** Its derivative by h in LaTeX. */
  readonly dtex: string;
  f(h: number, y: number): number;
  /** The derivative of `f` by h. */
  df(h: number, y: number): number;
}

/** Mean squared error (L4). */
export const mse: Loss = {
  name: "MSE",
  unit: "(100,000 EUR)²",
  tex: String.raw`(h - y)^2`,
  dtex: String.raw`2 \cdot (h - y)`,
  f: (h, y) => (h - y) * (h - y), //             (h - y)^2
  df: (h, y) => 2 * (h - y), //                  2 (h - y)
};

/** Mean absolute error (B4, with the bars that the notes lack). By convention its derivative at the kink, h = y, is 0. */
export const mae: Loss = {
  name: "MAE",
  unit: "100,000 EUR",
  tex: String.raw`|y - h|`,
  dtex: String.raw`-\frac{y - h}{|y - h|}`,
  f: (h, y) => Math.abs(y - h), //               |y - h|
  df: (h, y) => -Math.sign(y - h), //            -(y - h) / |y - h|
};

/**
 * J(theta) = 1/N sum of loss(h(x_i), y_i), and its gradient by the chain rule (L11, L12).
 * The sums run in the order of the data, so the last bits of a result depend on that order.
 *
 * Its value and gradient throw a RangeError when they are not given one number for each parameter.
 *
 * @throws RangeError when there is no data, x and y differ in length, or a value is not a finite number.
 */
export function objective(loss: Loss, model: Model, data: Data): Objective {
  const { x, y } = data;
  const N = x.length;
  if (N === 0) throw new RangeError("There is no data: x is empty. Give at least one house.");
  if (y.length !== N) throw new RangeError(`x has ${N} values and y has ${y.length}: give one y for each x.`);
  for (const [name, values] of Object.entries({ x, y })) {
    const i = values.findIndex((value) => !Number.isFinite(value));
    if (i >= 0) throw new RangeError(`${name}[${i}] is ${values[i]}: give a finite number.`);
  }
  const P = model.parameters.length;
  const dh = new Array<number>(P).fill(0);
  return {
    unit: loss.unit,
    parameters: model.parameters,
    value(theta) {
      refuseOthers(theta, model);
      let sum = 0;
      for (let i = 0; i < N; i++) sum += loss.f(model.predict(theta, x[i]), y[i]);
      return sum / N; //                         1/N sum loss(h(x_i), y_i)
    },
    gradient(theta, out = []) {
      refuseOthers(theta, model);
      for (let p = 0; p < P; p++) out[p] = 0;
      for (let i = 0; i < N; i++) {
        const dloss = loss.df(model.predict(theta, x[i]), y[i]); // dloss/dh
        const slope = model.gradient(theta, x[i], dh); // dh/dtheta
        for (let p = 0; p < P; p++) out[p] += dloss * slope[p];
      }
      for (let p = 0; p < P; p++) out[p] /= N; // 1/N sum dloss/dh * dh/dtheta
      return out;
    },
  };
}

function refuseOthers(theta: Theta, { name, parameters }: Model): void {
  if (theta.length !== parameters.length)
    throw new RangeError(
      `The ${name} has ${parameters.length} parameters (${parameters.join(", ")}), and theta has ${theta.length}: give one number for each.`,
    );
}
