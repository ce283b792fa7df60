import type { Border, Sight } from "../run/lines";
import { between, bordersOn, gridOf, lookAlong, sight } from "../run/lines";
import type { Range } from "../run/range";
import { after, before, EVERYTHING, isPoint, point } from "../run/range";
import type { Fork, Place } from "../run/rough/machine";
import type { Runner, Sample } from "../run/runner";
import type { Bounds, SampledPoint } from "../run/sample";
import { boundsOfElement } from "../run/sample";
import { Spot } from "../run/spot";
import { descend } from "./descend";
import { shortfall } from "./shortfall";

/** A border that was found, and where. */
export interface Crossing {
  readonly border: Border;
  readonly spot: Spot;
  /** The letters that were moved to get there. */
  readonly names: readonly string[];
}

/** A branch that no point reached. */
export interface Unreached {
  readonly key: number;
  readonly fork: Fork;
  readonly branch: number;
}

/** What was seen of a chain from afar, in ordinary numbers: where it is worth computing exactly. */
export interface Survey {
  /** The letters and data that can be moved. */
  readonly names: readonly string[];
  readonly sights: readonly Sight[];
  readonly crossings: readonly Crossing[];
  /** One spot in each stretch between borders, and for each branch that had to be sought. */
  readonly stretches: readonly Spot[];
  readonly unreached: readonly Unreached[];
}

/** Letters beyond these are not moved. */
const MOST_LETTERS = 8;

/**
 * Looks for the borders of a chain's branches along lines through a plain point, letter by letter, over all sizes and
 * both signs, and for a point in each branch. Where a counterexample is sought, as for an order, it looks along all lines.
 */
export function surveyOf(runner: Runner, samples: readonly Sample[], seeking: boolean): Survey {
  const from = Spot.at(samples[0].point);
  // What a branch asks for that was not taken is drawn now.
  runner.look(from);
  const all = everywhere(runner, samples[0].point);
  const forks = runner.sides.map((_, side) => runner.look(all, new Set([side])).forks);
  const widest = new Map(forks.flatMap((own) => [...own]));
  const crossable = new Map([...widest].filter(([, fork]) => isCrossable(fork)));
  const crossed = sidesWhere(forks, isCrossable);
  const { reals, wholes, families } = coordinatesOf(runner, samples[0].point);
  const seen = new Seen(runner, widest, crossable, seeking ? undefined : besides(crossed));
  const branching = sidesWhere(forks, ({ branches }) => branches.length > 0);
  if (seeking || branching.size > 0) {
    const only = seeking ? undefined : besides(new Set([...branching, ...crossed]));
    seen.add(samples.map(({ point }) => sight(runner, Spot.at(point), 0, only)));
  }
  if (reals.length + wholes.length > 0 && (crossable.size > 0 || seeking || wholes.length > 0)) {
    for (const name of wholes) seen.add(lookAlong(runner, from, [name], gridOf(runner, name, true)));
    const lines =
      seeking || crossable.size > 0
        ? byUse(runner, from, reals, crossable, crossed).filter(
            (name) => seeking || moves(runner, from, name, crossable, crossed),
          )
        : [];
    const fine = lines.length < 3;
    for (const name of lines) if (seeking || !seen.complete) seen.follow(from, [name], fine);
    if (!fine) for (const name of lines) if (!seen.complete) seen.follow(from, [name], true);
    if (seeking) {
      for (const names of [reals, ...families]) if (names.length > 1) seen.follow(from, names, true);
      const other = Spot.at(samples[samples.length - 1].point);
      for (const name of reals) seen.add(lookAlong(runner, other, [name], gridOf(runner, name, true)));
    }
  }
  const unreached = seen.sought(reals);
  const { sights, crossings, stretches } = seen;
  return { names: reals, sights, crossings, stretches, unreached };
}

