import type { Objective, Theta } from "./types";

/** The slope of the secant of f through x and x + h: what D1 takes the limit of. */
export function secant(f: (x: number) => number, x: number, h: number): number {
  return (f(x + h) - f(x)) / h; //               (f(x + h) - f(x)) / h
}

/**
 * The limit of q(h) for h -> 0, for a q that is even in h, as the slope between x - h and x + h is: its values at h, h/2,
 * h/4, ... are extrapolated to h = 0 (Richardson, Ridders), and where two neighbours agree best is the answer.
 */
export function limit(q: (h: number) => number, h = 0.1): number {
  let row = [q(h)];
  let best = row[0];
  let gap = Number.POSITIVE_INFINITY;
  for (let halvings = 1; halvings <= 10; halvings++) {
    const next = [q(h / 2 ** halvings)];
    for (let k = 1; k <= halvings; k++) {
      next[k] = next[k - 1] + (next[k - 1] - row[k - 1]) / (4 ** k - 1); // the error falls like h^(2k)
      const change = Math.max(Math.abs(next[k] - next[k - 1]), Math.abs(next[k] - row[k - 1]));
      if (change < gap) [gap, best] = [change, next[k]];
    }
    row = next;
  }
  return best;
}

/** df/dx at x from the limit, to some eleven digits for a smooth f of ordinary size. */
export function derivative(f: (x: number) => number, x: number): number {
  const h = 0.1 * Math.max(1, Math.abs(x));
  return limit((step) => (f(x + step) - f(x - step)) / (2 * step), h);
}

/** The partial derivative of f by its j-th number (from 0), all others held still (D1, D2). */
export function partial(f: (theta: Theta) => number, theta: Theta, j: number): number {
  const moved = [...theta];
  return derivative((value) => {
    moved[j] = value;
    return f(moved);
  }, theta[j]);
}

/** A component of a gradient beside its limit. */
export interface Comparison {
  readonly gradient: number;
  readonly limit: number;
}

/** Each dJ/dtheta as the code computes it beside the limit of J's own values: two ways that share no formula. */
export function againstLimit(J: Objective, theta: Theta): Comparison[] {
  return J.gradient(theta).map((gradient, j) => ({ gradient, limit: partial(J.value, theta, j) }));
}
