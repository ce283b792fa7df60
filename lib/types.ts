/** The parameters of a model, in the order of its `parameters`. */
export type Theta = readonly number[];

/** What a model is trained on: `x[i]` (floors, a count) goes with `y[i]` (price, in 100,000 EUR). */
export interface Data {
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** A function J of the parameters that descent can walk down: its value and its gradient at a point. */
export interface Objective {
  /** What the value is counted in, if it has a unit. */
  readonly unit?: string;
  /** The names of the parameters, if they have names. */
  readonly parameters?: readonly string[];
  value(theta: Theta): number;
  /** dJ/dtheta, one number a parameter; written to `out` when it is given, so that a loop allocates nothing. */
  gradient(theta: Theta, out?: number[]): number[];
}
