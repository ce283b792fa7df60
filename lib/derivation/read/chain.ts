import { DerivationError } from "../text/errors";
import type { Expr, Relation } from "../world/tree";
import type { Assumption, Names } from "../world/world";
import { parseComparison } from "./cases";
import { readerOf } from "./grammar";
import { refuseTwoIndices } from "./indices";
import { isMember, isRelation, MEMBERSHIP } from "./reader";
import type { Token } from "./scan";
import { scan } from "./scan";
import { readMembership } from "./sets";
import type { Chain } from "./statements";
import { chainsOf } from "./statements";

/** A chain that has been read. */
export interface Formula {
  readonly sides: readonly Expr[];
  /** The sides as they were typed, without alignment and line breaks. */
  readonly tex: readonly string[];
  readonly relations: readonly Relation[];
  readonly places: readonly Token[];
  /** LaTeX beside a step, by the number of relations before it. */
  readonly reasons: ReadonlyMap<number, string>;
  readonly conditions: readonly Assumption[];
  /** Relations inside reasons: shown, so run. */
  readonly asides: readonly Formula[];
  /** How something was read that could be meant otherwise. */
  readonly remarks: readonly string[];
}

/** Reads chains of relations. */
export function readChains(chains: readonly Chain[], names: Names): Formula[] {
  for (const chain of chains) {
    const member = chain.sides[0].find(isMember);
    if (member) throw new DerivationError(MEMBERSHIP, member.at);
    if (chain.relations.length === 0)
      throw new DerivationError(
        "There is no relation to check: expected = or another relation.",
        chain.sides[0][0]?.at ?? chain.end.at,
      );
  }
  return chains.map((chain) => readChain(chain, names));
}

function readChain(chain: Chain, names: Names): Formula {
  const sides = chain.sides.map((tokens, i) => {
    const next = chain.relations[i]?.token ?? chain.end;
    if (tokens.length === 0 && i === 0)
      throw new DerivationError(`Expected a formula before “${chain.relations[0].relation}”.`, next.at);
    if (tokens.length === 0)
      throw new DerivationError(
        `Expected a formula after “${chain.relations[i - 1].relation}”, found the end.`,
        chain.relations[i - 1].token.at,
      );
    const side = readerOf(tokens, next, names).formula();
    refuseTwoIndices(side);
    return side;
  });
  const conditions = chain.conditions.map((tokens) => readCondition(tokens, chain.end, names));
  const reasons = new Map<number, string>();
  const asides: Formula[] = [];
  for (const [step, tokens] of chain.reasons) {
    reasons.set(step, reasonTex(tokens));
    asides.push(...asidesOf(tokens, chain.end, names));
  }
  return {
    sides,
    tex: chain.sides.map(texOfTokens),
    relations: chain.relations.map(({ relation }) => relation),
    places: chain.relations.map(({ token }) => token),
    reasons,
    conditions,
    asides,
    remarks: remarksOf(chain, names),
  };
}

/** \log without a base is read as natural. */
function remarksOf({ sides }: Chain, names: Names): string[] {
  const natural = sides.some((side) =>
    side.some(({ kind, text }, i) => kind === "command" && text === "log" && side[i + 1]?.text !== "_"),
  );
  return natural && !names.functions.has("log") ? ["\\log is the natural logarithm here."] : [];
}

export function readCondition(tokens: readonly Token[], end: Token, names: Names): Assumption {
  const [first, last] = [tokens[0].at, tokens[tokens.length - 1].at];
  const tex = first.source.slice(first.start, last.end).trim();
  if (tokens.some(isMember)) return readMembership(tokens, end, names, tex);
  return { comparison: parseComparison(readerOf(tokens, end, names)), tex };
}

/** What was typed, less the alignment, fonts and line breaks between its tokens. */
export function texOfTokens(tokens: readonly Token[]): string {
  let tex = "";
  let end = tokens[0].at.start;
  for (const { at } of tokens) {
    const gap = at.source
      .slice(end, at.start)
      .replace(/\\(begin|end)\s*\{[a-z]+\*?\}/g, " ")
      .replace(/\\\\(\s*\[[^\]]*\])?|\\(boldsymbol|mathbf|bm|mathit|mathnormal|pmb)(?![a-zA-Z])|[{}&]/g, " ");
    tex += gap.replace(/\s+/g, " ") + at.source.slice(at.start, at.end);
    end = at.end;
  }
  return tex.replace(/\s+/g, " ").trim();
}

function reasonTex(tokens: readonly Token[]): string {
  let tex = "";
  tokens.forEach((token, i) => {
    const spaced = i > 0 && token.at.start > tokens[i - 1].at.end;
    const words = token.kind === "text" || token.kind === "tag";
    tex +=
      (spaced ? " " : "") + (words ? `\\text{${token.text}}` : token.at.source.slice(token.at.start, token.at.end));
  });
  return tex;
}

/** Formulas in a reason that hold a relation, beside its words or within them between $…$. */
function asidesOf(tokens: readonly Token[], end: Token, names: Names): Formula[] {
  const math = tokens.filter((token) => token.kind !== "text" && token.kind !== "tag");
  const beside = math.some(isRelation) ? chainsOf([...math, end], names).map((chain) => readChain(chain, names)) : [];
  const within = tokens
    .filter((token) => token.kind === "text" || token.kind === "tag")
    .flatMap((token) => [...token.text.matchAll(/\$([^$]+)\$/g)].map((found) => found[1]));
  const relational = within.map((text) => scan({ text, values: new Map() })).filter((inner) => inner.some(isRelation));
  return [...beside, ...relational.flatMap((inner) => chainsOf(inner, names).map((chain) => readChain(chain, names)))];
}
