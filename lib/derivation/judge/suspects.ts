import type { Formula } from "../read/chain";
import type { Sight } from "../run/lines";
import { between, root, sight, wholeRoot } from "../run/lines";
import type { Look } from "../run/rough/machine";
import { UNSEEN } from "../run/rough/machine";
import type { Runner } from "../run/runner";
import type { Spot } from "../run/spot";
import type { Relation } from "../world/tree";
import { descend } from "./descend";

/** A spot where a relation looks false in ordinary numbers: to be computed exactly. */
export interface Suspect {
  readonly at: number;
  readonly spot: Spot;
}

/** So many spots are computed exactly for one relation before it is believed. */
const MOST = 6;
/** Ordinary numbers and their derivatives agree to so much. */
const ROUGH = 1e-4;
/** An order with less than this left may be none. */
const NEARLY = 1e-6;

/** The spots where relations of a chain look false, the plainest first. */
export function suspectsOf(
  formula: Formula,
  runner: Runner,
  sights: readonly Sight[],
  names: readonly string[],
): Suspect[] {
  const allowed = sights.filter((one) => one.allowed && !one.look.strained);
  return formula.relations.flatMap((relation, i) => {
    const spots =
      relation === "="
        ? unlike(allowed, i)
        : isOrder(relation)
          ? [
              ...disordered(runner, relation, allowed, i, names),
              ...(relation === "\\ne" ? crossing(runner, allowed, i) : []),
            ]
          : [];
    return spots.map((spot) => ({ at: i, spot }));
  });
}

/** Whether a relation says that a side is larger, or another one: one point may break it. */
export function isOrder(relation: Relation): boolean {
  return ["<", ">", "\\le", "\\ge", "\\ne"].includes(relation);
}

/** Where two sides differ, or one of them has no value on a whole stretch. */
function unlike(sights: readonly Sight[], i: number): Spot[] {
  const differing = sights.filter(({ look }) => {
    const [l, r] = [look.values[i][0], look.values[i + 1][0]];
    return Math.abs(l - r) > ROUGH * (Math.abs(l) + Math.abs(r)) + 1e-9;
  });
  const halved = sights.flatMap((one, k) => {
    const next = sights[k + 1];
    return next && next.at > one.at && isHalf(one.look, i) && isHalf(next.look, i)
      ? [one.spot.moved(movedBetween(one.spot, next.spot), between(one.at, next.at))]
      : [];
  });
  return [...plainest(differing.map(({ spot }) => spot)).slice(0, MOST), ...plainest(halved).slice(0, 2)];
}

function isHalf({ values }: Look, i: number): boolean {
  if (values[i] === UNSEEN || values[i + 1] === UNSEEN) return false;
  return Number.isNaN(values[i][0]) !== Number.isNaN(values[i + 1][0]);
}

function movedBetween(a: Spot, b: Spot): string[] {
  return [...b.numbers.keys()].filter((name) => a.numbers.get(name) !== b.numbers.get(name));
}

function difference({ values }: Look, i: number): number {
  return values[i][0] - values[i + 1][0];
}

/** How much is left before an order is broken; 0 or less where it is. */
function slack(look: Look, relation: Relation, i: number): number {
  const gap = difference(look, i);
  if (relation === "\\ne") return Math.abs(gap);
  return relation === "<" || relation === "\\le" ? -gap : gap;
}

/** Where the difference of two sides changes its sign between neighbours on a line, and is small there. */
function crossing(runner: Runner, sights: readonly Sight[], i: number): Spot[] {
  const found = sights.flatMap((one, k) => {
    const next = sights[k + 1];
    if (!next || next.at <= one.at || !(difference(one.look, i) * difference(next.look, i) < 0)) return [];
    const names = movedBetween(one.spot, next.spot);
    const gap = (at: number) => difference(runner.look(one.spot.moved(names, at)), i);
    const seek = names.some((name) => runner.usage.integers.has(name)) ? wholeRoot : root;
    return [one.spot.moved(names, seek(gap, one.at, next.at, gap(one.at), gap(next.at)))];
  });
  return plainest(found.filter((spot) => isNear(runner.look(spot), "\\ne", i))).slice(0, MOST);
}

function relative(look: Look, relation: Relation, i: number): number {
  const [l, r] = [look.values[i][0], look.values[i + 1][0]];
  return slack(look, relation, i) / (Math.abs(l) + Math.abs(r) + 1e-300);
}

/** Where an order is broken: at what was seen, or else down from the worst of it. */
function disordered(
  runner: Runner,
  relation: Relation,
  sights: readonly Sight[],
  i: number,
  names: readonly string[],
): Spot[] {
  const clearly = sights.filter(({ look }) => relative(look, relation, i) < -1e-6);
  if (clearly.length > 0) return plainest(clearly.map(({ spot }) => spot)).slice(0, MOST);
  const nearly = sights.filter(({ look }) => isNear(look, relation, i));
  const found = plainest(nearly.map(({ spot }) => spot)).slice(0, MOST);
  const valued = sights.filter(({ look }) => !Number.isNaN(slack(look, relation, i)));
  const by = (measure: typeof slack) =>
    [...valued].sort((a, b) => measure(a.look, relation, i) - measure(b.look, relation, i)).slice(0, 2);
  const walked = [...new Set([...by(slack), ...by(relative)])].flatMap(({ spot }) =>
    [slack, relative].map((measure) =>
      descend(spot, names, (next) => {
        const there = sight(runner, next, 0);
        return there.allowed && !there.look.strained ? measure(there.look, relation, i) : Infinity;
      }),
    ),
  );
  const low = walked.filter((spot) => isNear(runner.look(spot), relation, i));
  return [...found, ...low.flatMap((spot) => [rounded(spot, names, 4), rounded(spot, names, 7), spot])];
}

/** Broken, or so little left that it may be none. */
function isNear(look: Look, relation: Relation, i: number): boolean {
  return slack(look, relation, i) < NEARLY || relative(look, relation, i) < NEARLY;
}

/** The lowest point of a square is seen to half of the digits only: its true place has few. */
function rounded(spot: Spot, names: readonly string[], digits: number): Spot {
  return names.reduce((now, name) => now.moved([name], Number(spot.number(name).toPrecision(digits)) + 0), spot);
}

/** First those whose numbers are near 1 and have few digits. */
function plainest(spots: readonly Spot[]): Spot[] {
  const weight = (spot: Spot) =>
    [...spot.numbers.values()].reduce((sum, x) => sum + Math.abs(Math.log(Math.abs(x) || 1)) + String(x).length, 0);
  return [...spots].sort((a, b) => weight(a) - weight(b));
}
