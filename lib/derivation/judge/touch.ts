import { Decimal } from "../run/number";
import type { Runner } from "../run/runner";
import type { SampledPoint } from "../run/sample";
import type { Spot } from "../run/spot";
import { gapOf } from "./gap";

const STEP = new Decimal("1e-20");
const ROUNDS = 3;
/** A farther way is none to the place that was meant. */
const FARTHEST = new Decimal("1e-3");

/**
 * The place near a spot where two neighbouring sides come nearest to each other, to all digits: at π/2 for sin x < 1,
 * which ordinary numbers only see to half of theirs. By Newton's steps, letter by letter.
 */
export function touchingPoint(runner: Runner, spot: Spot, names: readonly string[], i: number): SampledPoint {
  const place = new Map(names.map((name) => [name, new Decimal(spot.number(name))]));
  const gap = (name: string, at: Decimal) => gapOf(runner, runner.at(spot, new Map(place).set(name, at)), i);
  for (let round = 0; round < ROUNDS; round++)
    for (const name of names) {
      const x = place.get(name)!;
      const [before, here, after] = [x.minus(STEP), x, x.plus(STEP)].map((at) => gap(name, at));
      if (!before || !here || !after) continue;
      const bend = before.plus(after).minus(here.times(2));
      if (bend.isZero()) continue;
      const step = after.minus(before).div(2).div(bend).times(STEP);
      if (step.abs().lt(FARTHEST)) place.set(name, x.minus(step));
    }
  return runner.at(spot, place);
}
