import type { Formula } from "../read/chain";
import type { Sample } from "../run/runner";
import { Runner } from "../run/runner";
import type { Spot } from "../run/spot";
import type { Said } from "../text/say";
import { math } from "../text/say";
import type { Expr } from "../world/tree";
import { textOf, walk } from "../world/tree";
import type { Assumption, World } from "../world/world";
import { checkAssignment } from "./assign";
import type { Failure, Finding } from "./compare";
import { compareAt, isFirm } from "./compare";
import { edgeNotes } from "./edges";
import { isMeeting, meetingPoint } from "./meet";
import { misnumbered } from "./misnumbered";
import { plainer } from "./plainer";
import type { Survey } from "./survey";
import { surveyOf } from "./survey";
import { isOrder, suspectsOf } from "./suspects";
import { touchingPoint } from "./touch";
import type { Unclaimed } from "./unclaimed";
import { unclaimed, unclaimedNotes } from "./unclaimed";

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
  const seeking = formula.relations.some(isOrder);
  const survey = surveyOf(runner, samples, seeking);
  const tried = [...samples];
  const open: Unclaimed[] = formula.relations.flatMap((_, i) =>
    samples.filter((_, k) => isTelling(samples, k)).flatMap((sample) => unclaimed(runner, sample, i) ?? []),
  );
  const failing = (found: Failure): Judged => ({ formula, runner, samples: tried, failures: [found], notes: [] });
  for (const spot of survey.stretches) {
    const found = failureAt(formula, runner, tried, open, spot, formula.relations.keys());
    if (!found) continue;
    tried.push(found.sample);
    return failing(found);
  }
  for (const { at, spot } of suspectsOf(formula, runner, survey.sights, survey.names)) {
    const found = failureAt(formula, runner, tried, open, spot, [at]) ?? touching(formula, runner, survey, spot, at);
    if (found) return failing(found);
  }
  const edges = edgeNotes(formula, runner, survey.crossings, new Set(open.map(({ at }) => at)));
  if (edges.failures.length > 0) return failing(edges.failures[0]);
  const notes = [...unclaimedNotes(formula, runner, open), ...edges.notes];
  return { formula, runner, samples: tried, failures: undecided(formula, runner, samples, survey), notes };
}

/** Tries a relation that forbids that its sides are equal where they come nearest. */
function touching({ relations }: Formula, runner: Runner, { names }: Survey, spot: Spot, i: number): Failure | null {
  const unequal = relations[i] === "\\ne";
  if (!unequal && relations[i] !== "<" && relations[i] !== ">") return null;
  const point = (unequal ? meetingPoint : touchingPoint)(runner, spot, names, i);
  if (!point || !runner.allowed(point)) return null;
  const sample = runner.sample(point);
  if (unequal || isMeeting(runner, point, names, i)) return { at: i, sample, kind: "differs", reason: "" };
  const found = compareAt(runner, sample, i, i + 1, relations[i]);
  return found.ok || found.kind !== "differs" ? null : { at: i, sample, kind: found.kind, reason: found.reason };
}

/**
 * Tries relations at one more spot, which joins the samples if it is allowed; where they claim nothing around it, that
 * joins what is open.
 */
function failureAt(
  formula: Formula,
  runner: Runner,
  tried: Sample[],
  open: Unclaimed[],
  spot: Spot,
  relations: Iterable<number>,
): Failure | null {
  const point = runner.at(spot);
  if (!runner.allowed(point)) return null;
  const sample = runner.sample(point);
  const finding = (one: Sample, i: number) => compareAt(runner, one, i, i + 1, formula.relations[i]);
  for (const i of relations) {
    if (formula.relations[i] === ":=") continue;
    const found = finding(sample, i);
    if (found.ok || found.kind === "undecided") continue;
    if (found.kind === "valueless" && !lacksAround(runner, spot, (one) => finding(one, i))) continue;
    const silent = unclaimed(runner, sample, i);
    if (silent) open.push(silent);
    if (silent || !isFirm(runner, sample, i)) continue;
    const failure: Failure = { at: i, sample, kind: found.kind, reason: found.reason };
    return { ...failure, sample: plainer(runner, sample, (other) => failsAlike(formula, runner, other, failure)) };
  }
  tried.push(sample);
  return null;
}

/** Whether a value is lacking not only at a spot, as on a border, but around it too. */
function lacksAround(runner: Runner, spot: Spot, finding: (sample: Sample) => Finding): boolean {
  const { letters, elements } = spot.from;
  const names = [...letters.keys(), ...elements.keys()].filter((name) => !runner.usage.integers.has(name));
  const aside = (name: string, i: number) => spot.number(name) * 1.0093 + 0.0017 + i / 997;
  const point = runner.at(spot, new Map(names.map((name, i) => [name, aside(name, i)])));
  if (!runner.allowed(point)) return false;
  const found = finding(runner.sample(point));
  return !found.ok && found.kind === "valueless";
}

