import { gridOf } from "../run/lines";
import { Decimal, shown } from "../run/number";
import type { Runner } from "../run/runner";
import type { SampledPoint } from "../run/sample";
import { Spot } from "../run/spot";
import { texOf } from "../text/commands";
import type { Said } from "../text/say";
import { math } from "../text/say";

/** One stretch of a letter; an end is null where it has none. */
interface Stretch {
  readonly low: End | null;
  readonly high: End | null;
}

interface End {
  readonly at: number;
  /** Whether the end belongs to the stretch. */
  readonly closed: boolean;
}

/** More stretches than these are not told. */
const MOST = 2;
/** Ends of more digits than this are not told. */
const DIGITS = 4;
/** So near an end is found; whether it is one is then tried with all digits. */
const NEAR = 1e-6;

/**
 * Where both sides of a relation have a value, as conditions of its letter: x > 0, -1 < x < 1. Null where there are several
 * letters, or where it cannot be said in short.
 */
export function regionOf(runner: Runner, from: SampledPoint, i: number): Said | null {
  const [name, ...others] = from.letters.keys();
  if (!name || others.length > 0 || from.elements.size > 0 || runner.usage.integers.has(name)) return null;
  const spot = Spot.at(from);
  const sides = new Set([i, i + 1]);
  const roughly = (x: number) =>
    [...sides].every((k) => !Number.isNaN(runner.look(spot.moved([name], x), sides).values[k][0]));
  const exactly = (x: Decimal | number) => {
    const point = runner.at(spot, new Map([[name, x]]));
    return [...sides].every((k) => "value" in runner.value(runner.sides[k], point));
  };
  const stretches = joined(stretchesOf(gridOf(runner, name, true), roughly, exactly));
  const ends = stretches.flatMap(({ low, high }) => [low, high]).filter((end) => end !== null);
  const told = stretches.length > 0 && stretches.length <= MOST && ends.length > 0;
  if (!told || !ends.every(({ at }) => isEnd(at, exactly))) return null;
  return stretches.map((stretch) => math(conditionOf(texOf(name), stretch))).join(" or ");
}

function stretchesOf(
  grid: readonly number[],
  roughly: (x: number) => boolean,
  exactly: (x: number) => boolean,
): Stretch[] {
  const inside = grid.map(roughly);
  const stretches: Stretch[] = [];
  let low: End | null = null;
  grid.forEach((x, k) => {
    const last = k === grid.length - 1;
    if (!inside[k]) return;
    if (k > 0 && !inside[k - 1]) low = endBetween(grid[k - 1], x, roughly, exactly);
    if (last) stretches.push({ low, high: null });
    else if (!inside[k + 1]) stretches.push({ low, high: endBetween(grid[k + 1], x, roughly, exactly) });
  });
  return stretches;
}

/** By halving, at a number of few digits if one is as near. */
function endBetween(
  outside: number,
  inside: number,
  roughly: (x: number) => boolean,
  exactly: (x: number) => boolean,
): End {
  let [out, into] = [outside, inside];
  while (Math.abs(into - out) > NEAR * Math.abs(into) && Math.abs(into) > NEAR) {
    const middle = (out + into) / 2;
    if (roughly(middle)) into = middle;
    else out = middle;
  }
  const at = Math.abs(into) > NEAR ? Number(into.toPrecision(DIGITS)) : 0;
  return { at, closed: exactly(at) };
}

/** Stretches that only a point divides are one: that it has no value there is told of the point. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const all: Stretch[] = [];
  for (const next of stretches) {
    const last = all[all.length - 1];
    if (last?.high && next.low && last.high.at === next.low.at)
      all[all.length - 1] = { low: last.low, high: next.high };
    else all.push(next);
  }
  return all;
}

/** Whether there are values on one side of a place only. */
function isEnd(at: number, exactly: (x: Decimal) => boolean): boolean {
  const step = new Decimal(Math.abs(at) || 1).times("1e-9");
  return exactly(new Decimal(at).minus(step)) !== exactly(new Decimal(at).plus(step));
}

function conditionOf(letter: string, { low, high }: Stretch): string {
  const text = ({ at }: End) => shown(new Decimal(at));
  if (low && high)
    return `${text(low)} ${low.closed ? "\\le" : "<"} ${letter} ${high.closed ? "\\le" : "<"} ${text(high)}`;
  if (low) return `${letter} ${low.closed ? "\\ge" : ">"} ${text(low)}`;
  return high ? `${letter} ${high.closed ? "\\le" : "<"} ${text(high)}` : letter;
}
