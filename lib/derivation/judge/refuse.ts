import type { Formula } from "../read/chain";
import { straying } from "../run/letters";
import { Runner } from "../run/runner";
import { functionNamed } from "../text/commands";
import { DerivationError } from "../text/errors";
import { math, named } from "../text/say";
import type { Expr, Letter } from "../world/tree";
import { partsOf, textOf, walk } from "../world/tree";
import { lettersOf } from "../world/usage";
import type { Definition, Names, World } from "../world/world";
import { namesOf } from "../world/world";
import { compareAt } from "./compare";

/** Refuses letters that have no meaning where they stand. */
export function refuseStrays(sides: readonly Expr[], world: World): void {
  const names = namesOf(world);
  for (const side of sides) walk(side, refuseImaginary);
  for (const side of sides) checkBound(side, names, world);
  const letter = undefinedNumerator(sides, world);
  if (letter)
    throw new DerivationError(
      `${named(letter.name)} is differentiated but not defined: define it with where\`${letter.name} = …\`.`,
      letter.at,
    );
  const func = undefinedFunction(sides, world);
  if (func)
    throw new DerivationError(
      `What ${named(func.name)} is a function of is not said: define it, for example with where\`${func.name}(x) = x^2\`.`,
      func.at,
    );
}

/** Refuses a formula that begins by giving a name: nothing is equal to a letter that can be any number. */
export function refuseNaming({ sides: [first, ...others], relations }: Formula, world: World): void {
  if (first.kind !== "letter" || relations[0] !== "=" || known(first, world)) return;
  if (others.every((side) => lettersOf(side, world).size === 0)) return;
  const elsewhere = others.some((side) => {
    let found = lettersOf(side, world).has(first.name) || lettersOf(side, world).has(first.base);
    walk(side, (part) => {
      found ||= (part.kind === "derivative" || part.kind === "operator") && part.by.some((by) => sameLetter(by, first));
    });
    return found;
  });
  if (elsewhere) return;
  throw new DerivationError(
    `${named(first.name)} is not defined: define it with where\`…\`, or behind the formula, \\text{where } ${textOf(first)} = ….`,
    first.at,
  );
}

/** e^{i x}: where i counts nothing, it is the imaginary unit. */
function refuseImaginary(expr: Expr): void {
  if (expr.kind !== "power" || expr.base.kind !== "constant" || expr.base.name !== "e") return;
  const exponent = expr.exponent.kind === "negate" ? expr.exponent.of : expr.exponent;
  const factors = exponent.kind === "multiply" ? exponent.factors : [];
  const unit = factors.find((factor) => factor.kind === "letter" && factor.name === "i");
  if (unit) throw new DerivationError("Complex numbers are not run here: for a letter i take another one.", unit.at);
}

function sameLetter(by: Expr, { name }: Letter): boolean {
  return by.kind === "letter" && by.name === name;
}

function known({ name, base }: Letter, world: World): boolean {
  return [name, base].some((n) => world.definitions.has(n) || world.fixed.has(n) || world.data.has(n));
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
          `${named(expr.name)} stands outside the limit in ${named(expr.name)}: put brackets around all it acts on.`,
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
  return [...numerators.values()].find((letter) => !elsewhere.has(letter.name) && !known(letter, world)) ?? null;
}

/**
 * u in d/dx[u v] = u' v + u v': its prime stands outside only, so it is a function, and as a free letter its derivative
 * would be 0. The notes' y' inside, beside y, is a letter of its own.
 */
function undefinedFunction(sides: readonly Expr[], world: World): Letter | null {
  const differentiated = new Map<string, Letter>();
  const primed = new Set<string>();
  const visit = (expr: Expr, inside: boolean): void => {
    if (expr.kind === "letter" && !known(expr, world)) {
      if (inside) differentiated.set(expr.name, expr);
      else if (expr.name.endsWith("'")) primed.add(expr.name);
    }
    const below = inside || expr.kind === "derivative" || expr.kind === "operator";
    for (const part of partsOf(expr)) visit(part, below);
  };
  for (const side of sides) visit(side, false);
  const isPrimed = (name: string) => primed.has(`${name}'`) && !differentiated.has(`${name}'`);
  return [...differentiated.values()].find(({ name }) => isPrimed(name)) ?? null;
}

/** A definition that needs itself has no value. */
export function refuseCircles(world: World): void {
  for (const [name, definitions] of world.definitions)
    for (const definition of definitions) {
      if (definition.parameters === null && lettersOf(definition.body, world).has(name))
        throw new DerivationError(
          `${named(name)} is defined through itself: ${math(definition.tex)}.`,
          definition.body.at,
        );
      walk(definition.body, (part) => {
        if (part.kind === "call" && part.name === name && part.args?.length === definition.parameters?.length)
          throw new DerivationError(
            `${named(name)} is defined through itself: ${math(definition.tex)}.`,
            definition.body.at,
          );
      });
    }
}

/** A known function may be defined again, as the notes do, but not as something else; sigma is free. */
export function refuseRedefined(added: readonly Definition[], world: World): void {
  for (const { name, parameters, body, tex } of added) {
    if (functionNamed(name) !== name || name === "sigma" || !parameters) continue;
    const args = parameters.map(
      (parameter): Expr => ({ kind: "letter", name: parameter, base: parameter, index: null, at: body.at }),
    );
    const runner = new Runner(world, [], [{ kind: "builtin", name, args, primes: 0, at: body.at }, body]);
    const samples = runner.samples();
    if (samples.every((sample) => compareAt(runner, sample, 0, 1, "=").ok)) continue;
    throw new DerivationError(`${math(tex)} is not what \\${name} is known as: take another name.`, body.at);
  }
}
