import type { Span } from "../text/errors";

/** The relations a chain may hold; `:=` assigns and is no claim of equality. */
export type Relation = "=" | "\\ne" | "<" | ">" | "\\le" | "\\ge" | "\\approx" | ":=";

export interface Comparison {
  readonly sides: readonly Expr[];
  readonly relations: readonly Relation[];
}

/** One row of cases; `when` is a list of alternatives, each a list of comparisons that must all hold. */
export interface Row {
  readonly value: Expr;
  readonly when: readonly (readonly Comparison[])[] | null;
  readonly condition: string;
}

export interface Letter {
  readonly kind: "letter";
  readonly name: string;
  /** The name without its subscript: y' for y'_i. */
  readonly base: string;
  /** The subscript where it can count data: i, 3, i+1. */
  readonly index: Expr | null;
  readonly at: Span;
}

export type Expr =
  | Letter
  | { readonly kind: "number"; readonly text: string; readonly computed: boolean; readonly at: Span }
  | { readonly kind: "constant"; readonly name: "e" | "pi"; readonly at: Span }
  | { readonly kind: "add"; readonly terms: readonly Expr[]; readonly at: Span }
  | { readonly kind: "negate"; readonly of: Expr; readonly at: Span }
  | { readonly kind: "multiply"; readonly factors: readonly Expr[]; readonly at: Span }
  | { readonly kind: "divide"; readonly top: Expr; readonly bottom: Expr; readonly at: Span }
  | { readonly kind: "power"; readonly base: Expr; readonly exponent: Expr; readonly at: Span }
  | { readonly kind: "root"; readonly degree: number; readonly of: Expr; readonly at: Span }
  | { readonly kind: "abs"; readonly of: Expr; readonly at: Span }
  | {
      readonly kind: "builtin";
      readonly name: string;
      readonly args: readonly Expr[];
      readonly primes: number;
      readonly at: Span;
    }
  /** A function of the reader's; without arguments (args null) its own letters stand for them. */
  | {
      readonly kind: "call";
      readonly name: string;
      readonly args: readonly Expr[] | null;
      readonly primes: number;
      readonly partials: readonly string[];
      readonly at: Span;
    }
  | {
      readonly kind: "series";
      readonly product: boolean;
      readonly index: string;
      readonly from: Expr | null;
      readonly to: Expr | null;
      readonly of: Expr;
      readonly at: Span;
    }
  | {
      readonly kind: "limit";
      readonly letter: string;
      readonly to: Expr | "infinity" | "-infinity";
      readonly side: -1 | 0 | 1;
      readonly of: Expr;
      readonly at: Span;
    }
  /** A formula at a place: f |_{x=1}. */
  | { readonly kind: "place"; readonly letter: string; readonly to: Expr; readonly of: Expr; readonly at: Span }
  | { readonly kind: "cases"; readonly rows: readonly Row[]; readonly at: Span }
  | { readonly kind: "derivative"; readonly by: readonly Expr[]; readonly of: Expr; readonly at: Span }
  /** An operator before a product: how far it reaches depends on which factors depend on the letter. */
  | { readonly kind: "operator"; readonly by: readonly Expr[]; readonly factors: readonly Expr[]; readonly at: Span };

/** The text a subtree was read from. */
export function textOf(expr: Expr): string {
  return expr.at.source.slice(expr.at.start, expr.at.end).trim();
}

type Change = (expr: Expr) => Expr;

/** The same node with its direct parts replaced; differentiation letters and names stay. */
export function withParts(expr: Expr, change: Change): Expr {
  const all = (list: readonly Expr[]) => list.map(change);
  switch (expr.kind) {
    case "letter":
    case "number":
    case "constant":
      return expr;
    case "add":
      return { ...expr, terms: all(expr.terms) };
    case "multiply":
      return { ...expr, factors: all(expr.factors) };
    case "divide":
      return { ...expr, top: change(expr.top), bottom: change(expr.bottom) };
    case "power":
      return { ...expr, base: change(expr.base), exponent: change(expr.exponent) };
    case "negate":
    case "root":
    case "abs":
    case "derivative":
      return { ...expr, of: change(expr.of) };
    case "builtin":
      return { ...expr, args: all(expr.args) };
    case "call":
      return { ...expr, args: expr.args && all(expr.args) };
    case "series":
      return { ...expr, from: expr.from && change(expr.from), to: expr.to && change(expr.to), of: change(expr.of) };
    case "limit":
      return { ...expr, to: typeof expr.to === "string" ? expr.to : change(expr.to), of: change(expr.of) };
    case "place":
      return { ...expr, to: change(expr.to), of: change(expr.of) };
    case "operator":
      return { ...expr, factors: all(expr.factors) };
    case "cases":
      return { ...expr, rows: expr.rows.map((row) => withRowParts(row, change)) };
  }
}

function withRowParts(row: Row, change: Change): Row {
  const comparison = (c: Comparison): Comparison => ({ ...c, sides: c.sides.map(change) });
  return { ...row, value: change(row.value), when: row.when && row.when.map((all) => all.map(comparison)) };
}

/** The direct parts of a node, conditions of cases included. */
export function partsOf(expr: Expr): Expr[] {
  const parts: Expr[] = [];
  withParts(expr, (part) => (parts.push(part), part));
  return parts;
}

/** Visits a tree from the top down. */
export function walk(expr: Expr, visit: (expr: Expr) => void): void {
  visit(expr);
  for (const part of partsOf(expr)) walk(part, visit);
}

/** A text equal for trees that differ only in brackets, spacing and the order of sums and products. */
export function keyOf(expr: Expr): string {
  switch (expr.kind) {
    case "letter":
      return expr.name;
    case "number":
      return expr.text;
    case "constant":
      return `#${expr.name}`;
    case "add":
      return `(${flat(expr, "add").map(keyOf).sort().join("+")})`;
    case "multiply":
      return `(${flat(expr, "multiply").map(keyOf).sort().join("*")})`;
    case "builtin":
    case "call":
      return `${expr.name}${"'".repeat(expr.primes)}(${partsOf(expr).map(keyOf).join(",")})`;
    case "series":
      return `series${expr.product}${expr.index}(${partsOf(expr).map(keyOf).join(",")})`;
    case "limit":
      return `limit${expr.letter}${expr.side}${expr.to === "infinity" || expr.to === "-infinity" ? expr.to : ""}(${partsOf(expr).map(keyOf).join(",")})`;
    case "place":
      return `place${expr.letter}(${partsOf(expr).map(keyOf).join(",")})`;
    case "derivative":
    case "operator":
      return `${expr.kind}${expr.by.map(keyOf).join()}(${partsOf(expr).map(keyOf).join(",")})`;
    case "cases":
      return `cases(${expr.rows.map((row) => `${keyOf(row.value)}:${row.condition}`).join(";")})`;
    default:
      return `${expr.kind}(${partsOf(expr).map(keyOf).join(",")})`;
  }
}

function flat(expr: Expr, kind: "add" | "multiply"): Expr[] {
  if (expr.kind !== kind) return [expr];
  const parts = expr.kind === "add" ? expr.terms : expr.kind === "multiply" ? expr.factors : [];
  return parts.flatMap((part) => flat(part, kind));
}
