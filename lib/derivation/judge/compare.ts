import { Decimal } from "../run/number";
import type { Runner, Sample } from "../run/runner";
import type { SampledPoint } from "../run/sample";
import type { Lack } from "../text/errors";
import type { Expr, Relation } from "../world/tree";

/** Computed numbers, put in by ${…}, carry the rounding of ordinary arithmetic. */
const COMPUTED = "1e-10";
/** What \approx means where no decimals are shown: three digits. */
const ROUGHLY = "1e-3";
/** A gap above this is one; below the other it is rounding. */
const CLEAR = new Decimal("1e-9");
const ROUNDING = new Decimal("1e-58");
const TINY = new Decimal("1e-20");
const SHRUNK = new Decimal("1e-8");
const MANY = 240;
/** How far \approx may be off at most, however few decimals are shown. */
const PERCENT = "0.05";

/** How two sides compare at one point. */
export type Finding =
  | { readonly ok: true; readonly valued: boolean }
  | { readonly ok: false; readonly kind: "differs" | "valueless" | "undecided"; readonly reason: string };

/** One relation that does not hold. */
export interface Failure {
  /** Which relation of the chain, counted from 0. */
  readonly at: number;
  readonly sample: Sample;
  /**
   * The sides differ there; one of them has no value there; a rule says it (an index that runs too far, an update of the
   * wrong letter); a side has no single meaning, so that nothing was compared; or nothing false was found, but not all
   * of it could be tried.
   */
  readonly kind: "differs" | "valueless" | "said" | "refused" | "undecided";
  /** What a rule says, or which side has no value and why; empty where the sides differ. */
  readonly reason: string;
  /** A refusal as text, with its place. */
  readonly shown?: string;
}

/** Whether a rule or a refusal decided, or nothing did, and not values at a point. */
export function bySaying({ kind }: Failure): boolean {
  return kind !== "differs" && kind !== "valueless";
}

/** The failure to report: what is false before what is not decided. */
export function gravest<T extends { readonly failures: readonly Failure[] }>(all: readonly T[]): T | undefined {
  const failing = all.filter(({ failures }) => failures.length > 0);
  return failing.find(({ failures }) => failures[0].kind !== "undecided") ?? failing[0];
}

/** Compares side `i` of a sample with the side after it. */
export function compareAt(runner: Runner, sample: Sample, i: number, j: number, relation: Relation): Finding {
  const [left, right] = [sample.values[i], sample.values[j]];
  const data = [left, right].find((v) => "none" in v && v.kind === "data");
  if (data && "none" in data) return { ok: false, kind: "differs", reason: data.none };
  const lack = (kind: Lack) => [left, right].find((v) => "none" in v && v.kind === kind);
  if (lack("outside") || lack("large")) return { ok: true, valued: false };
  const open = lack("undecided");
  if (open && "none" in open) return { ok: false, kind: "undecided", reason: open.none };
  if ("none" in left && "none" in right) return { ok: true, valued: false };
  const none = (side: string, why: string): Finding => ({
    ok: false,
    kind: "valueless",
    reason: `the ${side} side has no value (${why})`,
  });
  if ("none" in left) return none("left", left.none);
  if ("none" in right) return none("right", right.none);
  const ok = relate(relation, left.value, right.value, runner.sides[i], runner.sides[j], () =>
    closing(runner, sample.point, i, j, left.value, right.value),
  );
  return ok ? { ok, valued: true } : { ok, kind: "differs", reason: "" };
}

/** Whether what two sides are found to be at a point stays so with many more digits, far out as it may be. */
export function isFirm(runner: Runner, { point, values }: Sample, i: number): boolean {
  return [i, i + 1].every((k) => {
    const [value, again] = [values[k], runner.closer(runner.sides[k], point, MANY)];
    if (!("value" in value) || !("value" in again)) return "none" in value && "none" in again;
    return again.value.minus(value.value).abs().lte(value.value.abs().times("1e-12").plus("1e-40"));
  });
}

