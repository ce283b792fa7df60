import type { Fork, Look } from "./rough/machine";
import type { Runner } from "./runner";
import type { Bounds } from "./sample";
import { leastWhole } from "./sample";
import type { Spot } from "./spot";

/** A spot and what is seen there. */
export interface Sight {
  readonly spot: Spot;
  /** Where on its line. */
  readonly at: number;
  readonly look: Look;
  readonly allowed: boolean;
}

/** Where a gap is 0 on a line. */
export interface Border {
  readonly key: number;
  readonly fork: Fork;
  readonly at: number;
}

const FEW = [1e-3, 0.3, 1, 2, 3, 5, 7, 20, 100, 1e4, 1e9];
const MANY = [
  ...[1e-6, 1e-3, 0.01, 0.1, 0.3, 0.5, 0.7, 1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 10, 14, 20, 31, 50, 100],
  ...[1e3, 1e4, 1e6, 1e9],
];
/** Shares of an interval. */
const SHARES = [0, 1e-6, 1e-3, 0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99, 0.999, 1];

/** Numbers of data: a sum over fifty takes fifty times as long. */
const COUNTS: readonly number[] = [1, 2, 3, 5, 14];
const WHOLE: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 10, 14, 20, 31, 50, 100, 1000, 2500];
const FAR: readonly number[] = [1e6, 1e9];

/** The numbers to try for a letter, in order: of all sizes and both signs, small whole ones among them. */
export function gridOf(runner: Runner, name: string, fine: boolean): readonly number[] {
  const bounds = runner.bounds.get(name);
  if (runner.usage.integers.has(name)) return wholeGrid(runner, bounds, runner.boundless.has(name));
  const sizes = fine ? MANY : FEW;
  const numbers = [...sizes.map((x) => -x).reverse(), 0, ...sizes];
  if (!bounds) return numbers;
  const { low, high } = bounds;
  if (Number.isFinite(low) && Number.isFinite(high)) return SHARES.map((t) => low + (high - low) * t);
  const own = Number.isFinite(low) ? [0, ...sizes].map((x) => low + x) : [0, ...sizes].map((x) => high - x);
  return [...new Set([...own, ...numbers.filter((x) => x >= low && x <= high)])].sort((a, b) => a - b);
}

function wholeGrid(runner: Runner, bounds: Bounds | undefined, far: boolean): readonly number[] {
  const { low = -Infinity, high = Infinity } = bounds ?? {};
  const least = bounds && Number.isFinite(low) ? leastWhole(bounds) : 1;
  const counts = far ? [...WHOLE, ...FAR] : runner.usage.data.size > 0 ? COUNTS : WHOLE;
  if (bounds?.signed && !Number.isFinite(low))
    return [...counts.map((n) => -n).reverse(), 0, ...counts].filter((n) => n <= high);
  return counts.map((n) => n - 1 + least).filter((n) => n <= high);
}

export function sight(runner: Runner, spot: Spot, at: number, only?: ReadonlySet<number>): Sight {
  return { spot, at, look: runner.look(spot, only), allowed: runner.roughlyAllowed(spot) };
}

/** Looks along a line on which some letters are moved together. */
export function lookAlong(
  runner: Runner,
  from: Spot,
  names: readonly string[],
  grid: readonly number[],
  only?: ReadonlySet<number>,
): Sight[] {
  return grid.map((at) => sight(runner, from.moved(names, at), at, only));
}

/** Where gaps change their sign between neighbours on a line. */
export function bordersOn(runner: Runner, names: readonly string[], sights: readonly Sight[]): Border[] {
  const borders: Border[] = [];
  for (let i = 0; i < sights.length; i++) {
    const here = sights[i];
    if (here.look.strained) continue;
    const found: Sight[] = [];
    for (const [key, fork] of here.look.forks)
      fork.gaps.forEach((_, j) => {
        const gap = gapOf(here, key, j);
        const next = i + 1 < sights.length ? gapOf(sights[i + 1], key, j) : NaN;
        if (gap === 0 && !(gapOf(sights[i - 1], key, j) === 0 && next === 0)) borders.push({ key, fork, at: here.at });
        if (!(gap * next < 0)) return;
        const shared = found.find((one) => Math.abs(gapOf(one, key, j)) < SAME);
        const at =
          shared?.at ??
          root((x) => gapOf(along(runner, here.spot, names, x, fork), key, j), here.at, sights[i + 1].at, gap, next);
        if (!shared) found.push(along(runner, here.spot, names, at, null));
        borders.push({ key, fork, at });
      });
  }
  return borders;
}

/** A gap so small at another's border is 0 there, too. */
const SAME = 1e-13;

/** A sight of the side that holds a fork, or of all. */
function along(runner: Runner, spot: Spot, names: readonly string[], at: number, fork: Fork | null): Sight {
  const moved = spot.moved(names, at);
  return { spot: moved, at, look: runner.look(moved, fork ? new Set([fork.side]) : undefined), allowed: true };
}

function gapOf(sight: Sight | undefined, key: number, j: number): number {
  return sight?.look.forks.get(key)?.gaps[j]?.[0] ?? NaN;
}

/** By halving, among whole numbers. */
export function wholeRoot(f: (n: number) => number, a: number, b: number, fa: number): number {
  while (b - a > 1) {
    const n = Math.floor((a + b) / 2);
    const fn = f(n);
    if (fn === 0) return n;
    if (fn * fa < 0) b = n;
    else a = n;
  }
  return b;
}

/** Regula falsi (Illinois), on an interval with values of unlike signs at its ends. */
export function root(f: (x: number) => number, a: number, b: number, fa: number, fb: number): number {
  for (let i = 0; i < 80 && Math.abs(b - a) > 4 * Number.EPSILON * Math.abs(a + b); i++) {
    const straight = (a * fb - b * fa) / (fb - fa);
    const x = i % 8 === 7 || !(straight > Math.min(a, b) && straight < Math.max(a, b)) ? (a + b) / 2 : straight;
    const fx = f(x);
    if (fx === 0 || Number.isNaN(fx)) return x;
    if (fx * fb < 0) {
      a = b;
      fa = fb;
    } else fa /= 2;
    b = x;
    fb = fx;
  }
  return b;
}

/** A number between two others with as few digits as can be, not in their middle. */
export function between(a: number, b: number): number {
  const [low, high] = Number.isFinite(a)
    ? Number.isFinite(b)
      ? [a, b]
      : [a, a + 2 + Math.abs(a) / 2]
    : [b - 2 - Math.abs(b) / 2, b];
  const wanted = low + (high - low) * 0.37;
  for (let digits = 1; digits < 16; digits++) {
    const short = Number(wanted.toPrecision(digits));
    if (short > low && short < high) return short;
  }
  return wanted;
}
