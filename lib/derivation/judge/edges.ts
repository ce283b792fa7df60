import type { Formula } from "../read/chain";
import { Decimal, shown } from "../run/number";
import type { Fork } from "../run/rough/machine";
import type { Runner, Sample, Value } from "../run/runner";
import type { SampledPoint } from "../run/sample";
import { texOf } from "../text/commands";
import type { Said } from "../text/say";
import { math } from "../text/say";
import type { Expr } from "../world/tree";
import { textOf } from "../world/tree";
import type { Failure } from "./compare";
import { compareAt } from "./compare";
import type { Crossing } from "./survey";
import { isHole } from "./unclaimed";

/** So many borders are tried exactly. */
const MOST = 8;
const MOST_NOTES = 3;

/**
 * Tries a chain on its borders, where branches meet or something is divided by 0: two values that differ there are a
 * false relation, a side without a value (a kink, 0/0) is told in a note. Of relations that hold on a part only, where
 * that ends is told already.
 */
export function edgeNotes(
  formula: Formula,
  runner: Runner,
  crossings: readonly Crossing[],
  narrowed: ReadonlySet<number>,
): { notes: string[]; failures: Failure[] } {
  const notes: string[] = [];
  for (const crossing of chosen(crossings)) {
    const point = onBorder(runner, crossing);
    if (!point || !runner.allowed(point)) continue;
    const sample = runner.sample(point);
    for (let i = 0; i < formula.relations.length; i++) {
      const relation = formula.relations[i];
      const [left, right] = [sample.values[i], sample.values[i + 1]];
      if (relation === ":=") continue;
      if ("none" in left || "none" in right) {
        if (relation === "=" && (!narrowed.has(i) || isHole(runner, point, crossing.names, i)))
          notes.push(...note(sample, crossing.border.fork, left, right));
      } else if (!compareAt(runner, sample, i, i + 1, relation).ok)
        return { notes, failures: [{ at: i, sample, kind: "differs", reason: "" }] };
    }
  }
  return { notes: [...new Set(notes)].slice(0, MOST_NOTES), failures: [] };
}

/** One crossing for each border, that at the plainest number; those of one spot are tried once. */
function chosen(crossings: readonly Crossing[]): Crossing[] {
  const weight = ({ border: { at } }: Crossing) => String(at).length + (at === 0 ? 0 : 1);
  const plainest = [...crossings].sort((a, b) => weight(a) - weight(b));
  const keys = new Set<string>();
  const spots = new Set<string>();
  return plainest
    .filter(({ border: { key, fork, at }, names }) => {
      const own = `${key} ${fork.gaps.length > 1 ? at : ""}`;
      const spot = `${names.join()} ${at}`;
      if (keys.has(own) || spots.has(spot)) return false;
      keys.add(own);
      spots.add(spot);
      return true;
    })
    .slice(0, MOST);
}

/** The point on the border itself: at a short number if one is near, else to all digits, by secants. */
function onBorder(runner: Runner, { border, spot, names }: Crossing): SampledPoint | null {
  const side = new Set([border.fork.side]);
  const gap = (at: number) =>
    Math.min(
      ...(runner.look(spot.moved(names, at), side).forks.get(border.key)?.gaps ?? []).map(([low]) => Math.abs(low)),
    );
  const short = [3, 6, 9].map((digits) => Number(border.at.toPrecision(digits)) + 0).find((at) => gap(at) === 0);
  const place = (at: Decimal | number) => runner.at(spot, new Map(names.map((name) => [name, at])));
  if (short !== undefined) return place(short);
  let [a, b] = [new Decimal(border.at).times("1.000000001").plus("1e-12"), new Decimal(border.at)];
  let [fa, fb] = [a, b].map((at) => exactGap(runner, place(at), border.fork.node));
  for (let i = 0; i < 7 && fa && fb && !fb.isZero() && !fa.eq(fb); i++) {
    const next = b.minus(fb.times(b.minus(a)).div(fb.minus(fa)));
    [a, fa, b] = [b, fb, next];
    fb = exactGap(runner, place(b), border.fork.node);
  }
  return place(b);
}

/** The gap of a fork that is nearest to 0 there; null if it is not met. */
function exactGap(runner: Runner, point: SampledPoint, node: Expr): Decimal | null {
  let nearest: Decimal | null = null;
  for (const side of runner.sides)
    runner.value(side, point, null, (expr, _, gaps) => {
      if (expr.kind !== node.kind || expr.at.start !== node.at.start || expr.at.source !== node.at.source) return;
      for (const gap of gaps) if (!nearest || gap.abs().lt(nearest.abs())) nearest = gap;
    });
  return nearest;
}

/** What is told of a border where a side has no value: with its number where there is one letter, else in general. */
function note({ point }: Sample, { node }: Fork, left: Value, right: Value): Said[] {
  const letters = [...point.letters, ...point.elements].filter(([name]) => name !== "N");
  const alone = letters.length === 1;
  const where = alone ? `At ${placed(...letters[0])}` : `Where ${borderName(node)}`;
  const why = (none: string) => (alone ? ` (${none})` : "");
  if ("none" in left && "none" in right)
    return left.kind === "kink" && alone ? [`${where} nothing is claimed: ${left.none}.`] : [];
  if ("none" in left && "value" in right)
    return [`${where} the left side has no value${why(left.none)}; what the right side says there is a convention.`];
  if ("none" in right && "value" in left)
    return [`${where} the right side has no value${why(right.none)}: nothing is claimed there.`];
  return [];
}

/** A letter with its value in three digits. */
function placed(name: string, value: Decimal): Said {
  const short = value.toSignificantDigits(3);
  return math(`${texOf(name)} ${short.eq(value) ? "=" : "\\approx"} ${shown(short)}`);
}

function borderName(node: Expr): Said {
  const zero = (expr: Expr) => math(`${textOf(expr)} = 0`);
  if (node.kind === "divide") return zero(node.bottom);
  if (node.kind === "abs" || node.kind === "root") return zero(node.of);
  if (node.kind === "power") return zero(node.base);
  if (node.kind === "builtin" && node.args.length === 1) return zero(node.args[0]);
  return `the branches of ${math(textOf(node))} meet`;
}
