import { type JudgedChain, judgeChains } from "./judge/chains";
import { refuseCircles, refuseRedefined } from "./judge/refuse";
import { parseDefinitions } from "./read/define";
import { readerOf } from "./read/grammar";
import { scan, sourceOf } from "./read/scan";
import { chainsOf } from "./read/statements";
import { parseText } from "./read/text";
import { evaluate } from "./run/evaluate";
import { metered } from "./run/meter";
import { Runner } from "./run/runner";
import { plainNumbers } from "./run/sample";
import { verdictOf } from "./show/summary";
import type { Derivation, Verdict, Wrong } from "./show/verdict";
import { DerivationError, Undefined } from "./text/errors";
import type { Expr } from "./world/tree";
import type { Values } from "./world/values";
import { fix } from "./world/values";
import type { Assumption, Definition, World } from "./world/world";
import { namesOf } from "./world/world";

/** A template tag: backslashes are kept as typed, `${…}` takes numbers. */
type Tag<T> = (strings: TemplateStringsArray, ...values: number[]) => T;

/**
 * Definitions, assumptions and fixed values under which formulas are run. Its members work on their own, destructured.
 *
 * A text holds one chain of relations or several, one after the other, separated by \\, a comma or \quad. A line that
 * starts with a relation or with + or - goes on with the chain above it. The relations:
 * - = equal at every point where both sides have a value, to 64 digits; to 10 digits where a side holds a computed
 *   `${number}`;
 * - \approx agrees in the decimals shown (half a unit of the last) and within 5 percent; to 3 digits where no side is a
 *   decimal number, to 6 with a computed number;
 * - < > \le \ge \ne at each of these points, too;
 * - := assigns: the letter updated must be the one its derivative is taken by.
 *
 * A reason stands at the end of a step: `&& \text{chain rule}`, `\quad \text{(chain rule)}`, `\tag*{chain rule}`, or a
 * formula, `&& e^{-a} = e^{-a} + 1 - 1`, which is run too, as it is displayed. A condition of one chain stands after
 * it: `\quad \text{for } x > 0`, `, \quad a, b > 0`, `(x > 0)`; so does what a letter stands for,
 * `\text{where } u = x^2`. All that is read is in docs/formulas.md.
 */
export interface Scope {
  /** This scope with more definitions and assumptions. */
  readonly where: Tag<Scope>;
  /** This scope with letters and data fixed; N is the number of the data. */
  at(values: Values): Scope;
  /** Runs every relation of the text; throws DerivationError on the first that is false. */
  readonly derive: Tag<Derivation>;
  /** Runs every relation of the text and says what came of it; throws only where the text cannot be read. */
  readonly check: Tag<Verdict>;
  /** Whether every relation of the text holds, without a word about why not; throws only where it cannot be read. */
  readonly holds: Tag<boolean>;
  /**
   * The formula as a function of its letters, in ordinary numbers. Throws DerivationError where a letter has no value
   * or the formula has none: 0/0, a kink.
   */
  readonly number: Tag<(values?: Values) => number>;
}

/** How many parts of formulas are computed at most to judge a text, and to find out what is wrong with it. */
const MOST_WORK = 180_000;
const MOST_HINTING = 170_000;

/** Thousands of brackets within each other exhaust the stack: that is said, not thrown. */
function deep<A extends unknown[], T>(work: (...args: A) => T): (...args: A) => T {
  return (...args) => {
    try {
      return work(...args);
    } catch (error) {
      if (error instanceof RangeError || (error as Error).name === "InternalError")
        throw new DerivationError("The formula nests too deeply to be read.", undefined, 0);
      throw error;
    }
  };
}

export function createScope(world: World, assumptions: readonly Assumption[]): Scope {
  const names = namesOf(world);
  const judged: Tag<{ chains: JudgedChain[]; inner: World }> = deep((strings, ...values) => {
    const { formulas, definitions } = parseText(sourceOf(strings, values), names);
    const inner = definitions.length > 0 ? defined(world, definitions) : world;
    return { chains: metered(MOST_WORK, () => judgeChains(formulas, inner, assumptions)), inner };
  });
  const check: Scope["check"] = deep((strings, ...values) => {
    const { chains, inner } = judged(strings, ...values);
    return metered(MOST_HINTING, () => verdictOf(chains, inner, assumptions));
  });
  return {
    check,
    holds: (strings, ...values) =>
      judged(strings, ...values).chains.every(({ judged, asides }) =>
        [judged, ...asides].every(({ failures }) => failures.length === 0),
      ),
    derive: (strings, ...values) => {
      const verdict = check(strings, ...values);
      if (verdict.wrong) throw derivationError(verdict.wrong);
      return verdict as Derivation;
    },
    where: deep((strings, ...values) => {
      const added = parseDefinitions(sourceOf(strings, values), names);
      return createScope(defined(world, added.definitions), [...assumptions, ...added.assumptions]);
    }),
    at: (values) => createScope(fix(world, values), assumptions),
    number: deep((strings, ...values) => {
      const source = sourceOf(strings, values);
      const chains = chainsOf(scan(source), names);
      if (chains.length > 1 || chains[0].relations.length > 0 || chains[0].definitions.length > 0)
        throw new DerivationError("number takes one formula without a relation.", chains[0].relations[0]?.token.at);
      const expr = readerOf(chains[0].sides[0], chains[0].end, names).formula();
      return (given = {}) => numberAt(expr, fix(world, given));
    }),
  };
}

function derivationError({ said, position, message }: Wrong): DerivationError {
  return new DerivationError(said.join(" "), undefined, position, message);
}

/** A world with more definitions. */
function defined(world: World, added: readonly Definition[]): World {
  const definitions = new Map(world.definitions);
  for (const definition of added)
    definitions.set(definition.name, [...(definitions.get(definition.name) ?? []), definition]);
  const next = { ...world, definitions };
  refuseCircles(next);
  refuseRedefined(added, next);
  return next;
}

function numberAt(expr: Expr, world: World): number {
  const runner = new Runner(world, [], [expr]);
  const point = runner.point(plainNumbers(0));
  try {
    const value = metered(MOST_WORK, () => evaluate(runner.machine(point), expr, null));
    const free = [...point.letters.keys()].filter((name) => name !== "N" || runner.given === null);
    const unknown = free[0] ?? [...point.elements.keys()][0];
    if (unknown !== undefined) throw new DerivationError(`${unknown} has no value: give it one.`);
    return value.toNumber();
  } catch (error) {
    if (error instanceof Undefined)
      throw new DerivationError(`The formula has no value there: ${error.reason}.`, expr.at);
    throw error;
  }
}