/** The relations beside a side with a branch that no point reached. */
function undecided(formula: Formula, runner: Runner, samples: readonly Sample[], { unreached }: Survey): Failure[] {
  if (unreached.length === 0) return [];
  const [{ fork, branch }] = unreached;
  const reason = `no point was found ${where(fork.node, branch)}, so it was not tried there`;
  return formula.relations.flatMap((relation, i): Failure[] =>
    relation === ":=" || ![formula.sides[i], formula.sides[i + 1]].some((side) => reaches(side, fork.node, runner))
      ? []
      : [{ at: i, sample: samples[0], kind: "undecided", reason }],
  );
}

/** Whether a side holds a node, itself or in a definition. */
function reaches(side: Expr, node: Expr, { world }: Runner): boolean {
  let found = false;
  const seen = new Set<Expr>();
  const visit = (expr: Expr): void => {
    if (seen.has(expr)) return;
    seen.add(expr);
    walk(expr, (part) => {
      found ||= part.kind === node.kind && part.at.source === node.at.source && part.at.start === node.at.start;
      const name = part.kind === "call" || part.kind === "letter" ? part.name : null;
      if (name) for (const { body } of world.definitions.get(name) ?? []) visit(body);
    });
  };
  visit(side);
  return found;
}

/** Where a branch is taken. */
function where(node: Expr, branch: number): Said {
  if (node.kind === "cases") return `that reaches the row ${math(node.rows[branch].condition)}`;
  if (node.kind === "builtin" && node.name !== "sign") {
    const most = node.name === "max" ? "largest" : "smallest";
    return `where ${math(textOf(node.args[branch]))} is the ${most} in ${math(textOf(node))}`;
  }
  const inner = node.kind === "abs" ? node.of : node.kind === "builtin" ? node.args[0] : node;
  return `where ${math(`${textOf(inner)} ${branch < 0 ? "<" : ">"} 0`)}`;
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
  if (refusal) return { ...said(refusal.said), kind: "refused", shown: refusal.message };
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
  const failure = failureOf(runner, findings, samples, i);
  if (failure?.kind !== "differs" || !isOrder(relation)) return failure;
  return {
    ...failure,
    sample: plainer(runner, failure.sample, (other) => failsAlike(formula, runner, other, failure)),
  };
}

/** Whether a relation fails at another point, too, and for the same reason. */
function failsAlike({ relations }: Formula, runner: Runner, sample: Sample, { at, kind }: Failure): boolean {
  const again = compareAt(runner, sample, at, at + 1, relations[at]);
  return !again.ok && again.kind === kind;
}

function failureOf(
  runner: Runner,
  findings: readonly Finding[],
  samples: readonly Sample[],
  i: number,
): Failure | null {
  const at = (k: number, finding: Finding): Failure | null =>
    finding.ok ? null : { at: i, sample: samples[k], kind: finding.kind, reason: finding.reason };
  const claims = samples.map((sample) => unclaimed(runner, sample, i) === null);
  const lacks = (k: number) => claims[k] && isOfKind(findings[k], "valueless");
  // At plain numbers a side may lack its value by chance, as 1/(x - 1) does at 1.
  const lacking = findings.some((_, k) => lacks(k) && isTelling(samples, k));
  const failing = findings.findIndex((finding, k) => isOfKind(finding, "differs") || (lacking && lacks(k)));
  const worst = failing >= 0 ? failing : findings.findIndex((finding) => isOfKind(finding, "undecided"));
  if (worst >= 0) return at(worst, findings[worst]);
  const valued = (k: number) => findings[k].ok && findings[k].valued;
  const telling = findings.flatMap((_, k) => (isTelling(samples, k) ? [k] : []));
  if (telling.some(valued)) return null;
  // A value here and there is none: \sqrt{-x} = \sqrt{x} holds at 0 alone.
  const alone = telling.find((k) => !claims[k]);
  if (alone !== undefined) return at(alone, findings[alone]);
  const value = samples[telling[0]].values[i];
  const met = findings.some((_, k) => valued(k));
  if (met && !("none" in value && value.kind === "domain")) return null;
  const why = "none" in value ? value.none : "nothing was evaluated";
  const where = met ? "but at single points" : "at any point";
  return { at: i, sample: samples[telling[0]], kind: "said", reason: `neither side has a value ${where} (${why})` };
}

function isOfKind(finding: Finding, kind: (Finding & { ok: false })["kind"]): boolean {
  return !finding.ok && finding.kind === kind;
}

function isTelling(samples: readonly Sample[], k: number): boolean {
  return samples[k].point.draw.generic || samples.length === 1;
}
