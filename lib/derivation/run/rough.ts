import type { Comparison, Expr, Letter, Relation } from "../world/tree";
import { keyOf, withParts } from "../world/tree";
import { lettersOf, vectorParameters } from "../world/usage";
import type { Definition, World } from "../world/world";
import { familyOf } from "../world/world";
import { Decimal, FUNCTIONS, withDigits } from "./number";
import type { Range } from "./range";
import {
  EVERYTHING,
  exponential,
  greatest,
  hull,
  isPoint,
  KNOWN,
  least,
  magnitude,
  minus,
  negated,
  over,
  plus,
  point,
  raised,
  rooted,
  times,
} from "./range";

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

type Frame =
  | { readonly kind: "value"; readonly name: string; readonly value: Range; readonly next: Frame | null }
  | {
      readonly kind: "family";
      readonly name: string;
      readonly element: (k: number) => Range;
      readonly next: Frame | null;
    }
  | { readonly kind: "index"; readonly name: string; readonly value: number; readonly next: Frame | null }
  | { readonly kind: "lift"; readonly name: ""; readonly k: number; readonly next: Frame | null };

interface Rough {
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
}

export const UNSEEN: Range = [NaN, NaN];
const NONE: Range = [NaN, NaN];
/** Above this, terms are so unlike that one may be lost beside the other. */
const UNLIKE = 1e40;
/** Above this, the slope of a value may be lost in its rounding. */
const SLOPED = 1e25;
/** So many terms of sums are looked at, in all. */
const MOST_TERMS = 20_000;

/**
 * Looks at formulas in ordinary numbers: fast, and good enough to find where it is worth computing exactly. Where there
 * is no value, or no single meaning, it says NaN.
 */
export function look(
  exprs: readonly Expr[],
  world: World,
  data: ReadonlySet<string>,
  place: Place,
  only?: ReadonlySet<number>,
): Look {
  const m: Rough = { world, data, place, forks: new Map(), strained: false, terms: 0, muted: 0, path: 0, side: 0 };
  const values = exprs.map((expr, side) => {
    if (only && !only.has(side)) return UNSEEN;
    m.side = side;
    return evaluate(m, expr, null);
  });
  return { values, forks: m.forks, strained: m.strained };
}

/** A comparison that has to hold, for each of the data where a letter counts them. */
export interface Demand {
  readonly comparison: Comparison;
  readonly index: string | null;
}

/** Whether all that is demanded holds at a place, roughly. */
export function fulfils(demands: readonly Demand[], world: World, data: ReadonlySet<string>, place: Place): boolean {
  const m: Rough = { world, data, place, forks: new Map(), strained: false, terms: 0, muted: 1, path: 0, side: 0 };
  return demands.every(({ comparison: { sides, relations }, index }) => {
    const holds = (frames: Frame | null) => {
      const values = sides.map((side) => evaluate(m, side, frames));
      return relations.every((relation, i) => certain(relation, values[i], values[i + 1]));
    };
    if (index === null) return holds(null);
    for (let k = 1; k <= (place.length ?? 0); k++)
      if (!holds({ kind: "index", name: index, value: k, next: null })) return false;
    return true;
  });
}

