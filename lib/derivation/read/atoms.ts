import { ACCENTS, BUILTINS, functionNamed, isGreek, nearest, WIDE } from "../text/commands";
import type { Expr } from "../world/tree";
import { walk } from "../world/tree";
import { parseCases } from "./cases";
import { isFraction, isSlashed, parseFraction, parseSlashed } from "./fractions";
import type { Name } from "./names";
import { checkRun, joinName, parseName } from "./names";
import { parsePlaced, parseValues, startsValues } from "./places";
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
  if (isSlashed(r)) return parseSlashed(r);
  if (r.is("sqrt")) return parseRoot(r);
  if (r.is("binom") || r.is("dbinom") || r.is("tbinom")) return parseBinomial(r);
  if (token.kind === "command" && token.text.startsWith("begin ")) return parseCases(r, false);
  if (token.kind === "symbol") return parseBracket(r);
  if (r.is("pi") && !r.names.letters.has("pi")) {
    r.next();
    return { kind: "constant", name: "pi", at: token.at };
  }
  if (
    token.kind === "command" &&
    !isGreek(token.text) &&
    functionNamed(token.text) === null &&
    !ACCENTS.has(token.text) &&
    !Object.hasOwn(WIDE, token.text)
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
  const degree = r.is("[") ? r.within(r.next()).formula("the root's degree") : null;
  if (r.done) r.fail("\\sqrt lacks what is under it: write \\sqrt{…}.");
  const of = r.is("{") ? r.within(r.next()).formula("what is under the root") : r.single().formula();
  const at = r.spanFrom(start);
  if (degree === null) return { kind: "root", degree: 2, of, at };
  if (degree.kind !== "number") {
    const one: Expr = { kind: "number", text: "1", computed: false, at: degree.at };
    return { kind: "power", base: of, exponent: { kind: "divide", top: one, bottom: degree, at: degree.at }, at };
  }
  const whole = Number(degree.text);
  if (!Number.isInteger(whole) || whole < 2)
    r.fail("The degree of a root is a whole number: write a power instead.", degree.at);
  return { kind: "root", degree: whole, of, at };
}

/** \binom{n}{k}: n over k. */
function parseBinomial(r: Reader): Expr {
  const start = r.pos;
  const command = r.next();
  const argument = (): Expr => {
    if (r.done) r.fail(`\\${command.text} takes two numbers: write \\binom{n}{k}.`, command.at);
    return r.is("{") ? r.within(r.next()).formula() : r.single().formula();
  };
  return { kind: "builtin", name: "binom", args: [argument(), argument()], primes: 0, at: r.spanFrom(start) };
}

function parseBracket(r: Reader): Expr {
  const start = r.pos;
  const open = r.peek();
  if (open.text === "." && open.sized === "left") return parsePlaced(r);
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
  const whole = { ...inner, at: r.spanFrom(start) };
  return open.text === "[" && startsValues(r) ? parseValues(r, whole, start) : whole;
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
  const known = functionNamed(stem);
  if (known && isBuiltin(r, found)) return builtin(r, known, primes, start);
  if (stem === "log" && found.index && primes === 0) return toBase(r, found.index, start);
  return letter(r, found);
}

function letter(r: Reader, { name, stem, primes, index, at }: Name): Expr {
  if (!r.names.letters.has(name)) checkUndefinedCall(r, name, stem, at);
  return { kind: "letter", name, base: joinName(stem, primes, ""), index, at };
}

function isBuiltin(r: Reader, { stem, sub }: Name): boolean {
  if (sub !== "") return false;
  return stem !== "sigma" || (!r.names.letters.has("sigma") && opensArguments(r));
}

function opensArguments(r: Reader): boolean {
  return r.is("(") || (r.is("[") && r.peek().sized !== "right");
}

/** \log_2 x. */
function toBase(r: Reader, base: Expr, start: number): Expr {
  const top = builtin(r, "ln", 0, start);
  const bottom: Expr = { kind: "builtin", name: "ln", args: [base], primes: 0, at: base.at };
  return { kind: "divide", top, bottom, at: r.spanFrom(start) };
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
  const bare: Expr = { kind: "call", name, args: null, primes, partials, at: r.spanFrom(start) };
  if (!opensArguments(r)) return bare;
  const back = r.pos;
  const args = parseArguments(r);
  // In \sigma (1 - \sigma) the bracket is a factor: nobody takes a function of itself without its argument.
  if (args.some((argument) => mentionsBare(argument, name))) {
    r.pos = back;
    return bare;
  }
  const counts = r.names.functions.get(name)!.map((parameters) => parameters.length);
  if (!counts.includes(args.length))
    r.fail(
      `${name} takes ${[...new Set(counts)].join(" or ")} argument${counts[0] === 1 && counts.length === 1 ? "" : "s"}, not ${args.length}.`,
      r.spanFrom(start),
    );
  return { kind: "call", name, args, primes, partials, at: r.spanFrom(start) };
}

