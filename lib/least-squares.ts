import type { Data, Theta } from "./types";

/**
 * The [W, b] with the least mean squared error of y = W x + b, in closed form: where both derivatives are 0 (L11, L12).
 *
 * @throws RangeError when all x are equal, so that no slope is better than another.
 */
export function leastSquares({ x, y }: Data): Theta {
  const N = x.length;
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / N;
  const mx = mean(x);
  const my = mean(y);
  const spread = mean(x.map((xi) => (xi - mx) * (xi - mx)));
  if (!(spread > 0))
    throw new RangeError("All x are equal (or there is no data): a line needs two different numbers of floors.");
  const W = mean(x.map((xi, i) => (xi - mx) * (y[i] - my))) / spread;
  return [W, my - W * mx]; //                    b = mean(y) - W mean(x)
}
