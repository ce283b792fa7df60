import { pretty } from "../text/commands";
import { Undefined } from "../text/errors";
import type { Expr } from "../world/tree";
import type { Frame, Machine } from "./machine";
import { bind, evaluate } from "./machine";
import { Decimal, DIGITS, shown, withDigits } from "./number";

type Limit = Extract<Expr, { kind: "limit" }>;

/** Limits are read off very near, with digits to spare for the cancellation there; nearer still to tell rounding apart. */
const USUAL = { digits: 160, step: "1e-70", near: "1e-60", lessNear: "1e-45", before: ["1e-6", "1e-5"] };
const CLOSER = { digits: 220, step: "1e-100", near: "1e-90", lessNear: "1e-75", before: ["1e-7", "1e-6"] };

/** The value very near the place, from both sides unless one is named; both must agree and have settled. */
export function limit(m: Machine, expr: Limit, frames: Frame | null): Decimal {
  const { digits, step } = m;
  const distance = digits > DIGITS ? CLOSER : USUAL;
  Object.assign(m, { digits: distance.digits, step: distance.step });
  try {
    return withDigits(distance.digits, () => settled(m, expr, frames, distance));
  } finally {
    Object.assign(m, { digits, step });
  }
}

function settled(m: Machine, expr: Limit, frames: Frame | null, distance: typeof USUAL): Decimal {
  const at = (x: Decimal) => evaluate(m, expr.of, bind(expr.letter, x, frames, true));
  if (expr.to === "infinity" || expr.to === "-infinity") {
    const sign = expr.to === "infinity" ? 1 : -1;
    const away = (near: string, less: string) => steady(expr, near, less, (h) => at(new Decimal(sign).div(h)));
    try {
      return away(distance.near, distance.lessNear);
    } catch (error) {
      // e^x is too large a number that far out; what settles as fast as it does has settled long before.
      if (error instanceof Undefined && error.kind === "large") return away(distance.before[0], distance.before[1]);
      throw error;
    }
  }
  const place = evaluate(m, expr.to, frames);
  const from = (sign: number) => steady(expr, distance.near, distance.lessNear, (h) => at(place.plus(h.times(sign))));
  if (expr.side !== 0) return from(expr.side);
  const [left, right] = [from(-1), from(1)];
  if (!close(left, right))
    throw new Undefined(`the limit does not exist: ${shown(left, 6)} from the left, ${shown(right, 6)} from the right`);
  return left.plus(right).div(2);
}

function steady(expr: Limit, nearest: string, before: string, at: (h: Decimal) => Decimal): Decimal {
  const [near, less] = [at(new Decimal(nearest)), at(new Decimal(before))];
  if (close(near, less)) return near;
  throw new Undefined(
    `the limit does not settle as ${pretty(expr.letter)} goes there: ${shown(less, 6)}, then ${shown(near, 6)}`,
  );
}

function close(a: Decimal, b: Decimal): boolean {
  return a.minus(b).abs().lte(a.abs().plus(b.abs()).plus(1).times("1e-20"));
}
