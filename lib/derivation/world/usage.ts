import type { Expr } from "./tree";
import { partsOf } from "./tree";
import type { Definition, World } from "./world";
import { familyOf } from "./world";

/** Which letters are data, and which are whole numbers because they bound a sum. */
export interface Usage {
  readonly data: Set<string>;
  readonly integers: Set<string>;
}

/** How formulas use their letters, definitions included as far as they are reached. */
export function usageOf(exprs: readonly Expr[], world: World): Usage {
  const usage: Usage = { data: new Set(world.data.keys()), integers: new Set(["N"]) };
  const reached = new Set<Definition>();
  for (const expr of exprs) inspect(expr, [], null, usage, world, reached);
  return usage;
}

function inspect(
  expr: Expr,
  indices: readonly string[],
  owner: Definition | null,
  usage: Usage,
  world: World,
  reached: Set<Definition>,
): void {
  if (expr.kind === "letter") {
    const indexed = expr.index !== null && [...lettersOf(expr.index, world)].some((name) => indices.includes(name));
    const parameters = owner?.parameters ?? [];
    const family = indexed ? familyOf(world, expr.base) : null;
    if (family && !reached.has(family.definition)) {
      reached.add(family.definition);
      inspect(family.definition.body, [...indices, family.index], null, usage, world, reached);
    }
    if (
      indexed &&
      !family &&
      !parameters.includes(expr.name) &&
      !parameters.includes(expr.base) &&
      !world.definitions.has(expr.base)
    )
      usage.data.add(expr.base);
  }
  for (const definition of used(expr, world)) {
    if (expr.kind === "letter" && familyOf(world, expr.base)?.definition === definition) continue;
    if (expr.kind === "call" && expr.args) markArguments(expr.args, definition, owner, usage, world);
    if (reached.has(definition)) continue;
    reached.add(definition);
    inspect(definition.body, indices, definition, usage, world, reached);
  }
  const inner = expr.kind === "series" ? [...indices, expr.index] : indices;
  if (expr.kind === "series")
    for (const bound of [expr.from, expr.to])
      if (bound) lettersOf(bound, world).forEach((name) => usage.integers.add(name));
  for (const whole of wholeParts(expr)) lettersOf(whole, world).forEach((name) => usage.integers.add(name));
  const by = expr.kind === "derivative" || expr.kind === "operator" ? expr.by : [];
  for (const part of [...partsOf(expr), ...by]) inspect(part, inner, owner, usage, world, reached);
}

/** What is a whole number: n in n!, n and k in binomials, the exponent of -1. */
function wholeParts(expr: Expr): readonly Expr[] {
  if (expr.kind === "builtin" && (expr.name === "factorial" || expr.name === "binom")) return expr.args;
  const signed = expr.kind === "power" && expr.base.kind === "negate" && expr.base.of.kind === "number";
  return signed ? [expr.exponent] : [];
}

/** A letter given to a parameter that is indexed in the body is data. */
function markArguments(
  args: readonly Expr[],
  definition: Definition,
  owner: Definition | null,
  usage: Usage,
  world: World,
): void {
  const vectors = vectorParameters(definition, world);
  definition.parameters?.forEach((name, i) => {
    const argument = args[i];
    if (
      vectors.has(name) &&
      argument?.kind === "letter" &&
      !world.definitions.has(argument.name) &&
      !owner?.parameters?.includes(argument.name)
    )
      usage.data.add(argument.name);
  });
}

function used(expr: Expr, world: World): readonly Definition[] {
  if (expr.kind === "letter") {
    const all = [expr.name, expr.base].flatMap((name) => world.definitions.get(name) ?? []);
    return all.filter(({ parameters }) => parameters === null);
  }
  if (expr.kind !== "call") return [];
  const { args } = expr;
  return (world.definitions.get(expr.name) ?? []).filter(
    ({ parameters }) => !args || parameters?.length === args.length,
  );
}

const vectorsOf = new WeakMap<Definition, ReadonlySet<string>>();

/** The parameters that the body indexes inside a sum, itself or by handing them on. */
export function vectorParameters(definition: Definition, world: World): ReadonlySet<string> {
  const known = vectorsOf.get(definition);
  if (known) return known;
  const vectors = new Set<string>();
  vectorsOf.set(definition, vectors);
  const visit = (expr: Expr, indices: readonly string[]): void => {
    const parameters = definition.parameters ?? [];
    if (expr.kind === "letter" && expr.index && parameters.includes(expr.base) && !parameters.includes(expr.name))
      vectors.add(expr.base);
    if (expr.kind === "call" && expr.args)
      for (const inner of used(expr, world)) handedOn(expr.args, inner, parameters, vectors, world);
    for (const part of partsOf(expr)) visit(part, expr.kind === "series" ? [...indices, expr.index] : indices);
  };
  visit(definition.body, []);
  return vectors;
}

function handedOn(
  args: readonly Expr[],
  inner: Definition,
  parameters: readonly string[],
  vectors: Set<string>,
  world: World,
): void {
  const theirs = vectorParameters(inner, world);
  inner.parameters?.forEach((name, i) => {
    const argument = args[i];
    if (theirs.has(name) && argument?.kind === "letter" && parameters.includes(argument.name))
      vectors.add(argument.name);
  });
}

interface Letters {
  readonly names: Set<string>;
  /** The stems of indexed letters, x for x_i, under the letter they come from. */
  readonly stems: Map<string, string>;
}

const lettersIn = new WeakMap<World, WeakMap<Expr, Letters>>();
const flattened = new WeakMap<Letters, ReadonlySet<string>>();

/** All names a formula depends on, through definitions; parameters of functions are not counted. */
export function lettersOf(expr: Expr, world: World): ReadonlySet<string> {
  const letters = gather(expr, world);
  let flat = flattened.get(letters);
  if (!flat) flattened.set(letters, (flat = new Set([...letters.names, ...letters.stems.values()])));
  return flat;
}

function gather(expr: Expr, world: World): Letters {
  let cache = lettersIn.get(world);
  if (!cache) lettersIn.set(world, (cache = new WeakMap()));
  const known = cache.get(expr);
  if (known) return known;
  const letters: Letters = { names: new Set(), stems: new Map() };
  // Set before it is filled, so that a definition through itself ends.
  cache.set(expr, letters);
  const add = (more: Letters, without: readonly string[] = []) => {
    for (const name of more.names) if (!without.includes(name)) letters.names.add(name);
    for (const [name, stem] of more.stems)
      if (!without.includes(name) && !without.includes(stem)) letters.stems.set(name, stem);
  };
  if (expr.kind === "letter" || expr.kind === "call") letters.names.add(expr.name);
  if (expr.kind === "letter" && expr.index) {
    letters.stems.set(expr.name, expr.base);
    add(gather(expr.index, world));
  }
  const bare = expr.kind === "call" && !expr.args;
  for (const { parameters, body } of used(expr, world)) add(gather(body, world), bare ? [] : (parameters ?? []));
  for (const part of partsOf(expr)) add(gather(part, world));
  if (expr.kind === "series") letters.names.delete(expr.index);
  if (expr.kind === "limit" || expr.kind === "place") letters.names.delete(expr.letter);
  return letters;
}
