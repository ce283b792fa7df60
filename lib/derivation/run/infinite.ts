import { Undefined } from "../text/errors";
import type { Expr } from "../world/tree";
import type { Frame, Machine } from "./machine";
import { evaluate } from "./machine";
import { Decimal, DIGITS, shown, withDigits } from "./number";

type Sum = Extract<Expr, { kind: "series" }>;

/** So many terms are added up; a sum that takes more is extrapolated. */
const ADDED = 160;
/** So many terms in turn must be too small to matter. */
const SMALL = 8;

/** A sum without end: its terms until they no longer matter, else what the first of them lead to; it must converge. */
export function infiniteSum(m: Machine, expr: Sum, frames: Frame | null): Decimal {
  const from = evaluate(m, expr.from!, frames);
  if (!from.isInteger() || from.abs().gt(1000)) throw new Undefined("a sum starts at a whole number", "missing");
  const first = from.toNumber();
  const term = (k: number) => evaluate(m, expr.of, { kind: "index", name: expr.index, value: k, next: frames });
  const closer = m.digits > DIGITS;
  const least = new Decimal(10).pow(-m.digits - 4);
  let total = new Decimal(0);
  let small = 0;
  const sizes: Decimal[] = [];
  for (let k = first; k < first + ADDED && small < SMALL; k++) {
    const t = term(k);
    total = total.plus(t);
    sizes.push(t);
    small = t.abs().lte(total.abs().plus("1e-9").times(least)) ? small + 1 : 0;
  }
  if (small >= SMALL) return total;
  refuseDivergent(sizes, term);
  const count = closer ? 70 : 44;
  return withDigits(closer ? 240 : 170, () => {
    const terms = Array.from({ length: count + 10 }, (_, i) => term(first + i)).filter((t) => !t.isZero());
    const [a, b] = [levin(terms, terms.length - 8), levin(terms, terms.length - 1)];
    if (a.minus(b).abs().lte(b.abs().plus(1).times("1e-24"))) return b;
    throw new Undefined(`the sum is reached too slowly to be read off: ${shown(total, 6)} so far`, "undecided");
  });
}

/** Throws where the terms show that there is no sum; leaves alone what they do not decide. */
function refuseDivergent(terms: readonly Decimal[], term: (k: number) => Decimal): void {
  const late = terms.slice(-24).filter((t) => !t.isZero());
  const none = () => new Undefined("the sum grows or swings without end", "missing");
  const alternating = late.every((t, i) => i === 0 || t.s !== late[i - 1].s);
  const alike = late.every((t) => t.s === late[0].s);
  const ratio = late[late.length - 1].div(late[0]).abs().toNumber();
  if (ratio > 1.000001) throw none();
  if (ratio < 0.6) return;
  const [near, far] = [term(10_000), term(100_000)].map((t) => t.abs());
  if (near.isZero() || far.isZero()) return;
  const decay = near.div(far).log(10).toNumber();
  if (alike && decay <= 1.0002) throw none();
  if (alternating && decay <= 0.0001) throw none();
  if (!alike && !alternating)
    throw new Undefined("the signs of the sum's terms follow no rule that could be used", "undecided");
}

/** Levin's u-transform of the partial sums: where they lead, from the first n + 1 terms. */
function levin(terms: readonly Decimal[], n: number): Decimal {
  let [top, bottom] = [new Decimal(0), new Decimal(0)];
  let partial = new Decimal(0);
  let binomial = new Decimal(1);
  for (let j = 0; j <= n; j++) {
    partial = partial.plus(terms[j]);
    const weight = binomial.times(new Decimal(j + 1).pow(n - 2)).div(terms[j]);
    top = top.plus(weight.times(partial));
    bottom = bottom.plus(weight);
    binomial = binomial.times(j - n).div(j + 1);
  }
  if (bottom.isZero()) throw new Undefined("the sum could not be read off", "undecided");
  return top.div(bottom);
}
