import type { Fork } from "../run/rough/machine";
import type { Expr, Relation, Row } from "../world/tree";

/** How far a place is from taking a branch: below 0 where it does. */
export function shortfall(node: Expr, { gaps }: Fork, branch: number): number {
  const values = gaps.map(([low]) => low);
  if (node.kind === "cases") return ofRow(node.rows, values, branch);
  if (node.kind === "builtin" && (node.name === "max" || node.name === "min"))
    return ofChoice(values, branch, node.args.length);
  return branch > 0 ? -values[0] : values[0];
}

/** The gaps are those of the first and second, first and third, … argument. */
function ofChoice(gaps: readonly number[], branch: number, count: number): number {
  let k = 0;
  let worst = -Infinity;
  for (let i = 0; i < count; i++)
    for (let j = i + 1; j < count; j++, k++) {
      if (i === branch) worst = Math.max(worst, -gaps[k]);
      if (j === branch) worst = Math.max(worst, gaps[k]);
    }
  return worst;
}

function ofRow(rows: readonly Row[], gaps: readonly number[], branch: number): number {
  let k = 0;
  const missed = rows.map(({ when }) =>
    when === null
      ? null
      : Math.min(...when.map((all) => ofAll(all.flatMap((one) => one.relations.map((r) => ofRelation(r, gaps[k++])))))),
  );
  return missed[branch] ?? Math.max(...missed.map((one) => (one === null ? -Infinity : -one)));
}

/** Each that is missed counts, so that a step in any of the letters is seen to help. */
function ofAll(missed: readonly number[]): number {
  const above = missed.filter((one) => one > 0);
  return above.length > 0 ? above.reduce((a, b) => a + b) : Math.max(...missed);
}

function ofRelation(relation: Relation, gap: number): number {
  if (relation === "<" || relation === "\\le") return gap;
  if (relation === ">" || relation === "\\ge") return -gap;
  return relation === "\\ne" ? -Math.abs(gap) : Math.abs(gap);
}
