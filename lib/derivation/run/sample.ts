import { random } from "../../random";
import type { Expr } from "../world/tree";
import type { Usage } from "../world/usage";
import type { Assumption } from "../world/world";
import type { Point } from "./machine";
import { Decimal } from "./number";

/** The interval that assumptions leave a letter. */
export interface Bounds {
  low: number;
  high: number;
  /** Whether the ends themselves are left to it. */
  closed: { low: boolean; high: boolean };
  /** Whether a whole number may be negative; where nothing is said of one, it is not. */
  signed?: boolean;
}

/** How a point takes its values. */
export interface Draw {
  /** Whether the values have nothing in common, so that what holds there holds by no chance. */
  readonly generic: boolean;
  /** A number for a letter, the so-manieth of its point. */
  number(name: string, order: number, bounds: Bounds | undefined): number;
  whole(name: string, bounds: Bounds | undefined): number;
}

/** A point that gives each letter a value when it is asked for one; the same draw always gives the same values. */
export class SampledPoint implements Point {
  /** What was asked for, for the message that shows the point. */
  readonly letters = new Map<string, Decimal>();
  readonly elements = new Map<string, Decimal>();
  /** How many were drawn that need not be whole. */
  private numbers = 0;

  constructor(
    readonly draw: Draw,
    private readonly usage: Usage,
    private readonly bounds: ReadonlyMap<string, Bounds>,
    private readonly given: number | null,
    /** Values of letters and of elements of data, x_2, that are not drawn. */
    readonly set: ReadonlyMap<string, Decimal | number> = new Map(),
  ) {}

  get length(): number | null {
    return this.given ?? (this.usage.data.size > 0 ? this.letter("N").toNumber() : null);
  }

  letter(name: string): Decimal {
    let value = this.letters.get(name);
    if (!value) this.letters.set(name, (value = new Decimal(this.sample(name, this.bounds.get(name)))));
    return value;
  }

  element(base: string, k: number): Decimal {
    const key = `${base}_${k}`;
    let value = this.elements.get(key);
    if (!value) {
      this.elements.set(key, (value = new Decimal(this.sample(key, boundsOfElement(this.bounds, base, k)))));
    }
    return value;
  }

  private sample(name: string, bounds: Bounds | undefined): Decimal | number {
    const own = this.set.get(name);
    if (own !== undefined) return own;
    if (!this.usage.integers.has(name)) return this.draw.number(name, this.numbers++, bounds);
    if (this.given !== null && (name === "N" || name === "n")) return this.given;
    return bounds && bounds.low === bounds.high ? bounds.low : this.draw.whole(name, bounds);
  }
}

export function boundsOfElement(bounds: ReadonlyMap<string, Bounds>, base: string, k: number): Bounds | undefined {
  return bounds.get(`${base}_${k}`) ?? bounds.get(base) ?? bounds.get(`${base}_i`);
}

/** Numbers that a person would try first. */
const PLAIN: readonly { readonly numbers: readonly number[]; readonly whole: number }[] = [
  { numbers: [1, 2, 3, 5, 4, 7, 6, 9, 8], whole: 2 },
  { numbers: [2, 3, 1, 4, 7, 5, 9, 6, 8], whole: 3 },
  { numbers: [-1, 2, -3, 5, -2, 4, -5, 3, 6], whole: 1 },
];
export const PLAIN_POINTS = PLAIN.length;

/** The so-manieth of a few points of small whole numbers. */
export function plainNumbers(nth: number): Draw {
  const { numbers, whole } = PLAIN[nth];
  return {
    generic: false,
    number: (_, order, bounds) =>
      within(numbers[order % numbers.length] + 10 * Math.floor(order / numbers.length), bounds),
    whole: (_, bounds) => wholeWithin(whole, bounds),
  };
}

function within(value: number, bounds: Bounds | undefined): number {
  if (!bounds || (value > bounds.low && value < bounds.high)) return value;
  const { low, high } = bounds;
  if (Number.isFinite(low) && Number.isFinite(high))
    return low + ((high - low) * Math.abs(value)) / (Math.abs(value) + 1);
  return Number.isFinite(low) ? low + Math.abs(value) : high - Math.abs(value);
}

/** The lowest whole number that a letter may be, where nothing else is said. */
function lowestWhole(bounds: Bounds | undefined): number {
  if (bounds && Number.isFinite(bounds.low)) return leastWhole(bounds);
  return bounds?.signed ? Math.min(-4, bounds.high - 4) : 2;
}

/** The least whole number within bounds that end below. */
export function leastWhole({ low, closed }: Bounds): number {
  return closed.low ? Math.ceil(low) : Math.floor(low) + 1;
}

function greatestWhole({ high, closed }: Bounds): number {
  return closed.high ? Math.floor(high) : Math.ceil(high) - 1;
}

function wholeWithin(value: number, bounds: Bounds | undefined): number {
  if (!bounds) return value;
  const [least, greatest] = [leastWhole(bounds), greatestWhole(bounds)];
  if (value >= least && value <= greatest) return value;
  return Math.min(Number.isFinite(least) ? least - 1 + value : greatest + 1 - value, greatest);
}