function evaluate(m: Rough, expr: Expr, frames: Frame | null): Range {
  const value = (part: Expr) => evaluate(m, part, frames);
  switch (expr.kind) {
    case "number":
      return point(Number(expr.text));
    case "constant":
      return point(expr.name === "e" ? Math.E : Math.PI);
    case "letter":
      return valueOfLetter(m, expr, frames);
    case "add":
      return expr.terms.map(value).reduce((a, b) => sum(m, a, b));
    case "negate":
      return negated(value(expr.of));
    case "multiply":
      return kept(m, expr.factors.map(value).reduce(times));
    case "divide":
      return quotient(m, expr, value(expr.top), value(expr.bottom));
    case "power":
      return power(m, expr, frames);
    case "root": {
      const of = value(expr.of);
      if (expr.degree % 2 === 0) note(m, expr, [of], []);
      return rooted(of, expr.degree);
    }
    case "abs": {
      const of = value(expr.of);
      signFork(m, expr, of);
      return magnitude(of);
    }
    case "builtin":
      return builtin(m, expr, frames);
    case "call":
      return call(m, expr, frames);
    case "series":
      return series(m, expr, frames);
    case "limit":
      return limit(m, expr, frames);
    case "place":
      return evaluate(m, expr.of, { kind: "value", name: expr.letter, value: value(expr.to), next: frames });
    case "cases":
      return cases(m, expr, frames);
    case "derivative":
      return differentiate(m, expr.of, expr.by, frames);
    case "operator":
      return operator(m, expr, frames);
  }
}

function sum(m: Rough, a: Range, b: Range): Range {
  const [x, y] = [Math.abs(a[0]), Math.abs(b[0])];
  if (x !== 0 && y !== 0 && (x > UNLIKE * y || y > UNLIKE * x)) m.strained = true;
  return plus(a, b);
}

/** Notes where ordinary numbers run out. */
function kept(m: Rough, value: Range): Range {
  if (isPoint(value) && (Math.abs(value[0]) === Infinity || (value[0] !== 0 && Math.abs(value[0]) < 1e-250)))
    m.strained = true;
  return value;
}

function quotient(m: Rough, expr: Expr, top: Range, bottom: Range): Range {
  note(m, expr, [bottom], []);
  return kept(m, over(top, bottom));
}

function power(m: Rough, expr: Extract<Expr, { kind: "power" }>, frames: Frame | null): Range {
  const exponent = evaluate(m, expr.exponent, frames);
  if (expr.base.kind === "constant" && expr.base.name === "e") return grown(m, exponent);
  const base = evaluate(m, expr.base, frames);
  if (exponent[0] < 0 || !Number.isInteger(exponent[0])) note(m, expr, [base], []);
  return kept(m, raised(base, exponent));
}

function grown(m: Rough, x: Range): Range {
  if (isPoint(x) && Math.abs(x[0]) > 90) m.strained = true;
  return exponential(x);
}

/** A name for a part that stays the same when a formula is rebuilt around it. */
function idOf({ kind, at }: Expr): number {
  return Math.imul(at.start, 7919) ^ Math.imul(at.end, 104_729) ^ Math.imul(at.source.length, 31) ^ kind.charCodeAt(1);
}

function note(m: Rough, node: Expr, gaps: readonly Range[], branches: readonly number[]): void {
  if (m.muted > 0) return;
  m.forks.set(Math.imul(m.path, 31) ^ idOf(node), { node, gaps, branches, side: m.side });
}

function signFork(m: Rough, node: Expr, of: Range): void {
  if (m.muted > 0) return;
  const branches = isPoint(of) ? [Math.sign(of[0])] : [...(of[0] < 0 ? [-1] : []), ...(of[1] > 0 ? [1] : [])];
  note(m, node, [of], branches);
}

function choiceFork(m: Rough, node: Expr, args: readonly Range[], largest: boolean): void {
  if (m.muted > 0) return;
  const all = largest ? args : args.map(negated);
  const gaps = all.flatMap((a, i) => all.slice(i + 1).map((b) => minus(a, b)));
  const branches = all.flatMap(([, high], i) => (all.every(([low], j) => j === i || high > low) ? [i] : []));
  note(m, node, gaps, branches);
}

