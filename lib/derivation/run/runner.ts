import type { Lack } from "../text/errors";
import { DerivationError, Undefined } from "../text/errors";
import type { Comparison, Expr } from "../world/tree";
import { walk } from "../world/tree";
import type { Usage } from "../world/usage";
import { usageOf } from "../world/usage";
import type { Assumption, World } from "../world/world";
import { evaluate, holds } from "./evaluate";
import type { Frame, Machine } from "./machine";
import { exhausted } from "./meter";
import type { Decimal } from "./number";
import { DIGITS, withDigits } from "./number";
import type { Demand } from "./rough/look";
import { fulfils, look } from "./rough/look";
import type { Look, Place } from "./rough/machine";
import type { Bounds, Draw } from "./sample";
import { boundsOf, namesIn, PLAIN_POINTS, plainNumbers, randomNumbers, SampledPoint, wideNumbers } from "./sample";
import { Spot } from "./spot";

/** A side's value at a point, or why it has none. */
export type Value = { readonly value: Decimal } | { readonly none: string; readonly kind: Lack };

/** A point with each side's value there and the branches that were taken on the way. */
export interface Sample {
  readonly point: SampledPoint;
  readonly values: readonly Value[];
  readonly branches: ReadonlyMap<Expr, number>;
}

/** At so many points without anything in common two different formulas do not agree by chance. */
const GENERIC = 7;
const MORE = 24;
/** Where sides have values on a part only, so many points are sought there, among so many of all sizes. */
const FEW = 3;
const SOUGHT = 300;
const STEP = "1e-15";

/** Evaluates formulas in one world, at points that respect its assumptions. */
export class Runner {
  readonly usage: Usage;
  readonly given: number | null;
  readonly bounds: ReadonlyMap<string, Bounds>;
  /** Whole numbers that bound no sum, so that they may be large. */
  readonly boundless: ReadonlySet<string>;
  /** The assumptions, with the letter that counts the data if they speak of each: x_i > 0. */
  private readonly demands: readonly Demand[];

  constructor(
    readonly world: World,
    readonly assumptions: readonly Assumption[],
    readonly sides: readonly Expr[],
  ) {
    this.usage = usageOf([...sides, ...assumptions.flatMap(({ comparison }) => comparison.sides)], world);
    this.given = dataLength(world);
    this.bounds = boundsOf(assumptions, this.usage.integers, highestElement(sides, this.usage));
    this.boundless = new Set(namesIn(assumptions, "whole").filter((name) => !this.usage.integers.has(name)));
    for (const name of this.boundless) this.usage.integers.add(name);
    this.demands = assumptions.map(({ comparison }) => ({ comparison, index: countingIn(comparison, this.usage) }));
  }

  machine(point: SampledPoint, branch: Machine["branch"] = () => {}): Machine {
    return { world: this.world, point, data: this.usage.data, step: STEP, digits: DIGITS, depth: 0, branch, evaluate };
  }

  point(draw: Draw, set?: ReadonlyMap<string, Decimal | number>): SampledPoint {
    return new SampledPoint(draw, this.usage, this.bounds, this.given, set);
  }

  /** The point of a spot, with some of its letters set to other numbers. */
  at(spot: Spot, changed: ReadonlyMap<string, Decimal | number> = new Map()): SampledPoint {
    return this.moved(spot.from, new Map([...spot.numbers, ...changed]));
  }

  /** A point with some of its letters set to other numbers. */
  moved(point: SampledPoint, changed: ReadonlyMap<string, Decimal | number>): SampledPoint {
    return this.point(point.draw, new Map([...point.letters, ...point.elements, ...changed]));
  }

  allowed(point: SampledPoint): boolean {
    const m = this.machine(point);
    try {
      return this.demands.every(({ comparison, index }) =>
        index === null
          ? holds(m, comparison, null)
          : numbersTo(point.length).every((value) =>
              holds(m, comparison, { kind: "index", name: index, value, next: null }),
            ),
      );
    } catch (error) {
      if (error instanceof Undefined) return false;
      throw error;
    }
  }

  value(expr: Expr, point: SampledPoint, frames: Frame | null = null, branch?: Machine["branch"]): Value {
    return valueOf(() => evaluate(this.machine(point, branch), expr, frames));
  }

  /** The same with more digits and a much smaller step: what is true by rounding only comes apart. */
  closer(expr: Expr, point: SampledPoint, digits = 96): Value {
    return withDigits(digits, () =>
      valueOf(() => evaluate({ ...this.machine(point), step: "1e-25", digits }, expr, null)),
    );
  }

  sample(point: SampledPoint): Sample {
    const branches = new Map<Expr, number>();
    const values = this.sides.map((side, i) => this.sideValue(side, i, point, branches));
    return { point, values, branches };
  }

