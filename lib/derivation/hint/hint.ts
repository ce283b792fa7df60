import { derivedLetters } from "../judge/assign";
import type { Failure } from "../judge/compare";
import { bySaying } from "../judge/compare";
import type { Judged } from "../judge/judge";
import { regionOf } from "../judge/region";
import { exhausted } from "../run/meter";
import { Decimal, roughly } from "../run/number";
import type { Value } from "../run/runner";
import { texOf } from "../text/commands";
import type { Said } from "../text/say";
import { math, named } from "../text/say";
import type { Expr } from "../world/tree";
import { textOf, walk, withParts } from "../world/tree";
import { lettersOf } from "../world/usage";
import type { World } from "../world/world";
import { ratio } from "./ratio";
import { repairs } from "./repair";
import type { Case } from "./suspect";
import { close, equalSides, material, near } from "./suspect";

const MOST_REPAIRS = 300;

/** The sides between two false relations, where what stands before and after them agrees; null if there are none. */
export function oddSides(judged: Judged, failure: Failure): [from: number, to: number] | null {
  const { formula } = judged;
  const samples = [...judged.samples, failure.sample];
  for (let j = failure.at + 2; j < formula.sides.length; j++) {
    if (formula.relations.slice(failure.at, j).some((relation) => relation !== "=")) return null;
    const agree = samples.every(({ values }) => near(values[failure.at], values[j]));
    if (agree && samples.some(({ values }) => "value" in values[j])) return [failure.at + 1, j - 1];
  }
  return null;
}

/** What a teacher would say about a false equality; empty if nothing better than the numbers is known. */
export function hintFor(judged: Judged, failure: Failure): string {
  const { formula, samples } = judged;
  if (bySaying(failure) || formula.relations[failure.at] === "\\approx") return roundedHint(judged, failure);
  if (formula.relations[failure.at] !== "=") return assumed(judged, failure) || alike(judged, failure);
  if (!samples.includes(failure.sample)) return "elsewhere it is true";
  const side = (i: number) => samples.map(({ values }) => values[i]);
  const c: Case = {
    judged,
    at: failure.at,
    good: formula.sides[failure.at],
    bad: formula.sides[failure.at + 1],
    certain: oddSides(judged, failure) !== null,
    g: side(failure.at),
    w: side(failure.at + 1),
  };
  const always = [update, unknownLetter, absentLetter, undefinedSomewhere, decimals, ratio, inRows, someBranch];
  // at a single point any slip can be made to fit by chance
  const hints = samples.length < 2 ? always : [...always, factor, repaired, difference, truePart];
  for (const hint of hints) {
    const said = hint(c);
    // What was not computed to its end may fit by mistake.
    if (exhausted()) return "";
    if (said) return said;
  }
  return "";
}

function roundedHint({ formula, samples }: Judged, failure: Failure): string {
  if (bySaying(failure) || samples.length > 1) return "";
  const [left] = [samples[0].values[failure.at]];
  const right = formula.sides[failure.at + 1];
  if (!("value" in left) || right.kind !== "number") return "";
  return `to the digits shown it is ${math(left.value.toFixed((right.text.split(".")[1] ?? "").length))}`;
}

/** a > 0 of a free letter claims it for every a: it is meant as an assumption. */
function assumed({ formula, runner: { world } }: Judged, { at }: Failure): string {
  const sides = [formula.sides[at], formula.sides[at + 1]];
  const free = sides.some(
    (side) => side.kind === "letter" && !world.definitions.has(side.name) && !world.fixed.has(side.name),
  );
  return free && sides.some(isPlain) && formula.relations.length === 1
    ? "this says that it is so for every value; to assume it, put the word “for” before it, or give it to where"
    : "";
}

/** Two formulas that are the same, said to be unequal. */
function alike({ formula, samples }: Judged, { at }: Failure): string {
  const same = samples.every(({ values }) => near(values[at], values[at + 1]));
  return same && formula.relations[at] === "\\ne" ? "both sides are the same wherever they were compared" : "";
}

/** W = W - … is an update. */
function update({ good, bad }: Case): string {
  const terms = bad.kind === "add" ? bad.terms : [];
  const itself = good.kind === "letter" && terms.some((term) => term.kind === "letter" && term.name === good.name);
  return itself && derivedLetters(bad).has(good.name) ? "an update is no equality: write :=" : "";
}

/** w beside W: a letter of one side that no other side knows. */
function unknownLetter(c: Case): Said {
  const {
    judged: { formula, runner },
    good,
    bad,
  } = c;
  const { world } = runner;
  const known = (expr: Expr) => new Set([...lettersOf(expr, world), ...derivedLetters(expr)]);
  const [ours, theirs] = [known(good), known(bad)];
  for (const [mine, other] of [
    [theirs, ours],
    [ours, theirs],
  ]) {
    for (const name of mine) {
      if (other.has(name) || world.definitions.has(name) || world.fixed.has(name)) continue;
      const twin = [...other].find(
        (letter) => letter !== name && letter.toLowerCase() === name.toLowerCase() && !mine.has(letter),
      );
      if (name === "sigma" && !other.has("sigma")) return "σ without brackets is a letter: write \\sigma(…)";
      const there = mine === theirs ? bad : good;
      const mended = twin ? renamed(there, name, twin) : there;
      if (twin && equalSides(c, mended, there === bad ? good : bad))
        return `${named(name)} and ${named(twin)} are different letters`;
      if (name.includes("'") && formula.sides[0].kind === "letter" && formula.sides[0].name === name)
        return `${named(name)} is not defined: define it with where, or write := for an update`;
    }
  }
  return "";
}

