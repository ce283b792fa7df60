import { DerivationError } from "../text/errors";
import type { Expr } from "../world/tree";
import type { Definition } from "../world/world";
import { namesOf } from "../world/world";
import { parseDefinitions } from "./define";
import { sourceOf } from "./scan";
import { parseText } from "./text";

/** What texts define, as trees, for whoever computes with them in ordinary numbers. */
export interface Definitions {
  /** Those of the last text, as they stand in it. */
  readonly own: readonly Definition[];
  readonly all: ReadonlyMap<string, readonly Definition[]>;
}

export const NO_DEFINITIONS: Definitions = { own: [], all: new Map() };

/** Reads a text of definitions on top of others. */
export function readDefinitions(
  strings: TemplateStringsArray,
  values: readonly number[],
  before: Definitions,
): Definitions {
  const own = parseDefinitions(sourceOf(strings, values), namesIn(before)).definitions;
  const all = new Map(before.all);
  for (const definition of own) all.set(definition.name, [...(all.get(definition.name) ?? []), definition]);
  return { own, all };
}

/** A chain of equalities: its sides as trees, and as they were typed. */
export interface Equality {
  readonly sides: readonly Expr[];
  readonly tex: readonly string[];
}

/** Reads a text of chains that may use the definitions. */
export function readEqualities(
  strings: TemplateStringsArray,
  values: readonly number[],
  definitions: Definitions,
): readonly Equality[] {
  const { formulas, definitions: further } = parseText(sourceOf(strings, values), namesIn(definitions));
  if (further.length > 0)
    throw new DerivationError(`${further[0].tex} stands beside a derivative: put it beside the formula.`);
  return formulas;
}

function namesIn({ all }: Definitions): ReturnType<typeof namesOf> {
  return namesOf({ definitions: all, fixed: new Map(), data: new Map() });
}
