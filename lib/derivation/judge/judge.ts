import type { Formula } from "../read/chain";
import type { Sample } from "../run/runner";
import { missing, Runner } from "../run/runner";
import { plainText } from "../text/plain";
import type { Expr } from "../world/tree";
import { textOf } from "../world/tree";
import type { Assumption, World } from "../world/world";
import { checkAssignment } from "./assign";
import type { Failure, Finding } from "./compare";
import { compareAt } from "./compare";
import { edgeNotes } from "./edges";
import { misnumbered } from "./misnumbered";

/** What came of one chain. */
export interface Judged {
  readonly formula: Formula;
  readonly runner: Runner;
  readonly samples: readonly Sample[];
  readonly failures: readonly Failure[];
  readonly notes: readonly string[];
}

/** Runs each relation of a chain at points of the world that respect the assumptions. */
export function judge(
  formula: Formula,
  world: World,
  assumptions: readonly Assumption[],
  assigned: ReadonlyMap<string, Expr>,
): Judged {
  const runner = new Runner(world, [...assumptions, ...formula.conditions], formula.sides);
  const samples = runner.samples();
  const failures: Failure[] = [];
  formula.relations.forEach((_, i) => {
    const failure = judgeRelation(formula, runner, samples, i, assigned);
    if (failure) failures.push(failure);
  });
  if (failures.length > 0) return { formula, runner, samples, failures, notes: [] };
  const edges = edgeNotes(formula, runner);
  return {
    formula,
    runner,
    samples,
    failures: edges.failures,
    notes: [...branchNotes(runner, samples), ...edges.notes],
  };
}

function judgeRelation(
  formula: Formula,
  runner: Runner,
  samples: readonly Sample[],
  i: number,
  assigned: ReadonlyMap<string, Expr>,
): Failure | null {
  const relation = formula.relations[i];
  const [left, right] = [formula.sides[i], formula.sides[i + 1]];
  const said = (reason: string): Failure => ({ at: i, sample: samples[0], kind: "said", reason });
  const refusal = runner.refused.get(i) ?? runner.refused.get(i + 1);
  if (refusal) return { ...said(refusal.message), kind: "refused" };
  if (relation === ":=") {
    const complaint = checkAssignment(left, right, runner.world, assigned);
    if (complaint) return said(complaint);
    if (samples.every((sample) => "none" in sample.values[i + 1]))
      return said("what is assigned has no value at any point");
    return null;
  }
  const findings = samples.map((sample) => compareAt(runner, sample, i, i + 1, relation));
  const odd = misnumbered(right, runner) ?? (i === 0 ? misnumbered(left, runner) : null);
  if (odd) return said(odd);
  return failureOf(findings, samples, i, relation === "\\ne", said);
}

function failureOf(
  findings: readonly Finding[],
  samples: readonly Sample[],
  i: number,
  differs: boolean,
  said: (reason: string) => Failure,
): Failure | null {
  if (differs) {
    // Two formulas differ if they differ somewhere: they may still meet at single points.
    if (findings.some((finding) => finding.ok && finding.valued)) return null;
    return said("both sides are the same wherever they were compared");
  }
  for (const [k, finding] of findings.entries())
    if (!finding.ok) return { at: i, sample: samples[k], kind: finding.kind, reason: finding.reason };
  if (findings.some((finding) => finding.ok && finding.valued)) return null;
  const value = samples[0].values[i];
  return said(`neither side has a value at any point (${"none" in value ? value.none : "nothing was evaluated"})`);
}

function branchNotes(runner: Runner, samples: readonly Sample[]): string[] {
  if (samples.length < 2) return [];
  return missing(runner.branching(), samples).flatMap(([expr, branch]) => {
    // Under assumptions |x| and max show one side only, and that is meant.
    if (expr.kind !== "cases" && runner.assumptions.length > 0) return [];
    const name =
      expr.kind === "cases"
        ? `row “${expr.rows[branch].condition}”`
        : expr.kind === "builtin" && expr.name !== "sign"
          ? `argument ${textOf(expr.args[branch])}`
          : `branch ${branch < 0 ? "< 0" : "> 0"}`;
    const text = plainText(textOf(expr));
    return [
      `No point reached the ${name} of ${text.length > 40 ? `${text.slice(0, 39)}…` : text}: it was not checked.`,
    ];
  });
}
