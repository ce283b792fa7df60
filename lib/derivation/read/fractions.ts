import type { Expr } from "../world/tree";
import { keyOf } from "../world/tree";
import type { Reader } from "./reader";
import { nesting } from "./reader";
import type { Token } from "./scan";

/** \frac, with braces or without: \frac{a}{b}, \frac12. */
function parts(r: Reader): [top: Reader, bottom: Reader] {
  const command = r.next();
  const argument = (which: string): Reader => {
    if (r.done) r.fail(`\\${command.text} lacks its ${which}: write \\${command.text}{…}{…}.`, command.at);
    return r.is("{") ? r.within(r.next()) : r.single();
  };
  const both: [Reader, Reader] = [argument("numerator"), argument("denominator")];
  for (const part of both) if (part.done) part.fail(`This part of \\${command.text} is empty.`);
  return both;
}

export function isFraction(r: Reader): boolean {
  return r.is("frac") || r.is("dfrac") || r.is("tfrac") || r.is("cfrac");
}

/** A quotient, or a derivative in quotient form. */
export function parseFraction(r: Reader): Expr {
  const start = r.pos;
  const [top, bottom] = parts(r);
  const at = r.spanFrom(start);
  const mark = differential(bottom, top);
  if (!mark) {
    if (top.is("partial"))
      top.fail("The denominator lacks its \\partial: write \\frac{\\partial f}{\\partial x}.", bottom.peek().at);
    return { kind: "divide", top: top.formula("a numerator"), bottom: bottom.formula("a denominator"), at };
  }
  const by = parseBy(bottom, mark);
  takeMark(top, by, mark);
  if (top.done) r.fail("Expected what the derivative acts on.", at);
  const enclosed = top.enclosed;
  const of = top.formula("a numerator");
  if (!enclosed && (of.kind === "add" || of.kind === "negate"))
    r.fail("How far the derivative reaches in this numerator is unclear: set brackets, \\partial [… + …].", of.at);
  return of.kind === "call" && r.is("(") ? atArguments(r, of, by, start) : { kind: "derivative", by, of, at };
}

/** \frac{\partial f}{\partial x}(1, y) is f_x at these arguments; of one argument it could also be a product. */
function atArguments(r: Reader, of: Extract<Expr, { kind: "call" }>, by: readonly Expr[], start: number): Expr {
  const at = r.spanFrom(start);
  const close = r.closing(r.pos);
  const counts = (r.names.functions.get(of.name) ?? []).map(({ length }) => length);
  const inner = close < 0 ? [] : r.part(r.pos + 1, close).split((token) => token.text === ",");
  if (of.args || of.primes > 0 || of.partials.length > 0 || !counts.includes(inner.length))
    return { kind: "derivative", by, of, at };
  if (inner.length === 1)
    r.fail(`This can be a product or the derivative at a place: write \\cdot before the bracket, or ${of.name}'(…).`);
  const args = inner.map((part) => part.formula("an argument"));
  r.pos = close + 1;
  return { ...of, args, partials: by.map(keyOf), at: r.spanFrom(start) };
}

/** A fraction whose numerator is a bare \partial or d, or \partial_x: it acts on what follows. */
export function isOperator(r: Reader): boolean {
  if (r.is("partial")) return r.is("_", 1);
  if (!isFraction(r)) return false;
  const back = r.pos;
  const [top, bottom] = parts(r);
  r.pos = back;
  if (!differential(bottom, top)) return false;
  const mark = top.next();
  if (mark.text !== "partial" && mark.text !== "d") return false;
  if (top.is("^")) top.script();
  return top.done;
}

export function parseOperatorBy(r: Reader): Expr[] {
  if (r.is("partial")) return parseSubscripted(r);
  const [top, bottom] = parts(r);
  const mark = differential(bottom, top)!;
  const by = parseBy(bottom, mark);
  takeMark(top, by, mark);
  return by;
}

/** \partial_x, \partial_{xy}, \partial_x^2. */
function parseSubscripted(r: Reader): Expr[] {
  r.next();
  const hook = r.next();
  const inner = r.is("{") ? r.within(r.next()) : r.part(r.pos, ++r.pos);
  const by: Expr[] = [];
  while (!inner.done) by.push(inner.atom());
  const wrong = by.find(({ kind }) => kind !== "letter");
  if (by.length === 0 || wrong) r.fail("\\partial_… names the letter of a derivative: write \\partial_x.", hook.at);
  const times = r.is("^") ? order(r) : 1;
  return Array.from({ length: times }, () => by).flat();
}

/** \partial f/\partial x or df/dx. */
export function isSlashed(r: Reader): boolean {
  return slashOf(r) > 0;
}

