import type { Formula } from "../read/chain";
import type { Expr } from "../world/tree";
import type { Assumption, World } from "../world/world";
import { asUpdate } from "./assign";
import { gravest } from "./compare";
import { judgeByHabit } from "./habit";
import type { Judged } from "./judge";
import { eachNumber } from "./numbered";
import { refuseNaming, refuseStrays } from "./refuse";

/** What came of one chain, and of the relations inside its reasons. */
export interface JudgedChain {
  readonly judged: Judged;
  readonly asides: readonly Judged[];
}

/** Judges chains in turn: what one assigns, a later one may use. */
export function judgeChains(
  formulas: readonly Formula[],
  world: World,
  assumptions: readonly Assumption[],
): JudgedChain[] {
  const assigned = new Map<string, Expr>();
  for (const formula of formulas) refuseNaming(asUpdate(formula, world), world);
  return formulas.map((formula) => {
    for (const { sides } of [formula, ...formula.asides]) refuseStrays(sides, world);
    const named = asUpdate(formula, world);
    const judged = firstFailing(eachNumber(named, world).map((one) => judgeByHabit(one, world, assumptions, assigned)));
    const [target, source] = named.sides;
    if (named.relations[0] === ":=" && target.kind === "letter") assigned.set(target.name, source);
    return { judged, asides: formula.asides.map((aside) => judgeByHabit(aside, world, assumptions, assigned)) };
  });
}

/** Of the runs of one chain that which fails, or all of their notes. */
function firstFailing(all: readonly Judged[]): Judged {
  return gravest(all) ?? { ...all[0], notes: [...new Set(all.flatMap(({ notes }) => notes))] };
}