/** The formula with one letter in place of another, which its derivatives are taken by as well. */
function renamed(expr: Expr, from: string, to: string): Expr {
  if (expr.kind === "letter") return expr.name === from ? { ...expr, name: to, base: to } : expr;
  const inner = withParts(expr, (part) => renamed(part, from, to));
  return inner.kind === "derivative" || inner.kind === "operator"
    ? { ...inner, by: inner.by.map((letter) => renamed(letter, from, to)) }
    : inner;
}

/** A derivative with respect to a letter that what is differentiated does not hold. */
function absentLetter(c: Case): Said {
  const { good, bad, g, w } = c;
  const { world } = c.judged.runner;
  const zero = (values: readonly Value[]) => values.every((v) => "value" in v && v.value.isZero());
  const side = zero(g) ? good : zero(w) ? bad : null;
  let said = "";
  if (side)
    walk(side, (part) => {
      if (part.kind !== "derivative" && part.kind !== "operator") return;
      const [by] = part.by;
      const names = (part.kind === "derivative" ? [part.of] : part.factors).flatMap((of) => [...lettersOf(of, world)]);
      if (by.kind !== "letter" || names.includes(by.name)) return;
      const twin = names.find((name) => name.toLowerCase() === by.name.toLowerCase());
      const meant = twin && equalSides(c, renamed(side, by.name, twin), side === good ? bad : good);
      said = `${named(by.name)} does not occur in what is differentiated, so the derivative with respect to ${named(by.name)} is 0${meant ? `: did you mean ${named(twin)}?` : ""}`;
    });
  return said;
}

function undefinedSomewhere(c: Case): string {
  const lacking = c.g.findIndex((g, i) => "none" in g !== "none" in c.w[i]);
  if (lacking < 0) return "";
  const { samples, runner } = c.judged;
  const both = c.g.flatMap((g, i) => ("value" in g && "value" in c.w[i] ? [i] : []));
  if (samples.length > 1 && !both.some((i) => samples[i].point.draw.generic))
    return `where one side has a value the other has none${both.length > 0 ? ", but for single points" : ""}`;
  if (both.length === 0 || !both.every((i) => near(c.g[i], c.w[i]))) return "";
  const where =
    regionOf(runner, samples[lacking].point, c.at) ??
    separating(c.judged, (i) => "value" in c.g[i] && "value" in c.w[i]);
  return `it is true where both sides have a value: say where that is${where ? `, for example with “for ${where}” behind it` : ""}`;
}

/** 0.333 for 1/3. */
function decimals({ bad, g, w }: Case): string {
  const plain = bad.kind === "negate" ? bad.of : bad;
  if (g.length > 1 || plain.kind !== "number" || !plain.text.includes(".") || !("value" in g[0]) || !("value" in w[0]))
    return "";
  const gap = g[0].value.minus(w[0].value).abs();
  const unit = new Decimal(10).pow(-plain.text.split(".")[1].length);
  return gap.lte(unit.div(2)) ? `both sides agree to the digits shown: write ${math("\\approx")}` : "";
}

/** A slip in the rows of cases. */
const inRows = (c: Case): Said => (c.bad.kind === "cases" && c.g.length > 1 ? repaired(c) : "");

/** True where x > 0 only. */
function someBranch(c: Case): string {
  const samples = c.judged.samples.filter((_, i) => "value" in c.g[i] || "value" in c.w[i]);
  const right = c.g
    .map((g, i) => ("value" in g || "value" in c.w[i] ? near(g, c.w[i]) : null))
    .filter((ok): ok is boolean => ok !== null);
  const telling = c.g.filter((g, i) => "value" in g && !g.value.isZero() && near(g, c.w[i])).length;
  if (telling < 2 || right.every((ok) => ok)) return "";
  const where = separating({ samples, runner: c.judged.runner }, (i) => right[i]);
  return where ? `it is true only where ${where}` : "";
}

