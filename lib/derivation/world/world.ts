import type { Comparison, Expr } from "./tree";

/** f(x) = …, or a = … (parameters null). */
export interface Definition {
  readonly name: string;
  readonly parameters: readonly string[] | null;
  readonly body: Expr;
  readonly tex: string;
}

export interface Assumption {
  readonly comparison: Comparison;
  /** What numbers its letter stands for, where that was said: n \in \mathbb{N}. */
  readonly set?: "real" | "whole";
  readonly tex: string;
}

/** All that a formula's letters may mean, apart from the point they are sampled at. */
export interface World {
  readonly definitions: ReadonlyMap<string, readonly Definition[]>;
  readonly fixed: ReadonlyMap<string, number>;
  readonly data: ReadonlyMap<string, readonly number[]>;
}

/** What a formula may refer to: functions with the parameter lists of their definitions, and defined letters. */
export interface Names {
  readonly functions: ReadonlyMap<string, readonly (readonly string[])[]>;
  readonly letters: ReadonlySet<string>;
}

/** What the formulas of a world may refer to. */
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

/** The definition of each y_k, and the letter that counts. */
interface Family {
  readonly definition: Definition;
  readonly index: string;
}

const families = new WeakMap<World, Map<string, Family | null>>();

/** y_i = W x_i + b defines each y_k. */
export function familyOf(world: World, base: string): Family | null {
  let known = families.get(world);
  if (!known) families.set(world, (known = new Map()));
  let family = known.get(base);
  if (family === undefined) known.set(base, (family = findFamily(world, base)));
  return family;
}

function findFamily(world: World, base: string): Family | null {
  for (const index of ["i", "j", "k", "n", "m"]) {
    const definition = world.definitions.get(`${base}_${index}`)?.find(({ parameters }) => parameters === null);
    if (definition) return { definition, index };
  }
  return null;
}
