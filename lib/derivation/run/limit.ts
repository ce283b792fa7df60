import { Undefined } from "../text/errors";
import { named } from "../text/say";
import type { Expr } from "../world/tree";
import { walk } from "../world/tree";
import { infiniteSum } from "./infinite";
import type { Frame, Machine } from "./machine";
import { bind, evaluate } from "./machine";
import { Decimal, DIGITS, root, shown, withDigits } from "./number";

type Limit = Extract<Expr, { kind: "limit" }>;

/**
 * Limits are read off very near, with digits to spare for the cancellation there; nearer still to tell rounding apart.
 * `way` leads there; `early` is as near as a formula gets that soon is too large a number.
 */
const USUAL = { digits: 160, step: "1e-70", way: ["1e-15", "1e-30", "1e-45", "1e-60"], early: ["1e-5", "1e-6"] };
const CLOSER = { digits: 220, step: "1e-100", way: ["1e-25", "1e-50", "1e-75", "1e-90"], early: ["1e-6", "1e-7"] };
/** Digits for what cancels more than once, as \cos x - 1 + x^2 / 2 beside x^4. */
const MANY = 420;
/** Thrown where a limit settles at first, and nearer is lost in rounding. */
const NOISE = Symbol("noise");
type Distance = typeof USUAL;

/** Letters that count, where they go to infinity. */
const COUNTING = /^[nmkNjl]$/;
/** Which small numbers are taken where a formula cannot be had further out. */
const COUNTED = [4, 8, 16, 32, 64, 128];
const COUNTED_ON = [...COUNTED, 256];

/** The value very near the place, from both sides unless one is named; both must agree and have settled. */
export function limit(m: Machine, expr: Limit, frames: Frame | null): Decimal {
  const { digits, step } = m;
  if (expr.to === "infinity" && sumsTo(expr.of, expr.letter)) return infiniteSum(m, expr.of, frames);
  const distance = digits > DIGITS ? CLOSER : USUAL;
  const read = (enough: number) => {
    Object.assign(m, { digits: enough, step: distance.step });
    return withDigits(enough, () => settled(m, expr, frames, distance));
  };
  try {
    if (digits > CLOSER.digits) return read(MANY);
    try {
      return read(distance.digits);
    } catch (error) {
      if (error === NOISE) return read(MANY);
      throw error;
    }
  } finally {
    Object.assign(m, { digits, step });
  }
}

type Sum = Extract<Expr, { kind: "series" }>;

/** Whether a formula is a sum that ends at the letter and holds it nowhere else. */
function sumsTo(expr: Expr, letter: string): expr is Sum {
  if (expr.kind !== "series" || expr.product || !expr.from) return false;
  return expr.to?.kind === "letter" && expr.to.name === letter && ![expr.from, expr.of].some((e) => holds(e, letter));
}

function holds(expr: Expr, letter: string): boolean {
  let found = false;
  walk(expr, (part) => (found ||= part.kind === "letter" && part.name === letter));
  return found;
}

function settled(m: Machine, expr: Limit, frames: Frame | null, distance: Distance): Decimal {
  const at = (x: Decimal) => evaluate(m, expr.of, bind(expr.letter, x, frames, true));
  if (expr.to === "infinity" && isCounted(expr)) return counted(expr, at, distance === CLOSER ? COUNTED_ON : COUNTED);
  if (expr.to === "infinity" || expr.to === "-infinity") {
    const sign = expr.to === "infinity" ? 1 : -1;
    const whole = expr.to === "infinity" && COUNTING.test(expr.letter);
    const away = (way: readonly string[]) => steady(expr, way, (h) => at(outward(h, sign, whole)));
    try {
      return away(distance.way);
    } catch (error) {
      // e^x is too large a number that far out; what settles as fast as it does has settled long before.
      if (error instanceof Undefined && error.kind === "large") return away(distance.early);
      throw error;
    }
  }
  const place = evaluate(m, expr.to, frames);
  const from = (sign: number) => steady(expr, distance.way, (h) => at(place.plus(h.times(sign))));
  if (expr.side !== 0) return from(expr.side);
  const [left, right] = [side(() => from(-1)), side(() => from(1))];
  if (left instanceof Undefined || right instanceof Undefined) {
    // A formula that ends at the place, as \sqrt{x} does at 0, is followed from where it has values.
    if (!(left instanceof Undefined)) return left;
    if (!(right instanceof Undefined)) return right;
    throw left;
  }
  if (!close(left, right))
    throw new Undefined(
      `the limit does not exist: ${shown(left, 6)} from the left, ${shown(right, 6)} from the right`,
      "missing",
    );
  return left.plus(right).div(2);
}

