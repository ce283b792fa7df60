import { random } from "../../random";
import type { Comparison, Expr } from "../world/tree";
import type { Usage } from "../world/usage";
import type { Assumption } from "../world/world";
import type { Point } from "./machine";
import { Decimal } from "./number";

interface Bounds {
  low: number;
  high: number;
}

/** A point that gives each letter a value when it is asked for one; the same seed always gives the same values. */
export class SampledPoint implements Point {
  /** What was asked for, for the message that shows the point. */
  readonly letters = new Map<string, Decimal>();
  readonly elements = new Map<string, Decimal>();

  constructor(
    private readonly seed: number,
    private readonly usage: Usage,
    private readonly bounds: ReadonlyMap<string, Bounds>,
    private readonly given: number | null,
    private readonly override: ReadonlyMap<string, number> = new Map(),
  ) {}

  get length(): number | null {
    return this.given ?? (this.usage.data.size > 0 ? this.letter("N").toNumber() : null);
  }

  letter(name: string): Decimal {
    let value = this.letters.get(name);
    if (!value) this.letters.set(name, (value = new Decimal(this.sample(name))));
    return value;
  }

  element(base: string, k: number): Decimal {
    const key = `${base}_${k}`;
    let value = this.elements.get(key);
    if (!value)
      this.elements.set(
        key,
        (value = new Decimal(this.sample(key, this.bounds.get(base) ?? this.bounds.get(`${base}_i`)))),
      );
    return value;
  }

  private sample(name: string, bounds = this.bounds.get(name)): number {
    const fixed = this.override.get(name);
    if (fixed !== undefined) return fixed;
    const next = generator(`${this.seed}:${name}`);
    if (this.usage.integers.has(name)) return this.whole(name, next, bounds);
    const spread = this.seed % 5 === 4 ? 5 : 2.4;
    const size = 0.12 + spread * next();
    const negative = next() < 0.5;
    if (!bounds) return negative ? -size : size;
    const { low, high } = bounds;
    if (Number.isFinite(low) && Number.isFinite(high)) return low + (high - low) * (0.02 + 0.96 * next());
    return Number.isFinite(low) ? low + size : high - size;
  }

  private whole(name: string, next: () => number, bounds: Bounds | undefined): number {
    if (this.given !== null && (name === "N" || name === "n")) return this.given;
    if (bounds && bounds.low === bounds.high) return bounds.low;
    const low = bounds && Number.isFinite(bounds.low) ? Math.floor(bounds.low) + 1 : 2;
    const high =
      bounds && Number.isFinite(bounds.high) ? Math.ceil(bounds.high) - 1 : low + (this.seed % 4 === 3 ? 11 : 3);
    return low + Math.floor(next() * (Math.max(low, high) - low + 1));
  }
}

/** Repeatable numbers in [0, 1), seeded by a text: its FNV-1a hash. */
function generator(text: string): () => number {
  let hash = 2166136261;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16777619);
  return random(hash);
}

/** The intervals that assumptions such as W > 0 or 0 < x < 1 leave a single letter. */
export function boundsOf(assumptions: readonly Assumption[]): Map<string, Bounds> {
  const bounds = new Map<string, Bounds>();
  for (const { comparison } of assumptions) {
    comparison.relations.forEach((relation, i) => {
      const [left, right] = [comparison.sides[i], comparison.sides[i + 1]];
      if (relation === "<" || relation === "\\le") narrow(bounds, left, right);
      if (relation === ">" || relation === "\\ge") narrow(bounds, right, left);
      if (relation === "=")
        [
          [left, right],
          [right, left],
        ].forEach(([small, large]) => narrow(bounds, small, large));
    });
  }
  return bounds;
}

function narrow(bounds: Map<string, Bounds>, small: Expr, large: Expr): void {
  const [low, high] = [plainNumber(small), plainNumber(large)];
  const letter = small.kind === "letter" ? small.name : large.kind === "letter" ? large.name : null;
  if (!letter || (low === null) === (high === null)) return;
  const now = bounds.get(letter) ?? { low: -Infinity, high: Infinity };
  if (low !== null) now.low = Math.max(now.low, low);
  if (high !== null) now.high = Math.min(now.high, high);
  bounds.set(letter, now);
}

function plainNumber(expr: Expr): number | null {
  if (expr.kind === "number") return Number(expr.text);
  if (expr.kind === "negate" && expr.of.kind === "number") return -Number(expr.of.text);
  return null;
}

/** The numbers that conditions compare with: where branches may meet. */
export function thresholds(comparisons: readonly Comparison[]): number[] {
  return comparisons.flatMap(({ sides }) => sides.map(plainNumber)).filter((n): n is number => n !== null);
}
