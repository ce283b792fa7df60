import { ACCENTS, functionNamed, isGreek, nearest, SLIPS, WIDE } from "../text/commands";
import type { Span } from "../text/errors";
import type { Expr } from "../world/tree";
import type { Reader } from "./reader";

export interface Name {
  readonly name: string;
  /** Without primes and subscript. */
  readonly stem: string;
  readonly primes: number;
  readonly sub: string;
  readonly index: Expr | null;
  readonly at: Span;
}

/** A letter, Greek letter or word with its primes and subscript: y'_i, \theta_0, h_\theta, L_{MSE}, \hat{y}. */
export function parseName(r: Reader): Name {
  const start = r.pos;
  const stem = parseStem(r);
  let primes = 0;
  let sub = "";
  let index: Expr | null = null;
  let above = "";
  for (;;) {
    if (r.is("'")) {
      r.next();
      primes++;
    } else if (r.is("^") && primesAt(r)) primes += takePrimes(r);
    else if (r.is("^") && !above && stem !== "e" && layerAt(r)) above = takeLayer(r);
    else if (r.is("^") && r.names.functions.has(stem) && raisedAt(r)) primes += takeOrder(r);
    else if (r.is("^") && !sub && stem !== "e" && exampleAt(r)) [sub, index] = takeExample(r);
    else if (r.is("_") && !sub) [sub, index] = parseSubscript(r);
    else break;
  }
  if (sub && r.is("^") && exampleAt(r)) r.fail(TWO_INDICES);
  const whole = stem + above;
  return { name: joinName(whole, primes, sub), stem: whole, primes, sub, index, at: r.spanFrom(start) };
}

/** a^{[1]}: the 1 names a layer, so that this is a letter of its own. */
function layerAt(r: Reader): boolean {
  return r.is("{", 1) && r.is("[", 2) && closesAt(r, 2, "]");
}

function takeLayer(r: Reader): string {
  r.next();
  const inner = r.within(r.next());
  let text = "";
  for (let i = 0; i < inner.length; i++) text += subscriptPart(inner, inner.peek(i).text);
  return `^{${text}}`;
}

/** One sign in brackets within the braces of an exponent. */
function raisedAt(r: Reader): boolean {
  return r.is("{", 1) && r.is("(", 2) && r.is(")", 4) && r.is("}", 5);
}

/** f^{(2)}: the second derivative. */
function takeOrder(r: Reader): number {
  const { kind, text, at } = r.peek(3);
  const order = kind === "number" ? Number(text) : NaN;
  if (!Number.isInteger(order) || order < 1 || order > 4)
    r.fail("A derivative of an order from 1 to 4 can be run: write f^{(2)}, or f''.", at);
  r.next();
  r.within(r.next());
  return order;
}

/** x^{(i)}: the i-th of the data, as x_i is. */
function exampleAt(r: Reader): boolean {
  return raisedAt(r) && r.peek(3).kind === "letter";
}

function takeExample(r: Reader): [string, Expr | null] {
  r.next();
  const inner = r.within(r.next());
  const letter = inner.part(1, inner.length - 1);
  return [letter.peek().text, letter.formula()];
}

/** Whether a bracket that opens so far ahead fills the braces before it. */
function closesAt(r: Reader, ahead: number, close: string): boolean {
  const end = r.closing(r.pos + ahead) - r.pos;
  return end > 0 && r.is(close, end) && r.is("}", end + 1);
}

export const TWO_INDICES =
  "Two indices are not run here: take a letter for each row, x_i and y_i, or write the numbers, x_{12}.";

export function joinName(stem: string, primes: number, sub: string): string {
  return `${stem}${"'".repeat(primes)}${sub ? `_${sub}` : ""}`;
}

function parseStem(r: Reader): string {
  const token = r.next();
  if (token.kind === "letter") return wordAt(r, token.run!.text, token.at.start - token.run!.start) ?? token.text;
  if (token.kind === "word" || token.kind === "text") return token.text.trim();
  const accent = Object.hasOwn(WIDE, token.text) ? WIDE[token.text] : token.text;
  if (token.kind === "command" && ACCENTS.has(accent)) return `${accent}{${parseAccented(r)}}`;
  if (token.text === "Delta" && !r.names.letters.has("Delta") && startsName(r)) return `Delta ${r.next().text}`;
  if (token.kind === "command" && (isGreek(token.text) || functionNamed(token.text) !== null)) return token.text;
  return r.fail(`Expected a letter, found ${r.found(token)}.`, token.at);
}

/** \Delta x is one letter, as \hat{x} is. */
function startsName(r: Reader): boolean {
  const { kind, text } = r.peek();
  return kind === "letter" || isGreek(text);
}

function parseAccented(r: Reader): string {
  const inner = r.is("{") ? r.within(r.next()) : r.part(r.pos, ++r.pos);
  const name = parseName(inner);
  if (!inner.done) inner.fail(`Expected one letter under the accent, found ${inner.found()}.`);
  return name.name;
}

