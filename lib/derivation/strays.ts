import { pretty } from "./commands";
import { DerivationError } from "./errors";
import { straying } from "./letters";
import type { World } from "./machine";
import type { Names } from "./reader";
import type { Expr, Letter } from "./tree";
import { partsOf } from "./tree";

/** Refuses letters that have no meaning where they stand. */
export function checkStrays(sides: readonly Expr[], names: Names, world: World): void {
  for (const side of sides) checkBound(side, names, world);
  const letter = undefinedNumerator(sides, world);
  if (letter)
    throw new DerivationError(
      `${pretty(letter.name)} is differentiated but not defined: define it with where\`${letter.name} = …\`.`,
      letter.at,
    );
}

/** x_i outside the sum over i, or h outside the limit in h: brackets are missing. */
function checkBound(side: Expr, names: Names, world: World): void {
  const indices = new Set<string>();
  const limits = new Set<string>();
  const collect = (expr: Expr): void => {
    if (expr.kind === "series") indices.add(expr.index);
    if (expr.kind === "limit") limits.add(expr.letter);
    partsOf(expr).forEach(collect);
  };
  collect(side);
  if (indices.size + limits.size === 0) return;
  const visit = (expr: Expr, inside: readonly string[]): void => {
    if (expr.kind === "letter") {
      const index = expr.index?.kind === "letter" ? expr.index.name : null;
      if (index && indices.has(index) && !inside.includes(index) && !names.letters.has(expr.name)) throw straying(expr);
      const out =
        limits.has(expr.name) &&
        !inside.includes(expr.name) &&
        !names.letters.has(expr.name) &&
        !world.fixed.has(expr.name);
      if (out)
        throw new DerivationError(
          `${pretty(expr.name)} stands outside the limit in ${pretty(expr.name)}: put brackets around all it acts on.`,
          expr.at,
        );
    }
    const own = expr.kind === "series" ? [expr.index] : expr.kind === "limit" ? [expr.letter] : [];
    for (const part of partsOf(expr)) visit(part, [...inside, ...own]);
  };
  visit(side, []);
}

/**
 * A letter that is only ever differentiated, as J in dJ/dW, must be defined: taken for a free letter its derivative would
 * be 0, and any claim of that would pass. Null if there is none.
 */
function undefinedNumerator(sides: readonly Expr[], world: World): Letter | null {
  const numerators = new Map<string, Letter>();
  const elsewhere = new Set<string>();
  const visit = (expr: Expr, bare: boolean): void => {
    if (expr.kind === "letter") bare ? numerators.set(expr.name, expr) : elsewhere.add(expr.name);
    if (expr.kind === "derivative" || expr.kind === "operator") expr.by.forEach((by) => visit(by, false));
    const alone = expr.kind === "derivative" || (expr.kind === "operator" && expr.factors.length === 1);
    for (const part of partsOf(expr)) visit(part, alone);
  };
  sides.forEach((side) => visit(side, false));
  const known = ({ name, base }: Letter) =>
    [name, base].some((n) => world.definitions.has(n) || world.fixed.has(n) || world.data.has(n));
  return [...numerators.values()].find((letter) => !elsewhere.has(letter.name) && !known(letter)) ?? null;
}