function side(from: () => Decimal): Decimal | Undefined {
  try {
    return from();
  } catch (error) {
    if (error instanceof Undefined && error.kind === "domain") return error;
    throw error;
  }
}

/** A place that far out; whole numbers of both parities where the letter counts. */
function outward(h: Decimal, sign: number, whole: boolean): Decimal {
  const x = new Decimal(sign).div(h);
  return whole ? x.round() : x;
}

const ROOTS = [2, 3, 5, 7];
const ALIKE = "1e-6";
const UNSETTLED = "the limit does not settle";

/**
 * The value at the end of the way, if it has settled there. The places are unrelated, powers of ten times different
 * roots: at powers of ten alone \sin(\pi / x) would be 0.
 */
function steady(expr: Limit, way: readonly string[], at: (h: Decimal) => Decimal): Decimal {
  const value = (i: number) => at(new Decimal(way[i]).times(root(new Decimal(ROOTS[i]), 2)));
  const last = way.length - 1;
  const [near, less] = [value(last), value(last - 1)];
  const settles = close(near, less);
  if ((near.isZero() || !settles) && last >= 3 && Decimal.precision < MANY) {
    const [first, second] = [value(0), value(1)];
    if (!first.isZero() && first.minus(second).abs().lte(first.abs().times(ALIKE))) throw NOISE;
  }
  if (settles) return near;
  if (last >= 3) {
    const steps = [near.minus(less), less.minus(value(1)), value(1).minus(value(0))];
    const slows = steps.every(
      (step, i) => i === 0 || (step.s === steps[0].s && step.abs().gt(steps[i - 1].abs().times("1.01"))),
    );
    if (slows)
      throw new Undefined(`the limit is reached too slowly to be read off: ${shown(near, 6)} so far`, "undecided");
  }
  throw new Undefined(
    `${UNSETTLED} as ${named(expr.letter)} goes there: ${shown(less, 6)}, then ${shown(near, 6)}`,
    "missing",
  );
}

/** Whether the formula can be had at small whole numbers only: the letter ends a sum, or stands in n!. */
function isCounted(expr: Limit): boolean {
  let found = false;
  walk(expr.of, (part) => {
    if (part.kind === "series")
      found ||= [part.from, part.to].some((bound) => bound !== null && holds(bound, expr.letter));
    if (part.kind === "builtin" && (part.name === "factorial" || part.name === "binom"))
      found ||= part.args.some((argument) => holds(argument, expr.letter));
  });
  return found;
}

/** A limit over few whole numbers: settled there, or exactly what the powers of 1/n in it leave. */
function counted(expr: Limit, at: (x: Decimal) => Decimal, places: readonly number[]): Decimal {
  const values = places.map((n) => at(new Decimal(n)));
  const last = values[values.length - 1];
  if (close(last, values[values.length - 2]) && close(last, at(new Decimal(places[places.length - 1] - 1))))
    return last;
  let row = values;
  for (let power = 1; row.length > 2; power++) {
    const factor = new Decimal(2).pow(power);
    row = row.slice(1).map((value, i) => value.times(factor).minus(row[i]).div(factor.minus(1)));
    const [a, b] = row.slice(-2);
    if (a.minus(b).abs().lte(a.abs().plus(1).times("1e-45"))) return b;
  }
  const grows = values.every((value, i) => i === 0 || value.abs().gt(values[i - 1].abs().times("1.2").plus("0.01")));
  if (grows)
    throw new Undefined(`${UNSETTLED} as ${named(expr.letter)} goes there: ${shown(last, 6)} and growing`, "missing");
  throw new Undefined(`the limit is reached too slowly to be read off: ${shown(last, 6)} so far`, "undecided");
}

function close(a: Decimal, b: Decimal): boolean {
  return a.minus(b).abs().lte(a.abs().plus(b.abs()).plus(1).times("1e-20"));
}
