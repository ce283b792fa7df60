import type { Comparison, Expr, Relation } from "../../world/tree";
import type { Range } from "../range";
import { after, before, hull, isPoint, minus, negated } from "../range";
import type { Frame, Rough } from "./machine";
import { evaluate, NONE } from "./machine";

/** A name for a part that stays the same when a formula is rebuilt around it. */
export function idOf({ kind, at }: Expr): number {
  return Math.imul(at.start, 7919) ^ Math.imul(at.end, 104_729) ^ Math.imul(at.source.length, 31) ^ kind.charCodeAt(1);
}

export function note(m: Rough, node: Expr, gaps: readonly Range[], branches: readonly number[]): void {
  if (m.muted > 0) return;
  m.forks.set(Math.imul(m.path, 31) ^ idOf(node), { node, gaps, branches, side: m.side });
}

export function signFork(m: Rough, node: Expr, of: Range): void {
  if (m.muted > 0) return;
  const branches = isPoint(of) ? [Math.sign(of[0])] : [...(of[0] < 0 ? [-1] : []), ...(of[1] > 0 ? [1] : [])];
  note(m, node, [of], branches);
}

export function choiceFork(m: Rough, node: Expr, args: readonly Range[], largest: boolean): void {
  if (m.muted > 0) return;
  const all = largest ? args : args.map(negated);
  const gaps = all.flatMap((a, i) => all.slice(i + 1).map((b) => minus(a, b)));
  const branches = all.flatMap(([, high], i) => (all.every(([low], j) => j === i || high > low) ? [i] : []));
  note(m, node, gaps, branches);
}

export function cases(m: Rough, expr: Extract<Expr, { kind: "cases" }>, frames: Frame | null): Range {
  const gaps: Range[] = [];
  let settled = false;
  const possible = expr.rows.flatMap((row, i) => {
    if (row.when === null) return [];
    const states = row.when.map((all) => all.map((comparison) => stateOf(m, comparison, frames, gaps)));
    if (settled || !states.some((all) => all.every((state) => state !== false))) return [];
    settled ||= states.some((all) => all.every((state) => state === true));
    return [i];
  });
  const otherwise = expr.rows.findIndex(({ when }) => when === null);
  if (!settled && otherwise >= 0 && !gaps.some(([low]) => Number.isNaN(low))) possible.push(otherwise);
  note(m, expr, gaps, possible);
  if (possible.length === 0) return NONE;
  const values = possible.map((i) => evaluate(m, expr.rows[i].value, narrowed(m, expr.rows[i].when, frames)));
  return values.length === 1 ? values[0] : hull(values);
}

function stateOf(m: Rough, { sides, relations }: Comparison, frames: Frame | null, gaps: Range[]): boolean | null {
  const values = sides.map((side) => evaluate(m, side, frames));
  let all: boolean | null = true;
  relations.forEach((relation, i) => {
    gaps.push(minus(values[i], values[i + 1]));
    if (certain(relation, values[i], values[i + 1])) return;
    all =
      certain(OPPOSITE[relation] ?? relation, values[i], values[i + 1]) || !usable(values[i], values[i + 1])
        ? false
        : all && null;
  });
  return all;
}

const usable = (a: Range, b: Range) => !Number.isNaN(a[0]) && !Number.isNaN(b[0]);

const OPPOSITE: Partial<Record<Relation, Relation>> = {
  "<": "\\ge",
  ">": "\\le",
  "\\le": ">",
  "\\ge": "<",
  "=": "\\ne",
  "\\ne": "=",
};

/** Whether a relation holds for all values in two ranges. */
export function certain(relation: Relation, a: Range, b: Range): boolean {
  switch (relation) {
    case "<":
      return a[1] < b[0];
    case ">":
      return a[0] > b[1];
    case "\\le":
      return a[1] <= b[0];
    case "\\ge":
      return a[0] >= b[1];
    case "\\ne":
      return a[1] < b[0] || a[0] > b[1];
    default:
      return isPoint(a) && isPoint(b) && a[0] === b[0];
  }
}

/** Within a row x >= 0, x is that. */
function narrowed(m: Rough, when: readonly (readonly Comparison[])[] | null, frames: Frame | null): Frame | null {
  if (when?.length !== 1) return frames;
  let inner = frames;
  for (const { sides, relations } of when[0])
    relations.forEach((relation, i) => {
      inner = bounded(m, relation, sides[i], sides[i + 1], inner);
      const mirror = { "<": ">", ">": "<", "\\le": "\\ge", "\\ge": "\\le" } as Partial<Record<Relation, Relation>>;
      inner = bounded(m, mirror[relation] ?? relation, sides[i + 1], sides[i], inner);
    });
  return inner;
}

function bounded(m: Rough, relation: Relation, letter: Expr, than: Expr, frames: Frame | null): Frame | null {
  if (letter.kind !== "letter") return frames;
  const [now, [low, high]] = [evaluate(m, letter, frames), evaluate(m, than, frames)];
  if (isPoint(now)) return frames;
  const below = relation === "<" ? before(high) : relation === "\\le" || relation === "=" ? high : Infinity;
  const above = relation === ">" ? after(low) : relation === "\\ge" || relation === "=" ? low : -Infinity;
  const value: Range = [Math.max(now[0], above), Math.min(now[1], below)];
  return value[0] <= value[1] ? { kind: "value", name: letter.name, value, next: frames } : frames;
}
