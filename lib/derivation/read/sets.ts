import { DerivationError } from "../text/errors";
import type { Comparison, Expr, Letter, Relation } from "../world/tree";
import type { Assumption, Names } from "../world/world";
import { readerOf } from "./grammar";
import type { Reader } from "./reader";
import { isMember } from "./reader";
import type { Token } from "./scan";

/** Which numbers a letter may be: all or whole ones, and between which ends. */
interface Numbers {
  readonly set: "real" | "whole";
  readonly bounds: readonly (readonly [relation: Relation, end: Expr])[];
}

/** n \in \mathbb{N}, x \in (0, 1): what a letter may be. */
export function readMembership(tokens: readonly Token[], end: Token, names: Names, tex: string): Assumption {
  const at = tokens.findIndex(isMember);
  const letter = readerOf(tokens.slice(0, at), tokens[at], names).formula("a letter");
  if (letter.kind !== "letter") throw new DerivationError("What stands before \\in is a letter.", letter.at);
  const { set, bounds } = parseSet(readerOf(tokens.slice(at + 1), end, names));
  return { comparison: comparisonOf(letter, bounds), set, tex };
}

function comparisonOf(letter: Letter, bounds: Numbers["bounds"]): Comparison {
  const mirrored: Partial<Record<Relation, Relation>> = { "\\ge": "\\le", ">": "<" };
  const [first, second] = bounds;
  if (!first) return { sides: [letter], relations: [] };
  if (!second) return { sides: [letter, first[1]], relations: [first[0]] };
  return { sides: [first[1], letter, second[1]], relations: [mirrored[first[0]] ?? first[0], second[0]] };
}

function parseSet(r: Reader): Numbers {
  const found = r.peek().kind === "set" ? parseNumbers(r) : parseInterval(r);
  if (!r.done) r.fail(`Expected the end of the set, found ${r.found()}.`);
  return found;
}

/** \mathbb{N} from 1 on, \mathbb{N}_0 from 0 on, \mathbb{Z}, \mathbb{R}, with ^+ or _{\ge 0} at them. */
function parseNumbers(r: Reader): Numbers {
  const { text, at } = r.next();
  const number = (value: string): Expr => ({ kind: "number", text: value, computed: false, at });
  const set = text === "R" ? "real" : "whole";
  const zero = r.is("_") && r.peek(1).text === "0";
  if (zero) r.pos += 2;
  const restricted = zero ? r.take("^") && sign(r) : (r.take("_") || r.take("^")) && sign(r);
  if (restricted === "\\ne") return { set, bounds: [["\\ne", number("0")]] };
  if (restricted || text === "N") {
    const from = zero || restricted === "\\ge" ? "0" : "1";
    return set === "real" && !zero && restricted === ">"
      ? { set, bounds: [[">", number("0")]] }
      : { set, bounds: [["\\ge", number(from)]] };
  }
  return { set, bounds: [] };
}

/** What stands in the script of a set: +, *, > 0, \ge 0. */
function sign(r: Reader): "\\ne" | ">" | "\\ge" {
  const inner = r.is("{") ? r.within(r.next()) : r.part(r.pos, ++r.pos);
  const text = Array.from({ length: inner.length }, (_, i) => inner.peek(i).text).join("");
  if (text === "+" || text === ">0") return ">";
  if (text === "\\ge0" || text === "0+" || text === "+0") return "\\ge";
  if (text === "\\ne0" || text === "\\ast") return "\\ne";
  return inner.fail("A set of numbers is read with ^+, _{> 0}, _{\\ge 0} or _{\\ne 0}: write an inequality.");
}

/** (a, b), [a, b], [0, \infty), and {0, 1}, whole numbers that follow each other. */
function parseInterval(r: Reader): Numbers {
  const open = r.peek();
  const end = r.closing(r.pos);
  const braces = open.text === "\\{";
  if (end < 0 || !["(", "[", "\\{"].includes(open.text))
    r.fail("After \\in stands \\mathbb{N}, \\mathbb{Z}, \\mathbb{R} or an interval, (0, 1).");
  const close = r.peek(end - r.pos);
  const inner = r.part(r.pos + 1, end).split((token) => token.text === ",");
  r.pos = end + 1;
  if (braces) return { set: "whole", bounds: listed(inner, open) };
  if (inner.length !== 2) r.fail("An interval has two ends: write (0, 1).", open.at);
  const [low, high] = inner.map((part) => boundOf(part));
  const bounds: (readonly [Relation, Expr])[] = [];
  if (low) bounds.push([open.text === "[" ? "\\ge" : ">", low]);
  if (high) bounds.push([close.text === "]" ? "\\le" : "<", high]);
  return { set: "real", bounds };
}

function boundOf(r: Reader): Expr | null {
  const back = r.pos;
  if (r.is("-") || r.is("+")) r.next();
  if (r.take("infty") && r.done) return null;
  r.pos = back;
  return r.formula("an end");
}

function listed(parts: readonly Reader[], open: Token): Numbers["bounds"] {
  const all = parts.map((part) => part.formula("a number"));
  const values = all.map((one) => (one.kind === "number" ? Number(one.text) : NaN));
  if (!values.every((value, i) => Number.isInteger(value) && (i === 0 || value === values[i - 1] + 1)))
    throw new DerivationError(
      "A list of numbers is read if they are whole and follow each other, \\{0, 1\\}: write an inequality.",
      open.at,
    );
  return [
    ["\\ge", all[0]],
    ["\\le", all[all.length - 1]],
  ];
}
