import { ACCENTS, BUILTINS, GREEK, nearest } from "../text/commands";
import type { Expr } from "../world/tree";
import { parseCases } from "./cases";
import { isFraction, parseFraction } from "./fractions";
import type { Name } from "./names";
import { checkRun, joinName, parseName } from "./names";
import type { Reader } from "./reader";
import { startsFactor } from "./starts";

/** One indivisible thing; `script`: it stands after ^ without braces, where a name takes no subscript of its own. */
export function parseAtom(r: Reader, script = false): Expr {
  const start = r.pos;
  const token = r.peek();
  if (r.done) r.fail(`Expected a formula, found ${r.found()}.`);
  if (token.kind === "number" || token.kind === "value") {
    r.next();
    return { kind: "number", text: token.text, computed: token.kind === "value", at: token.at };
  }
  if (isFraction(r)) return parseFraction(r);
  if (r.is("sqrt")) return parseRoot(r);
  if (token.kind === "command" && token.text.startsWith("begin ")) return parseCases(r, false);
  if (token.kind === "symbol") return parseBracket(r);
  if (r.is("pi") && !r.names.letters.has("pi")) {
    r.next();
    return { kind: "constant", name: "pi", at: token.at };
  }
  if (
    token.kind === "command" &&
    !(token.text in GREEK) &&
    !(token.text in BUILTINS) &&
    !ACCENTS.has(token.text) &&
    token.text !== "log"
  )
    misplaced(r);
  if (script) return r.part(start, ++r.pos).formula();
  checkRun(r);
  return resolve(r, parseName(r), start);
}

function misplaced(r: Reader): never {
  const { text } = r.peek();
  if (text === "infty") r.fail("\\infty is no number: it can only be where a limit goes.");
  if (text === "partial")
    r.fail(
      "\\partial stands alone: a derivative is written \\frac{\\partial f}{\\partial x} or \\frac{\\partial}{\\partial x}[…].",
    );
  r.fail(`Unexpected ${r.found()}.`);
}

function parseRoot(r: Reader): Expr {
  const start = r.pos;
  r.next();
  let degree = 2;
  if (r.is("[")) {
    const n = r.within(r.next()).formula("the root's degree");
    degree = n.kind === "number" ? Number(n.text) : NaN;
    if (!Number.isInteger(degree) || degree < 2)
      r.fail("The degree of a root is a whole number: write a power instead.", n.at);
  }
  if (r.done) r.fail("\\sqrt lacks what is under it: write \\sqrt{…}.");
  const of = r.is("{") ? r.within(r.next()).formula("what is under the root") : r.single().formula();
  return { kind: "root", degree, of, at: r.spanFrom(start) };
}

function parseBracket(r: Reader): Expr {
  const start = r.pos;
  const open = r.peek();
  if (open.text === "." && open.sized)
    r.fail(
      "\\left. … \\right| is not read: for a value at a place write f'(1), f_x(1, y), or fix it with at({ x: 1 }).",
    );
  if (open.text === "|" && open.sized !== "right") return parseAbs(r);
  if (open.text === "\\{" && open.sized && r.peek(1).text.startsWith("begin ")) {
    r.next();
    return parseCases(r, true);
  }
  if (!["(", "[", "{", "\\{"].includes(open.text) || open.sized === "right")
    r.fail(`Expected a formula, found ${r.found()}.`);
  const inner = parseInside(r);
  if (open.text === "{" && inner.kind === "add" && !r.done)
    r.fail("Braces are not displayed: write ( … ) around this sum.", inner.at);
  return { ...inner, at: r.spanFrom(start) };
}

/** The formula inside the bracket that comes next; the closing one must be its partner. */
function parseInside(r: Reader): Expr {
  const end = closeOf(r);
  const open = r.next();
  if (r.pos === end) r.fail("These brackets are empty.", open.at);
  const inner = r.part(r.pos, end).formula();
  r.pos = end + 1;
  return inner;
}

const PARTNER: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "\\{": "\\}" };

function closeOf(r: Reader): number {
  const open = r.peek();
  const end = r.closing(r.pos);
  const partner = PARTNER[open.text];
  const missing = open.sized ? `\\right${partner}` : partner;
  if (end < 0) r.fail(`This ${r.found(open)} is never closed: expected ${missing}.`, open.at);
  const close = r.peek(end - r.pos);
  if (close.text !== partner || close.sized !== (open.sized && "right"))
    r.fail(`Expected ${missing}, found ${r.found(close)}: it would close ${r.found(open)}.`, close.at);
  return end;
}

function parseAbs(r: Reader): Expr {
  const start = r.pos;
  const open = r.next();
  r.bars++;
  const of = r.sum();
  if (!r.is("|")) r.fail(`Expected | to close the absolute value, found ${r.found()}.`, r.done ? open.at : undefined);
  if ((r.peek().sized === "right") !== (open.sized === "left"))
    r.fail(open.sized ? "Expected \\right| to close \\left|." : "Expected | to close |, found \\right|.");
  r.next();
  r.bars--;
  return { kind: "abs", of, at: r.spanFrom(start) };
}

/** Decides whether a name is a function of the reader's, a known function, or a letter. */
function resolve(r: Reader, found: Name, start: number): Expr {
  const { functions, letters } = r.names;
  const { name, stem, primes, sub } = found;
  if (letters.has(name)) return letter(r, found);
  if (functions.has(name)) return call(r, name, 0, [], start);
  const plain = joinName(stem, 0, sub);
  if (primes > 0 && functions.has(plain)) return call(r, plain, primes, [], start);
  const partials = primes === 0 ? partialsOf(functions.get(stem), sub) : null;
  if (partials) return call(r, stem, 0, partials, start);
  if (name === "e") return { kind: "constant", name: "e", at: found.at };
  if (isBuiltin(r, found)) return builtin(r, stem === "sgn" ? "sign" : stem, primes, start);
  if (stem === "log") r.fail("\\log leaves the base open: write \\ln, or define \\log.", found.at);
  return letter(r, found);
}

