import type { Formula } from "../read/chain";
import type { Runner } from "../run/runner";
import { namesIn } from "../run/sample";
import type { Said } from "../text/say";
import { named } from "../text/say";
import type { Expr } from "../world/tree";
import { walk } from "../world/tree";
import { lettersOf } from "../world/usage";
import type { Assumption, World } from "../world/world";
import type { Judged } from "./judge";
import { judge } from "./judge";

/** Letters that books take for whole numbers and seldom say so. */
const HABITUAL: ReadonlySet<string> = new Set(["n", "m", "k"]);

/**
 * Judges a chain; what fails only where n, m or k is no whole number holds, and a note tells so. What fails there as well
 * is shown at whole numbers.
 */
export function judgeByHabit(
  formula: Formula,
  world: World,
  assumptions: readonly Assumption[],
  assigned: ReadonlyMap<string, Expr>,
): Judged {
  const judged = judge(formula, world, assumptions, assigned);
  const failure = judged.failures[0];
  if (!failure || (failure.kind !== "differs" && failure.kind !== "valueless")) return judged;
  const names = habitualIn(judged);
  if (names.length === 0) return judged;
  const whole = judge(formula, world, [...assumptions, ...names.map((name) => wholeFrom(judged, name))], assigned);
  if (whole.failures.length === 0) return { ...whole, notes: [note(judged, names), ...whole.notes] };
  const isWhole = names.every((name) => failure.sample.point.letters.get(name)?.isInteger() ?? true);
  return isWhole ? judged : whole;
}

/** The free letters of a chain that are whole numbers by habit, and of which nothing else is known. */
function habitualIn({ runner, failures }: Judged): string[] {
  const { usage, assumptions, bounds } = runner;
  const others = new Set([...namesIn(assumptions, "real"), ...usage.integers, ...gliding(runner)]);
  return [...failures[0].sample.point.letters.keys()].filter(
    (name) => HABITUAL.has(name) && !others.has(name) && (bounds.get(name)?.high ?? Infinity) > 1,
  );
}

/** The letters that may be any number: a derivative is taken by them, a function is taken of them, or cases turn on them. */
function gliding({ sides, world }: Runner): Set<string> {
  const names = new Set<string>();
  const add = (exprs: readonly Expr[]) => {
    for (const expr of exprs) for (const name of lettersOf(expr, world)) names.add(name);
  };
  for (const side of sides)
    walk(side, (part) => {
      if (part.kind === "derivative" || part.kind === "operator") add(part.by);
      if (part.kind === "call" || (part.kind === "builtin" && part.primes > 0)) add(part.args ?? []);
      if (part.kind === "cases")
        for (const { when } of part.rows) add((when ?? []).flatMap((all) => all.flatMap((one) => one.sides)));
    });
  return names;
}

function isBounded({ runner }: Judged, name: string): boolean {
  return Number.isFinite(runner.bounds.get(name)?.low ?? -Infinity);
}

/** That a letter is a whole number, from 1 on where it has no bound of its own. */
function wholeFrom(judged: Judged, name: string): Assumption {
  const at = { source: name, start: 0, end: name.length };
  const letter: Expr = { kind: "letter", name, base: name, index: null, at };
  const one: Expr = { kind: "number", text: "1", computed: false, at };
  const comparison = isBounded(judged, name)
    ? ({ sides: [letter], relations: [] } as const)
    : ({ sides: [letter, one], relations: ["\\ge"] } as const);
  return { comparison, set: "whole", tex: `${name} \\in \\mathbb{N}` };
}

function note(judged: Judged, names: readonly string[]): Said {
  const all = names.map(named).join(" and ");
  const from = names.some((name) => isBounded(judged, name)) ? "" : ", from $1$ on";
  return `This holds where ${all} ${names.length > 1 ? "are whole numbers" : "is a whole number"}${from}.`;
}
