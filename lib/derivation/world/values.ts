import { DerivationError } from "../text/errors";
import type { World } from "./world";

/** Values for letters, and data for letters with an index: `{ b: -3.3, theta_1: 2, x: [1, 2, 3, 4] }`. */
export type Values = Readonly<Record<string, number | readonly number[]>>;

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

/** A world with letters and data fixed. */
export function fix(world: World, values: Values): World {
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
