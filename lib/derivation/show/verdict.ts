import type { Said } from "../text/say";
import type { Relation } from "../world/tree";

/**
 * What came of it: it holds; it is false; it has no single meaning, so that nothing was compared; or nothing false was
 * found, but a part of it could not be tried.
 */
export type Outcome = "holds" | "fails" | "refused" | "undecided";

/**
 * How a relation fared: it holds, it is false, it could not be decided, it follows a side that is wrong though what
 * comes before and after that side agrees, or (:=) it names something and claims nothing.
 */
export type Mark = "holds" | "wrong" | "undecided" | "follows" | "names";

/** One relation of a chain with the sides it joins, as they were typed. */
export interface Step {
  readonly relation: Relation;
  readonly left: string;
  readonly right: string;
  readonly ok: boolean;
  readonly mark: Mark;
  /** The LaTeX of the reason that stands beside the step. */
  readonly reason?: string;
}

/** What is wrong with the first relation that does not hold. */
export interface Wrong {
  /** A side has no single meaning, so that nothing was compared. */
  readonly refused: boolean;
  /** Nothing false was found, but a part could not be tried. */
  readonly undecided: boolean;
  /** Which relation, counted from 1. */
  readonly step: number;
  readonly relation: Relation;
  readonly left: string;
  readonly right: string;
  /** The side between two false relations, when what stands before and after it agrees. */
  readonly side: string | null;
  /** What a teacher would say; empty where nothing better than the numbers is known. */
  readonly hint: Said;
  /** The letters' values where both sides were found to differ, and both sides there, as plain text. */
  readonly point: string;
  readonly values: readonly [left: string, right: string];
  /** The same to be read, with all digits; empty where no numbers were compared. */
  readonly digits: Said;
  /** What is to be said beside the marked chain, a sentence each. */
  readonly said: readonly Said[];
  /** All of it with the place in the LaTeX, as text. */
  readonly message: string;
  /** Where the relation stands in the LaTeX. */
  readonly position: number;
}

/** What came of running a text of chains. */
export interface Verdict {
  readonly outcome: Outcome;
  /** Whether all of it holds. */
  readonly ok: boolean;
  readonly steps: readonly Step[];
  readonly wrong: Wrong | null;
  /** Said honestly beside the verdict: kinks, branches no point reached. */
  readonly notes: readonly string[];
  /** At how many points it was run, and with how many digits. */
  readonly points: number;
  readonly digits: number;
  /** LaTeX of the definitions, assumptions and values it was run under. */
  readonly given: readonly string[];
  /** How it was run: what stands behind the mark. */
  readonly how: Said;
  /** text/markdown with one aligned block of LaTeX. */
  readonly markdown: string;
  /** The same as plain text. */
  readonly text: string;
}

/** A text of chains in which every relation held. */
export interface Derivation extends Verdict {
  readonly outcome: "holds";
  readonly ok: true;
  readonly wrong: null;
}
