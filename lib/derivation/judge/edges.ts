import type { Formula } from "../read/chain";
import { shown } from "../run/number";
import type { Runner, Value } from "../run/runner";
import { thresholds } from "../run/sample";
import { pretty } from "../text/commands";
import type { Expr } from "../world/tree";
import { lettersOf } from "../world/usage";
import type { Failure } from "./compare";
import { compareAt } from "./compare";

/**
 * Random points never fall where branches meet, so each free letter of a chain with branches is put there once: two
 * values that differ there are a false relation, a side without a value (a kink, 0/0) is told in a note.
 */
export function edgeNotes(formula: Formula, runner: Runner): { notes: string[]; failures: Failure[] } {
  const branching = [...runner.branching().keys()];
  if (branching.length === 0) return { notes: [], failures: [] };
  const notes: string[] = [];
  for (const [name, value] of places(formula.sides, branching, runner)) {
    const point = runner.point(7, new Map([[name, value]]));
    if (!runner.allowed(point)) continue;
    const sample = runner.sample(point);
    if (!point.letters.get(name)) continue;
    for (let i = 0; i < formula.relations.length; i++) {
      if (formula.relations[i] !== "=") continue;
      const [left, right] = [sample.values[i], sample.values[i + 1]];
      if ("none" in left || "none" in right) notes.push(...note(name, value, left, right));
      else if (!compareAt(runner, sample, i, i + 1, "=").ok)
        return { notes, failures: [{ at: i, sample, kind: "differs", reason: "" }] };
    }
  }
  return { notes: [...new Set(notes)].slice(0, 3), failures: [] };
}

function note(name: string, value: number, left: Value, right: Value): string[] {
  const where = `At ${pretty(name)} = ${value}`;
  if ("none" in left && "none" in right)
    return left.kind === "kink" ? [`${where} nothing is claimed: ${left.none}.`] : [];
  if ("none" in left && "value" in right)
    return [
      `${where} the left side has no value (${left.none}); that the right side says ${shown(right.value, 6)} there is a convention.`,
    ];
  if ("none" in right && "value" in left)
    return [
      `${where} the right side has no value (${right.none}), the left is ${shown(left.value, 6)}: nothing is claimed there.`,
    ];
  return [];
}

/** The free letters of the sides, each with 0 and the numbers that conditions compare with. */
function places(sides: readonly Expr[], branching: readonly Expr[], runner: Runner): [string, number][] {
  const { world, usage } = runner;
  const names = new Set(sides.flatMap((side) => [...lettersOf(side, world)]));
  const free = [...names].filter(
    (name) =>
      !world.definitions.has(name) && !world.fixed.has(name) && !usage.integers.has(name) && !usage.data.has(name),
  );
  const compared = branching.flatMap((expr) =>
    expr.kind === "cases" ? expr.rows.flatMap(({ when }) => thresholds((when ?? []).flat())) : [],
  );
  const values = [...new Set([0, ...compared])].slice(0, 3);
  return free.slice(0, 6).flatMap((name) => values.map((value): [string, number] => [name, value]));
}
