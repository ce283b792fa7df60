import { functionNamed } from "../text/commands";
import type { Expr } from "../world/tree";
import { textOf } from "../world/tree";
import type { Names } from "../world/world";
import { parseAtom } from "./atoms";
import { isOperator, isSlashed, parseOperatorBy } from "./fractions";
import { parseLimitHead, parseSeries } from "./heads";
import { parsePlaces, parsePrime, startsPlaces } from "./places";
import type { Grammar } from "./reader";
import { isRelation, MEMBERSHIP, Reader } from "./reader";
import type { Token } from "./scan";
import { startsFactor } from "./starts";

/** A whole stretch of tokens as one formula; anything left over is an error. */
function parseAll(r: Reader, what = "a formula"): Expr {
  if (r.done) r.fail(`Expected ${what}, found ${r.found()}.`);
  const expr = parseSum(r);
  if (!r.done) unexpected(r);
  return expr;
}

function unexpected(r: Reader): never {
  const token = r.peek();
  if (isRelation(token)) r.fail(`A relation cannot stand here: expected a bracket to be closed before ${r.found()}.`);
  if (token.text === "&")
    r.fail("& stands inside a formula: it belongs at the start of a line, or twice before a reason.");
  if (token.text === "|") r.fail("This | has no partner.");
  if (token.text === ",") r.fail("A comma stands inside a formula: separate formulas with \\quad or a new line \\\\.");
  if (token.text === "'") r.fail("A prime after an exponent is unclear: write \\frac{d}{dx}[…].");
  if (token.text === "!") r.fail("It is unclear what the ! belongs to: write (…)!.");
  if (token.text === "_") r.fail("A subscript belongs right after a letter: x_i^2, not x^2_i.");
  if (token.text === "^") r.fail("Two exponents in a row: set braces, {x^2}^3 or x^{2^3}.");
  if (token.text === "\\in") r.fail(MEMBERSHIP);
  if (token.text === "\\to") r.fail("\\to stands outside \\lim_{… \\to …}.");
  if (token.sized === "right") r.fail(`${r.found()} has no \\left before it.`);
  r.fail(
    [")", "]", "}", "\\}"].includes(token.text)
      ? `Expected an opening bracket before ${r.found()}, which closes nothing.`
      : `Unexpected ${r.found()}.`,
  );
}

function parseSum(r: Reader): Expr {
  const start = r.pos;
  const terms: Expr[] = [signed(r)];
  while (r.is("+") || r.is("-")) terms.push(signed(r));
  const placed = terms.find((term) => (term.kind === "negate" ? term.of : term).kind === "place");
  if (placed && terms.length > 1 && !/^[-+]?\s*\\left/.test(textOf(placed)))
    r.fail("How far this | reaches is unclear: write \\left. … \\right|_{x=1}.", placed.at);
  return terms.length === 1 ? terms[0] : { kind: "add", terms, at: r.spanFrom(start) };
}

function signed(r: Reader): Expr {
  const start = r.pos;
  let negative = false;
  while (r.is("+") || r.is("-")) if (r.next().text === "-") negative = !negative;
  const of = parseProduct(r);
  return negative ? { kind: "negate", of, at: r.spanFrom(start) } : of;
}

function parseProduct(r: Reader): Expr {
  const start = r.pos;
  const factors = parseFactors(r);
  const product: Expr = factors.length === 1 ? factors[0] : { kind: "multiply", factors, at: r.spanFrom(start) };
  return startsPlaces(r) ? parsePlaces(r, product, start) : product;
}

/** The factors of a product; an operator, a sum or a limit takes all that follow it. */
function parseFactors(r: Reader): Expr[] {
  const factors = [parseFactor(r)];
  let slashed = false;
  for (;;) {
    const before = r.pos;
    if (r.take("\\cdot") || r.take("cdot") || r.take("times")) {
      factors.push(afterDot(r));
      slashed = false;
    } else if (r.is("/") || r.is("div")) {
      r.next();
      factors.push(over(factors.pop()!, r, before));
      slashed = true;
    } else if (startsFactor(r)) {
      checkImplicit(r, factors[factors.length - 1], slashed);
      factors.push(parseFactor(r));
    } else return factors;
  }
}

function afterDot(r: Reader): Expr {
  const start = r.pos;
  if (!r.is("-")) return parseFactor(r);
  r.next();
  return { kind: "negate", of: parseFactor(r), at: r.spanFrom(start) };
}

function over(top: Expr, r: Reader, before: number): Expr {
  const bottom = parseFactor(r);
  return { kind: "divide", top, bottom, at: { ...r.spanFrom(before), start: top.at.start } };
}

function checkImplicit(r: Reader, last: Expr, slashed: boolean): void {
  const token = r.peek();
  if (slashed) r.fail(`After a “/” it is unclear what ${r.found()} belongs to: write \\frac{…}{…}, or \\cdot.`);
  if ((token.kind === "number" && !r.is("^", 1)) || token.kind === "value")
    r.fail("A number after a factor reads as part of it: write \\cdot before it, or put it first.");
  if (last.kind === "derivative" && !/^\\[a-z]?frac/.test(textOf(last)) && !isSlashed(r))
    r.fail(`After a “/” it is unclear what ${r.found()} belongs to: write \\frac{…}{…}, or \\cdot.`);
  const bare = last.kind === "power" ? last.base : last;
  if (bare.kind !== "builtin" || bare.name === "binom" || /[)\]}|!]$/.test(textOf(bare))) return;
  const another = token.kind === "command" && token.text !== "sigma" && functionNamed(token.text) !== null;
  if (!another || bare.args[0].kind === "builtin")
    r.fail(`How far \\${bare.name} reaches is unclear here: put its argument in brackets.`);
}

