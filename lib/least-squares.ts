import { meanOf } from "./mean";
import type { Data, Theta } from "./types";

/**
 * The [W, b] with the least mean squared error of y = W x + b, in closed form: where both derivatives are 0 (L11, L12).
 *
 * @throws RangeError when all x are equal, so that no slope is better than another.
 */
export function leastSquares({ x, y }: Data): Theta {
  const mx = meanOf(x);
  const my = meanOf(y);
  const spread = meanOf(x.map((xi) => (xi - mx) * (xi - mx)));
  if (!(spread > 0))
    throw new RangeError("All x are equal (or there is no data): a line needs two different numbers of floors.");
  const W = meanOf(x.map((xi, i) => (xi - mx) * (y[i] - my))) / spread;
  return [W, my - W * mx]; //                    b = mean(y) - W mean(x)
}

/**
 * The [W, V, b] with the least mean squared error of y = W x + V s + b, in closed form: where all three derivatives
 * are 0.
 *
 * @throws RangeError when x and s lie on one line (or one of them is always the same), so that many planes are best.
 */
export function leastSquaresPlane({ x, s, y }: Data & { readonly s: readonly number[] }): Theta {
  const [m, k, n] = [meanOf(x), meanOf(s), meanOf(y)];
  const product = (u: readonly number[], mu: number, v: readonly number[], mv: number): number =>
    meanOf(u.map((ui, i) => (ui - mu) * (v[i] - mv)));
  const [xx, xs, ss] = [product(x, m, x, m), product(x, m, s, k), product(s, k, s, k)];
  const [xy, sy] = [product(x, m, y, n), product(s, k, y, n)];
  const area = xx * ss - xs * xs;
  if (!(area > 1e-12 * xx * ss))
    throw new RangeError("Floors and areas lie on one line (or there is no data): a plane needs them to differ.");
  const W = (xy * ss - sy * xs) / area;
  const V = (sy * xx - xy * xs) / area;
  return [W, V, n - W * m - V * k]; //           b = mean(y) - W mean(x) - V mean(s)
}
