import { pretty } from "./commands";
import { partsOf } from "./tree";
import type { World } from "./machine";
import type { Expr, Letter } from "./tree";

/**
 * A letter that is only ever differentiated, as J in dJ/dW, must be defined: taken for a free letter its derivative would
 * be 0, and any claim of that would pass. Null if there is none.
 */
export function undefinedNumerator(sides: readonly Expr[], world: World): Letter | null {
  const numerators = new Map<string, Letter>();
  const elsewhere = new Set<string>();
  const visit = (expr: Expr, bare: boolean): void => {
    if (expr.kind === "letter") bare ? numerators.set(expr.name, expr) : elsewhere.add(expr.name);
    if (expr.kind === "derivative" || expr.kind === "operator") expr.by.forEach((by) => visit(by, false));
    const alone = expr.kind === "derivative" || (expr.kind === "operator" && expr.factors.length === 1);
    for (const part of partsOf(expr)) visit(part, alone);
  };
  sides.forEach((side) => visit(side, false));
  const known = ({ name, base }: Letter) => [name, base].some((n) => world.definitions.has(n) || world.fixed.has(n) || world.data.has(n));
  return [...numerators.values()].find((letter) => !elsewhere.has(letter.name) && !known(letter)) ?? null;
}

export function saysUndefined(letter: Letter): string {
  return `${pretty(letter.name)} is differentiated but not defined: define it with where\`${letter.name} = …\`.`;
}