/** A factor with its power, or an operator, sum or limit with all the factors it acts on. */
function parseFactor(r: Reader): Expr {
  const start = r.pos;
  if (r.is("sum") || r.is("prod")) return parseSeries(r, () => operand(r, "the sum"));
  if (r.is("lim")) {
    const head = parseLimitHead(r);
    return { ...head, of: operand(r, "the limit"), at: r.spanFrom(start) };
  }
  if (isOperator(r)) return parseOperator(r);
  return parsePower(r);
}

function operand(r: Reader, what: string): Expr {
  const start = r.pos;
  r.take("cdot");
  if (!r.take("-")) {
    if (!startsFactor(r)) r.fail(`Expected what ${what} acts on, found ${r.found()}.`);
    return parseProduct(r);
  }
  return { kind: "negate", of: parseProduct(r), at: r.spanFrom(start) };
}

function parseOperator(r: Reader): Expr {
  const start = r.pos;
  const by = parseOperatorBy(r);
  r.take("cdot");
  if (r.is("-") || r.is("+"))
    r.fail(
      "How far the derivative reaches is unclear before a sign: write it before brackets, \\frac{\\partial}{\\partial a}[-a].",
    );
  if (!startsFactor(r))
    r.fail(
      `The derivative has nothing to act on: write \\frac{\\partial …}{\\partial …} with what is differentiated. Found ${r.found()}.`,
      r.spanFrom(start),
    );
  const factors = parseFactors(r);
  return { kind: "operator", by, factors, at: r.spanFrom(start) };
}

function parsePower(r: Reader): Expr {
  const start = r.pos;
  const base = parsePostfix(r, parseAtom(r), start);
  if (!r.is("^")) return base;
  const hat = r.pos;
  const exponent = parseScript(r);
  checkExponent(r, base, exponent, r.spanFrom(hat));
  const power: Expr = { kind: "power", base, exponent, at: r.spanFrom(start) };
  if (r.is("^") || r.is("_") || r.is("!")) unexpected(r);
  return power;
}

/** n!, and a prime on a bracket in which only one letter can be meant: (x^2)'. */
function parsePostfix(r: Reader, atom: Expr, start: number): Expr {
  let expr = atom;
  while (r.is("!") || r.is("'")) {
    if (r.next().text === "'") {
      expr = parsePrime(r, expr, start);
      continue;
    }
    if (r.is("!")) r.fail("A double factorial is not run here: write the product, \\prod_{k=1}^{n} ….");
    expr = { kind: "builtin", name: "factorial", args: [expr], primes: 0, at: r.spanFrom(start) };
  }
  return expr;
}

/** Exponents that are none: the T of a transposed vector, the number of one of several. */
function checkExponent(r: Reader, base: Expr, exponent: Expr, at: Expr["at"]): void {
  if (base.kind !== "letter") return;
  const text = at.source.slice(at.start, at.end);
  if (exponent.kind === "letter" && exponent.name === "T" && !r.names.letters.has("T"))
    r.fail(
      `${textOf(base)}^T reads as a transposed vector, which is not run here: write the sum \\sum_{j=1}^{n} w_j x_j.`,
      at,
    );
  if (exponent.kind === "number" && /^\^\s*\{\s*\(/.test(text))
    r.fail(
      `${textOf(base)}${text} can be a power or one of several: write ^${exponent.text} or _${exponent.text}.`,
      at,
    );
}

/** What stands after ^: a group, or a single sign. */
function parseScript(r: Reader): Expr {
  const hat = r.next();
  const token = r.peek();
  if (r.is("{")) {
    const open = r.next();
    return parseAll(r.within(open), "an exponent");
  }
  if (token.kind === "number" && token.text.length > 1)
    r.fail(
      `${hat.text}${token.text} is displayed as ${hat.text}${token.text[0]} followed by ${token.text.slice(1)}: write ${hat.text}{${token.text}}.`,
    );
  if (r.is("-") || r.is("+"))
    r.fail(`Only the sign is raised here: write ^{${token.text}…} with braces around the whole exponent.`);
  if (r.is("(") || r.is("[")) r.fail("Only the bracket's sign is raised here: write ^{(…)} with braces.");
  if (r.done || !startsFactor(r)) r.fail(`Expected an exponent, found ${r.found()}.`);
  return parseAtom(r, true);
}

const GRAMMAR: Grammar = {
  formula: parseAll,
  sum: parseSum,
  factor: parseFactor,
  power: parsePower,
  atom: parseAtom,
  script: parseScript,
};

/** A reader over tokens that ends before `end`, in which formulas may refer to these names. */
export function readerOf(tokens: readonly Token[], end: Token, names: Names): Reader {
  return new Reader(tokens, end, names, GRAMMAR);
}
