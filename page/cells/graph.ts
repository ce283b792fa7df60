import type { Names } from "../kernel/protocol";

/** A cell as far as the order of running is concerned. */
export interface Node {
  readonly text: string;
  readonly names: Names;
}

/** For each cell the cells that it reads from: of each name that it reads, the last cell before it that defines it. */
export function sources(cells: readonly Node[]): readonly ReadonlySet<number>[] {
  const owner = new Map<string, number>();
  return cells.map(({ names: { reads, declares } }, i) => {
    const found = new Set(reads.flatMap((name) => owner.get(name) ?? []));
    for (const name of declares) owner.set(name, i);
    return found;
  });
}

/** The cells that `cell` stands on, and itself. */
export function standsOn(cell: number, from: readonly ReadonlySet<number>[]): Set<number> {
  const all = new Set([cell]);
  for (const each of all) for (const source of from[each]) all.add(source); // the set grows while it is walked
  return all;
}

/** Names the states of cells: a state is the text of a cell and of those that it stands on. */
export class States {
  readonly #seen = new Map<string, number>();

  /** A number for the state of each cell: two that are equal are to have equal outputs, whenever they were asked for. */
  of(cells: readonly Node[], from: readonly ReadonlySet<number>[]): readonly number[] {
    const known: number[] = [];
    for (const [i, { text }] of cells.entries()) {
      const state = JSON.stringify([text, ...[...from[i]].sort((a, b) => a - b).map((source) => known[source])]);
      if (!this.#seen.has(state)) this.#seen.set(state, this.#seen.size);
      known.push(this.#seen.get(state)!);
    }
    return known;
  }
}
