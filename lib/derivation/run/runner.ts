import { DerivationError, Undefined } from "../text/errors";
import type { Expr } from "../world/tree";
import { partsOf } from "../world/tree";
import type { Usage } from "../world/usage";
import { usageOf } from "../world/usage";
import type { Assumption, World } from "../world/world";
import { evaluate, holds } from "./evaluate";
import type { Frame, Machine } from "./machine";
import type { Decimal } from "./number";
import { DIGITS, withDigits } from "./number";
import { boundsOf, SampledPoint } from "./sample";

/** A side's value at a point, or why it has none. */
export type Value = { readonly value: Decimal } | { readonly none: string; readonly kind: Undefined["kind"] };

/** A point with each side's value there and the branches that were taken on the way. */
export interface Sample {
  readonly point: SampledPoint;
  readonly values: readonly Value[];
  readonly branches: ReadonlyMap<Expr, number>;
}

const POINTS = 12;
/** With branches some points say nothing (a factor is 0 there), so more are taken. */
const BRANCHING_POINTS = 32;
const MORE = 24;
const STEP = "1e-15";

/** Evaluates formulas in one world, at points that respect its assumptions. */
export class Runner {
  readonly usage: Usage;
  readonly given: number | null;

  constructor(
    readonly world: World,
    readonly assumptions: readonly Assumption[],
    readonly sides: readonly Expr[],
  ) {
    this.usage = usageOf([...sides, ...assumptions.flatMap(({ comparison }) => comparison.sides)], world);
    this.given = dataLength(world);
  }

  machine(point: SampledPoint, branch: Machine["branch"] = () => {}): Machine {
    return { world: this.world, point, data: this.usage.data, step: STEP, digits: DIGITS, depth: 0, branch, evaluate };
  }

  point(seed: number, override?: ReadonlyMap<string, number>): SampledPoint {
    return new SampledPoint(seed, this.usage, boundsOf(this.assumptions), this.given, override);
  }

  allowed(point: SampledPoint): boolean {
    const m = this.machine(point);
    try {
      return this.assumptions.every(({ comparison }) => holds(m, comparison, null));
    } catch (error) {
      if (error instanceof Undefined) return false;
      throw error;
    }
  }

  value(expr: Expr, point: SampledPoint, frames: Frame | null = null, branch?: Machine["branch"]): Value {
    return valueOf(() => evaluate(this.machine(point, branch), expr, frames));
  }

  /** The same with half as many digits again and a much smaller step: what is true by rounding only comes apart. */
  closer(expr: Expr, point: SampledPoint): Value {
    return withDigits(96, () =>
      valueOf(() => evaluate({ ...this.machine(point), step: "1e-25", digits: 96 }, expr, null)),
    );
  }

  sample(point: SampledPoint): Sample {
    const branches = new Map<Expr, number>();
    const values = this.sides.map((side, i) => this.sideValue(side, i, point, branches));
    return { point, values, branches };
  }

  /** Sides that have no single meaning, with what was said about them. */
  readonly refused = new Map<number, DerivationError>();

  private sideValue(side: Expr, i: number, point: SampledPoint, branches: Map<Expr, number>): Value {
    if (!this.refused.has(i)) {
      try {
        return this.value(side, point, null, (expr, branch) => branches.set(expr, branch));
      } catch (error) {
        if (!(error instanceof DerivationError)) throw error;
        this.refused.set(i, error);
      }
    }
    return { none: "it has no single meaning", kind: "refused" };
  }

  /** Points enough to judge by: both branches of every case where that can be had. */
  samples(): Sample[] {
    const samples: Sample[] = [];
    const branching = this.branching();
    const points = branching.size > 0 ? BRANCHING_POINTS : POINTS;
    const enough = () => valued(samples) >= points;
    let refused = 0;
    for (let seed = 0; seed < points + MORE; ) {
      const point = this.point(seed + 1000 * refused);
      if (!this.allowed(point)) {
        if (++refused > 3000)
          throw new DerivationError(
            `No point was found where ${this.assumptions.map(({ tex }) => tex).join(", ")} holds.`,
          );
        continue;
      }
      seed++;
      samples.push(this.sample(point));
      if (point.elements.size === 0 && [...point.letters.keys()].every((name) => name === "N" && this.given !== null))
        return samples;
      if (enough() && missing(branching, samples).length === 0) break;
    }
    return samples;
  }

  /** Cases and absolute values in the sides and in the definitions they reach, with the branches each should show. */
  branching(): Map<Expr, number[]> {
    const found = new Map<Expr, number[]>();
    const seen = new Set<Expr>();
    const visit = (expr: Expr): void => {
      if (seen.has(expr)) return;
      seen.add(expr);
      if (expr.kind === "cases")
        found.set(
          expr,
          expr.rows.map((_, i) => i),
        );
      if (expr.kind === "abs" || (expr.kind === "builtin" && expr.name === "sign")) found.set(expr, [-1, 1]);
      if (expr.kind === "builtin" && (expr.name === "max" || expr.name === "min"))
        found.set(
          expr,
          expr.args.map((_, i) => i),
        );
      partsOf(expr).forEach(visit);
      const name = expr.kind === "call" || expr.kind === "letter" ? expr.name : null;
      if (name) for (const { body } of this.world.definitions.get(name) ?? []) visit(body);
    };
    this.sides.forEach(visit);
    return found;
  }
}

/** The branches that no point has taken. */
export function missing(branching: ReadonlyMap<Expr, readonly number[]>, samples: readonly Sample[]): [Expr, number][] {
  const left: [Expr, number][] = [];
  for (const [expr, branches] of branching)
    for (const branch of branches)
      if (!samples.some((sample) => sample.branches.get(expr) === branch)) left.push([expr, branch]);
  return left;
}

/** At how many points there was anything to compare. */
export function valued(samples: readonly Sample[]): number {
  return samples.filter(({ values }) => values.some((value) => "value" in value)).length;
}

function valueOf(compute: () => Decimal): Value {
  try {
    return { value: compute() };
  } catch (error) {
    if (error instanceof Undefined) return { none: error.reason, kind: error.kind };
    if (error instanceof RangeError) throw new DerivationError("A definition goes through itself.");
    throw error;
  }
}

/** How many data were fixed; all of them must be as long, and N as large. */
function dataLength(world: World): number | null {
  const lengths = [...world.data].map(([name, values]) => ({ name, length: values.length }));
  if (lengths.length === 0) return null;
  const other = lengths.find(({ length }) => length !== lengths[0].length);
  if (other)
    throw new DerivationError(
      `${lengths[0].name} has ${lengths[0].length} values, ${other.name} has ${other.length}: data come in equal numbers.`,
    );
  const n = world.fixed.get("N");
  if (n !== undefined && n !== lengths[0].length)
    throw new DerivationError(`N is ${n}, but ${lengths[0].name} has ${lengths[0].length} values.`);
  return lengths[0].length;
}
