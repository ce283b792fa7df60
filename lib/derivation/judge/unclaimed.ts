import type { Formula } from "../read/chain";
import { Decimal } from "../run/number";
import type { Runner, Sample } from "../run/runner";
import type { SampledPoint } from "../run/sample";
import { Spot } from "../run/spot";
import type { Said } from "../text/say";
import { math } from "../text/say";
import { lettersOf } from "../world/usage";
import { regionOf } from "./region";

/** A point where a relation claims nothing. */
export interface Unclaimed {
  /** Which relation of the chain, counted from 0. */
  readonly at: number;
  readonly point: SampledPoint;
  /** The side without a value, counted from 0. */
  readonly side: number;
  readonly why: string;
}

/**
 * Books write \frac{d}{dx} \ln x = \frac1x and mean: where both sides have a value. So a relation claims nothing where an
 * operation in one of its sides has no value, unless it was said that it holds there: by an assumption on each letter of
 * that side, or as nothing in it is free. A limit, a sum without end and a row of cases are claimed to be there.
 */
export function unclaimed(runner: Runner, { point, values }: Sample, i: number): Unclaimed | null {
  const lacking = [i, i + 1].filter((k) => "none" in values[k]);
  const [side] = lacking;
  const value = values[side];
  if (lacking.length !== 1 || !("none" in value) || value.kind !== "domain" || isStated(runner, point, side))
    return null;
  return { at: i, point, side, why: value.none };
}

/** Whether assumptions speak of each letter that is free in a side. */
function isStated(runner: Runner, point: SampledPoint, side: number): boolean {
  const { world, assumptions, sides, usage } = runner;
  const spoken = new Set(
    assumptions.flatMap(({ comparison }) => comparison.sides.flatMap((one) => [...lettersOf(one, world)])),
  );
  const own = lettersOf(sides[side], world);
  const stems = [...point.elements.keys()].map((name) => name.slice(0, name.lastIndexOf("_")));
  return [...point.letters.keys(), ...stems]
    .filter((name) => own.has(name) && !usage.integers.has(name))
    .every((name) => spoken.has(name));
}

/** Where relations hold that claim nothing elsewhere, one sentence for each of them. */
export function unclaimedNotes(formula: Formula, runner: Runner, all: readonly Unclaimed[]): Said[] {
  const notes = formula.relations.flatMap((_, i) => {
    const own = all.filter(({ at }) => at === i);
    if (own.length === 0) return [];
    const region = regionOf(runner, own[0].point, i);
    const sides = [...new Set(own.map(({ side }) => side))];
    const [{ side, why }] = own;
    const name = formula.relations.length > 1 ? math(formula.tex[side]) : `the ${side === i ? "left" : "right"} side`;
    const lack = sides.length > 1 ? "one side has no value" : `${name} has no value (${why})`;
    return [`This holds where ${region ?? "both sides have a value"}; elsewhere ${lack}.`];
  });
  return [...new Set(notes)];
}

const ASIDE = new Decimal("1e-9");

/** Whether a point is a hole: on both sides of it, as some letters are moved together, both sides have a value. */
export function isHole(runner: Runner, point: SampledPoint, names: readonly string[], i: number): boolean {
  const spot = Spot.at(point);
  return [ASIDE.neg(), ASIDE].every((step) => {
    const aside = names.map((name): [string, Decimal] => [name, new Decimal(spot.number(name)).plus(step)]);
    const there = runner.moved(point, new Map(aside));
    return [i, i + 1].every((k) => "value" in runner.value(runner.sides[k], there));
  });
}
