import { DerivationError } from "../text/errors";
import type { Relation } from "../world/tree";
import type { Names } from "../world/world";
import { boundOf, isBound, isLone, isNaming, opensBound, withoutBrackets } from "./conditions";
import { isRelation, nesting } from "./reader";
import type { Token } from "./scan";

/** A chain before its sides are read: sides between relations, reasons, and conditions said beside it. */
export interface Chain {
  readonly sides: Token[][];
  readonly relations: { readonly relation: Relation; readonly token: Token }[];
  /** Words and formulas beside a step, by the number of relations before them. */
  readonly reasons: Map<number, Token[]>;
  /** "for x > 0" after a chain. */
  readonly conditions: Token[][];
  /** "where u = x^2" after a chain. */
  readonly definitions: Token[][];
  /** The end of the whole text. */
  readonly end: Token;
}

interface Piece {
  readonly tokens: Token[];
  readonly separator: "start" | "break" | "comma" | "space" | "newline";
  readonly reason: Token[];
}

/** More brackets within each other than this exhaust the stack. */
const DEEPEST = 300;

const CONDITION =
  /^\s*,?\s*\(?((for|whenever|as long as)( all| any| every| each)?|if|when|where|provided|provided that|assuming|with)\b[\s:]*$/i;
const CLOSING = /^[\s).,:;]*$/;
const NAMING = /^\s*,?\s*\(?(where|with)\b[\s:]*$/i;
const LINK = /^\s*(and|or|then|so|hence|where|with|let|,|;|:)?\s*$/i;

/** Splits a template into chains: at \\, at commas and at \quad. */
export function chainsOf(tokens: readonly Token[], names: Names): Chain[] {
  const end = tokens[tokens.length - 1];
  const pieces = piecesOf(withoutBrackets(tokens, names), false);
  const chains: Chain[] = [];
  let conditions: Token[][] = [];
  let naming = false;
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i];
    const current = chains[chains.length - 1];
    naming = isDefinition(piece, current, naming, names);
    if (naming) {
      current.definitions.push(withoutWords(piece.tokens));
      continue;
    }
    const bounds = boundsFrom(pieces, i, names);
    if (bounds.length > 0 && current && current.relations.length > 0) {
      current.conditions.push(...bounds);
      i += bounds.length - 1;
    } else if (i + 1 < pieces.length && opensCondition(piece, current)) conditions.push(conditionOf(piece));
    else if (conditions.length > 0 && bounds.length > 0) {
      conditions.push(...bounds);
      i += bounds.length - 1;
    } else {
      addPiece(chains, piece, end);
      const last = chains[chains.length - 1];
      if (last) last.conditions.push(...conditions);
      if (last) conditions = [];
    }
  }
  if (chains.length === 0) throw new DerivationError("The formula is empty.", end?.at);
  return chains;
}

/** The same for definitions, which line breaks separate too, and in which an inequality is an assumption. */
export function definitionsOf(tokens: readonly Token[]): Chain[] {
  const end = tokens[tokens.length - 1];
  const chains: Chain[] = [];
  for (const piece of piecesOf(tokens, true)) addPiece(chains, piece, end);
  if (chains.length === 0) throw new DerivationError("The formula is empty.", end?.at);
  return chains;
}

function addPiece(chains: Chain[], piece: Piece, end: Token): void {
  const current = chains[chains.length - 1];
  if (piece.tokens.length === 0 && piece.reason.length === 0) return;
  if (!current || startsChain(piece, current)) {
    const chain: Chain = { sides: [[]], relations: [], reasons: new Map(), conditions: [], definitions: [], end };
    append(chain, { ...piece, tokens: withoutLink(piece.tokens) });
    chains.push(chain);
  } else addTo(current, piece);
}