/** A condition that tells the points of one kind from the others: the sign of a letter, or a branch. */
function separating({ samples, runner }: Pick<Judged, "samples" | "runner">, kind: (i: number) => boolean): string {
  const branches = new Set(samples.flatMap(({ branches: taken }) => [...taken.keys()]));
  const names = new Set(samples.flatMap(({ point }) => [...point.letters.keys()]));
  for (const name of names) {
    const positive = samples.map(({ point }) => point.letters.get(name)?.gt(0) ?? false);
    if (samples.every((_, i) => kind(i) === positive[i])) return math(`${texOf(name)} > 0`);
    if (samples.every((_, i) => kind(i) !== positive[i])) return math(`${texOf(name)} < 0`);
  }
  for (const expr of branches) {
    const taken = samples.map((sample) => sample.branches.get(expr));
    const own = new Set(taken.filter((_, i) => kind(i)));
    if (taken.some((branch, i) => own.has(branch) !== kind(i)) || own.size !== 1) continue;
    const [branch] = own;
    const condition =
      expr.kind === "cases" && branch !== undefined
        ? expr.rows[branch].condition
        : expr.kind === "abs"
          ? `${textOf(expr.of)} ${branch === 1 ? ">" : "<"} 0`
          : "";
    const owner = ownerOf(expr, runner.world);
    if (condition) return owner ? `${named(owner)} takes its row ${math(condition)}` : math(condition);
  }
  return "";
}

/** The function in whose definition a branch stands: its letters there are not those of the chain. */
function ownerOf(branching: Expr, { definitions }: World): string | null {
  for (const [name, all] of definitions)
    for (const { parameters, body } of all) {
      let inside = false;
      walk(body, (part) => {
        inside ||= part === branching;
      });
      if (inside) return parameters && name;
    }
  return null;
}

/** A factor that is missing: a letter, or the derivative of something inside. */
function factor(c: Case): string {
  const { good, bad } = c;
  if (isPlain(bad)) return "";
  for (const { expr, say } of material(c).factors) {
    const product: Expr = { kind: "multiply", factors: [bad, expr], at: bad.at };
    if (equalSides(c, product, good)) return `${say} is missing`;
    const flipped: Expr = { kind: "negate", of: product, at: bad.at };
    if (equalSides(c, flipped, good)) return `${say} is missing, and the sign is flipped`;
  }
  return "";
}

/** A typical slip that, undone, makes the sides equal; in the side that is wrong first. */
function repaired(c: Case): string {
  const known = material(c);
  const first = (c.bad.kind === "letter" || isPlain(c.bad) ? [] : repairs(c.bad, known))
    .sort((a, b) => Number(a.large ?? false) - Number(b.large ?? false))
    .slice(0, MOST_REPAIRS)
    .find(({ expr }) => equalSides(c, expr, c.good));
  if (first) return first.say;
  if (c.certain || isPlain(c.bad)) return "";
  // The left side is what is given: only how its derivative is written can be a slip.
  const other = repairs(c.good, known)
    .slice(0, MOST_REPAIRS)
    .find(({ expr, left }) => left && equalSides(c, c.bad, expr));
  return other ? other.left! : "";
}

/** A number says too little about how it was come by. */
function isPlain(expr: Expr): boolean {
  return expr.kind === "number" || (expr.kind === "negate" && isPlain(expr.of));
}

function difference(c: Case): string {
  const { g, w } = c;
  const gaps = g
    .map((value, i) => {
      const other = w[i];
      return "value" in value && "value" in other ? other.value.minus(value.value) : null;
    })
    .filter((gap): gap is Decimal => gap !== null);
  if (gaps.length < 2 || isPlain(c.bad)) return "";
  if (!gaps.every((gap) => close(gap, gaps[0]))) return missingTerm(c);
  return `it is always ${roughly(gaps[0].abs())} too ${gaps[0].isNegative() ? "small" : "large"}`;
}

/** A term that is missing or too much: a letter, a product of two, or a term of either side. */
function missingTerm(c: Case): string {
  const { letters } = material(c);
  const terms = (expr: Expr): readonly Expr[] => (expr.kind === "add" ? expr.terms : [expr]);
  const pairs = letters.flatMap((a, i) =>
    letters.slice(i).map((b): Expr => ({ kind: "multiply", factors: [a, b], at: a.at })),
  );
  for (const term of [...letters, ...pairs, ...(c.good.kind === "add" ? c.good.terms : []), ...terms(c.bad)].slice(
    0,
    60,
  ))
    for (const times of [1, -1, 2, -2]) {
      const added: Expr = {
        kind: "multiply",
        factors: [{ kind: "number", text: String(times), computed: false, at: term.at }, term],
        at: term.at,
      };
      if (!equalSides(c, { kind: "add", terms: [c.bad, added], at: c.bad.at }, c.good)) continue;
      const text = term.kind === "multiply" && pairs.includes(term) ? productOf(term.factors) : textOf(term);
      return `the term ${math(`${times < 0 ? "-" : ""}${Math.abs(times) === 2 ? "2 " : ""}${text}`)} is missing`;
    }
  return "";
}

/** Two letters side by side, or a square. */
const productOf = ([a, b]: readonly Expr[]): string =>
  textOf(a) === textOf(b) ? `${textOf(a)}^2` : `${textOf(a)} ${textOf(b)}`;

function truePart(c: Case): string {
  const valued = c.g.map((g, i) => [g, c.w[i]] as const).filter(([g, w]) => "value" in g && "value" in w);
  const right = valued.filter(([g, w]) => near(g, w) && "value" in g && !g.value.isZero()).length;
  return right > 0 && right < valued.length ? "it is true for some values of the letters only" : "";
}
