import { checkAssignment } from "./assign";
import type { Formula } from "./chain";
import type { Finding } from "./compare";
import { compareAt } from "./compare";
import { edgeNotes } from "./edges";
import type { Assumption, World } from "./machine";
import { misnumbered } from "./misnumbered";
import { plainText } from "./plain";
import type { Sample } from "./run";
import { missing, Runner } from "./run";
import type { Expr } from "./tree";
import { textOf } from "./tree";

/** One relation that does not hold. */
export interface Failure {
  /** Which relation of the chain, counted from 0. */
  readonly at: number;
  readonly sample: Sample;
  readonly reason: string;
  /** Said by a rule rather than found at a point: an index that runs too far, an update of the wrong letter. */
  readonly said: boolean;
  /** A side has no single meaning, so nothing was compared. */
  readonly refused?: boolean;
}

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
  const said = (reason: string): Failure => ({ at: i, sample: samples[0], reason, said: true });
  const refusal = runner.refused.get(i) ?? runner.refused.get(i + 1);
  if (refusal) return { ...said(refusal.message), refused: true };
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
  return verdictOf(findings, samples, i, relation === "\\ne", said);
}

function verdictOf(
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
  const first = findings.findIndex((finding) => !finding.ok);
  if (first >= 0)
    return { at: i, sample: samples[first], reason: (findings[first] as { reason: string }).reason, said: false };
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
