import type { Expr } from "../world/tree";
import type { World } from "../world/world";
import type { Decimal } from "./number";

/** What is bound while a part of a formula is evaluated, innermost first. */
export type Frame =
  | {
      readonly kind: "value";
      readonly name: string;
      readonly value: Decimal;
      readonly held: boolean;
      readonly next: Frame | null;
    }
  | {
      readonly kind: "family";
      readonly name: string;
      readonly element: (k: number) => Decimal;
      readonly next: Frame | null;
    }
  | { readonly kind: "index"; readonly name: string; readonly value: number; readonly next: Frame | null }
  /** Letters that are data stand for their k-th value: M(x) read as M(x_k). */
  | { readonly kind: "lift"; readonly name: ""; readonly k: number; readonly next: Frame | null };

/** The place a formula is evaluated at: free letters and data get values when first asked for. */
export interface Point {
  letter(name: string): Decimal;
  element(base: string, k: number): Decimal;
  /** How many data there are; null where nothing says it. */
  readonly length: number | null;
}

/** One evaluation: the world, the point, the step of derivatives, and what it notes on its way. */
export interface Machine {
  readonly world: World;
  readonly point: Point;
  /** Letters that are data, found from their use under sums. */
  readonly data: ReadonlySet<string>;
  step: string;
  digits: number;
  depth: number;
  /** The value of a part: handed in, so that derivatives, limits and calls need not know all kinds of formulas. */
  readonly evaluate: (m: Machine, expr: Expr, frames: Frame | null) => Decimal;
  /** Called with each branch taken, a row of cases, the sign under |.|, and with what would be 0 on its borders. */
  readonly branch: (expr: Expr, branch: number, gaps: readonly Decimal[]) => void;
}

/** The value of a part of a formula. */
export function evaluate(m: Machine, expr: Expr, frames: Frame | null): Decimal {
  return m.evaluate(m, expr, frames);
}

export function bind(name: string, value: Decimal, next: Frame | null, held = false): Frame {
  return { kind: "value", name, value, held, next };
}

/** The value a name is bound to, not looking into definitions. */
export function bound(name: string, frames: Frame | null): Frame | null {
  for (let frame = frames; frame; frame = frame.next) if (frame.name === name) return frame;
  return null;
}

/** The frames as a list, innermost first. */
export function framesOf(frames: Frame | null): Frame[] {
  const list: Frame[] = [];
  for (let frame = frames; frame; frame = frame.next) list.push(frame);
  return list;
}
