/** The parameters of a model, in the order of its `parameters`. */
export type Theta = readonly number[];

/** Data by the names of its columns; the i-th values of all columns go together. */
export type Columns = Readonly<Record<string, readonly number[]>>;

/** What a model is trained on: `x[i]` (floors, a count) goes with `y[i]` (price, in 100,000 EUR). */
export type Data = {
  readonly x: readonly number[];
  readonly y: readonly number[];
};

/** A function J of the parameters that descent can walk down: its value and its gradient at a point. */
export interface Objective {
  /** What the value is counted in, if it has a unit. */
  readonly unit?: string;
  /** The names of the parameters, if they have names. */
  readonly parameters?: readonly string[];
  value(theta: Theta): number;
  /** dJ/dtheta, one number a parameter; written to `out` when it is given, so that a loop allocates nothing. */
  gradient(theta: Theta, out?: number[]): number[];
  /** The value, with dJ/dtheta written to `out`, in one pass over the data. */
  both?(theta: Theta, out: number[]): number;
  /** A descent in a loop of its own, where there is one: to the same bits. */
  train?(start: Theta): Course | undefined;
}

/** Gradient descent under way: many epochs a call. */
export interface Course {
  /** Room for the rates of the epochs of a call; its length is the most that a call makes. */
  readonly rates: Float64Array;
  /**
   * Makes so many epochs and returns how many: it ends before the update of one whose loss is no finite number. `fresh`
   * says that the rates have changed since the last call.
   */
  run(epochs: number, fresh: boolean): number;
  /** The parameters after the last update. */
  readonly theta: Theta;
  /** The loss of the first epoch of the last call, that before the last update, and that last seen. */
  readonly first: number;
  readonly last: number;
  readonly now: number;
  /** The least loss of all, and the epoch of the last call in which it was, or -1: it was before. */
  readonly best: { readonly epoch: number; readonly theta: Theta; readonly loss: number };
}

/** A Plotly figure as a plain value, with the words that tell what it shows. Nothing is drawn here. */
export interface Figure {
  readonly data: readonly object[];
  readonly layout: object;
  readonly frames?: readonly object[];
  /** What the figure shows, for those who do not see it. */
  readonly alt: string;
}
