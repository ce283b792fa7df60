import { DerivationError, Undefined } from "../text/errors";
import type { Comparison, Expr } from "../world/tree";
import { evaluateCall } from "./calls";
import { differentiate, differentiateOperator } from "./derivative";
import { valueOfLetter } from "./letters";
import { limit } from "./limit";
import type { Frame, Machine } from "./machine";
import { bind } from "./machine";
import { spend } from "./meter";
import { Decimal, divide, exp, FUNCTIONS, finite, power, root } from "./number";

/**
 * The value of a formula. There is no rule of calculus in here: derivatives and limits are quotients and values at very
 * near points. Throws `Undefined` where the formula has no value, and DerivationError where it has no single meaning.
 */
export function evaluate(m: Machine, expr: Expr, frames: Frame | null): Decimal {
  const value = (part: Expr) => evaluate(m, part, frames);
  spend(1);
  switch (expr.kind) {
    case "number":
      return numberOf(expr);
    case "constant":
      return constant(expr.name);
    case "letter":
      return valueOfLetter(m, expr, frames);
    case "add":
      return expr.terms.map(value).reduce((a, b) => a.plus(b));
    case "negate":
      return value(expr.of).neg();
    case "multiply":
      return finite(expr.factors.map(value).reduce((a, b) => a.times(b)));
    case "divide":
      return finite(divide(value(expr.top), value(expr.bottom)));
    case "power":
      return powerOf(m, expr, frames);
    case "root":
      return root(value(expr.of), expr.degree);
    case "abs":
      return withSign(m, expr, value(expr.of)).abs();
    case "builtin":
      return builtin(m, expr, frames);
    case "call":
      return evaluateCall(m, expr, frames);
    case "series":
      return series(m, expr, frames);
    case "limit":
      return limit(m, expr, frames);
    case "place":
      return evaluate(m, expr.of, bind(expr.letter, value(expr.to), frames));
    case "cases":
      return cases(m, expr, frames);
    case "derivative":
      return differentiate(m, expr.of, expr.by, frames, expr);
    case "operator":
      return differentiateOperator(m, expr, frames);
  }
}

const numbers = new WeakMap<Expr, Decimal>();

/** A number is parsed once. */
function numberOf(expr: Extract<Expr, { kind: "number" }>): Decimal {
  let value = numbers.get(expr);
  if (!value) numbers.set(expr, (value = new Decimal(expr.text)));
  return value;
}

function constant(name: "e" | "pi"): Decimal {
  return name === "e" ? exp(new Decimal(1)) : Decimal.acos(-1);
}

function withSign(m: Machine, expr: Expr, value: Decimal): Decimal {
  m.branch(expr, value.isZero() ? 0 : value.isNegative() ? -1 : 1, [value]);
  return value;
}

function powerOf(m: Machine, expr: Extract<Expr, { kind: "power" }>, frames: Frame | null): Decimal {
  const exponent = evaluate(m, expr.exponent, frames);
  if (expr.base.kind === "constant" && expr.base.name === "e") return finite(exp(exponent));
  return power(evaluate(m, expr.base, frames), exponent);
}

type Builtin = Extract<Expr, { kind: "builtin" }>;

function builtin(m: Machine, expr: Builtin, frames: Frame | null): Decimal {
  const args = expr.args.map((argument) => evaluate(m, argument, frames));
  if (expr.primes > 0) return primed(m, expr, args[0]);
  if (expr.name === "sign") withSign(m, expr, args[0]);
  if (expr.name === "max" || expr.name === "min") {
    const value = FUNCTIONS[expr.name](...args);
    m.branch(
      expr,
      args.findIndex((argument) => argument.eq(value)),
      args.flatMap((a, i) => args.slice(i + 1).map((b) => a.minus(b))),
    );
    return value;
  }
  return FUNCTIONS[expr.name](...args);
}

/** \tanh'(m): the same function of a letter of its own, from the limit. */
function primed(m: Machine, expr: Builtin, argument: Decimal): Decimal {
  const letter: Expr = { kind: "letter", name: "its argument", base: "its argument", index: null, at: expr.at };
  const plain: Expr = { ...expr, primes: 0, args: [letter] };
  return differentiate(
    m,
    plain,
    Array.from({ length: expr.primes }, () => letter),
    bind(letter.name, argument, null),
    expr,
  );
}

function series(m: Machine, expr: Extract<Expr, { kind: "series" }>, frames: Frame | null): Decimal {
  const [from, to] = range(m, expr, frames);
  let total = new Decimal(expr.product ? 1 : 0);
  for (let k = from; k <= to; k++) {
    const term = evaluate(m, expr.of, { kind: "index", name: expr.index, value: k, next: frames });
    total = expr.product ? total.times(term) : total.plus(term);
  }
  return finite(total);
}

function range(m: Machine, expr: Extract<Expr, { kind: "series" }>, frames: Frame | null): [number, number] {
  if (!expr.from || !expr.to) {
    if (m.point.length === null)
      throw new DerivationError(`Where does this sum start and end? Write \\sum_{${expr.index}=1}^{N}.`, expr.at);
    return [1, m.point.length];
  }
  const whole = (part: Expr, name: string) => {
    const value = evaluate(m, part, frames);
    if (value.isInteger() && value.abs().lt(100_000)) return value.toNumber();
    throw new DerivationError(
      `A sum's ${name} is a whole number, here it is ${value.toSignificantDigits(6)}.`,
      part.at,
    );
  };
  return [whole(expr.from, "start"), whole(expr.to, "end")];
}

/** Whether a comparison holds, exactly. */
export function holds(
  m: Machine,
  { sides, relations }: Comparison,
  frames: Frame | null,
  gaps: Decimal[] = [],
): boolean {
  const values = sides.map((side) => evaluate(m, side, frames));
  values.slice(1).forEach((value, i) => gaps.push(values[i].minus(value)));
  return relations.every((relation, i) => {
    const order = values[i].cmp(values[i + 1]);
    switch (relation) {
      case "<":
        return order < 0;
      case ">":
        return order > 0;
      case "\\le":
        return order <= 0;
      case "\\ge":
        return order >= 0;
      case "\\ne":
        return order !== 0;
      default:
        return order === 0;
    }
  });
}

function cases(m: Machine, expr: Extract<Expr, { kind: "cases" }>, frames: Frame | null): Decimal {
  const gaps: Decimal[] = [];
  const taken = expr.rows.map(({ when }) =>
    when?.some((all) => all.every((comparison) => holds(m, comparison, frames, gaps))),
  );
  const first = taken.includes(true) ? taken.indexOf(true) : expr.rows.findIndex(({ when }) => when === null);
  if (first < 0) throw new Undefined("no row of the cases holds", "missing");
  m.branch(expr, first, gaps);
  const value = evaluate(m, expr.rows[first].value, frames);
  expr.rows.forEach((row, i) => {
    if (i === first || !taken[i] || evaluate(m, row.value, frames).eq(value)) return;
    throw new DerivationError(
      `Two rows of these cases hold at once (${expr.rows[first].condition}; ${row.condition}) with different values.`,
      expr.at,
    );
  });
  return value;
}
