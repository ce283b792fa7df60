import { Decimal, roughly } from "../run/number";
import type { Sample } from "../run/runner";
import type { Case } from "./suspect";
import { close } from "./suspect";

/** One factor at all points: -1, 2, N. */
export function ratio({ judged: { samples, runner }, g, w }: Case): string {
  const quotients: Decimal[] = [];
  const at: Sample[] = [];
  g.forEach((value, i) => {
    const other = w[i];
    if (!("value" in value) || !("value" in other)) return;
    if (value.value.abs().lt("1e-20") && other.value.abs().lt("1e-20")) return;
    quotients.push(value.value.abs().lt("1e-20") ? new Decimal(0) : other.value.div(value.value));
    at.push(samples[i]);
  });
  if (quotients.length < Math.min(2, samples.length) || quotients.some((q) => q.abs().lt("1e-20"))) return "";
  const constant = (list: Decimal[]) => list.every((q) => close(q, list[0]));
  if (samples.length > 1 && constant(quotients)) return constantRatio(quotients[0]);
  const counts = at.map(
    ({ point }) => point.letters.get("N") ?? (runner.given !== null ? new Decimal(runner.given) : null),
  );
  if (samples.length === 1) return quotients[0].eq(-1) ? "the sign is flipped" : "";
  if (counts.some((n) => n === null)) return "";
  const over = quotients.map((q, i) => q.div(counts[i]!));
  if (constant(over)) return `it is $N$ times too large: the factor $1/N$ is missing${extra(over[0])}`;
  const under = quotients.map((q, i) => q.times(counts[i]!));
  if (constant(under))
    return `it is $N$ times too small: a factor $1/N$ should not be there, or $N$ is missing${extra(under[0])}`;
  return "";
}

function extra(c: Decimal): string {
  return close(c, new Decimal(1)) ? "" : `, and ${constantRatio(c)}`;
}

function constantRatio(c: Decimal): string {
  const size = c.abs();
  const one = new Decimal(1);
  const sign = c.isNegative() ? "the sign is flipped" : "";
  if (close(size, one)) return sign;
  const inverse = one.div(size);
  const whole = (x: Decimal) => close(x, x.round());
  if (size.minus(1).abs().lt("1e-2")) return sign;
  const factor = whole(size)
    ? `the factor $${size.round()}$ should not be there`
    : whole(inverse)
      ? `the factor $${inverse.round()}$ is missing`
      : `it is always ${roughly(size)} times the other side`;
  return sign ? `${sign}, and ${factor}` : factor;
}
