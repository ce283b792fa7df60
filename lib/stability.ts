import { partial } from "./limit";
import type { Objective, Theta } from "./types";

/** A matrix of two rows and two columns, row by row. */
export type Matrix = readonly [readonly [number, number], readonly [number, number]];

/**
 * How the gradient itself changes with the two parameters: row i, column j is the derivative of its i-th number by the
 * j-th parameter, from the limit. For the gradient of a loss it is the Hessian.
 */
export function curvature(J: Objective, theta: Theta): Matrix {
  const entry = (i: number, j: number): number => partial((at) => J.gradient(at)[i], theta, j);
  return [
    [entry(0, 0), entry(0, 1)],
    [entry(1, 0), entry(1, 1)],
  ];
}

/**
 * The eigenvalues of the matrix, the larger first.
 *
 * @throws RangeError when they are not real.
 */
export function eigenvalues([[a, b], [c, d]]: Matrix): [number, number] {
  const middle = (a + d) / 2;
  const root = Math.sqrt(((a - d) * (a - d)) / 4 + b * c);
  if (Number.isNaN(root)) throw new RangeError("The eigenvalues are not real: the iteration turns in circles.");
  return [middle + root, middle - root];
}

/** The largest constant rate that does not diverge: along the steepest direction each step multiplies the distance by 1 - alpha * lambda. */
export function largestRate(J: Objective, theta: Theta): number {
  const [steepest] = eigenvalues(curvature(J, theta));
  return 2 / steepest; //                        |1 - alpha lambda| < 1
}
