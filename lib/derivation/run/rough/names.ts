import type { Expr, Letter } from "../../world/tree";
import { lettersOf, vectorParameters } from "../../world/usage";
import type { Definition } from "../../world/world";
import { familyOf } from "../../world/world";
import type { Range } from "../range";
import { point } from "../range";
import { idOf } from "./forks";
import type { Frame, Rough } from "./machine";
import { evaluate, NONE } from "./machine";
import { differentiate } from "./slope";

export function valueOfLetter(m: Rough, letter: Letter, frames: Frame | null): Range {
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
export function along(m: Rough, step: number, work: () => Range): Range {
  const before = m.path;
  m.path = Math.imul(before ^ (step + 1), 16_777_619);
  const value = work();
  m.path = before;
  return value;
}

export function call(m: Rough, expr: Extract<Expr, { kind: "call" }>, frames: Frame | null): Range {
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