  /** The sides whose difference from the next one closed with more digits, at a point without anything in common. */
  readonly closed = new Set<number>();

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

  /** Points enough to judge by: first such as a person would try, then such as have nothing in common. */
  samples(): Sample[] {
    const samples: Sample[] = [];
    for (let nth = 0; nth < PLAIN_POINTS; nth++) {
      const point = this.point(plainNumbers(nth));
      if (!this.allowed(point)) continue;
      samples.push(this.sample(point));
      if (this.alone(point)) return samples;
    }
    const plain = samples.length;
    let refused = 0;
    const telling = () => samples.slice(plain).filter(tells).length;
    for (let seed = 0; seed < GENERIC + MORE && telling() < GENERIC; ) {
      const point = this.point(randomNumbers(seed + 1000 * refused));
      if (!this.allowed(point)) {
        if (++refused > 3000 || exhausted())
          throw new DerivationError(
            `No point was found where ${this.assumptions.map(({ tex }) => tex).join(", ")} holds.`,
            this.sides[0].at,
          );
        continue;
      }
      seed++;
      samples.push(this.sample(point));
      if (this.alone(point)) return samples;
    }
    for (let seed = 0; seed < SOUGHT && telling() < FEW && samples.some(isOutside); seed++) {
      const point = this.point(wideNumbers(seed));
      const spot = Spot.at(point);
      if (this.look(spot).values.some(([value]) => Number.isNaN(value)) || !this.allowed(point)) continue;
      samples.push(this.sample(point));
    }
    return samples;
  }

  /** Whether there is one point only, as nothing is free. */
  private alone({ letters, elements }: SampledPoint): boolean {
    return elements.size === 0 && [...letters.keys()].every((name) => name === "N" && this.given !== null);
  }

  /** What is seen of the sides at a place, or of some of them, in ordinary numbers. */
  look(place: Place, only?: ReadonlySet<number>): Look {
    return look(this.sides, this.world, this.usage.data, place, only);
  }

  /** Whether the assumptions hold at a place, in ordinary numbers. */
  roughlyAllowed(place: Place): boolean {
    return fulfils(this.demands, this.world, this.usage.data, place);
  }
}

/** The letter that counts the data in what is said of each of them. */
function countingIn({ sides }: Comparison, { data }: Usage): string | null {
  let index: string | null = null;
  for (const side of sides)
    walk(side, (part) => {
      if (part.kind === "letter" && part.index?.kind === "letter" && data.has(part.base)) index = part.index.name;
    });
  return index;
}

function numbersTo(length: number | null): number[] {
  return Array.from({ length: length ?? 0 }, (_, i) => i + 1);
}

/** At how many points there was anything to compare. */
export function valued(samples: readonly Sample[]): number {
  return samples.filter(({ values }) => values.some((value) => "value" in value)).length;
}

/** Whether a side is taken outside of what an operation in it has values for. */
function isOutside({ values }: Sample): boolean {
  return values.some((value) => "none" in value && value.kind === "domain");
}

/** Whether there is something to compare, and no side is outside. */
function tells(sample: Sample): boolean {
  return valued([sample]) > 0 && !isOutside(sample);
}

function valueOf(compute: () => Decimal): Value {
  try {
    return { value: compute() };
  } catch (error) {
    if (error instanceof Undefined) return { none: error.reason, kind: error.kind };
    if (error instanceof RangeError) throw new DerivationError("A definition goes through itself.", undefined, 0);
    throw error;
  }
}

/** The highest number that an element of data carries: x_3 is there only if there are three. */
function highestElement(sides: readonly Expr[], { data }: Usage): number {
  let highest = 0;
  for (const side of sides)
    walk(side, (part) => {
      const by = part.kind === "derivative" || part.kind === "operator" ? part.by : [];
      for (const letter of [part, ...by])
        if (letter.kind === "letter" && letter.index?.kind === "number" && data.has(letter.base))
          highest = Math.max(highest, Number(letter.index.text));
    });
  return highest;
}

/** How many data were fixed; all of them must be as long, and N as large. */
function dataLength(world: World): number | null {
  const lengths = [...world.data].map(([name, values]) => ({ name, length: values.length }));
  if (lengths.length === 0) return null;
  const other = lengths.find(({ length }) => length !== lengths[0].length);
  if (other)
    throw new DerivationError(
      `The values of ${lengths[0].name} are ${lengths[0].length}, those of ${other.name} ${other.length}: give as many of one as of the other.`,
    );
  const n = world.fixed.get("N");
  if (n !== undefined && n !== lengths[0].length)
    throw new DerivationError(
      `N is ${n}, but the values of ${lengths[0].name} are ${lengths[0].length}: N is their number.`,
    );
  return lengths[0].length;
}