/** The bounds that the pieces from the i-th on are, each of its letter: x > 0, and a, b > 0. */
function boundsFrom(pieces: readonly Piece[], i: number, names: Names): Token[][] {
  const plain = pieces.slice(i).map(({ tokens }) => withoutWords(tokens));
  const count = plain.findIndex((tokens) => isBound(tokens, names));
  if (count < 0 || !plain.slice(0, count).every((tokens) => isLone(tokens, names))) return [];
  const alike = pieces
    .slice(i, i + count + 1)
    .every(({ separator, reason }) => separator !== "break" && reason.length === 0);
  const bound = plain[count];
  if (!alike || (count > 0 && !isLone(bound.slice(0, bound.findIndex(opensBound)), names))) return [];
  return [...plain.slice(0, count).map((letter) => boundOf(letter, bound)), bound];
}

/** The formula of a piece, without the words around it. */
function withoutWords(tokens: Token[]): Token[] {
  const said = tokens[0]?.kind === "text" && CONDITION.test(tokens[0].text) ? tokens.slice(1) : withoutLink(tokens);
  return said.filter((token) => !isStop(token) && !isClosing(token));
}

/** \text{where } u = x^2 after a formula, and what is named after it. */
function isDefinition(piece: Piece, current: Chain | undefined, further: boolean, names: Names): boolean {
  const [first] = piece.tokens;
  const opened = first?.kind === "text" && NAMING.test(first.text);
  return current !== undefined && (opened || further) && isNaming(withoutWords(piece.tokens), names);
}

/** \text{For } x > 0, before the formula. */
function opensCondition({ tokens }: Piece, current: Chain | undefined): boolean {
  return !current && tokens[0]?.kind === "text" && CONDITION.test(tokens[0].text) && hasRelation(tokens);
}

function conditionOf({ tokens }: Piece): Token[] {
  const inner = tokens.slice(1);
  while (inner.length > 0 && (isStop(inner[inner.length - 1]) || isClosing(inner[inner.length - 1]))) inner.pop();
  return inner;
}

function isStop(token: Token): boolean {
  return token.kind === "symbol" && token.text === "." && !token.sized;
}

function isClosing(token: Token): boolean {
  return token.kind === "text" && CLOSING.test(token.text);
}

function piecesOf(tokens: readonly Token[], lines: boolean): Piece[] {
  const pieces: Piece[] = [];
  let piece: { tokens: Token[]; separator: Piece["separator"]; reason: Token[] } = {
    tokens: [],
    separator: "start",
    reason: [],
  };
  const open: Token[] = [];
  let depth = 0;
  let inReason = false;
  const cut = (separator: Piece["separator"]) => {
    pieces.push(piece);
    piece = { tokens: [], separator, reason: [] };
    inReason = false;
  };
  tokens.forEach((token, i) => {
    if (token.kind === "end") return;
    depth += nesting(token);
    if (depth > DEEPEST) throw new DerivationError("The formula nests too deeply to be read.", token.at);
    if (depth < 0) throw new DerivationError(`${token.text} closes a bracket that nothing opened.`, token.at);
    const top = depth === 0;
    if (nesting(token) > 0) open.push(token);
    if (nesting(token) < 0) open.pop();
    checkRelation(token, open, tokens[i - 1]);
    if (token.kind === "break" && !top && !insideEnvironment(tokens, i))
      throw new DerivationError("A line breaks inside a bracket: close the bracket first.", token.at);
    if (top && token.kind === "break") return cut("break");
    if (top && token.text === "&") {
      if (tokens[i + 1]?.text === "&") inReason = true;
      return;
    }
    if (
      inReason &&
      isRelation(token) &&
      piece.reason.every((t) => t.kind === "text" || t.kind === "tag" || t.kind === "newline")
    ) {
      cut("newline");
    }
    if (top && !inReason && piece.tokens.length > 0 && opensAside(token, tokens[i + 1]))
      cut(LINK.test(token.text) ? "comma" : "space");
    if (inReason) {
      piece.reason.push(token);
      return;
    }
    if (top && (token.text === "," || token.text === ";") && token.kind === "symbol") return cut("comma");
    const [opening] = piece.tokens;
    if (top && token.text === ":" && opening?.kind === "text" && CONDITION.test(opening.text)) return cut("comma");
    if (top && token.kind === "space") return cut("space");
    if (top && token.kind === "newline" && lines) return cut("newline");
    if (token.kind !== "newline") piece.tokens.push(token);
  });
  pieces.push(piece);
  return joinCommaSpace(pieces);
}

