// What the page and the worker that runs its cells say to each other.
import type { NumberAt } from "./numbers";

/** What a cell has to do with the others. */
export interface Names {
  /** The names that it defines for the cells after it. */
  readonly declares: readonly string[];
  /** The names that it does not define itself: those of cells before it, and the language's own. */
  readonly reads: readonly string[];
}

/** An error as Jupyter keeps it: its lines may carry the escapes for bold and for dim. */
export interface Failure {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

/** An output as a notebook keeps it. */
export type Output =
  | { readonly output_type: "display_data"; readonly data: Data; readonly metadata: object }
  | { readonly output_type: "stream"; readonly name: "stdout" | "stderr"; readonly text: string }
  | ({ readonly output_type: "error" } & Failure);

/** One output in several forms, by their MIME types. */
export type Data = Readonly<Record<string, unknown>>;

/** Asks what each text holds. */
export interface Ask {
  readonly kind: "read";
  readonly id: number;
  readonly texts: readonly string[];
}

/**
 * Asks to run a cell. `place` is its place in the book, from 1: it sees what the cells before it define. Of a draft only
 * the formulas run, and what they need; it is forgotten when it has run: what it defines replaces nothing.
 */
export interface Run {
  readonly kind: "run";
  readonly id: number;
  readonly place: number;
  readonly text: string;
  readonly draft: boolean;
}

/** Brings files that only this page holds, by the paths that its cells know them by. */
export interface Bring {
  readonly kind: "bring";
  readonly files: Readonly<Record<string, string>>;
}

export type Request = Ask | Run;

/** What was read in a text; `failure` where it cannot be read. */
export type Reading = Read | { readonly failure: Failure };

export interface Read {
  readonly names: Names;
  /** Where the numbers of its sliders stand; null where one has no plain number. */
  readonly sliders: readonly (NumberAt | null)[];
  /** The names that its formulas stand on, if it has formulas. */
  readonly formulas?: readonly string[];
}

export type Reply =
  | { readonly kind: "names"; readonly id: number; readonly readings: readonly Reading[] }
  | { readonly kind: "output"; readonly id: number; readonly output: Output }
  /** A line that passes, in place of the one before it. */
  | { readonly kind: "line"; readonly id: number; readonly line: string | null }
  | { readonly kind: "done"; readonly id: number; readonly failed: boolean };
