import { short } from "./figure";

type F = (x: number) => number;

/** The points of a function's curve: a corner is one of them, and where the function jumps the line is broken. */
export interface Curve {
  readonly x: (number | null)[];
  readonly y: (number | null)[];
}

/** The curve of f through the places xs, with what lies between them: corners and jumps. Where f is no number it is broken. */
export function curve(f: F, xs: readonly number[]): Curve {
  const points: Curve = { x: [], y: [] };
  const draw = (x: number): void => {
    const [place] = short([x]);
    const value = f(x);
    points.x.push(place);
    points.y.push(Number.isFinite(value) ? short([value])[0] : null);
  };
  xs.forEach((x, i) => {
    const before = xs[i - 1];
    const gap = i > 0 ? jump(f, before, x) : undefined;
    const bend = i > 0 && !gap ? corner(f, before, x) : undefined;
    if (gap) {
      draw(gap[0]);
      points.x.push(null);
      points.y.push(null);
      draw(gap[1]);
    } else if (bend !== undefined) draw(bend);
    draw(x);
  });
  return points;
}

/** The two sides of a jump of f between a and b: however near they come, the values stay apart. */
export function jump(f: F, a: number, b: number): readonly [number, number] | undefined {
  const whole = Math.abs(f(b) - f(a));
  let [left, right] = [a, b];
  for (let halving = 0; halving < 40; halving++) {
    const middle = (left + right) / 2;
    if (Math.abs(f(middle) - f(left)) > Math.abs(f(right) - f(middle))) right = middle;
    else left = middle;
  }
  return whole > 1e-6 && Math.abs(f(right) - f(left)) > whole / 2 ? [left, right] : undefined;
}

/**
 * Where f has a corner between a and b. How far f bends away from its chord is halved with the width at a corner, and
 * quartered where f is smooth.
 */
function corner(f: F, a: number, b: number): number | undefined {
  const bend = ([left, right]: readonly [number, number]): number =>
    Math.abs(f(left) - 2 * f((left + right) / 2) + f(right));
  let window = [a, b] as const;
  const bends = [bend(window)];
  if (!(bends[0] > 1e-9 * (1 + Math.abs(f(a))))) return undefined;
  for (let halving = 1; halving <= 20; halving++) {
    const quarter = (window[1] - window[0]) / 4;
    const halves = [0, 1, 2].map((k) => [window[0] + k * quarter, window[0] + (k + 2) * quarter] as const);
    bends[halving] = Math.max(...halves.map(bend));
    window = halves.find((half) => bend(half) === bends[halving]) ?? window;
  }
  return bends[10] > bends[0] / 2 ** 12 ? (window[0] + window[1]) / 2 : undefined;
}