function builtin(m: Rough, expr: Extract<Expr, { kind: "builtin" }>, frames: Frame | null): Range {
  const args = expr.args.map((argument) => evaluate(m, argument, frames));
  if (expr.primes > 0) {
    const letter: Letter = { kind: "letter", name: "#argument", base: "#argument", index: null, at: expr.at };
    const by = Array.from({ length: expr.primes }, () => letter);
    const inner: Frame = { kind: "value", name: letter.name, value: args[0], next: null };
    return differentiate(m, { ...expr, primes: 0, args: [letter] }, by, inner);
  }
  if (expr.name === "max" || expr.name === "min") {
    choiceFork(m, expr, args, expr.name === "max");
    return expr.name === "max" ? greatest(args) : least(args);
  }
  if (expr.name === "sign") signFork(m, expr, args[0]);
  if (["tanh", "sigma", "cosh", "sinh", "exp"].includes(expr.name) && isPoint(args[0]) && Math.abs(args[0][0]) > 60)
    m.strained = true;
  if (!TOTAL.has(expr.name)) note(m, expr, args, []);
  if (expr.name === "binom") return args.every(isPoint) ? point(binomial(args[0][0], args[1][0])) : EVERYTHING;
  const known = KNOWN[expr.name];
  if (known) return known(args[0]);
  return args.every(isPoint) ? exactly(expr.name, args) : EVERYTHING;
}

/** Functions with a value everywhere that no border divides. */
const TOTAL: ReadonlySet<string> = new Set("exp tanh sinh cosh sech arsinh sigma sin cos arctan sign".split(" "));

function binomial(n: number, k: number): number {
  if (!Number.isInteger(k) || k < 0 || k > 400) return NaN;
  let product = 1;
  for (let i = 0; i < k; i++) product *= (n - i) / (i + 1);
  return product;
}

/** Functions that ordinary numbers lack. */
function exactly(name: string, args: readonly Range[]): Range {
  try {
    return point(withDigits(20, () => FUNCTIONS[name](...args.map(([x]) => new Decimal(x))).toNumber()));
  } catch {
    return NONE;
  }
}

function valueOfLetter(m: Rough, letter: Letter, frames: Frame | null): Range {
  for (let frame = frames; frame; frame = frame.next) {
    if (frame.kind === "index" && letter.index && lettersOf(letter.index, m.world).has(frame.name))
      return element(m, letter, frames);
    if (frame.name !== letter.name) {
      if (frame.kind === "family" && frame.name === letter.base && letter.index) return element(m, letter, frames);
      continue;
    }
    if (frame.kind === "value") return frame.value;
    return frame.kind === "index" ? point(frame.value) : NONE;
  }
  const own = known(m, letter.name, frames);
  if (own) return own;
  if (m.data.has(letter.name) || m.world.data.has(letter.name)) {
    for (let frame = frames; frame; frame = frame.next)
      if (frame.kind === "lift") return elementOf(m, letter.name, frame.k, frames);
    return NONE;
  }
  if (letter.index && (m.data.has(letter.base) || m.world.data.has(letter.base))) return element(m, letter, frames);
  return m.place.letter(letter.name);
}

function known(m: Rough, name: string, frames: Frame | null): Range | null {
  const fixed = m.world.fixed.get(name);
  if (fixed !== undefined) return point(fixed);
  const definition = m.world.definitions.get(name)?.find(({ parameters }) => parameters === null);
  return definition ? evaluate(m, definition.body, frames) : null;
}

function element(m: Rough, letter: Letter, frames: Frame | null): Range {
  const [k] = evaluate(m, letter.index!, frames);
  return Number.isInteger(k) ? elementOf(m, letter.base, k, frames) : NONE;
}

function elementOf(m: Rough, base: string, k: number, frames: Frame | null): Range {
  for (let frame = frames; frame; frame = frame.next) {
    if (frame.kind === "value" && frame.name === `${base}_${k}`) return frame.value;
    if (frame.kind === "family" && frame.name === base) return frame.element(k);
  }
  const own = known(m, `${base}_${k}`, frames);
  if (own) return own;
  const each = familyOf(m.world, base);
  if (each) return evaluate(m, each.definition.body, { kind: "index", name: each.index, value: k, next: frames });
  const values = m.world.data.get(base);
  if (values) return point(values[k - 1] ?? NaN);
  const definition = m.world.definitions.get(base)?.find(({ parameters }) => parameters === null);
  if (definition) return along(m, k, () => evaluate(m, definition.body, { kind: "lift", name: "", k, next: frames }));
  return m.world.definitions.has(base) || m.world.fixed.has(base) ? NONE : m.place.element(base, k);
}

