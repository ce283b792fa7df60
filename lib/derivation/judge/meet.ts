import { Decimal } from "../run/number";
import type { Runner } from "../run/runner";
import type { SampledPoint } from "../run/sample";
import type { Spot } from "../run/spot";
import { gapOf } from "./gap";
import { touchingPoint } from "./touch";

const ROUNDS = 9;
/** So much smaller than at its neighbours is a difference that is 0 but for its rounding. */
const NONE = "1e-30";
const ASIDE = "1e-6";

/** The point near a spot where two neighbouring sides are equal, to all digits; null if they are not. */
export function meetingPoint(runner: Runner, spot: Spot, names: readonly string[], i: number): SampledPoint | null {
  for (const name of names) {
    const point = crossingPoint(runner, spot, name, i);
    if (point && isMeeting(runner, point, names, i)) return point;
  }
  const point = touchingPoint(runner, spot, names, i);
  return isMeeting(runner, point, names, i) ? point : null;
}

/** Where the difference of two sides goes through 0 as one letter is moved, by secants. */
function crossingPoint(runner: Runner, spot: Spot, name: string, i: number): SampledPoint | null {
  const place = (at: Decimal) => runner.at(spot, new Map([[name, at]]));
  const gap = (at: Decimal) => gapOf(runner, place(at), i);
  const start = new Decimal(spot.number(name));
  let [a, b] = [start.times("1.000000001").plus("1e-12"), start];
  let [fa, fb] = [gap(a), gap(b)];
  for (let k = 0; k < ROUNDS && fa && fb && !fb.isZero() && !fa.eq(fb); k++) {
    [a, b] = [b, b.minus(fb.times(b.minus(a)).div(fb.minus(fa)))];
    [fa, fb] = [fb, gap(b)];
  }
  return fb ? place(b) : null;
}

/** Whether the difference vanishes there, and is not only small, as far out, or jumps. */
export function isMeeting(runner: Runner, point: SampledPoint, names: readonly string[], i: number): boolean {
  const here = gapOf(runner, point, i);
  if (!here) return false;
  return names.some((name) => {
    const at = point.letters.get(name) ?? point.elements.get(name);
    // An assumption may be the only one to name a letter.
    if (!at) return false;
    const beside = gapOf(runner, runner.moved(point, new Map([[name, at.plus(at.abs().plus(1).times(ASIDE))]])), i);
    return beside !== null && here.abs().lt(beside.abs().times(NONE));
  });
}
