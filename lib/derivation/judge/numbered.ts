import type { Formula } from "../read/chain";
import type { Expr, Letter } from "../world/tree";
import { withParts } from "../world/tree";
import type { Usage } from "../world/usage";
import { lettersOf, usageOf } from "../world/usage";
import type { World } from "../world/world";
import { familyOf } from "../world/world";

/**
 * The notes write dMAE/dW_i where the model holds W_1 and W_2, and books dJ/dh_k where J sums over all h_i: such a chain is
 * meant for each of them, so it is run once for each number; where data are not given, for two of them. A chain without
 * such letters is returned as it is.
 */
export function eachNumber(formula: Formula, world: World): Formula[] {
  const index = genericIndex(formula, world);
  if (!index) return [formula];
  return [...index.numbers]
    .sort()
    .map((k) => ({ ...formula, sides: formula.sides.map((side) => numbered(side, index.letter, k)) }));
}

/** The index of a letter that is differentiated by, and the numbers its siblings carry. */
function genericIndex(formula: Formula, world: World): { letter: string; numbers: ReadonlySet<string> } | null {
  const names = new Set(formula.sides.flatMap((side) => [...lettersOf(side, world)]));
  const usage = usageOf(formula.sides, world);
  let found: { letter: string; numbers: ReadonlySet<string> } | null = null;
  const visit = (expr: Expr, bound: readonly string[]): void => {
    const by = expr.kind === "derivative" || expr.kind === "operator" ? expr.by : [];
    for (const letter of by) {
      if (letter.kind !== "letter" || letter.index?.kind !== "letter" || bound.includes(letter.index.name)) continue;
      const numbers =
        usage.data.has(letter.base) || familyOf(world, letter.base)
          ? elements(letter.base, letter.index.name, usage, world)
          : siblings(letter, names);
      if (numbers.size > 0 && !world.fixed.has(letter.name)) found = { letter: letter.index.name, numbers };
    }
    withParts(expr, (part) => (visit(part, expr.kind === "series" ? [...bound, expr.index] : bound), part));
  };
  formula.sides.forEach((side) => visit(side, []));
  return found;
}

/** Numbers of data to take in turn; none where the index is itself a number of the data, as in x_N. */
function elements(base: string, index: string, { integers }: Usage, world: World): Set<string> {
  if (integers.has(index) || world.fixed.has(index)) return new Set();
  const last = Math.min(2, world.data.get(base)?.length ?? 2);
  return new Set(["1", "2"].slice(0, last));
}

function siblings(letter: Letter, names: ReadonlySet<string>): Set<string> {
  const start = `${letter.base}_`;
  return new Set(
    [...names]
      .filter((name) => name.startsWith(start) && /^\d+$/.test(name.slice(start.length)))
      .map((name) => name.slice(start.length)),
  );
}

function numbered(expr: Expr, index: string, k: string): Expr {
  if (expr.kind === "letter")
    return expr.index?.kind === "letter" && expr.index.name === index
      ? { ...expr, name: `${expr.base}_${k}`, index: { kind: "number", text: k, computed: false, at: expr.at } }
      : expr;
  if (expr.kind === "series" && expr.index === index) return expr;
  const inner = withParts(expr, (part) => numbered(part, index, k));
  return inner.kind === "derivative" || inner.kind === "operator"
    ? { ...inner, by: inner.by.map((letter) => numbered(letter, index, k)) }
    : inner;
}