/** Goes on under a path of its own. */
function along(m: Rough, step: number, work: () => Range): Range {
  const before = m.path;
  m.path = Math.imul(before ^ (step + 1), 16_777_619);
  const value = work();
  m.path = before;
  return value;
}

function call(m: Rough, expr: Extract<Expr, { kind: "call" }>, frames: Frame | null): Range {
  if (expr.args === null && expr.primes === 0 && expr.partials.length === 0)
    for (let frame = frames; frame; frame = frame.next)
      if (frame.name === expr.name && frame.kind === "value") return frame.value;
  const all = m.world.definitions.get(expr.name) ?? [];
  const fitting = expr.args ? all.filter(({ parameters }) => parameters?.length === expr.args!.length) : all;
  if (fitting.length !== 1) return NONE;
  const [definition] = fitting;
  const inner = expr.args ? withArguments(m, definition, expr.args, frames) : frames;
  const names = expr.primes > 0 ? Array.from({ length: expr.primes }, () => definition.parameters![0]) : expr.partials;
  const by = names.map((name): Letter => ({ kind: "letter", name, base: name, index: null, at: expr.at }));
  return along(m, expr.args ? idOf(expr) : 0, () => differentiate(m, definition.body, by, inner));
}

function withArguments(m: Rough, definition: Definition, args: readonly Expr[], frames: Frame | null): Frame | null {
  const vectors = vectorParameters(definition, m.world);
  return definition.parameters!.reduce<Frame | null>((next, name, i) => {
    if (!vectors.has(name)) return { kind: "value", name, value: evaluate(m, args[i], frames), next };
    return { kind: "family", name, element: elements(m, args[i], frames), next };
  }, frames);
}

function elements(m: Rough, argument: Expr, frames: Frame | null): (k: number) => Range {
  if (argument.kind === "letter" && !m.world.definitions.has(argument.name))
    return (k) => {
      for (let frame = frames; frame; frame = frame.next)
        if (frame.kind === "family" && frame.name === argument.name) return frame.element(k);
      return elementOf(m, argument.name, k, frames);
    };
  return (k) => along(m, k, () => evaluate(m, argument, { kind: "lift", name: "", k, next: frames }));
}

function series(m: Rough, expr: Extract<Expr, { kind: "series" }>, frames: Frame | null): Range {
  const [from, to] =
    expr.from && expr.to
      ? [evaluate(m, expr.from, frames)[0], evaluate(m, expr.to, frames)[0]]
      : [1, m.place.length ?? NaN];
  if (!Number.isInteger(from) || !Number.isInteger(to) || (m.terms += to - from) > MOST_TERMS) return NONE;
  let total = point(expr.product ? 1 : 0);
  for (let k = from; k <= to; k++) {
    const term = along(m, k, () => evaluate(m, expr.of, { kind: "index", name: expr.index, value: k, next: frames }));
    total = expr.product ? kept(m, times(total, term)) : sum(m, total, term);
  }
  return total;
}

/** Near enough to compare by; its own rounding may be seen in the sixth digit. */
function limit(m: Rough, expr: Extract<Expr, { kind: "limit" }>, frames: Frame | null): Range {
  const place = typeof expr.to === "string" ? null : evaluate(m, expr.to, frames);
  m.strained = true;
  if (place && !isPoint(place)) return EVERYTHING;
  m.muted++;
  const at = (x: number) =>
    evaluate(m, expr.of, { kind: "value", name: expr.letter, value: point(x), next: frames })[0];
  const sides = place ? (expr.side === 0 ? [-1, 1] : [expr.side]).map((side) => at(place[0] + side * 1e-7)) : [];
  const value = place ? sides.reduce((a, b) => a + b) / sides.length : at(expr.to === "infinity" ? 1e7 : -1e7);
  m.muted--;
  return point(value);
}

