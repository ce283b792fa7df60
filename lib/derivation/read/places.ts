import type { Expr, Letter } from "../world/tree";
import { walk } from "../world/tree";
import { parseName } from "./names";
import type { Reader } from "./reader";
import { isRelation } from "./reader";

/** f |_{x=1}: a bar with a subscript. */
export function startsPlaces(r: Reader): boolean {
  return r.bars === 0 && r.is("|") && r.is("_", 1) && !r.peek().sized;
}

/** The letters' values in |_{x=1, y=2}, for the formula before the bar. */
export function parsePlaces(r: Reader, of: Expr, start: number): Expr {
  const bar = r.next();
  if (!r.is("_")) r.fail(WHICH, bar.at);
  return parseValues(r, of, start);
}

const WHICH = "Write which letter takes which value: |_{x=1}.";

/** Whether a bracket is followed by values, [f]_{x=1}. */
export function startsValues(r: Reader): boolean {
  return r.is("_") && r.is("{", 1) && r.part(r.pos + 2, r.closing(r.pos + 1)).split(isRelation).length > 1;
}

/** _{x=1, y=2}. */
export function parseValues(r: Reader, of: Expr, start: number): Expr {
  const hook = r.next();
  if (!r.is("{")) r.fail(WHICH, hook.at);
  const inner = r.within(r.next());
  if (r.is("^")) r.fail("An integral's bounds are not run here: write the difference of both values.");
  let expr = of;
  for (const part of inner.split((token) => token.text === ",")) {
    const letter = part.done ? null : parseName(part).name;
    if (!letter || !part.take("=") || part.done) r.fail(WHICH, hook.at);
    expr = { kind: "place", letter, to: part.formula("a value"), of: expr, at: r.spanFrom(start) };
  }
  return expr;
}

/** A prime on a bracket, and the place it may be taken at: (x^2)', (f g)'(x). */
export function parsePrime(r: Reader, of: Expr, start: number): Expr {
  const { letter, argued } = onlyLetter(r, of);
  const derivative: Expr = { kind: "derivative", by: [letter], of, at: r.spanFrom(start) };
  if (!r.is("(")) return derivative;
  if (!argued) r.fail("This can be a product or a place: write \\cdot before the bracket, or \\frac{d}{dx}[…].");
  const to = r.within(r.next()).formula("an argument");
  return { kind: "place", letter: letter.name, to, of: derivative, at: r.spanFrom(start) };
}

/** \left. f \right|_{x=1}. */
export function parsePlaced(r: Reader): Expr {
  const start = r.pos;
  const open = r.peek();
  const end = r.closing(r.pos);
  if (end < 0) r.fail("This \\left. is never closed: expected \\right|_{x=1}.", open.at);
  const inner = r.part(r.pos + 1, end);
  r.pos = end;
  if (r.peek().text !== "|") r.fail("Expected \\right| with the values, \\right|_{x=1}.");
  return parsePlaces(r, inner.formula(), start);
}

/** The letter that a prime on a bracket is by: the argument of the functions in it, or its only letter. */
function onlyLetter(r: Reader, expr: Expr): { readonly letter: Letter; readonly argued: boolean } {
  const letters = new Map<string, Letter>();
  const parameters = new Set<string>();
  let clear = true;
  walk(expr, (part) => {
    if (part.kind === "letter") letters.set(part.name, part);
    if (part.kind === "letter" && r.names.letters.has(part.name)) clear = false;
    if (part.kind === "series" || part.kind === "limit") clear = false;
    if (part.kind !== "call" || part.args) return;
    for (const list of r.names.functions.get(part.name) ?? [])
      if (list.length === 1) parameters.add(list[0]);
      else clear = false;
  });
  const names = parameters.size > 0 ? parameters : new Set(letters.keys());
  const [name] = names;
  if (!clear || names.size !== 1)
    r.fail("A prime on a bracket does not say by which letter: write \\frac{d}{dx}[…].", r.peek(-1).at);
  const letter: Letter = letters.get(name) ?? { kind: "letter", name, base: name, index: null, at: expr.at };
  return { letter, argued: parameters.size > 0 };
}
