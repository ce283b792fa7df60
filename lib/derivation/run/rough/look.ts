import type { Comparison, Expr, Letter } from "../../world/tree";
import type { World } from "../../world/world";
import { Decimal, FUNCTIONS, withDigits } from "../number";
import type { Range } from "../range";
import {
  EVERYTHING,
  exponential,
  greatest,
  isPoint,
  KNOWN,
  least,
  magnitude,
  negated,
  over,
  plus,
  point,
  raised,
  rooted,
  times,
} from "../range";
import { cases, certain, choiceFork, note, signFork } from "./forks";
import type { Frame, Look, Place, Rough } from "./machine";
import { NONE, UNSEEN } from "./machine";
import { along, call, valueOfLetter } from "./names";
import { differentiate, operator } from "./slope";

/** Above this, terms are so unlike that one may be lost beside the other. */
const UNLIKE = 1e40;
/** So many terms of sums are looked at, in all. */
const MOST_TERMS = 20_000;

/**
 * Looks at formulas in ordinary numbers: fast, and good enough to find where it is worth computing exactly. Where there
 * is no value, or no single meaning, it says NaN.
 */
export function look(
  exprs: readonly Expr[],
  world: World,
  data: ReadonlySet<string>,
  place: Place,
  only?: ReadonlySet<number>,
): Look {
  const m = machine(world, data, place, 0);
  const values = exprs.map((expr, side) => {
    if (only && !only.has(side)) return UNSEEN;
    m.side = side;
    return evaluate(m, expr, null);
  });
  return { values, forks: m.forks, strained: m.strained };
}

/** A comparison that has to hold, for each of the data where a letter counts them. */
export interface Demand {
  readonly comparison: Comparison;
  readonly index: string | null;
}

/** Whether all that is demanded holds at a place, roughly. */
export function fulfils(demands: readonly Demand[], world: World, data: ReadonlySet<string>, place: Place): boolean {
  const m = machine(world, data, place, 1);
  return demands.every(({ comparison: { sides, relations }, index }) => {
    const holds = (frames: Frame | null) => {
      const values = sides.map((side) => evaluate(m, side, frames));
      return relations.every((relation, i) => certain(relation, values[i], values[i + 1]));
    };
    if (index === null) return holds(null);
    for (let k = 1; k <= (place.length ?? 0); k++)
      if (!holds({ kind: "index", name: index, value: k, next: null })) return false;
    return true;
  });
}

const machine = (world: World, data: ReadonlySet<string>, place: Place, muted: number): Rough => ({
  world,
  data,
  place,
  forks: new Map(),
  strained: false,
  terms: 0,
  muted,
  path: 0,
  side: 0,
  evaluate,
});

function evaluate(m: Rough, expr: Expr, frames: Frame | null): Range {
  const value = (part: Expr) => evaluate(m, part, frames);
  switch (expr.kind) {
    case "number":
      return point(Number(expr.text));
    case "constant":
      return point(expr.name === "e" ? Math.E : Math.PI);
    case "letter":
      return valueOfLetter(m, expr, frames);
    case "add":
      return expr.terms.map(value).reduce((a, b) => sum(m, a, b));
    case "negate":
      return negated(value(expr.of));
    case "multiply":
      return kept(m, expr.factors.map(value).reduce(times));
    case "divide":
      return quotient(m, expr, value(expr.top), value(expr.bottom));
    case "power":
      return power(m, expr, frames);
    case "root": {
      const of = value(expr.of);
      if (expr.degree % 2 === 0) note(m, expr, [of], []);
      return rooted(of, expr.degree);
    }
    case "abs": {
      const of = value(expr.of);
      signFork(m, expr, of);
      return magnitude(of);
    }
    case "builtin":
      return builtin(m, expr, frames);
    case "call":
      return call(m, expr, frames);
    case "series":
      return series(m, expr, frames);
    case "limit":
      return limit(m, expr, frames);
    case "place":
      return evaluate(m, expr.of, { kind: "value", name: expr.letter, value: value(expr.to), next: frames });
    case "cases":
      return cases(m, expr, frames);
    case "derivative":
      return differentiate(m, expr.of, expr.by, frames);
    case "operator":
      return operator(m, expr, frames);
  }
}

function sum(m: Rough, a: Range, b: Range): Range {
  const [x, y] = [Math.abs(a[0]), Math.abs(b[0])];
  if (x !== 0 && y !== 0 && (x > UNLIKE * y || y > UNLIKE * x)) m.strained = true;
  return plus(a, b);
}

/** Notes where ordinary numbers run out. */
function kept(m: Rough, value: Range): Range {
  if (isPoint(value) && (Math.abs(value[0]) === Infinity || (value[0] !== 0 && Math.abs(value[0]) < 1e-250)))
    m.strained = true;
  return value;
}

