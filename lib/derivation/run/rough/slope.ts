import type { Expr, Letter } from "../../world/tree";
import { keyOf, withParts } from "../../world/tree";
import { lettersOf } from "../../world/usage";
import type { Range } from "../range";
import { EVERYTHING, isPoint, point, times } from "../range";
import type { Frame, Rough } from "./machine";
import { evaluate } from "./machine";

/** Above this, the slope of a value may be lost in its rounding. */
const SLOPED = 1e25;

/** A central quotient; where a letter is a range, any slope. */
export function differentiate(m: Rough, of: Expr, by: readonly Expr[], frames: Frame | null): Range {
  if (by.length === 0) return evaluate(m, of, frames);
  const [first, ...rest] = by;
  const [target, letter, start] = varied(m, of, first, frames);
  const at = start ?? evaluate(m, letter, frames);
  const name = heldName(m, letter, frames);
  const f = (x: Range) => differentiate(m, target, rest, { kind: "value", name, value: x, next: frames });
  // The neighbours of another letter's slope need no value of their own.
  const middle = m.muted > 0 ? at : f(at);
  if (!isPoint(at) || !isPoint(middle)) return EVERYTHING;
  if (m.muted === 0 && Math.abs(middle[0]) > SLOPED) m.strained = true;
  const h = (rest.length > 0 || m.muted > 0 ? 1e-3 : 1e-5) * (Math.abs(at[0]) || 0.1);
  m.muted++;
  const [low, high] = [f(point(at[0] - h))[0], f(point(at[0] + h))[0]];
  m.muted--;
  return point((high - low) / (2 * h));
}

function heldName(m: Rough, letter: Letter, frames: Frame | null): string {
  for (let frame = frames; frame; frame = frame.next) {
    if (frame.name === letter.name) return letter.name;
    if (frame.kind !== "index" || !letter.index || !lettersOf(letter.index, m.world).has(frame.name)) continue;
    return `${letter.base}_${evaluate(m, letter.index, frames)[0]}`;
  }
  return letter.name;
}

function varied(m: Rough, of: Expr, by: Expr, frames: Frame | null): [Expr, Letter, Range | null] {
  if (by.kind === "letter") return [of, by, null];
  const value = evaluate(m, by, frames);
  if (by.kind === "call" && by.args === null)
    return [of, { kind: "letter", name: by.name, base: by.name, index: null, at: by.at }, value];
  const key = keyOf(by);
  const fresh: Letter = { kind: "letter", name: "#u", base: "#u", index: null, at: by.at };
  const bound = (name: string) => {
    for (let frame = frames; frame; frame = frame.next) if (frame.name === name) return true;
    return false;
  };
  let found = 0;
  const replace = (expr: Expr): Expr => {
    if (keyOf(expr) === key) {
      found++;
      return fresh;
    }
    if (expr.kind !== "letter" || bound(expr.name)) return withParts(expr, replace);
    const earlier = found;
    const body = m.world.definitions.get(expr.name)?.find(({ parameters }) => parameters === null)?.body;
    const opened = body ? replace(body) : expr;
    return found > earlier ? opened : expr;
  };
  return [replace(of), fresh, value];
}

/** An operator reaches up to the last factor that depends on its letters. */
export function operator(m: Rough, expr: Extract<Expr, { kind: "operator" }>, frames: Frame | null): Range {
  const { factors, by } = expr;
  const depends = (factor: Expr) =>
    by.some((letter) => letter.kind !== "letter" || lettersOf(factor, m.world).has(letter.name));
  const reach = factors.findIndex(depends) + 1 || factors.length;
  const inner: Expr = reach === 1 ? factors[0] : { kind: "multiply", factors: factors.slice(0, reach), at: expr.at };
  return factors
    .slice(reach)
    .reduce((value, factor) => times(value, evaluate(m, factor, frames)), differentiate(m, inner, by, frames));
}
