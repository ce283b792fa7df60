import { Decimal } from "../run/number";
import type { Runner, Sample } from "../run/runner";
import type { SampledPoint } from "../run/sample";

const MOST_TRIES = 60;

/** The same failure at plainer numbers: small whole ones if it shows there, else such of few digits. */
export function plainer(runner: Runner, sample: Sample, fails: (sample: Sample) => boolean): Sample {
  let best = sample;
  let tries = 0;
  const names = [...sample.point.letters.keys(), ...sample.point.elements.keys()].filter(
    (name) => !runner.usage.integers.has(name),
  );
  for (const name of names)
    for (const to of plainNear(valueOf(best.point, name))) {
      if (valueOf(best.point, name).eq(to)) break;
      if (tries++ >= MOST_TRIES) return best;
      const point = runner.moved(best.point, new Map([[name, to]]));
      if (!runner.allowed(point)) continue;
      const next = runner.sample(point);
      if (!fails(next)) continue;
      best = next;
      break;
    }
  return best;
}

function valueOf(point: SampledPoint, name: string): Decimal {
  return point.letters.get(name) ?? point.elements.get(name)!;
}

/** Plainer numbers than one, the plainest first. */
function plainNear(value: Decimal): Decimal[] {
  const sign = value.isNegative() ? -1 : 1;
  const all = [sign, 2 * sign, -sign, 3 * sign].map((x) => new Decimal(x));
  return [...all, value.round(), ...[1, 2, 3].map((digits) => value.toSignificantDigits(digits))];
}
