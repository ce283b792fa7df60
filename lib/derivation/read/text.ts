import type { Definition, Names } from "../world/world";
import type { Formula } from "./chain";
import { readChains } from "./chain";
import { readDefinitions } from "./define";
import type { Source } from "./scan";
import { scan } from "./scan";
import { chainsOf, definitionsOf } from "./statements";

/** A text of chains that has been read. */
export interface Text {
  readonly formulas: readonly Formula[];
  /** What is named beside them, \text{where } u = x^2. */
  readonly definitions: readonly Definition[];
}

export function parseText(source: Source, names: Names): Text {
  const chains = chainsOf(scan(source), names);
  const named = chains.flatMap(({ definitions, end }) => definitions.flatMap((one) => definitionsOf([...one, end])));
  const { definitions, names: all } = readDefinitions(named, names);
  return { formulas: readChains(chains, all), definitions };
}