/** What has been seen so far. */
class Seen {
  readonly sights: Sight[] = [];
  readonly crossings: Crossing[] = [];
  readonly stretches: Spot[] = [];
  private readonly reached = new Set<string>();
  /** Reached only where the assumptions do not hold. */
  private readonly excluded = new Set<string>();
  private readonly crossed = new Set<number>();
  private readonly ties = new Set<number>();

  constructor(
    private readonly runner: Runner,
    private readonly widest: ReadonlyMap<number, Fork>,
    private readonly crossable: ReadonlyMap<number, Fork>,
    /** The sides worth looking at along a line. */
    private readonly sides: ReadonlySet<number> | undefined,
  ) {}

  add(sights: readonly Sight[]): void {
    this.sights.push(...sights);
    for (const { look, allowed, spot } of sights)
      for (const [key, { branches, gaps }] of look.forks) {
        for (const branch of branches) (allowed ? this.reached : this.excluded).add(`${key} ${branch}`);
        if (spot.from.draw.generic && gaps.some(([gap]) => gap === 0)) this.ties.add(key);
      }
  }

  follow(from: Spot, names: readonly string[], fine: boolean): void {
    const sights = lookAlong(this.runner, from, names, gridOf(this.runner, names[0], fine), this.sides);
    this.add(sights);
    const borders = bordersOn(this.runner, names, sights);
    const places = [...new Set(borders.map(({ at }) => at))].sort((a, b) => a - b);
    for (const border of borders) {
      const spot = from.moved(names, border.at);
      if (
        !this.crossings.some(
          (other) => other.border.key === border.key && other.names === names && other.border.at === border.at,
        )
      )
        this.crossings.push({ border, spot, names });
      this.crossed.add(border.key);
    }
    if (places.length === 0) return;
    const ends = [-Infinity, ...places, Infinity];
    const fresh = ends.slice(1).map((end, i) => from.moved(names, between(ends[i], end)));
    for (const spot of fresh) this.try(spot);
  }

  private try(spot: Spot): void {
    const now = sight(this.runner, spot, 0);
    this.add([now]);
    if (now.allowed && !now.look.strained) this.stretches.push(spot);
  }

  private missing(): Unreached[] {
    return [...this.widest].flatMap(([key, fork]) =>
      fork.branches.filter((branch) => !this.reached.has(`${key} ${branch}`)).map((branch) => ({ key, fork, branch })),
    );
  }

  get complete(): boolean {
    const crossed = [...this.crossable].every(([key, { branches }]) => branches.length === 0 || this.crossed.has(key));
    const touched = [...this.crossable.keys()].every((key) => this.crossed.has(key)) || this.crossings.length > 0;
    return crossed && touched && this.missing().length === 0;
  }

  /** Seeks what is missing from the nearest sights, first where the assumptions hold; what remains is not reached. */
  sought(names: readonly string[]): Unreached[] {
    for (const one of this.missing()) this.seek(one, names, true);
    const free = this.runner.assumptions.length === 0;
    return this.missing().filter((one) => {
      const key = `${one.key} ${one.branch}`;
      // A choice between what is the same on a whole stretch, as in max(x, |x|), is no branch.
      if (one.fork.node.kind !== "cases" && this.ties.has(one.key)) return false;
      if (free || this.excluded.has(key)) return free;
      this.seek(one, names, false);
      return !this.excluded.has(key);
    });
  }

  private seek({ key, fork, branch }: Unreached, names: readonly string[], allowed: boolean): void {
    const missed = ({ look }: Pick<Sight, "look">) => {
      const there = look.forks.get(key);
      return there ? shortfall(fork.node, there, branch) : Infinity;
    };
    const best = this.sights
      .filter((one) => one.allowed || !allowed)
      .sort((a, b) => missed(a) - missed(b))
      .slice(0, 3);
    for (const { spot } of best) {
      const found = descend(spot, names, (next) =>
        allowed && !this.runner.roughlyAllowed(next) ? Infinity : missed({ look: this.runner.look(next) }),
      );
      const now = sight(this.runner, found, 0);
      this.add([now]);
      if (now.allowed && !now.look.strained) this.stretches.push(found);
      if (now.look.forks.get(key)?.branches.includes(branch)) return;
    }
  }
}