/** A run of letters that is a word of the reader's definitions is read as that word. */
function wordAt(r: Reader, run: string, offset: number): string | null {
  const rest = run.slice(offset);
  const known = r.names.functions.has(rest) || r.names.letters.has(rest);
  if (rest.length < 2 || !known) return null;
  r.pos += rest.length - 1;
  return rest;
}

function primesAt(r: Reader): boolean {
  return r.is("prime", 1) || (r.is("{", 1) && (r.is("prime", 2) || r.is("'", 2)));
}

function takePrimes(r: Reader): number {
  r.next();
  if (r.is("prime")) {
    r.next();
    return 1;
  }
  const inner = r.within(r.next());
  let count = 0;
  for (; !inner.done; count++)
    if (!inner.take("prime") && !inner.take("'")) inner.fail(`Expected a prime, found ${inner.found()}.`);
  return count;
}

function parseSubscript(r: Reader): [string, Expr | null] {
  const hook = r.next();
  const token = r.peek();
  if (token.kind === "number" && token.text.length > 1)
    r.fail(
      `_${token.text} is displayed as _${token.text[0]} followed by ${token.text.slice(1)}: write _{${token.text}}.`,
    );
  if (r.done || token.text === "}") r.fail(`Expected a subscript, found ${r.found()}.`, hook.at);
  const inner = r.is("{") ? r.within(r.next()) : r.part(r.pos, ++r.pos);
  let text = "";
  for (let i = 0; i < inner.length; i++) text += subscriptPart(inner, inner.peek(i).text);
  if (!text) r.fail("This subscript is empty.", hook.at);
  return [text, indexOf(inner)];
}

function subscriptPart(r: Reader, text: string): string {
  const plain = text.trim().replace(/^\\/, "");
  if (!/^[A-Za-z0-9+\-,'*. _{}()[\]]*$/.test(plain)) r.fail(`A subscript takes letters and numbers, found “${text}”.`);
  return plain === "{" || plain === "}" ? "" : plain;
}

/** A subscript that can count: one letter or number, or a sum such as i + 1, 2 i, N + 1 - i. */
function indexOf(inner: Reader): Expr | null {
  const tokens = Array.from({ length: inner.length }, (_, i) => inner.peek(i));
  const plain = tokens.every((token) => {
    if (token.kind === "letter" || token.kind === "number") return true;
    return token.kind === "symbol" && (token.text === "+" || token.text === "-");
  });
  const [first, second] = tokens;
  const counted = tokens.some(({ kind }) => kind === "symbol") && !["+", "-"].includes(tokens.at(-1)!.text);
  const multiple = tokens.length === 2 && first.kind === "number" && second.kind === "letter";
  const simple = tokens.length === 1 && first.kind !== "symbol";
  return plain && first.text !== "+" && first.text !== "-" && (simple || counted || multiple) ? inner.formula() : null;
}

/** Runs of letters that are slips: a forgotten backslash, an undefined word, dJ/db. */
export function checkRun(r: Reader): void {
  const token = r.peek();
  const run = token.run?.text ?? "";
  if (token.kind !== "letter" || run.length < 2 || token.at.start !== token.run!.start) return;
  const at = { ...token.at, end: token.at.start + run.length };
  const { functions, letters } = r.names;
  if (functions.has(run) || letters.has(run)) return;
  const called = r.is("(", run.length) || r.peek(run.length).sized === "left";
  if (SLIPS.has(run))
    r.fail(`“${run}” is displayed as ${[...run].join(" · ")}: a backslash is missing, write \\${run}.`, at);
  if (run[0] === "d" && run.length === 2 && !letters.has("d") && !r.is("_", 2))
    r.fail(`${run} stands alone: a derivative is written \\frac{d …}{${run}}.`, at);
  const slip = [...SLIPS].find(
    (name) => run.startsWith(name) && name.length > 2 && r.is("_", run.length) === (name === "sum" || name === "lim"),
  );
  if (slip && run.length > 3)
    r.fail(`“${run}” is displayed as a product of letters: a backslash is missing before ${slip}?`, at);
  if ([...functions.keys()].some((name) => name.length > 2 && run.endsWith(name))) return;
  if ((called && run.length >= 3) || run.length >= 4 || /^[A-Z]{3,}$/.test(run)) unknownWord(r, run, called, at);
}

function unknownWord(r: Reader, run: string, called: boolean, at: Span): never {
  const near = nearest(
    run,
    [...r.names.functions.keys(), ...r.names.letters].filter((name) => name.length > 2),
  );
  if (near) r.fail(`${run} is not defined: did you mean ${near}?`, at);
  const define = called
    ? `define it with where\`\\operatorname{${run}}(…) = …\``
    : `write \\operatorname{${run}} and define it`;
  r.fail(
    `${run} is displayed as the product ${[...run].join(" · ")}: for a name ${define}; for a product put \\cdot between the letters.`,
    at,
  );
}