function relate(relation: Relation, a: Decimal, b: Decimal, left: Expr, right: Expr, closes: () => boolean): boolean {
  const equal = () => same(a, b, left, right, closes);
  switch (relation) {
    case ":=":
      return true;
    case "=":
      return equal();
    case "\\ne":
      return !equal();
    case "\\approx":
      return roughly(a, b, left, right);
    case "<":
      return a.lt(b) && !equal();
    case ">":
      return a.gt(b) && !equal();
    case "\\le":
      return a.lte(b) || equal();
    case "\\ge":
      return a.gte(b) || equal();
  }
}

/**
 * Equal values may differ by rounding and by the step of derivatives, so a gap between them shrinks when both sides are
 * computed again with more digits and a smaller step; a gap between different values stays.
 */
function same(a: Decimal, b: Decimal, left: Expr, right: Expr, closes: () => boolean): boolean {
  const gap = a.minus(b).abs();
  if (gap.isZero()) return true;
  const size = Decimal.max(a.abs(), b.abs());
  if (isComputed(left) || isComputed(right)) return gap.lte(size.times(COMPUTED).plus("1e-12"));
  if (gap.gt(size.plus(1).times(CLEAR))) return false;
  return gap.lte(size.times(ROUNDING)) || closes();
}

/**
 * Whether a gap closes with more digits. Where it has closed at a point that has nothing in common with others, what
 * agrees in so many digits elsewhere is not computed again.
 */
function closing(runner: Runner, point: SampledPoint, i: number, j: number, a: Decimal, b: Decimal): boolean {
  const gap = a.minus(b).abs();
  if (runner.closed.has(i) && gap.lt(a.abs().times(TINY))) return true;
  const sides = [runner.sides[i], runner.sides[j]];
  const shrinks = (digits?: number) => {
    const [l, r] = sides.map((side) => runner.closer(side, point, digits));
    return "value" in l && "value" in r && l.value.minus(r.value).abs().lte(gap.times(SHRUNK));
  };
  // In limits what cancels more than once takes many digits.
  const closes = shrinks() || shrinks(MANY);
  if (closes && point.draw.generic && j === i + 1) runner.closed.add(i);
  return closes;
}

function isComputed(expr: Expr): boolean {
  if (expr.kind === "number") return expr.computed;
  if (expr.kind === "negate") return isComputed(expr.of);
  if (expr.kind === "add") return expr.terms.some(isComputed);
  if (expr.kind === "multiply") return expr.factors.some(isComputed);
  if (expr.kind === "divide") return isComputed(expr.top) || isComputed(expr.bottom);
  return false;
}

/**
 * \approx: agrees in the digits shown and within a few percent; where no digits are shown, in three; with a computed
 * number, in six. A bare 0 stands for what is small beside 1.
 */
function roughly(a: Decimal, b: Decimal, left: Expr, right: Expr): boolean {
  const gap = a.minus(b).abs();
  const size = Decimal.max(a.abs(), b.abs());
  const units = [lastPlace(left), lastPlace(right)].filter((unit): unit is Decimal => unit !== null);
  if (units.length === 0) return gap.lte(size.times(isComputed(left) || isComputed(right) ? "1e-6" : ROUGHLY));
  const unit = Decimal.max(...units);
  if (gap.gt(unit.times("0.5000000001"))) return false;
  if (a.isZero() || b.isZero()) return unit.lt(1) || gap.lte(PERCENT);
  return gap.lte(size.times(PERCENT));
}

/** One unit of the last digit shown: 0.01 for 2.94, 10^{-4} for 1.5 \cdot 10^{-3}; null if it is no decimal number. */
function lastPlace(expr: Expr): Decimal | null {
  if (expr.kind === "negate") return lastPlace(expr.of);
  if (expr.kind === "number" && !expr.computed) return new Decimal(10).pow(-(expr.text.split(".")[1] ?? "").length);
  if (expr.kind !== "multiply" || expr.factors.length !== 2) return null;
  const [digits, power] = expr.factors;
  if (power.kind !== "power" || power.base.kind !== "number" || power.base.text !== "10") return null;
  const exponent = power.exponent.kind === "negate" ? power.exponent.of : power.exponent;
  if (exponent.kind !== "number") return null;
  const unit = lastPlace(digits);
  return (
    unit && unit.times(new Decimal(10).pow(power.exponent.kind === "negate" ? `-${exponent.text}` : exponent.text))
  );
}
