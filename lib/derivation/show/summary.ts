import { oddSides } from "../hint/hint";
import type { JudgedChain } from "../judge/chains";
import { bySaying, gravest } from "../judge/compare";
import type { Judged } from "../judge/judge";
import { DIGITS } from "../run/number";
import { valued } from "../run/runner";
import type { Expr } from "../world/tree";
import { partsOf } from "../world/tree";
import { lettersOf } from "../world/usage";
import type { Assumption, World } from "../world/world";
import { wrongOf } from "./report";
import { fixedTex, markdownOf, textOf } from "./typeset";
import type { Mark, Outcome, Step, Verdict, Wrong } from "./verdict";

/** Puts together what came of a text of chains. */
export function verdictOf(runs: readonly JudgedChain[], world: World, assumptions: readonly Assumption[]): Verdict {
  const steps: Step[] = [];
  const offset = new Map<Judged, number>();
  const chains = runs.map(({ judged, asides }) => {
    const { formula, failures } = judged;
    const marks = marksOf(judged);
    const before = steps.length;
    for (const one of [judged, ...asides]) offset.set(one, before);
    formula.relations.forEach((relation, i) => {
      const reason = formula.reasons.get(i + 1);
      steps.push({
        relation,
        left: formula.tex[i],
        right: formula.tex[i + 1],
        ok: !failures.some(({ at }) => at === i),
        mark: marks[i],
        ...(reason !== undefined && { reason }),
      });
    });
    return { formula, marks };
  });
  const all = runs.flatMap(({ judged, asides }) => [judged, ...asides]);
  const worst = gravest(all);
  const aside = worst !== undefined && !runs.some(({ judged }) => judged === worst);
  const wrong = worst ? wrongOf(worst, worst.failures[0], offset.get(worst)!, aside) : null;
  const points = Math.max(...runs.map(({ judged }) => valued(judged.samples)));
  const notes = [...new Set(all.flatMap((one) => [...one.formula.remarks, ...one.notes]))];
  const given = contextOf(runs, world, assumptions);
  const how = wrong?.digits || howOf(runs, points);
  const page = { chains, given, how, notes, wrong };
  return {
    outcome: outcomeOf(wrong),
    ok: wrong === null,
    steps,
    wrong,
    notes,
    points,
    digits: DIGITS,
    given,
    how,
    markdown: markdownOf(page),
    text: textOf(page),
  };
}

function outcomeOf(wrong: Wrong | null): Outcome {
  if (wrong === null) return "holds";
  if (wrong.undecided) return "undecided";
  return wrong.refused ? "refused" : "fails";
}

/** A side that is wrong alone is marked once, not at the relation before it and at the one after. */
function marksOf(judged: Judged): Mark[] {
  const { formula, failures } = judged;
  const marks = formula.relations.map((relation, i): Mark => {
    const failure = failures.find(({ at }) => at === i);
    if (failure) return failure.kind === "undecided" ? "undecided" : "wrong";
    return relation === ":=" ? "names" : "holds";
  });
  for (const failure of failures) {
    const odd = bySaying(failure) ? null : oddSides(judged, failure);
    if (odd && marks[failure.at] === "wrong" && marks[odd[1]] === "wrong") marks[odd[1]] = "follows";
  }
  return marks;
}

function howOf(runs: readonly JudgedChain[], points: number): string {
  const sides = runs.flatMap(({ judged, asides }) => [judged, ...asides].flatMap(({ formula }) => formula.sides));
  const relations = runs.flatMap(({ judged }) => judged.formula.relations);
  const derived = sides.some(hasDerivative);
  const parts = [`Run at ${points} point${points === 1 ? "" : "s"} with ${DIGITS} digits`];
  if (derived) parts.push("derivatives from the limit");
  if (relations.includes("\\approx"))
    parts.push("≈ agrees in the digits shown (in 3 where none are shown, in 6 with a computed number)");
  if (relations.includes(":=")) parts.push(":= assigns and claims no equality");
  if (relations.includes("\\ne")) parts.push("≠ differs at every point");
  return `${parts.join("; ")}.`;
}

function hasDerivative(expr: Expr): boolean {
  if (expr.kind === "derivative" || expr.kind === "operator") return true;
  if (expr.kind === "call" && (expr.primes > 0 || expr.partials.length > 0)) return true;
  return (expr.kind === "builtin" && expr.primes > 0) || partsOf(expr).some(hasDerivative);
}

/** The definitions, assumptions and values that the chains make use of. */
function contextOf(runs: readonly JudgedChain[], world: World, assumptions: readonly Assumption[]): string[] {
  const used = new Set(
    runs.flatMap(({ judged }) => judged.formula.sides.flatMap((side) => [...lettersOf(side, world)])),
  );
  const context: string[] = [];
  for (const [name, definitions] of world.definitions)
    if (used.has(name)) context.push(...definitions.map(({ tex }) => tex));
  context.push(
    ...assumptions
      .filter(({ comparison }) =>
        comparison.sides.some((side) => [...lettersOf(side, world)].some((name) => used.has(name))),
      )
      .map(({ tex }) => tex),
  );
  for (const [name, value] of [...world.fixed, ...world.data]) if (used.has(name)) context.push(fixedTex(name, value));
  return context;
}
