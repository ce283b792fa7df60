import type { Formula } from "../read/chain";
import { texOf } from "../text/commands";
import { math, named } from "../text/say";
import type { Expr } from "../world/tree";
import { textOf, walk } from "../world/tree";
import { lettersOf } from "../world/usage";
import type { World } from "../world/world";

/**
 * What is wrong with `target := right`, which claims no equality: the target is a letter, and an update goes down the
 * derivative by the very letter that it updates. Null if nothing is.
 */
export function checkAssignment(
  target: Expr,
  right: Expr,
  world: World,
  assigned: ReadonlyMap<string, Expr>,
): string | null {
  if (target.kind !== "letter")
    return `the left of := is a single letter${target.kind === "multiply" ? ": for a name of several letters write \\operatorname{…}" : ""}`;
  const through = right.kind === "letter" ? (assigned.get(right.name) ?? right) : right;
  const by = derivedLetters(through);
  if (by.size === 0) return null;
  const name = plain(target.name);
  if (by.size > 1)
    return `an update takes one derivative, and this one holds several: with respect to ${[...by].map(named).join(" and ")}`;
  const [letter] = by;
  const own = letter === name;
  if (!own && (holdsInDerivative(through, name, world) || sameFamily(target, by)))
    return `${named(name)} is updated with the derivative with respect to ${named(letter)}`;
  const terms = through.kind === "add" ? through.terms : [through];
  const itself = terms.some((term) => term.kind === "letter" && plain(term.name) === letter);
  const next = own || name.split("_")[0] === letter.split("_")[0];
  if (next && !itself)
    return `an update of ${named(letter)} starts from ${named(letter)} itself: ${math(`${texOf(letter)} - \\ldots`)}`;
  const uphill = terms.find((term) => term.kind !== "negate" && derivedLetters(term).size > 0);
  return itself && uphill ? `this walks uphill: descent subtracts ${math(textOf(uphill))}` : null;
}

/** Whether what is differentiated depends on a letter: the derivative is that of the reader's own J then. */
function holdsInDerivative(expr: Expr, name: string, world: World): boolean {
  let found = false;
  walk(expr, (part) => {
    if (part.kind === "derivative" || part.kind === "operator" || (part.kind === "call" && part.partials.length > 0))
      found ||= lettersOf(part, world).has(name);
  });
  return found;
}

function plain(name: string): string {
  return name.replace(/'/g, "");
}

/** W_1 beside a derivative by W_2 is a slip, not a new name. */
function sameFamily(target: Extract<Expr, { kind: "letter" }>, by: ReadonlySet<string>): boolean {
  const [base, sub] = plain(target.name).split("_");
  return /^\d+$/.test(sub ?? "") && [...by].some((name) => new RegExp(`^${base}_\\d+$`).test(name));
}

/** The letters by which derivatives are taken in a formula as it is written. */
export function derivedLetters(expr: Expr): Set<string> {
  const names = new Set<string>();
  walk(expr, (part) => {
    if (part.kind === "derivative" || part.kind === "operator")
      part.by.forEach((letter) => names.add(textOfLetter(letter)));
    if (part.kind === "call") part.partials.forEach((name) => names.add(name));
  });
  return names;
}

function textOfLetter(expr: Expr): string {
  return expr.kind === "letter" ? expr.name : textOf(expr);
}

/** A primed letter that nobody defined, before an update of the letter without the prime: the notes' W_i' = W_i - …. */
function isPrimedUpdate(left: Expr, right: Expr, world: World): boolean {
  if (
    left.kind !== "letter" ||
    !left.name.includes("'") ||
    world.definitions.has(left.name) ||
    world.fixed.has(left.name)
  )
    return false;
  return derivedLetters(right).size > 0 && lettersOf(right, world).has(plain(left.name));
}

/** The notes' W_i' = W_i - … names the next W_i: it is run as :=. */
export function asUpdate(formula: Formula, world: World): Formula {
  if (formula.relations[0] !== "=" || !isPrimedUpdate(formula.sides[0], formula.sides[1], world)) return formula;
  return { ...formula, relations: [":=", ...formula.relations.slice(1)] };
}
