import { DerivationError } from "../text/errors";
import type { Expr } from "../world/tree";
import { partsOf } from "../world/tree";
import { TWO_INDICES } from "./names";

/** Subscripts made of letters that usually count, and yet are words. */
const WORDS = new Set(["in", "min", "lin", "kin", "pin", "link"]);

/** Refuses x_{ij} where i or j counts: it would be read as one letter that is the same for each i. */
export function refuseTwoIndices(expr: Expr, counting: readonly string[] = []): void {
  if (expr.kind === "letter" && expr.index === null) {
    const subscript = expr.name.slice(expr.base.length + 1);
    const several = /^[i-nipq0-9,]{2,5}$/.test(subscript) && !WORDS.has(subscript);
    if (several && counting.some((index) => subscript.includes(index))) throw new DerivationError(TWO_INDICES, expr.at);
  }
  const inner = expr.kind === "series" ? [...counting, expr.index] : counting;
  const by = expr.kind === "derivative" || expr.kind === "operator" ? expr.by : [];
  for (const part of [...partsOf(expr), ...by]) refuseTwoIndices(part, inner);
}
