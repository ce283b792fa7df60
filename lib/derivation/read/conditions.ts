import { ACCENTS, isGreek } from "../text/commands";
import type { Names } from "../world/world";
import { readerOf } from "./grammar";
import { parseName } from "./names";
import { isMember, isRelation, nesting } from "./reader";
import type { Token } from "./scan";

/** What may stand between a letter and what bounds it. */
export const opensBound = (token: Token): boolean => isRelation(token) || isMember(token);

const ORDER = new Set(["<", ">", "\\le", "\\ge", "\\ne"]);
const BELOW = new Set(["<", "\\le"]);

/**
 * Whether an inequality only bounds letters that nobody defined, as x > 0, 0 < a < b, x \ne 1, |r| < 1 do, and
 * n \in \mathbb{N}: after a formula it says where that holds, for as a claim of its own it could never hold.
 */
export function isBound(tokens: readonly Token[], names: Names): boolean {
  const member = tokens.findIndex(isMember);
  if (member >= 0 && depthAt(tokens, member) === 0) return isLone(tokens.slice(0, member), names);
  const sides = sidesOf(tokens);
  const relations = tokens.filter((token, i) => isRelation(token) && depthAt(tokens, i) === 0).map(({ text }) => text);
  if (relations.length === 0 || !relations.every((relation) => ORDER.has(relation))) return false;
  const kinds = sides.map((side) => kindOf(side, names));
  if (kinds.includes(null) || !kinds.some((kind) => kind === "letter" || kind === "size")) return false;
  return kinds.every((kind, i) => {
    if (kind !== "size") return true;
    const above = i < relations.length ? BELOW.has(relations[i]) : !BELOW.has(relations[i - 1]);
    return above && relations.length === 1 && !relations.includes("\\ne");
  });
}

/** Whether an equality names what it begins with, which nobody defined: u = x^2, f(x) = x^2. */
export function isNaming(tokens: readonly Token[], names: Names): boolean {
  const at = tokens.findIndex(isRelation);
  if (at < 1 || !["=", ":="].includes(tokens[at].text) || !isName(tokens[0])) return false;
  const r = readerOf(tokens.slice(0, at), tokens[at], names);
  const { name } = parseName(r);
  const known = names.letters.has(name) || names.functions.has(name) || name === "e";
  return !known && (r.done || (r.is("(") && r.closing(r.pos) === r.length - 1));
}

function isName({ kind, text }: Token): boolean {
  return kind === "letter" || kind === "word" || (kind === "command" && (isGreek(text) || ACCENTS.has(text)));
}

/** A letter alone, as the a in a, b > 0. */
export function isLone(tokens: readonly Token[], names: Names): boolean {
  return kindOf(tokens, names) === "letter";
}

/** The letter that a bound starts with, and the rest of it: a, b > 0 bounds a as it bounds b. */
export function boundOf(letter: readonly Token[], bound: readonly Token[]): Token[] {
  return [...letter, ...bound.slice(bound.findIndex(opensBound))];
}

function depthAt(tokens: readonly Token[], end: number): number {
  return tokens.slice(0, end).reduce((depth, token) => depth + nesting(token), 0);
}

function sidesOf(tokens: readonly Token[]): Token[][] {
  const sides: Token[][] = [[]];
  tokens.forEach((token, i) => {
    if (isRelation(token) && depthAt(tokens, i) === 0) sides.push([]);
    else sides[sides.length - 1].push(token);
  });
  return sides;
}

/** A free letter, its absolute value, or a number; null for anything else. */
function kindOf(side: readonly Token[], names: Names): "letter" | "size" | "number" | null {
  if (side.length >= 3 && side[0].text === "|" && side[side.length - 1].text === "|")
    return kindOf(side.slice(1, -1), names) === "letter" ? "size" : null;
  const [first] = side;
  if (!first) return null;
  if (isName(first) && first.kind !== "word") {
    const r = readerOf(side, side[side.length - 1], names);
    const { name } = parseName(r);
    if (r.done && name !== "e") return names.letters.has(name) ? null : "letter";
  }
  const plain = side.every(
    ({ kind, text }) =>
      kind === "number" ||
      kind === "value" ||
      "+-/^{}()".includes(text) ||
      ["frac", "pi", "e", "sqrt", "cdot"].includes(text),
  );
  return plain ? "number" : null;
}

/**
 * A formula's end in brackets that says where it holds, (x > 0): the brackets become spaces. Brackets that hold a
 * relation and are none of these are left for what follows to refuse.
 */
export function withoutBrackets(tokens: readonly Token[], names: Names): Token[] {
  const all = [...tokens];
  let depth = 0;
  all.forEach((token, i) => {
    if (depth === 0 && i > 0 && token.kind === "symbol" && token.text === "(") {
      const close = closing(all, i);
      const after = all.slice(close + 1).find(({ kind }) => kind !== "newline" && kind !== "space");
      const ends =
        !after || ["end", "break", "text", "tag"].includes(after.kind) || [",", ";", "."].includes(after.text);
      const said = all[i + 1]?.kind === "text" && all.slice(i, close).some(opensBound);
      if (close > 0 && ends && (said || areBounds(all.slice(i + 1, close), names))) {
        all[i] = { ...token, kind: "space", text: "quad" };
        all[close] = { ...all[close], kind: "space", text: "quad" };
        return;
      }
    }
    depth += nesting(token);
  });
  return all;
}

function closing(tokens: readonly Token[], from: number): number {
  let depth = 0;
  for (let i = from; i < tokens.length; i++) {
    depth += nesting(tokens[i]);
    if (depth === 0) return i;
  }
  return -1;
}

/** x > 0, y > 0 and a, b > 0. */
function areBounds(tokens: readonly Token[], names: Names): boolean {
  const parts: Token[][] = [[]];
  tokens.forEach((token, i) => {
    if (token.text === "," && depthAt(tokens, i) === 0) parts.push([]);
    else parts[parts.length - 1].push(token);
  });
  const bounds = parts.map((part) => isBound(part, names));
  return bounds[bounds.length - 1] && parts.every((part, i) => bounds[i] || isLone(part, names));
}