function spans([low, high]: Range): boolean {
  return low <= 0 && high >= 0;
}

function isCrossable({ gaps }: Fork): boolean {
  return gaps.some((gap) => !isPoint(gap) && spans(gap));
}

/** The sides that hold a fork of some kind. */
function sidesWhere(forks: readonly ReadonlyMap<number, Fork>[], is: (fork: Fork) => boolean): Set<number> {
  return new Set([...forks.keys()].filter((side) => [...forks[side].values()].some(is)));
}

/** Sides, and those they are compared with. */
function besides(sides: ReadonlySet<number>): Set<number> {
  return new Set([...sides].flatMap((side) => [side - 1, side, side + 1]));
}

/** All that a chain's letters may be at once; whole numbers as at a point. */
function everywhere(runner: Runner, at: SampledPoint): Place {
  const ends = (bounds: Bounds | undefined): Range => {
    if (!bounds) return EVERYTHING;
    const { low, high, closed } = bounds;
    return [closed.low ? low : after(low), closed.high ? high : before(high)];
  };
  return {
    length: at.length,
    letter: (name) =>
      runner.usage.integers.has(name) ? point(at.letter(name).toNumber()) : ends(runner.bounds.get(name)),
    element: (base, k) => ends(boundsOfElement(runner.bounds, base, k)),
  };
}

/** What can be moved: letters, whole numbers, and data, all of one kind together as well. */
function coordinatesOf(runner: Runner, at: SampledPoint) {
  const letters = [...at.letters.keys()];
  const elements = [...at.elements.keys()];
  const stem = (name: string) => name.slice(0, name.lastIndexOf("_"));
  const stems = [...new Set(elements.map(stem))];
  const wholes = letters.filter((name) => runner.usage.integers.has(name) && (runner.given === null || name !== "N"));
  return {
    reals: [...letters.filter((name) => !runner.usage.integers.has(name)), ...elements].slice(0, MOST_LETTERS),
    wholes,
    families: [...stems.map((base) => elements.filter((name) => stem(name) === base)), elements],
  };
}

/** Letters that move a gap as they are moved come first: borders are at plain numbers there. */
function byUse(
  runner: Runner,
  from: Spot,
  names: readonly string[],
  crossable: ReadonlyMap<number, Fork>,
  sides: ReadonlySet<number>,
): string[] {
  if (crossable.size === 0 || names.length < 2) return [...names];
  const here = runner.look(from, sides);
  const use = new Map(
    names.map((name) => {
      const next = runner.look(from.moved([name], from.number(name) + 1), sides);
      const steps = [...crossable.keys()].map((key) => {
        const [a, b] = [here.forks.get(key)?.gaps[0]?.[0], next.forks.get(key)?.gaps[0]?.[0]];
        return a !== undefined && b !== undefined && Math.abs(Math.abs(b - a) - 1) < 1e-9;
      });
      return [name, steps.filter(Boolean).length] as const;
    }),
  );
  return [...names].sort((a, b) => use.get(b)! - use.get(a)!);
}

/** Whether a gap depends on a letter. */
function moves(
  runner: Runner,
  from: Spot,
  name: string,
  crossable: ReadonlyMap<number, Fork>,
  sides: ReadonlySet<number>,
): boolean {
  const [a, b] = [-1.7, 2.3].map((at) => runner.look(from.moved([name], at), sides).forks);
  return [...crossable.keys()].some(
    (key) => a.get(key)?.gaps.some(([gap], j) => gap !== b.get(key)?.gaps[j]?.[0]) ?? b.has(key),
  );
}