/** How far ahead the slash of a derivative stands; 0 if none begins here. */
function slashOf(r: Reader): number {
  const { kind, text, run, at } = r.peek();
  const starts = kind === "letter" && text === "d" && run?.start === at.start && !r.names.letters.has("d");
  if (!r.is("partial") && !starts) return 0;
  let depth = 0;
  for (let ahead = 1; r.pos + ahead < r.length; ahead++) {
    const token = r.peek(ahead);
    if (depth === 0 && r.is("/", ahead)) {
      const after = r.peek(ahead + 1);
      return ahead > 1 && after.kind === kind && after.text === text ? ahead : 0;
    }
    if (depth === 0 && token.kind === "symbol" && !["^", "_", "'", "(", "[", "{", "\\{"].includes(token.text)) return 0;
    depth += nesting(token);
    if (depth < 0) return 0;
  }
  return 0;
}

export function parseSlashed(r: Reader): Expr {
  const start = r.pos;
  const top = r.part(r.pos, r.pos + slashOf(r));
  const mark = r.peek().text;
  r.pos += top.length + 1;
  const by = parseBy(r, mark, true);
  takeMark(top, by, mark);
  if (top.done) r.fail("Expected what the derivative acts on.", r.spanFrom(start));
  const { enclosed } = top;
  const of = top.formula("a numerator");
  if (!enclosed && of.kind !== "letter" && of.kind !== "call")
    r.fail("How far this derivative reaches is unclear: write it as \\frac{…}{…}.", of.at);
  return of.kind === "call" && r.is("(")
    ? atArguments(r, of, by, start)
    : { kind: "derivative", by, of, at: r.spanFrom(start) };
}

/** Which sign marks the differentials of a denominator, if it is one. */
function differential(bottom: Reader, top: Reader): string | null {
  const first = bottom.peek();
  if (isSlashed(bottom)) return null;
  if (bottom.is("partial")) return "partial";
  const free = (name: string) => !bottom.names.letters.has(name);
  if (bottom.is("delta") && bottom.peek(1).kind === "letter" && free("delta"))
    bottom.fail("\\delta marks no derivative here: write \\frac{\\partial f}{\\partial x}.", first.at);
  if (first.kind !== "letter" || first.text !== "d" || bottom.length < 2 || operatorToken(bottom.peek(1)) || !free("d"))
    return null;
  const start = top.peek();
  if (start.kind === "letter" && start.text === "d") return "d";
  return bottom.fail(
    "Is this d a derivative? Then write it in the numerator too, \\frac{d …}{d…}; for a letter d put \\cdot after it.",
    first.at,
  );
}

function operatorToken(token: Token): boolean {
  return token.kind === "symbol" && !["(", "[", "|"].includes(token.text);
}

function isMark(r: Reader, mark: string): boolean {
  return r.is(mark) || (mark === "d" && r.peek().kind === "letter" && r.peek().text === "d" && !r.done);
}

/** \partial x \partial y, \partial x^2, \partial [W x + b]; after a slash a further derivative may follow. */
function parseBy(r: Reader, mark: string, slashed = false): Expr[] {
  const by: Expr[] = [];
  while (!r.done) {
    if (slashed && by.length > 0 && (!isMark(r, mark) || isSlashed(r))) break;
    if (!isMark(r, mark))
      r.fail(
        `Expected ${mark === "d" ? "d" : `\\${mark}`} and a letter, found ${r.found()}: a } may be missing before it.`,
      );
    r.next();
    if (r.done) r.fail("With respect to which letter? The denominator names none.");
    const letter = r.atom();
    if (letter.kind === "number" || letter.kind === "constant")
      r.fail("A derivative is taken by a letter, not by a number.", letter.at);
    for (let n = r.is("^") ? order(r) : 1; n > 0; n--) by.push(letter);
  }
  return by;
}

function order(r: Reader): number {
  const power = r.script();
  const n = power.kind === "number" ? Number(power.text) : NaN;
  if (!Number.isInteger(n) || n < 1 || n > 4) r.fail("The order of a derivative is 1, 2, 3 or 4.", power.at);
  return n;
}

/** Reads the numerator's \partial, \partial^2 or d. */
function takeMark(top: Reader, by: readonly Expr[], mark: string): void {
  if (!isMark(top, "partial") && !isMark(top, "d")) {
    const sign = mark === "d" ? "d" : "\\partial";
    const power = by.length > 1 ? `^${by.length}` : "";
    const all = { ...top.peek().at, end: top.peek(top.length - 1 - top.pos).at.end };
    top.fail(
      `The numerator lacks its ${sign}${power}: write \\frac{${sign}${power} ${all.source.slice(all.start, all.end)}}{…}.`,
      all,
    );
  }
  const at = top.next().at;
  const n = top.is("^") ? order(top) : 1;
  if (n !== by.length)
    top.fail(`The numerator says order ${n}, the denominator order ${by.length} (${by.map(keyOf).join(", ")}).`, at);
}