function mentionsBare(expr: Expr, name: string): boolean {
  let found = false;
  walk(expr, (part) => {
    found ||=
      (part.kind === "call" && part.args === null && part.name === name) ||
      (part.kind === "letter" && part.name === name);
  });
  return found;
}

function parseArguments(r: Reader): Expr[] {
  const end = closeOf(r);
  r.next();
  const inner = r.part(r.pos, end);
  r.pos = end + 1;
  if (inner.done) inner.fail("A function needs its arguments.");
  return inner.split((token) => token.text === ",").map((argument) => argument.formula("an argument"));
}

/** \tanh(x), \ln x, \sin 2x, \max\{0, x\}, \tanh'(m), \tanh^2(x). */
function builtin(r: Reader, name: string, primes: number, start: number): Expr {
  const count = BUILTINS[name];
  const power = r.is("^") ? builtinPower(r, name) : null;
  const bracketed = opensArguments(r) || r.is("\\{");
  if (!bracketed && (r.is("-") || !startsFactor(r) || count !== 1))
    r.fail(`\\${name} needs its argument in brackets, found ${r.found()}.`);
  const args = bracketed ? parseArguments(r) : [bareArgument(r, name)];
  if (count > 0 && args.length !== count)
    r.fail(`\\${name} takes ${count} argument${count === 1 ? "" : "s"}, not ${args.length}.`, r.spanFrom(start));
  if (args.some((argument) => mentionsBare(argument, name)))
    r.fail(
      `${name} stands for a function here and for a letter inside: write its argument, \\${name}(x).`,
      r.spanFrom(start),
    );
  const value: Expr = { kind: "builtin", name, args, primes, at: r.spanFrom(start) };
  return power ? { kind: "power", base: value, exponent: power, at: r.spanFrom(start) } : value;
}

const ANGLED = new Set("sin cos tan cot sec csc sinh cosh tanh coth sech csch".split(" "));

/** Letters that turn an angle and are none: \sin \omega t, \cos kx. */
const TURNING = new Set("omega k n m a b c f".split(" "));

/** What a function without brackets takes: one power; of an angle also 2x, 2 \pi x, \omega t. */
function bareArgument(r: Reader, name: string): Expr {
  const start = r.pos;
  if (r.is("sum") || r.is("prod")) return r.factor();
  const factors = [r.power()];
  const plain = () => r.peek().kind === "letter" || r.is("pi") || isGreek(r.peek().text);
  while (ANGLED.has(name) && !r.done && (turns(factors[factors.length - 1]) || r.is("pi")) && plain()) {
    if (r.peek().text === "e" || r.is("(", 1)) break;
    factors.push(r.power());
  }
  return factors.length === 1 ? factors[0] : { kind: "multiply", factors, at: r.spanFrom(start) };
}

function turns(factor: Expr): boolean {
  if (factor.kind === "letter") return TURNING.has(factor.name.split("_")[0]);
  return factor.kind === "number" || (factor.kind === "constant" && factor.name === "pi");
}

function builtinPower(r: Reader, name: string): Expr {
  r.next();
  const power = r.is("{") ? r.within(r.next()).formula() : r.single().formula();
  if (power.kind === "number") return power;
  return r.fail(`\\${name}^{…} can mean the inverse function: write (\\${name}(…))^{…}.`, power.at);
}

/** M(x) where nobody defined M: a function that is missing, not a product. */
function checkUndefinedCall(r: Reader, name: string, stem: string, at: Name["at"]): void {
  if (/^[fgFGJM]$/.test(stem) && r.is("^") && r.closingScriptBeforeBracket())
    r.fail(`${name}^…(…) reads as a function, and ${name} is not defined as one: define it with where\`…\`.`, at);
  const word = /^[A-Za-z]{2,}$/.test(stem) && !isGreek(stem);
  if (r.is("^") && word && r.closingScriptBeforeBracket())
    r.fail(`${name}^…(…) reads as a function, and ${name} is not defined as one: define it with where\`…\`.`, at);
  if (word && !r.is("(") && startsFactor(r) && !r.is("sum") && !r.is("prod"))
    r.fail(`${name} is not known as a function: define it with where\`…\`; for a product write \\cdot.`, at);
  if (!r.is("(") || r.closing(r.pos) < 0) return;
  const inner = r.part(r.pos + 1, r.closing(r.pos));
  if (inner.done) r.fail(`${name}() has no argument.`, at);
  const several = inner.split((token) => token.text === ",").length > 1;
  if (several || /^[fgFGJM]$/.test(stem) || word || isOneName(inner)) {
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
  if (inner.peek().kind !== "letter" && !(inner.peek().kind === "command" && isGreek(inner.peek().text))) return false;
  const probe = inner.part(0, inner.length);
  parseName(probe);
  return probe.done;
}