function quotient(m: Rough, expr: Expr, top: Range, bottom: Range): Range {
  note(m, expr, [bottom], []);
  return kept(m, over(top, bottom));
}

function power(m: Rough, expr: Extract<Expr, { kind: "power" }>, frames: Frame | null): Range {
  const exponent = evaluate(m, expr.exponent, frames);
  if (expr.base.kind === "constant" && expr.base.name === "e") return grown(m, exponent);
  const base = evaluate(m, expr.base, frames);
  if (exponent[0] < 0 || !Number.isInteger(exponent[0])) note(m, expr, [base], []);
  return kept(m, raised(base, exponent));
}

function grown(m: Rough, x: Range): Range {
  if (isPoint(x) && Math.abs(x[0]) > 90) m.strained = true;
  return exponential(x);
}

function builtin(m: Rough, expr: Extract<Expr, { kind: "builtin" }>, frames: Frame | null): Range {
  const args = expr.args.map((argument) => evaluate(m, argument, frames));
  if (expr.primes > 0) {
    const letter: Letter = { kind: "letter", name: "#argument", base: "#argument", index: null, at: expr.at };
    const by = Array.from({ length: expr.primes }, () => letter);
    const inner: Frame = { kind: "value", name: letter.name, value: args[0], next: null };
    return differentiate(m, { ...expr, primes: 0, args: [letter] }, by, inner);
  }
  if (expr.name === "max" || expr.name === "min") {
    choiceFork(m, expr, args, expr.name === "max");
    return expr.name === "max" ? greatest(args) : least(args);
  }
  if (expr.name === "sign") signFork(m, expr, args[0]);
  if (["tanh", "sigma", "cosh", "sinh", "exp"].includes(expr.name) && isPoint(args[0]) && Math.abs(args[0][0]) > 60)
    m.strained = true;
  if (!TOTAL.has(expr.name)) note(m, expr, args, []);
  if (expr.name === "binom") return args.every(isPoint) ? point(binomial(args[0][0], args[1][0])) : EVERYTHING;
  const known = KNOWN[expr.name];
  if (known) return known(args[0]);
  return args.every(isPoint) ? exactly(expr.name, args) : EVERYTHING;
}

/** Functions with a value everywhere that no border divides. */
const TOTAL: ReadonlySet<string> = new Set("exp tanh sinh cosh sech arsinh sigma sin cos arctan sign".split(" "));

function binomial(n: number, k: number): number {
  if (!Number.isInteger(k) || k < 0 || k > 400) return NaN;
  let product = 1;
  for (let i = 0; i < k; i++) product *= (n - i) / (i + 1);
  return product;
}

/** Functions that ordinary numbers lack. */
function exactly(name: string, args: readonly Range[]): Range {
  try {
    return point(withDigits(20, () => FUNCTIONS[name](...args.map(([x]) => new Decimal(x))).toNumber()));
  } catch {
    return NONE;
  }
}

function series(m: Rough, expr: Extract<Expr, { kind: "series" }>, frames: Frame | null): Range {
  const [from, to] =
    expr.from && expr.to
      ? [evaluate(m, expr.from, frames)[0], evaluate(m, expr.to, frames)[0]]
      : [1, m.place.length ?? NaN];
  if (!Number.isInteger(from) || !Number.isInteger(to) || (m.terms += to - from) > MOST_TERMS) return NONE;
  let total = point(expr.product ? 1 : 0);
  for (let k = from; k <= to; k++) {
    const term = along(m, k, () => evaluate(m, expr.of, { kind: "index", name: expr.index, value: k, next: frames }));
    total = expr.product ? kept(m, times(total, term)) : sum(m, total, term);
  }
  return total;
}

/** Near enough to compare by; its own rounding may be seen in the sixth digit. */
function limit(m: Rough, expr: Extract<Expr, { kind: "limit" }>, frames: Frame | null): Range {
  const place = typeof expr.to === "string" ? null : evaluate(m, expr.to, frames);
  m.strained = true;
  if (place && !isPoint(place)) return EVERYTHING;
  m.muted++;
  const at = (x: number) =>
    evaluate(m, expr.of, { kind: "value", name: expr.letter, value: point(x), next: frames })[0];
  const sides = place ? (expr.side === 0 ? [-1, 1] : [expr.side]).map((side) => at(place[0] + side * 1e-7)) : [];
  const value = place ? sides.reduce((a, b) => a + b) / sides.length : at(expr.to === "infinity" ? 1e7 : -1e7);
  m.muted--;
  return point(value);
}
