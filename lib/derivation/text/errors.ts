import type { Said } from "./say";
import { asTyped } from "./say";

/** A stretch of a template's text, for messages that point at it. */
export interface Span {
  readonly source: string;
  readonly start: number;
  readonly end: number;
}

/**
 * What every refusal of this module throws: LaTeX that cannot be read, a formula with two readings, a name nobody
 * defined, and (from `derive` only) a relation that is false. `message` is made to be read by the person who typed the
 * formula; where a place in the formula is to blame it ends with the line and a caret under that place.
 */
export class DerivationError extends Error {
  /** Offset in the template's text, or -1 where no place is to blame. */
  readonly position: number;

  /** @param shown the message that shows its place already, at `position` */
  constructor(
    /** What is said, to be typeset. */
    readonly said: Said,
    at?: Span,
    position = at ? at.start : -1,
    shown?: string,
  ) {
    super(shown ?? (at ? `${asTyped(said)}\n${caret(at)}` : asTyped(said)));
    this.name = "DerivationError";
    this.position = position;
  }
}

/**
 * Why a formula has no value at a point: an operation has none there, as ln has none below 0; a limit, a sum without end
 * or a row of cases is missing, though it is written; a derivative meets a kink; data that do not exist; no single
 * meaning; too large a number; a place that a formula does not speak of, (n - k)! with k > n; or a value that could not
 * be found out.
 */
export type Lack = "domain" | "missing" | "kink" | "data" | "refused" | "large" | "outside" | "undecided";

/**
 * A formula that has no value at a point: it decides about a relation there, and is never shown as a crash. No Error, for
 * a trace of the stack, which nobody reads, takes longer than the formula.
 */
export class Undefined {
  constructor(
    readonly reason: string,
    readonly kind: Lack = "domain",
  ) {}
}

/** The line that holds the place, numbered when there are several, and a caret under the place. */
export function caret({ source, start, end }: Span): string {
  const lineStart = source.lastIndexOf("\n", start - 1) + 1;
  const newline = source.indexOf("\n", start);
  const line = source.slice(lineStart, newline < 0 ? source.length : newline);
  const number = source.slice(0, lineStart).split("\n").length;
  const label = source.includes("\n") ? `line ${number}: ` : "";
  const [text, column] = window(line, start - lineStart);
  const width = Math.max(1, Math.min(end - start, text.length - column));
  return `  ${label}${text}\n  ${" ".repeat(label.length + column)}${"^".repeat(width)}`;
}

/** Long lines are cut around the place, so that the caret stays under it where lines wrap. */
function window(line: string, column: number): [string, number] {
  const widest = 88;
  if (line.length <= widest) return [line, column];
  const from = Math.max(0, Math.min(column - 40, line.length - widest));
  const before = from > 0 ? "… " : "";
  const after = from + widest < line.length ? " …" : "";
  return [before + line.slice(from, from + widest) + after, column - from + before.length];
}
