import { texOf } from "../text/commands";
import { DerivationError, Undefined } from "../text/errors";
import { math, named } from "../text/say";
import type { Expr, Letter } from "../world/tree";
import { walk } from "../world/tree";
import { lettersOf } from "../world/usage";
import { familyOf } from "../world/world";
import type { Frame, Machine } from "./machine";
import { bound, evaluate } from "./machine";
import { Decimal, finite } from "./number";

/** What a letter stands for here: bound, fixed, defined, an element of data, or sampled. */
export function valueOfLetter(m: Machine, letter: Letter, frames: Frame | null): Decimal {
  for (let frame = frames; frame; frame = frame.next) {
    if (frame.kind === "index" && mentions(letter.index, frame.name)) return element(m, letter, frames);
    if (frame.name !== letter.name) {
      if (frame.kind === "family" && frame.name === letter.base && letter.index) return element(m, letter, frames);
      continue;
    }
    if (frame.kind === "value") return frame.value;
    if (frame.kind === "index") return new Decimal(frame.value);
    if (frame.kind === "family")
      throw new DerivationError(`${named(letter.name)} stands for many values here: give it an index.`, letter.at);
  }
  const own = known(m, letter.name, frames);
  if (own) return own;
  if (m.data.has(letter.name) || m.world.data.has(letter.name)) return lifted(m, letter, frames);
  if (letter.index && (m.data.has(letter.base) || m.world.data.has(letter.base))) return element(m, letter, frames);
  return m.point.letter(letter.name);
}

/** Fixed and defined letters. */
function known(m: Machine, name: string, frames: Frame | null): Decimal | null {
  const fixed = m.world.fixed.get(name);
  if (fixed !== undefined) return new Decimal(fixed);
  const definition = m.world.definitions.get(name)?.find(({ parameters }) => parameters === null);
  return definition ? evaluate(m, definition.body, frames) : null;
}

function mentions(index: Expr | null, name: string): boolean {
  let found = false;
  if (index) walk(index, (part) => (found ||= part.kind === "letter" && part.name === name));
  return found;
}

/** Data without an index: only where the whole formula is taken for each of the data. */
function lifted(m: Machine, letter: Letter, frames: Frame | null): Decimal {
  for (let frame = frames; frame; frame = frame.next)
    if (frame.kind === "lift") return elementOf(m, letter.name, frame.k, frames, letter);
  const name = named(letter.name);
  throw new DerivationError(
    `${name} is data here: write ${named(`${letter.name}_i`)} inside a sum over i, or use another letter for a single value.`,
    letter.at,
  );
}

function element(m: Machine, letter: Letter, frames: Frame | null): Decimal {
  let k: Decimal;
  try {
    k = evaluate(m, letter.index!, frames);
  } catch (error) {
    throw error instanceof DerivationError
      ? new DerivationError(`The index of ${named(letter.name)} is unclear.`, letter.at)
      : error;
  }
  if (!k.isInteger()) throw straying(letter);
  return elementOf(m, letter.base, k.toNumber(), frames, letter);
}

/** x_i where nothing says what i is. */
export function straying(letter: Letter): DerivationError {
  const index = letter.index?.kind === "letter" ? letter.index.name : "i";
  return new DerivationError(
    `${named(letter.name)} stands outside the sum over ${named(index)}: put brackets around all that is summed, name the sum's index otherwise, or write a number for ${named(index)}.`,
    letter.at,
  );
}

function elementOf(m: Machine, base: string, k: number, frames: Frame | null, letter: Letter): Decimal {
  const held = bound(`${base}_${k}`, frames);
  if (held?.kind === "value") return held.value;
  const family = bound(base, frames);
  if (family?.kind === "family") return family.element(k);
  const own = known(m, `${base}_${k}`, frames);
  if (own) return own;
  const each = familyOf(m.world, base);
  if (each) return evaluate(m, each.definition.body, { kind: "index", name: each.index, value: k, next: frames });
  const values = m.world.data.get(base);
  if (values) {
    if (k < 1 || k > values.length)
      throw new Undefined(
        `${named(`${base}_${k}`)} does not exist: the data are ${named(`${base}_1`)} to ${named(`${base}_${values.length}`)}`,
        "data",
      );
    return new Decimal(values[k - 1]);
  }
  const definition = m.world.definitions.get(base)?.find(({ parameters }) => parameters === null);
  if (definition) {
    const counted = [...lettersOf(definition.body, m.world)].some((name) => m.data.has(name));
    if (!counted)
      throw new DerivationError(
        `${named(base)} is defined without data, so ${named(letter.name)} is the same for each index: use ${named(base)}, or data in its definition.`,
        letter.at,
      );
    return evaluate(m, definition.body, { kind: "lift", name: "", k, next: frames });
  }
  if (m.world.fixed.has(base))
    throw new DerivationError(
      `${named(base)} is fixed to one value: ${named(letter.name)} needs data, at({ ${base}: […] }).`,
      letter.at,
    );
  if (m.world.definitions.has(base))
    throw new DerivationError(
      `${named(base)} is a function: write ${math(`${texOf(base)}(x_i)`)} instead of ${named(letter.name)}.`,
      letter.at,
    );
  return finite(m.point.element(base, k));
}
