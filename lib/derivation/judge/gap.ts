import type { Decimal } from "../run/number";
import type { Runner } from "../run/runner";
import type { SampledPoint } from "../run/sample";

/** By how much two neighbouring sides differ at a point; null where one of them has no value. */
export function gapOf(runner: Runner, point: SampledPoint, i: number): Decimal | null {
  const [left, right] = [runner.sides[i], runner.sides[i + 1]].map((side) => runner.value(side, point));
  return "value" in left && "value" in right ? left.value.minus(right.value) : null;
}