function letter(r: Reader, { name, stem, primes, index, at }: Name): Expr {
  if (!r.names.letters.has(name)) checkUndefinedCall(r, name, stem, at);
  return { kind: "letter", name, base: joinName(stem, primes, ""), index, at };
}

function isBuiltin(r: Reader, { stem, sub }: Name): boolean {
  if (!(stem in BUILTINS) || sub !== "") return false;
  return stem !== "sigma" || (!r.names.letters.has("sigma") && opensArguments(r));
}

function opensArguments(r: Reader): boolean {
  return r.is("(") || (r.is("[") && r.peek().sized !== "right");
}

/** f_x, f_{xy}: a function with parameters as subscript. */
function partialsOf(definitions: readonly (readonly string[])[] | undefined, sub: string): string[] | null {
  if (!definitions || !sub) return null;
  for (const parameters of definitions) {
    if (parameters.includes(sub)) return [sub];
    if ([...sub].every((letter) => parameters.includes(letter))) return [...sub];
  }
  return null;
}

function call(r: Reader, name: string, primes: number, partials: readonly string[], start: number): Expr {
  if (r.is("^") && r.closingScriptBeforeBracket())
    r.fail(`${name}^…(…) can mean a power or an iteration: write (${name}(…))^….`, r.spanFrom(start));
  if (!opensArguments(r)) return { kind: "call", name, args: null, primes, partials, at: r.spanFrom(start) };
  const args = parseArguments(r);
  const counts = r.names.functions.get(name)!.map((parameters) => parameters.length);
  if (!counts.includes(args.length))
    r.fail(
      `${name} takes ${[...new Set(counts)].join(" or ")} argument${counts[0] === 1 && counts.length === 1 ? "" : "s"}, not ${args.length}.`,
      r.spanFrom(start),
    );
  return { kind: "call", name, args, primes, partials, at: r.spanFrom(start) };
}

function parseArguments(r: Reader): Expr[] {
  const end = closeOf(r);
  r.next();
  const inner = r.part(r.pos, end);
  r.pos = end + 1;
  if (inner.done) inner.fail("A function needs its arguments.");
  return inner.split((token) => token.text === ",").map((argument) => argument.formula("an argument"));
}

/** \tanh(x), \ln x, \max\{0, x\}, \tanh'(m), \tanh^2(x). */
function builtin(r: Reader, name: string, primes: number, start: number): Expr {
  const count = BUILTINS[name];
  const power = r.is("^") ? builtinPower(r, name) : null;
  if (!opensArguments(r) && !r.is("\\{") && (r.is("-") || !startsFactor(r)))
    r.fail(`\\${name} needs its argument in brackets, found ${r.found()}.`);
  const bracketed = opensArguments(r) || r.is("\\{");
  if (!bracketed && (count !== 1 || (r.peek().kind === "command" && r.peek().text in BUILTINS)))
    r.fail(`\\${name} needs its argument in brackets.`);
  const args = bracketed ? parseArguments(r) : [r.power()];
  if (count > 0 && args.length !== count)
    r.fail(`\\${name} takes ${count} argument, not ${args.length}.`, r.spanFrom(start));
  const value: Expr = { kind: "builtin", name, args, primes, at: r.spanFrom(start) };
  return power ? { kind: "power", base: value, exponent: power, at: r.spanFrom(start) } : value;
}

function builtinPower(r: Reader, name: string): Expr {
  r.next();
  const power = r.is("{") ? r.within(r.next()).formula() : r.single().formula();
  if (power.kind === "number") return power;
  return r.fail(`\\${name}^{…} can mean the inverse function: write (\\${name}(…))^{…}.`, power.at);
}

/** M(x) where nobody defined M: a function that is missing, not a product. */
function checkUndefinedCall(r: Reader, name: string, stem: string, at: Name["at"]): void {
  if (r.is("^") && /^[A-Za-z]{2,}$/.test(stem) && !(stem in GREEK) && r.closingScriptBeforeBracket())
    r.fail(`${name}^…(…) reads as a function, and ${name} is not defined as one: define it with where\`…\`.`, at);
  if (!r.is("(") || r.closing(r.pos) < 0) return;
  const inner = r.part(r.pos + 1, r.closing(r.pos));
  if (inner.done) r.fail(`${name}() has no argument.`, at);
  const several = inner.split((token) => token.text === ",").length > 1;
  if (several || (/^([fgFGJM]|[A-Za-z]{2,})$/.test(stem) && !(stem in GREEK)) || isOneName(inner)) {
    const near = nearest(
      name,
      [...r.names.functions.keys()].filter((known) => known.length > 2),
    );
    const hint = near ? ` Did you mean ${near}?` : "";
    r.fail(
      `${name}(…) reads as a function, and ${name} is not defined as one.${hint} Define it with where\`…\`; for a product write \\cdot.`,
      at,
    );
  }
}

function isOneName(inner: Reader): boolean {
  if (inner.peek().kind !== "letter" && !(inner.peek().kind === "command" && inner.peek().text in GREEK)) return false;
  const probe = inner.part(0, inner.length);
  parseName(probe);
  return probe.done;
}
