import { pretty } from "../text/commands";
import { DerivationError, Undefined } from "../text/errors";
import { math, named } from "../text/say";
import type { Expr, Letter } from "../world/tree";
import { keyOf, textOf, walk, withParts } from "../world/tree";
import { lettersOf } from "../world/usage";
import type { Frame, Machine } from "./machine";
import { bind, bound, evaluate, framesOf } from "./machine";
import { Decimal, shown, withDigits } from "./number";

/** A change by this share of the value, within one step, is a jump. */
const JUMP = new Decimal("1e-3");
/** Slopes from the left and from the right that differ by this share make a kink. */
const UNLIKE = new Decimal("1e-6");
const STEEP = new Decimal("1e12");

/** The derivative of a formula by one letter after the other, each from the limit. */
export function differentiate(m: Machine, of: Expr, by: readonly Expr[], frames: Frame | null, whole: Expr): Decimal {
  const [first, ...rest] = by;
  const [target, letter, start] = asLetter(m, of, first, frames, whole);
  checkHeld(m, target, letter.name, frames, whole);
  const at = start ?? evaluate(m, letter, frames);
  const name = heldName(m, letter, frames);
  const f = (x: Decimal) => {
    const inner = bind(name, x, frames, true);
    return rest.length > 0 ? differentiate(m, target, rest, inner, whole) : evaluate(m, target, inner);
  };
  return quotient(m, f, at, pretty(letter.name.startsWith("#") ? textOf(first) : letter.name));
}

/** The central quotient; the two one-sided quotients must agree, or there is no derivative. */
function quotient(m: Machine, f: (x: Decimal) => Decimal, x: Decimal, name: string): Decimal {
  m.depth++;
  try {
    const h = new Decimal(m.step);
    // Each quotient of quotients loses as many digits as its step is small.
    return withDigits(m.digits + (1 - h.e) * Math.max(0, m.depth - 2), () => {
      const middle = f(x);
      const [before, after] = [x.minus(h), x.plus(h)].map((near) => neighbour(f, near, name, x));
      if (after.minus(before).abs().gt(middle.abs().plus(1).times(JUMP)))
        throw new Undefined(
          `no derivative at ${name} = ${shown(x, 6)}: it jumps there from ${shown(before, 6)} to ${shown(after, 6)}`,
          "kink",
        );
      const [left, right] = [middle.minus(before), after.minus(middle)];
      if (left.minus(right).abs().gt(left.abs().plus(right.abs()).plus(h).times(UNLIKE)))
        throw new Undefined(kink(name, x, left.div(h), right.div(h)), "kink");
      return after.minus(before).div(h.times(2));
    });
  } finally {
    m.depth--;
  }
}

function neighbour(f: (x: Decimal) => Decimal, near: Decimal, name: string, x: Decimal): Decimal {
  try {
    return f(near);
  } catch (error) {
    if (error instanceof Undefined && error.kind !== "data" && error.kind !== "undecided")
      throw new Undefined(
        `no derivative at ${name} = ${shown(x, 6)}: it is the edge of where there is a value`,
        "kink",
      );
    throw error;
  }
}

function kink(name: string, x: Decimal, left: Decimal, right: Decimal): string {
  const side = (slope: Decimal) => (slope.abs().gt(STEEP) ? "without bound" : shown(slope, 6));
  return `no derivative at ${name} = ${shown(x, 6)}: ${side(left)} from the left, ${side(right)} from the right`;
}

/** x_i inside a sum, and x_N, is held as the element it is there. */
function heldName(m: Machine, letter: Letter, frames: Frame | null): string {
  for (const frame of framesOf(frames)) {
    if (frame.name === letter.name) return letter.name;
    if (frame.kind !== "index" || !letter.index || !lettersOf(letter.index, m.world).has(frame.name)) continue;
    return `${letter.base}_${evaluate(m, letter.index, frames).toString()}`;
  }
  if (letter.index && letter.index.kind !== "number" && m.data.has(letter.base)) {
    const k = evaluate(m, letter.index, frames);
    if (k.isInteger()) return `${letter.base}_${k.toString()}`;
  }
  return letter.name;
}