/** Words with a formula after them: a condition, a reason, or another statement. */
function opensAside(token: Token, next: Token | undefined): boolean {
  if (token.kind !== "text" || !next) return false;
  if (CONDITION.test(token.text)) return true;
  const ends =
    ["end", "break", "space", "newline", "text", "tag"].includes(next.kind) ||
    isRelation(next) ||
    ["&", ",", ";", ".", ")"].includes(next.text);
  return !ends && /^\s|\s$/.test(token.text);
}

/** A relation inside round or square brackets: the bracket was never closed. */
function checkRelation(token: Token, open: readonly Token[], before: Token | undefined): void {
  const last = open[open.length - 1];
  if (!isRelation(token) || !last || last.kind === "command" || open.some(({ kind }) => kind === "command")) return;
  const close = { "(": ")", "[": "]", "\\{": "\\}" }[last.text];
  if (close)
    throw new DerivationError(
      `Expected ${last.sized ? "\\right" : ""}${close} before “${token.text}”: the bracket opened at “${last.at.source.slice(last.at.start, last.at.start + 12)}…” is not closed.`,
      before ? { ...before.at, start: last.at.start, end: last.at.end } : token.at,
    );
}

function insideEnvironment(tokens: readonly Token[], i: number): boolean {
  let open = 0;
  for (const token of tokens.slice(0, i))
    if (token.kind === "command") open += token.text.startsWith("begin ") ? 1 : token.text.startsWith("end ") ? -1 : 0;
  return open > 0;
}

/** ", \quad" is one separator, and a comma or stop at a line's end is none. */
function joinCommaSpace(pieces: Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined[joined.length - 1];
    const stronger = { start: 0, newline: 1, space: 2, comma: 3, break: 4 };
    if (last && last.tokens.length === 0 && last.reason.length === 0 && last.separator !== "start") {
      joined[joined.length - 1] = {
        ...piece,
        separator: stronger[last.separator] > stronger[piece.separator] ? last.separator : piece.separator,
      };
    } else joined.push(piece);
  }
  return joined;
}

function hasRelation(tokens: readonly Token[]): boolean {
  let depth = 0;
  return tokens.some((token) => {
    depth += nesting(token);
    return depth === 0 && opensBound(token);
  });
}

const CONTINUING = new Set(["+", "\\cdot", "cdot", "times", "/", "div"]);

function startsChain(piece: Piece, current: Chain): boolean {
  const [first] = piece.tokens;
  if (!first || isRelation(first) || CONTINUING.has(first.text)) return false;
  if (current.relations.length > 0 && current.sides[current.sides.length - 1].length === 0) return false;
  if (piece.tokens.every(isWords)) return false;
  if (first.kind === "text" && CONDITION.test(first.text) && !/^\s*(where|with)/i.test(first.text)) return false;
  if (isReason(piece) || isFurtherCondition(piece, current)) return false;
  if (first.text === "-" && piece.separator !== "comma") return false;
  if (!hasRelation(piece.tokens)) {
    if (piece.separator === "break" || piece.separator === "comma")
      throw new DerivationError(
        "Expected a relation here: a line goes on with = or an operator, or states something new.",
        first.at,
      );
    return false;
  }
  if (current.relations.length === 0 && piece.separator !== "break" && piece.separator !== "comma") return false;
  return true;
}