function cases(m: Rough, expr: Extract<Expr, { kind: "cases" }>, frames: Frame | null): Range {
  const gaps: Range[] = [];
  let settled = false;
  const possible = expr.rows.flatMap((row, i) => {
    if (row.when === null) return [];
    const states = row.when.map((all) => all.map((comparison) => stateOf(m, comparison, frames, gaps)));
    if (settled || !states.some((all) => all.every((state) => state !== false))) return [];
    settled ||= states.some((all) => all.every((state) => state === true));
    return [i];
  });
  const otherwise = expr.rows.findIndex(({ when }) => when === null);
  if (!settled && otherwise >= 0 && !gaps.some(([low]) => Number.isNaN(low))) possible.push(otherwise);
  note(m, expr, gaps, possible);
  if (possible.length === 0) return NONE;
  const values = possible.map((i) => evaluate(m, expr.rows[i].value, narrowed(m, expr.rows[i].when, frames)));
  return values.length === 1 ? values[0] : hull(values);
}

function stateOf(m: Rough, { sides, relations }: Comparison, frames: Frame | null, gaps: Range[]): boolean | null {
  const values = sides.map((side) => evaluate(m, side, frames));
  let all: boolean | null = true;
  relations.forEach((relation, i) => {
    gaps.push(minus(values[i], values[i + 1]));
    if (certain(relation, values[i], values[i + 1])) return;
    all =
      certain(OPPOSITE[relation] ?? relation, values[i], values[i + 1]) || !usable(values[i], values[i + 1])
        ? false
        : all && null;
  });
  return all;
}

const usable = (a: Range, b: Range) => !Number.isNaN(a[0]) && !Number.isNaN(b[0]);

const OPPOSITE: Partial<Record<Relation, Relation>> = {
  "<": "\\ge",
  ">": "\\le",
  "\\le": ">",
  "\\ge": "<",
  "=": "\\ne",
  "\\ne": "=",
};

/** Whether a relation holds for all values in two ranges. */
function certain(relation: Relation, a: Range, b: Range): boolean {
  switch (relation) {
    case "<":
      return a[1] < b[0];
    case ">":
      return a[0] > b[1];
    case "\\le":
      return a[1] <= b[0];
    case "\\ge":
      return a[0] >= b[1];
    case "\\ne":
      return a[1] < b[0] || a[0] > b[1];
    default:
      return isPoint(a) && isPoint(b) && a[0] === b[0];
  }
}

/** Within a row x >= 0, x is that. */
function narrowed(m: Rough, when: readonly (readonly Comparison[])[] | null, frames: Frame | null): Frame | null {
  if (when?.length !== 1) return frames;
  let inner = frames;
  for (const { sides, relations } of when[0])
    relations.forEach((relation, i) => {
      inner = bounded(m, relation, sides[i], sides[i + 1], inner);
      const mirror = { "<": ">", ">": "<", "\\le": "\\ge", "\\ge": "\\le" } as Partial<Record<Relation, Relation>>;
      inner = bounded(m, mirror[relation] ?? relation, sides[i + 1], sides[i], inner);
    });
  return inner;
}

function bounded(m: Rough, relation: Relation, letter: Expr, than: Expr, frames: Frame | null): Frame | null {
  if (letter.kind !== "letter") return frames;
  const [now, [low, high]] = [evaluate(m, letter, frames), evaluate(m, than, frames)];
  if (isPoint(now)) return frames;
  const below = relation === "<" ? before(high) : relation === "\\le" || relation === "=" ? high : Infinity;
  const above = relation === ">" ? after(low) : relation === "\\ge" || relation === "=" ? low : -Infinity;
  const value: Range = [Math.max(now[0], above), Math.min(now[1], below)];
  return value[0] <= value[1] ? { kind: "value", name: letter.name, value, next: frames } : frames;
}

