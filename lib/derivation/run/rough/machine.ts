import type { Expr } from "../../world/tree";
import type { World } from "../../world/world";
import type { Range } from "../range";

/** Where a formula is looked at in ordinary numbers: a point, or ranges of letters. */
export interface Place {
  letter(name: string): Range;
  element(base: string, k: number): Range;
  readonly length: number | null;
}

/** A part of a formula that goes one way or another: |.|, sign, max, min, cases; and a division, by what may be 0. */
export interface Fork {
  readonly node: Expr;
  /** What is negative on one side of a border and positive on the other, and 0 on it. */
  readonly gaps: readonly Range[];
  /** The branches that may be taken: at a point one, or none where there is no value. */
  readonly branches: readonly number[];
  /** A side that holds it. */
  readonly side: number;
}

/** What is seen of formulas at a place; those that were not looked at are UNSEEN. */
export interface Look {
  readonly values: readonly Range[];
  /** By where they stand: a function that is called twice holds its forks twice. */
  readonly forks: ReadonlyMap<number, Fork>;
  /** Numbers so large, small or unlike that even 64 digits may not tell the sides apart. */
  readonly strained: boolean;
}

export type Frame =
  | { readonly kind: "value"; readonly name: string; readonly value: Range; readonly next: Frame | null }
  | {
      readonly kind: "family";
      readonly name: string;
      readonly element: (k: number) => Range;
      readonly next: Frame | null;
    }
  | { readonly kind: "index"; readonly name: string; readonly value: number; readonly next: Frame | null }
  | { readonly kind: "lift"; readonly name: ""; readonly k: number; readonly next: Frame | null };

export interface Rough {
  readonly world: World;
  readonly data: ReadonlySet<string>;
  readonly place: Place;
  readonly forks: Map<number, Fork>;
  strained: boolean;
  /** How many terms of sums were met. */
  terms: number;
  /** Forks are noted on the way to the value itself, not on that to its neighbours in a derivative. */
  muted: number;
  /** Which calls and indices led here. */
  path: number;
  /** Which of the formulas is looked at. */
  side: number;
  /** The value of a part: handed in, so that names, slopes and cases need not know all kinds of formulas. */
  readonly evaluate: (m: Rough, expr: Expr, frames: Frame | null) => Range;
}

export const UNSEEN: Range = [NaN, NaN];

export const NONE: Range = [NaN, NaN];

/** The value of a part of a formula. */
export function evaluate(m: Rough, expr: Expr, frames: Frame | null): Range {
  return m.evaluate(m, expr, frames);
}