/** Numbers that repeat with the seed and have nothing else in common. */
export function randomNumbers(seed: number): Draw {
  return {
    generic: true,
    number: (name, _, bounds) => {
      const next = generator(`${seed}:${name}`);
      const size = 0.12 + (seed % 5 === 4 ? 5 : 2.4) * next();
      const negative = next() < 0.5;
      if (!bounds) return negative ? -size : size;
      const { low, high } = bounds;
      if (Number.isFinite(low) && Number.isFinite(high)) return low + (high - low) * (0.02 + 0.96 * next());
      return Number.isFinite(low) ? low + size : high - size;
    },
    whole: (name, bounds) => {
      const low = lowestWhole(bounds);
      const high =
        bounds && Number.isFinite(bounds.high)
          ? greatestWhole(bounds)
          : low + (bounds?.signed ? 8 : seed % 4 === 3 ? 11 : 3);
      return low + Math.floor(generator(`${seed}:${name}`)() * (Math.max(low, high) - low + 1));
    },
  };
}

/** The same, of all sizes from a thousandth to ten thousand. */
export function wideNumbers(seed: number): Draw {
  const usual = randomNumbers(seed);
  return {
    ...usual,
    number: (name, order, bounds) => {
      const { low, high } = bounds ?? { low: -Infinity, high: Infinity };
      if (Number.isFinite(low) && Number.isFinite(high)) return usual.number(name, order, bounds);
      const next = generator(`wide ${seed}:${name}`);
      const size = 10 ** (7 * next() - 3);
      if (Number.isFinite(low)) return low + size;
      return Number.isFinite(high) ? high - size : next() < 0.5 ? -size : size;
    },
  };
}

/** Repeatable numbers in [0, 1), seeded by a text: its FNV-1a hash. */
function generator(text: string): () => number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  return random(hash);
}

/**
 * The intervals that assumptions such as W > 0, 0 < x < 1 or |x| < 0.1 leave a single letter; what sums run to is at least
 * the highest number of an element that is named.
 */
export function boundsOf(
  assumptions: readonly Assumption[],
  counts: Iterable<string>,
  named: number,
): Map<string, Bounds> {
  const bounds = new Map<string, Bounds>();
  for (const name of namesIn(assumptions, "whole"))
    bounds.set(name, { low: -Infinity, high: Infinity, closed: { low: true, high: true }, signed: true });
  if (named > 1) for (const name of counts) bound(bounds, name, named - 1, null, false);
  for (const { comparison } of assumptions) {
    comparison.relations.forEach((relation, i) => {
      const [left, right] = [comparison.sides[i], comparison.sides[i + 1]];
      const closed = relation === "\\le" || relation === "\\ge" || relation === "=";
      if (relation === "<" || relation === "\\le" || relation === "=") narrow(bounds, left, right, closed);
      if (relation === ">" || relation === "\\ge" || relation === "=") narrow(bounds, right, left, closed);
    });
  }
  return bounds;
}

/** The letters of which it was said what numbers they stand for. */
export function namesIn(assumptions: readonly Assumption[], set: Assumption["set"]): string[] {
  return assumptions
    .filter((one) => one.set === set)
    .flatMap(({ comparison }) => comparison.sides.flatMap((side) => (side.kind === "letter" ? [side.name] : [])));
}

/** What small <= large, or < if not closed, leaves a letter that stands alone or between bars on one side. */
function narrow(bounds: Map<string, Bounds>, small: Expr, large: Expr, closed: boolean): void {
  if (small.kind === "abs") {
    narrow(bounds, small.of, large, closed);
    narrow(bounds, { kind: "negate", of: large, at: large.at }, small.of, closed);
  }
  const [low, high] = [plainNumber(small), plainNumber(large)];
  if ((low === null) === (high === null)) return;
  const free = low === null ? small : large;
  if (free.kind === "letter") bound(bounds, free.name, low, high, closed);
}

function bound(
  bounds: Map<string, Bounds>,
  name: string,
  low: number | null,
  high: number | null,
  closed: boolean,
): void {
  const now = bounds.get(name) ?? { low: -Infinity, high: Infinity, closed: { low: true, high: true } };
  if (low !== null && low >= now.low) now.closed.low = closed && (low > now.low || now.closed.low);
  if (high !== null && high <= now.high) now.closed.high = closed && (high < now.high || now.closed.high);
  if (low !== null) now.low = Math.max(now.low, low);
  if (high !== null) now.high = Math.min(now.high, high);
  bounds.set(name, now);
}

/** The value of a formula of numbers: -1, \frac12, \frac{\pi}{2}, 10^{-3}; null for others. */
function plainNumber(expr: Expr): number | null {
  const all = (parts: readonly Expr[], f: (a: number, b: number) => number): number | null => {
    const values = parts.map(plainNumber);
    return values.every((value) => value !== null) ? values.reduce((a, b) => f(a, b)) : null;
  };
  switch (expr.kind) {
    case "number":
      return Number(expr.text);
    case "constant":
      return expr.name === "e" ? Math.E : Math.PI;
    case "negate": {
      const value = plainNumber(expr.of);
      return value === null ? null : -value;
    }
    case "multiply":
      return all(expr.factors, (a, b) => a * b);
    case "divide":
      return all([expr.top, expr.bottom], (a, b) => a / b);
    case "power":
      return all([expr.base, expr.exponent], (a, b) => a ** b);
    default:
      return null;
  }
}