/** The next number above one: what x > 0 leaves x. */
export function after(x: number): number {
  return x === 0 ? Number.MIN_VALUE : x + Math.abs(x) * Number.EPSILON;
}

export function before(x: number): number {
  return -after(-x);
}

/** A central quotient; where a letter is a range, any slope. */
function differentiate(m: Rough, of: Expr, by: readonly Expr[], frames: Frame | null): Range {
  if (by.length === 0) return evaluate(m, of, frames);
  const [first, ...rest] = by;
  const [target, letter, start] = varied(m, of, first, frames);
  const at = start ?? evaluate(m, letter, frames);
  const name = heldName(m, letter, frames);
  const f = (x: Range) => differentiate(m, target, rest, { kind: "value", name, value: x, next: frames });
  const middle = f(at);
  if (!isPoint(at) || !isPoint(middle)) return EVERYTHING;
  if (Math.abs(middle[0]) > SLOPED) m.strained = true;
  const h = (rest.length > 0 || m.muted > 0 ? 1e-3 : 1e-5) * (Math.abs(at[0]) || 0.1);
  m.muted++;
  const [low, high] = [f(point(at[0] - h))[0], f(point(at[0] + h))[0]];
  m.muted--;
  return point((high - low) / (2 * h));
}

function heldName(m: Rough, letter: Letter, frames: Frame | null): string {
  for (let frame = frames; frame; frame = frame.next) {
    if (frame.name === letter.name) return letter.name;
    if (frame.kind !== "index" || !letter.index || !lettersOf(letter.index, m.world).has(frame.name)) continue;
    return `${letter.base}_${evaluate(m, letter.index, frames)[0]}`;
  }
  return letter.name;
}

function varied(m: Rough, of: Expr, by: Expr, frames: Frame | null): [Expr, Letter, Range | null] {
  if (by.kind === "letter") return [of, by, null];
  const value = evaluate(m, by, frames);
  if (by.kind === "call" && by.args === null)
    return [of, { kind: "letter", name: by.name, base: by.name, index: null, at: by.at }, value];
  const key = keyOf(by);
  const fresh: Letter = { kind: "letter", name: "#u", base: "#u", index: null, at: by.at };
  const bound = (name: string) => {
    for (let frame = frames; frame; frame = frame.next) if (frame.name === name) return true;
    return false;
  };
  let found = 0;
  const replace = (expr: Expr): Expr => {
    if (keyOf(expr) === key) {
      found++;
      return fresh;
    }
    if (expr.kind !== "letter" || bound(expr.name)) return withParts(expr, replace);
    const earlier = found;
    const body = m.world.definitions.get(expr.name)?.find(({ parameters }) => parameters === null)?.body;
    const opened = body ? replace(body) : expr;
    return found > earlier ? opened : expr;
  };
  return [replace(of), fresh, value];
}

/** An operator reaches up to the last factor that depends on its letters. */
function operator(m: Rough, expr: Extract<Expr, { kind: "operator" }>, frames: Frame | null): Range {
  const { factors, by } = expr;
  const depends = (factor: Expr) =>
    by.some((letter) => letter.kind !== "letter" || lettersOf(factor, m.world).has(letter.name));
  const reach = factors.findIndex(depends) + 1 || factors.length;
  const inner: Expr = reach === 1 ? factors[0] : { kind: "multiply", factors: factors.slice(0, reach), at: expr.at };
  return factors
    .slice(reach)
    .reduce((value, factor) => times(value, evaluate(m, factor, frames)), differentiate(m, inner, by, frames));
}