/** The letter to vary: the one named, or a fresh one put for each occurrence of an expression, with its value. */
function asLetter(m: Machine, of: Expr, by: Expr, frames: Frame | null, whole: Expr): [Expr, Letter, Decimal | null] {
  if (by.kind === "letter") return [of, by, null];
  if (by.kind === "call" && by.args === null)
    return [of, { kind: "letter", name: by.name, base: by.name, index: null, at: by.at }, evaluate(m, by, frames)];
  const key = keyOf(by);
  const fresh: Letter = { kind: "letter", name: "#u", base: "#u", index: null, at: by.at };
  let found = 0;
  const replace = (expr: Expr): Expr => {
    if (keyOf(expr) === key) {
      found++;
      return fresh;
    }
    if (expr.kind !== "letter" || bound(expr.name, frames)) return withParts(expr, replace);
    // da/dM(x) with a = y - M(x): what a is defined as holds it.
    const before = found;
    const body = m.world.definitions.get(expr.name)?.find(({ parameters }) => parameters === null)?.body;
    const opened = body ? replace(body) : expr;
    return found > before ? opened : expr;
  };
  const target = replace(of);
  if (found === 0)
    throw new DerivationError(
      `${math(textOf(by))} does not occur in ${math(textOf(of))} as written: name it (${math(`u = ${textOf(by)}`)}) or write it out.`,
      whole.at,
    );
  const counting = framesOf(frames).flatMap((frame) => (frame.kind === "index" ? [frame.name] : []));
  const free = [...lettersOf(by, m.world)].filter(
    (name) => !m.world.fixed.has(name) && !isFunctionName(m, name) && !counting.includes(name),
  );
  const shared = free.filter((name) => lettersOf(target, m.world).has(name));
  if (shared.length > 0)
    throw new DerivationError(
      `${named(shared[0])} occurs in ${math(textOf(of))} outside ${math(textOf(by))} too, so it is unclear what is held while ${math(textOf(by))} varies: write it out.`,
      whole.at,
    );
  return [target, fresh, evaluate(m, by, frames)];
}

function isFunctionName(m: Machine, name: string): boolean {
  return (m.world.definitions.get(name) ?? []).some(({ parameters }) => parameters !== null);
}

/** With a = b + W x held by d/da, a d/db inside would go through a: two readings. */
function checkHeld(m: Machine, of: Expr, name: string, frames: Frame | null, whole: Expr): void {
  for (const frame of framesOf(frames)) {
    if (frame.kind !== "value" || !frame.held || frame.name === name) continue;
    const definition = m.world.definitions.get(frame.name)?.find(({ parameters }) => parameters === null);
    if (!definition || !lettersOf(definition.body, m.world).has(name) || !lettersOf(of, m.world).has(frame.name))
      continue;
    throw new DerivationError(
      `${named(frame.name)} is held by one derivative and depends on ${named(name)} of the other: write them as a product of two quotients.`,
      whole.at,
    );
  }
}

type Operator = Extract<Expr, { kind: "operator" }>;

/**
 * An operator before a product acts on the factors up to the last that depends on its letters. If several depend on the
 * same letter, the page does not say how far it reaches.
 */
export function differentiateOperator(m: Machine, expr: Operator, frames: Frame | null): Decimal {
  const { factors, by } = expr;
  let reach = 0;
  for (const letter of by) {
    const depends = factors.map((factor, i) => dependsOn(m, factor, letter, i > 0));
    const first = depends.indexOf(true);
    const again = depends.indexOf(true, first + 1);
    if (first >= 0 && again > 0)
      throw new DerivationError(
        `How far the derivative reaches is unclear: ${math(textOf(factors[first]))} and ${math(textOf(factors[again]))} both depend on ${math(textOf(letter))}. Set brackets.`,
        expr.at,
      );
    reach = Math.max(reach, first < 0 ? 0 : first + 1);
  }
  const inner = product(factors.slice(0, reach || factors.length), expr);
  const derivative = differentiate(m, inner, by, frames, expr);
  return factors
    .slice(reach || factors.length)
    .reduce((value, factor) => value.times(evaluate(m, factor, frames)), derivative);
}

function product(factors: readonly Expr[], { at }: Operator): Expr {
  if (factors.length === 1) return factors[0];
  return {
    kind: "multiply",
    factors,
    at: { ...at, start: factors[0].at.start, end: factors[factors.length - 1].at.end },
  };
}

/** A later factor da/db is a link of the chain rule: that it names a does not make it part of d/da's operand. */
function dependsOn(m: Machine, factor: Expr, by: Expr, later: boolean): boolean {
  if (by.kind !== "letter") {
    let found = false;
    walk(factor, (part) => {
      found ||= keyOf(part) === keyOf(by);
    });
    return found;
  }
  const link = later && (factor.kind === "derivative" || factor.kind === "operator");
  if (link && keyOf(factor.kind === "derivative" ? factor.of : factor.factors[0]) === by.name) return false;
  return lettersOf(factor, m.world).has(by.name);
}
