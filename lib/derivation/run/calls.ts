import { DerivationError } from "../text/errors";
import { named } from "../text/say";
import type { Expr, Letter } from "../world/tree";
import { lettersOf, vectorParameters } from "../world/usage";
import type { Definition } from "../world/world";
import { differentiate } from "./derivative";
import type { Frame, Machine } from "./machine";
import { bind, bound, evaluate } from "./machine";
import { Decimal } from "./number";

type Call = Extract<Expr, { kind: "call" }>;

/** A function of the reader's: called, bare, primed, or with a letter as subscript. */
export function evaluateCall(m: Machine, call: Call, frames: Frame | null): Decimal {
  if (call.args === null && call.primes === 0 && call.partials.length === 0) {
    const value = boundValue(call.name, frames);
    if (value) return value;
  }
  const definition = definitionFor(m, call);
  const inner = call.args ? withArguments(m, call, definition, call.args, frames) : frames;
  const by = derivedBy(call, definition);
  if (by.length === 0) return evaluate(m, definition.body, inner);
  const letters = by.map((name): Expr => ({ kind: "letter", name, base: name, index: null, at: call.at }));
  return differentiate(m, definition.body, letters, inner, call);
}

function definitionFor(m: Machine, call: Call): Definition {
  const all = m.world.definitions.get(call.name) ?? [];
  const { args } = call;
  const fitting = args ? all.filter(({ parameters }) => parameters?.length === args.length) : all;
  if (fitting.length === 1) return fitting[0];
  throw new DerivationError(
    fitting.length === 0
      ? `${named(call.name)} is not defined with these arguments.`
      : `${named(call.name)} has several definitions: write its arguments.`,
    call.at,
  );
}

function derivedBy(call: Call, { name, parameters }: Definition): readonly string[] {
  if (call.primes === 0) return call.partials;
  if (parameters?.length !== 1)
    throw new DerivationError(
      `With respect to which letter? ${named(name)} has ${parameters?.length ?? 0} arguments: write \\frac{\\partial ${name}}{\\partial …}.`,
      call.at,
    );
  return Array.from({ length: call.primes }, () => parameters[0]);
}

function withArguments(
  m: Machine,
  call: Call,
  definition: Definition,
  args: readonly Expr[],
  frames: Frame | null,
): Frame | null {
  const vectors = vectorParameters(definition, m.world);
  return definition.parameters!.reduce<Frame | null>((inner, name, i) => {
    if (!vectors.has(name)) return bind(name, evaluate(m, args[i], frames), inner);
    return { kind: "family", name, element: elements(m, call, args[i], frames), next: inner };
  }, frames);
}

/** An argument that is data: y, or M(x) for each of the x. */
function elements(m: Machine, call: Call, argument: Expr, frames: Frame | null): (k: number) => Decimal {
  if (argument.kind === "letter" && !m.world.definitions.has(argument.name)) {
    return (k) => evaluate(m, numbered(argument, k), frames);
  }
  if (!mentionsData(m, argument))
    throw new DerivationError(
      `${named(call.name)} runs over data here, but this argument holds none: fix data with at({ … }), or use $x_i$ elsewhere in the chain.`,
      argument.at,
    );
  return (k) => evaluate(m, argument, { kind: "lift", name: "", k, next: frames });
}

const numberedLetters = new WeakMap<Letter, Map<number, Letter>>();

/** x_k for x; the same for the same k, so that what is known of it is found again. */
function numbered(letter: Letter, k: number): Letter {
  let all = numberedLetters.get(letter);
  if (!all) numberedLetters.set(letter, (all = new Map()));
  let one = all.get(k);
  if (!one) {
    const index: Expr = { kind: "number", text: String(k), computed: false, at: letter.at };
    all.set(k, (one = { ...letter, name: `${letter.name}_${k}`, base: letter.name, index }));
  }
  return one;
}

function mentionsData(m: Machine, argument: Expr): boolean {
  return [...lettersOf(argument, m.world)].some((name) => m.data.has(name) || m.world.data.has(name));
}

/** The value that is bound to a bare name, if one is. */
function boundValue(name: string, frames: Frame | null): Decimal | null {
  const frame = bound(name, frames);
  return frame?.kind === "value" ? frame.value : frame?.kind === "index" ? new Decimal(frame.value) : null;
}
