import { parseChains } from "./chain";
import { checkBuiltins, checkCircles, parseDefinitions } from "./define";
import { DerivationError, Undefined } from "./errors";
import { evaluate } from "./evaluate";
import { parseAll } from "./expression";
import type { Assumption, World } from "./machine";
import type { Names } from "./reader";
import { Reader } from "./reader";
import { Runner } from "./run";
import { runChains } from "./runs";
import { scan, sourceOf } from "./scan";
import { chainsOf } from "./statements";
import type { Expr } from "./tree";
import type { Derivation, Verdict } from "./verdict";

/** Values for letters, and data for letters with an index: `{ b: -3.3, theta_1: 2, x: [1, 2, 3, 4] }`. */
export type Values = Readonly<Record<string, number | readonly number[]>>;

/** A template tag: backslashes are kept as typed, `${…}` takes numbers. */
type Tag<T> = (strings: TemplateStringsArray, ...values: number[]) => T;

/**
 * Definitions, assumptions and fixed values under which formulas are run. Its members work on their own, destructured.
 *
 * A text holds one chain of relations or several, one after the other, separated by \\, a comma or \quad. A line that
 * starts with a relation or with + or - goes on with the chain above it. The relations:
 * - = equal at every point, to 64 digits; to 10 digits where a side holds a computed `${number}`;
 * - \approx agrees in the decimals shown (half a unit of the last); to 3 digits where no side is a decimal number, to 6
 *   with a computed number;
 * - < > \le \ge at every point; \ne at some point;
 * - := assigns: the letter updated must be the one its derivative is taken by.
 *
 * A reason stands at the end of a step: `&& \text{chain rule}`, `\quad \text{(chain rule)}`, `\tag*{chain rule}`, or a
 * formula, `&& e^{-a} = e^{-a} + 1 - 1`, which is run too, as it is displayed. A condition of one chain stands after
 * it: `\quad \text{for } x > 0`.
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
  /**
   * The formula as a function of its letters, in ordinary numbers. Throws DerivationError where a letter has no value
   * or the formula has none: 0/0, a kink.
   */
  readonly number: Tag<(values?: Values) => number>;
}

/** Thousands of brackets within each other exhaust the stack: that is said, not thrown. */
function deep<A extends unknown[], T>(work: (...args: A) => T): (...args: A) => T {
  return (...args) => {
    try {
      return work(...args);
    } catch (error) {
      if (error instanceof RangeError || (error as Error).name === "InternalError")
        throw new DerivationError("The formula nests too deeply to be read.");
      throw error;
    }
  };
}

export function createScope(world: World, assumptions: readonly Assumption[]): Scope {
  const names = namesOf(world);
  const check: Scope["check"] = deep((strings, ...values) =>
    runChains(parseChains(sourceOf(strings, values), names, world), world, assumptions),
  );
  return {
    check,
    derive: (strings, ...values) => {
      const verdict = check(strings, ...values);
      if (verdict.wrong) throw new DerivationError(verdict.wrong.message);
      return verdict as Derivation;
    },
    where: deep((strings, ...values) => {
      const added = parseDefinitions(sourceOf(strings, values), names);
      const definitions = new Map(world.definitions);
      for (const definition of added.definitions)
        definitions.set(definition.name, [...(definitions.get(definition.name) ?? []), definition]);
      const next = { ...world, definitions };
      checkCircles(next);
      checkBuiltins(added.definitions, next);
      return createScope(next, [...assumptions, ...added.assumptions]);
    }),
    at: (values) => createScope(fix(world, values), assumptions),
    number: deep((strings, ...values) => {
      const source = sourceOf(strings, values);
      const chains = chainsOf(scan(source), false);
      if (chains.length > 1 || chains[0].relations.length > 0)
        throw new DerivationError("number takes one formula without a relation.", chains[0].relations[0]?.token.at);
      const expr = parseAll(new Reader(chains[0].sides[0], chains[0].end, names));
      return (given = {}) => numberAt(expr, fix(world, given));
    }),
  };
}

export function namesOf(world: World): Names {
  const functions = new Map<string, (readonly string[])[]>();
  const letters = new Set<string>([...world.fixed.keys(), ...world.data.keys()]);
  for (const [name, definitions] of world.definitions)
    for (const { parameters } of definitions) {
      if (parameters) functions.set(name, [...(functions.get(name) ?? []), parameters]);
      else letters.add(name);
    }
  return { functions, letters };
}

/** Names as people type them in code: theta_0, \theta_0, b_{1}. */
function nameOfKey(key: string): string {
  const name = key.replace(/[\\{} ]/g, "");
  if (!/^[A-Za-z]+'*(_[A-Za-z0-9]+)?'*$/.test(name))
    throw new DerivationError(`“${key}” is no letter that a value could be given to.`);
  const stem = /^[A-Za-z]+/.exec(name)![0];
  const glued = /^([A-Za-z]+)(\d+)$/.exec(key);
  if (glued) throw new DerivationError(`“${key}” is no letter: write ${glued[1]}_${glued[2]}.`);
  if (stem === "e") throw new DerivationError("e is Euler's number: no value can be given to it.");
  return name;
}

function fix(world: World, values: Values): World {
  const fixed = new Map(world.fixed);
  const data = new Map(world.data);
  for (const [key, value] of Object.entries(values)) {
    const name = nameOfKey(key);
    if (world.definitions.has(name)) throw new DerivationError(`${name} is defined: it takes no value of its own.`);
    const all = typeof value === "number" ? [value] : value;
    if (all.length === 0 || !all.every((x) => typeof x === "number" && Number.isFinite(x)))
      throw new DerivationError(`${name} needs finite numbers.`);
    if (typeof value === "number") fixed.set(name, value);
    else data.set(name, [...value]);
  }
  return { ...world, fixed, data };
}

function numberAt(expr: Expr, world: World): number {
  const runner = new Runner(world, [], [expr]);
  const point = runner.point(0);
  try {
    const value = evaluate(runner.machine(point), expr, null);
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
