import { identity, type ScalarFunction, sigmoid } from "./functions";
import type { Theta } from "./types";

/** A model h of the price: what it predicts for x floors, and how that changes with each parameter. */
export interface Model {
  readonly name: string;
  /** The names of the parameters, in the order in which `theta` holds their values. */
  readonly parameters: readonly string[];
  /** h(x) in LaTeX. */
  readonly tex: string;
  /** dh/dtheta in LaTeX, one formula a parameter. */
  readonly gradientTex: readonly string[];
  /** h(x): the predicted price in 100,000 EUR. */
  predict(theta: Theta, x: number): number;
  /** dh/dtheta at x, one number a parameter; written to `out` when it is given. */
  gradient(theta: Theta, x: number, out?: number[]): number[];
}

/** A straight line (L5). */
export const linear: Model = {
  name: "linear model",
  parameters: ["W", "b"],
  tex: String.raw`W x + b`,
  gradientTex: [String.raw`x`, String.raw`1`],
  predict: ([W, b], x) => W * x + b, //          h = W x + b
  gradient(_theta, x, out = []) {
    out[0] = x; //                               dh/dW = x
    out[1] = 1; //                               dh/db = 1
    return out;
  },
};

/** An S-curve of a given height (S5, with the amplitude that the notes leave out). */
export function sigmoidal(height: number): Model {
  return {
    name: "sigmoid model",
    parameters: ["W", "b"],
    tex: String.raw`${height} \cdot \frac{1}{1 + e^{-(W x + b)}}`,
    gradientTex: [
      String.raw`${height} \cdot \frac{e^{-(W x + b)}}{(1 + e^{-(W x + b)})^2} \cdot x`,
      String.raw`${height} \cdot \frac{e^{-(W x + b)}}{(1 + e^{-(W x + b)})^2} \cdot 1`,
    ],
    predict: ([W, b], x) => height * sigmoid.f(W * x + b), // h = 20 sigma(a), a = W x + b
    gradient([W, b], x, out = []) {
      const da = height * sigmoid.df(W * x + b); // dh/da = 20 sigma'(a)
      out[0] = da * x; //                        dh/dW = dh/da * x
      out[1] = da; //                            dh/db = dh/da * 1
      return out;
    },
  };
}

/** A cubic with one width and one shift (K1). */
export const cubic: Model = {
  name: "cubic model",
  parameters: ["W", "b"],
  tex: String.raw`W x^3 + b`,
  gradientTex: [String.raw`x^3`, String.raw`1`],
  predict: ([W, b], x) => W * x * x * x + b, //  h = W x^3 + b
  gradient(_theta, x, out = []) {
    out[0] = x * x * x; //                       dh/dW = x^3
    out[1] = 1; //                               dh/db = 1
    return out;
  },
};

/** Two linear layers of one unit each, with a function after each: h(x) = outer(W2 inner(W1 x + b1) + b2) (B1, T1). */
export function network(inner: ScalarFunction, outer: ScalarFunction): Model {
  const q = "W_1 x + b_1";
  const k = String.raw`W_2 \cdot ${inner.symbol}(${q}) + b_2`;
  return {
    name: `network of ${inner.name}${outer === identity ? "" : ` and ${outer.name}`}`,
    parameters: ["W1", "b1", "W2", "b2"],
    tex: String.raw`${outer.symbol}(${k})`,
    gradientTex: [
      String.raw`${outer.symbol}'(${k}) \cdot W_2 \cdot ${inner.symbol}'(${q}) \cdot x`,
      String.raw`${outer.symbol}'(${k}) \cdot W_2 \cdot ${inner.symbol}'(${q}) \cdot 1`,
      String.raw`${outer.symbol}'(${k}) \cdot ${inner.symbol}(${q})`,
      String.raw`${outer.symbol}'(${k}) \cdot 1`,
    ],
    predict: ([W1, b1, W2, b2], x) => outer.f(W2 * inner.f(W1 * x + b1) + b2),
    gradient([W1, b1, W2, b2], x, out = []) {
      const q = W1 * x + b1;
      const z = inner.f(q);
      const dk = outer.df(W2 * z + b2); //       dh/dk, k = W2 z + b2
      const dq = dk * W2 * inner.df(q); //       dh/dq = dh/dk * dk/dz * dz/dq, z = inner(q)
      out[0] = dq * x; //                        dh/dW1 = dh/dq * x
      out[1] = dq; //                            dh/db1 = dh/dq * 1
      out[2] = dk * z; //                        dh/dW2 = dh/dk * z
      out[3] = dk; //                            dh/db2 = dh/dk * 1
      return out;
    },
  };
}
