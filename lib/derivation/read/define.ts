import { functionNamed } from "../text/commands";
import type { Span } from "../text/errors";
import { DerivationError } from "../text/errors";
import { named } from "../text/say";
import type { Assumption, Definition, Names } from "../world/world";
import { readCondition, texOfTokens } from "./chain";
import { readerOf } from "./grammar";
import { refuseTwoIndices } from "./indices";
import { parseName } from "./names";
import { isMember } from "./reader";
import type { Source, Token } from "./scan";
import { scan } from "./scan";
import type { Chain } from "./statements";
import { definitionsOf } from "./statements";

export interface Definitions {
  readonly definitions: readonly Definition[];
  readonly assumptions: readonly Assumption[];
  /** The names known after them. */
  readonly names: Names;
}

/** The left of a definition: a letter, or a function with its parameters. */
interface Head {
  readonly name: string;
  readonly parameters: readonly string[] | null;
  readonly at: Span;
}

/** Reads definitions and assumptions; `known` are those of the scope around. */
export function parseDefinitions(source: Source, known: Names): Definitions {
  return readDefinitions(definitionsOf(scan(source)), known);
}

/** Reads chains of definitions and assumptions. */
export function readDefinitions(chains: readonly Chain[], known: Names): Definitions {
  const planned = chains.map((chain) => headsOf(chain, known));
  const names = withHeads(known, planned.flat());
  planned.flat().forEach((head, i, all) => checkNew(head, all.slice(0, i), known));
  const definitions: Definition[] = [];
  const assumptions: Assumption[] = [];
  chains.forEach((chain, i) => {
    if (chain.conditions.length > 0)
      throw new DerivationError(
        "A condition beside a definition: write it as an assumption of its own, or as cases.",
        chain.conditions[0][0].at,
      );
    if (planned[i].length === 0) assumptions.push(assumption(chain, names));
    else definitions.push(...define(chain, planned[i], names));
  });
  return { definitions, assumptions, names };
}

/** In a = b = c both a and b are defined; what is not a name or f(x) must be last. */
function headsOf(chain: Chain, known: Names): Head[] {
  if (chain.relations.length === 0 && chain.sides[0].some(isMember)) return [];
  if (chain.relations.length === 0)
    throw new DerivationError(
      "Expected a definition such as a = b + W x, or an assumption such as W > 0.",
      chain.sides[0][0]?.at ?? chain.end.at,
    );
  if (!chain.relations.every(({ relation }) => relation === "=" || relation === ":=")) return [];
  return chain.sides.slice(0, -1).map((side, i) => {
    const head = headOf(side, chain.relations[i].token, known);
    if (!head)
      throw new DerivationError(
        i === 0
          ? "A definition starts with a letter or f(x): this side is neither. To check an equality use derive or check."
          : "A definition takes one formula: check the further equality with derive.",
        side[0].at,
      );
    return head;
  });
}

function headOf(tokens: readonly Token[], end: Token, known: Names): Head | null {
  const word = wordFunction(tokens);
  const r = readerOf(tokens, end, {
    functions: new Map(),
    letters: new Set([...known.letters, ...known.functions.keys(), ...(word ? [word] : [])]),
  });
  const [first] = tokens;
  if (
    !["letter", "word", "text"].includes(first.kind) &&
    !(first.kind === "command" && first.text !== "frac" && !first.text.includes(" "))
  )
    return null;
  if (
    r.is("sqrt") ||
    r.is("sum") ||
    r.is("lim") ||
    r.is("partial") ||
    r.is("dfrac") ||
    r.is("tfrac") ||
    r.is("pi") ||
    r.is("prod")
  )
    return null;
  const { name, at } = parseName(r);
  if (r.done) return { name, parameters: null, at };
  if (!r.is("(")) return null;
  const close = r.closing(r.pos);
  if (close !== r.length - 1) return null;
  const inner = r.part(r.pos + 1, close);
  if (inner.done) inner.fail("A function needs its arguments.");
  const parameters = inner
    .split((token) => token.text === ",")
    .map((part) => {
      const parameter = parseName(part).name;
      if (!part.done) part.fail(`A definition's arguments are plain letters, found ${part.found()}.`);
      return parameter;
    });
  return { name, parameters, at };
}

/** Linear(W, b, x) = … or MSE = … typed without \operatorname: the run of letters is the name. */
function wordFunction(tokens: readonly Token[]): string | null {
  const run = tokens[0]?.run?.text;
  if (!run || run.length < 2 || tokens[0].at.start !== tokens[0].run!.start) return null;
  const after = tokens[run.length];
  return after?.text === "(" || (!after && /^[A-Z][A-Za-z]{2,}$/.test(run)) ? run : null;
}

function withHeads(known: Names, heads: readonly Head[]): Names {
  const functions = new Map(known.functions);
  const letters = new Set(known.letters);
  for (const { name, parameters } of heads) {
    if (parameters) functions.set(name, [...(functions.get(name) ?? []), parameters]);
    else letters.add(name);
  }
  return { functions, letters };
}

function checkNew({ name, parameters, at: place }: Head, earlier: readonly Head[], known: Names): void {
  if (name === "e") throw new DerivationError("e is Euler's number and cannot be defined: take another letter.", place);
  const arity = (list: readonly string[] | null) => list?.length ?? 0;
  const twice = earlier.some((head) => head.name === name && arity(head.parameters) === arity(parameters));
  const before = parameters
    ? known.functions.get(name)?.some((list) => list.length === parameters.length)
    : known.letters.has(name);
  if (twice || before)
    throw new DerivationError(
      `${named(name)} is defined already: take another letter, or start from where\`…\` anew.`,
      place,
    );
  const both = earlier.some((head) => head.name === name && (head.parameters === null) !== (parameters === null));
  if (both || (parameters ? known.letters.has(name) : known.functions.has(name)))
    throw new DerivationError(
      `${named(name)} is both a letter and a function: take another letter for one of them.`,
      place,
    );
  if (parameters && new Set(parameters).size < parameters.length)
    throw new DerivationError(`Two arguments of ${named(name)} have the same name.`, place);
  if (parameters === null && functionNamed(name) !== null && name !== "sigma")
    throw new DerivationError(`${name} is a function: define it with its argument, \\${name}(x) = ….`, place);
}

function define(chain: Chain, heads: readonly Head[], names: Names): Definition[] {
  return heads.map(({ name, parameters }, i) => {
    const body = readerOf(chain.sides[i + 1], chain.relations[i + 1]?.token ?? chain.end, names).formula();
    refuseTwoIndices(body);
    return { name, parameters, body, tex: `${texOfTokens(chain.sides[i])} = ${texOfTokens(chain.sides[i + 1])}` };
  });
}

function assumption(chain: Chain, names: Names): Assumption {
  const tokens = chain.sides.flatMap((side, i) => (chain.relations[i] ? [...side, chain.relations[i].token] : side));
  const bad = chain.relations.find(({ relation }) => relation === "\\approx" || relation === ":=" || relation === "=");
  if (bad) throw new DerivationError("An assumption is an inequality: < > \\le \\ge \\ne.", bad.token.at);
  return { ...readCondition(tokens, chain.end, names), tex: texOfTokens(tokens) };
}