/** \text{since } e^{-a} = 1 \cdot e^{-a}: words, then a formula. */
function isReason({ tokens }: Piece): boolean {
  return !LINK.test(tokens[0].text) && opensAside(tokens[0], tokens[1]) && !CONDITION.test(tokens[0].text);
}

/** for x > 0, y > 0: what follows a condition after a comma and bounds a single letter is a condition too. */
function isFurtherCondition({ tokens, separator }: Piece, current: Chain): boolean {
  const [left, relation, right] = tokens;
  const plain = tokens.length === 3 && isRelation(relation) && !["=", ":=", "\\approx"].includes(relation.text);
  return (
    current.conditions.length > 0 &&
    separator === "comma" &&
    plain &&
    [left.kind, right.kind].sort().join() === "letter,number"
  );
}

function isWords(token: Token): boolean {
  return (
    token.kind === "text" ||
    token.kind === "tag" ||
    ((token.text === "(" || token.text === ")" || token.text === ".") && token.kind === "symbol")
  );
}

function withoutLink(tokens: Token[]): Token[] {
  return tokens[0]?.kind === "text" && LINK.test(tokens[0].text) ? tokens.slice(1) : tokens;
}

/** A piece that goes on with a chain: a further line, a reason, or a condition. */
function addTo(chain: Chain, piece: Piece): void {
  const [first] = piece.tokens;
  if (piece.tokens.length > 0 && piece.tokens.every(isWords))
    addReason(
      chain,
      piece.tokens.filter((token) => token.kind !== "symbol"),
    );
  else if (first?.kind === "text" && CONDITION.test(first.text)) {
    if (!hasRelation(piece.tokens))
      throw new DerivationError(`Expected a condition such as x > 0 after “${first.text.trim()}”.`, first.at);
    chain.conditions.push(conditionOf(piece));
  } else if (first && isFurtherCondition(piece, chain)) chain.conditions.push(piece.tokens);
  else if (first && isReason(piece)) addReason(chain, piece.tokens);
  else append(chain, piece);
  if (piece.reason.length > 0 && piece.tokens.length === 0) addReason(chain, piece.reason);
}

function append(chain: Chain, piece: Piece): void {
  let depth = 0;
  for (const token of piece.tokens) {
    depth += nesting(token);
    if (depth === 0 && isRelation(token)) {
      if (chain.sides[chain.sides.length - 1].length === 0) {
        const before = chain.relations[chain.relations.length - 1];
        if (!before) throw new DerivationError(`Expected a formula before “${token.text}”.`, token.at);
        // Notes end a line with = and start the next one with = again.
        if (before.relation === token.text && token === piece.tokens[0]) continue;
        throw new DerivationError(`Expected a formula between “${before.relation}” and “${token.text}”.`, token.at);
      }
      takeTrailingWords(chain);
      chain.relations.push({ relation: token.text as Relation, token });
      chain.sides.push([]);
    } else chain.sides[chain.sides.length - 1].push(token);
  }
  takeTrailingWords(chain);
  if (piece.reason.length > 0) addReason(chain, piece.reason);
}

/** Words after a formula, "= x \text{ (chain rule)}", are the reason of its step. */
function takeTrailingWords(chain: Chain): void {
  const side = chain.sides[chain.sides.length - 1];
  const stop = (token: Token | undefined) => token?.text === "." && token.kind === "symbol" && !token.sized;
  while (stop(side[side.length - 1])) side.pop();
  const words: Token[] = [];
  while (side.length > 1 && ["text", "tag"].includes(side[side.length - 1].kind)) words.unshift(side.pop()!);
  if (words.length > 0) addReason(chain, words);
}

function addReason(chain: Chain, tokens: Token[]): void {
  const step = chain.relations.length;
  const shown = tokens.filter((token) => token.kind !== "newline");
  chain.reasons.set(step, [...(chain.reasons.get(step) ?? []), ...shown]);
}
