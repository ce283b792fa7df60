import type { Judged } from "../judge/judge";
import { Decimal } from "../run/number";
import type { Value } from "../run/runner";
import { texOf } from "../text/commands";
import { math } from "../text/say";
import type { Expr } from "../world/tree";
import { keyOf, textOf, walk } from "../world/tree";
import { lettersOf } from "../world/usage";
import type { Material } from "./repair";

/** Two sides that should be equal and are not: `good` is the one that what is known speaks for. */
export interface Case {
  readonly judged: Judged;
  /** The relation between them, counted from 0. */
  readonly at: number;
  readonly good: Expr;
  readonly bad: Expr;
  /** What follows the bad side agrees with the good one, so the slip is in the bad side. */
  readonly certain: boolean;
  readonly g: readonly Value[];
  readonly w: readonly Value[];
}

/** Near enough to tell a hint by. */
export function near(a: Value, b: Value): boolean {
  if ("none" in a || "none" in b) return "none" in a && "none" in b;
  return close(a.value, b.value);
}

export function close(a: Decimal, b: Decimal): boolean {
  return a
    .minus(b)
    .abs()
    .lte(Decimal.max(a.abs(), b.abs(), "1e-12").times("1e-15"));
}

/** Whether two formulas agree at the points where the given sides had values, first of all where those differ. */
export function equalSides({ judged: { samples, runner }, g, w }: Case, a: Expr, b: Expr): boolean {
  const tried = samples.filter((_, i) => "value" in g[i] && "value" in w[i] && !near(g[i], w[i]));
  const rest = samples.filter((_, i) => near(g[i], w[i]));
  if (tried.length === 0) return false;
  try {
    return [...tried, ...rest].every(({ point }) => near(runner.value(a, point), runner.value(b, point)));
  } catch {
    return false;
  }
}

/** What a slip may have left out: letters in use, inner derivatives, squares of data. */
export function material(c: Case): Material {
  const {
    formula,
    runner: { world },
  } = c.judged;
  const letters = new Map<string, Expr>();
  const values = new Map<string, Expr>();
  const inner = new Map<string, { expr: Expr; say: string }>();
  for (const side of formula.sides)
    walk(side, (part) => {
      if (part.kind === "letter") letters.set(part.name, part);
      if (values.size < 8 && isValue(part)) values.set(keyOf(part), part);
      if (part.kind !== "derivative" && part.kind !== "operator") return;
      const by = part.by[0];
      for (const target of part.kind === "derivative" ? [part.of] : part.factors)
        for (const u of insides(target, world.definitions)) {
          if (keyOf(u) === keyOf(by) || inner.size > 16) continue;
          const derivative: Expr = { kind: "derivative", by: [by], of: u, at: part.at };
          inner.set(keyOf(u), {
            expr: derivative,
            say: `the inner derivative of ${math(textOf(u))} with respect to ${math(textOf(by))}`,
          });
        }
    });
  const asFactors = (list: readonly Expr[]) => list.map((expr) => ({ expr, say: `the factor ${math(textOf(expr))}` }));
  const plain = asFactors([...letters.values()]);
  const hidden = hiddenLetters(c.judged, letters);
  const squares = [...letters.values()]
    .filter((letter) => letter.kind === "letter" && letter.index)
    .flatMap((expr) =>
      [2, 3].map((n) => ({
        expr: {
          kind: "power",
          base: expr,
          exponent: { kind: "number", text: String(n), computed: false, at: expr.at },
          at: expr.at,
        } as Expr,
        say: `the factor ${math(`${textOf(expr)}^${n}`)}`,
      })),
    );
  return {
    letters: [...letters.values(), ...hidden],
    values: [...values.values()],
    factors: [...plain, ...inner.values(), ...squares, ...asFactors(hidden), ...asFactors([...values.values()])],
  };
}

/** The value of a function, or a power of e. */
function isValue(expr: Expr): boolean {
  if (expr.kind === "power") return expr.base.kind === "constant";
  return expr.kind === "builtin" || (expr.kind === "call" && expr.args !== null);
}

/** Letters that stand in definitions only may have been forgotten too. */
function hiddenLetters({ formula, runner: { world } }: Judged, seen: ReadonlyMap<string, Expr>): Expr[] {
  const names = new Set(formula.sides.flatMap((side) => [...lettersOf(side, world)]));
  const stems = new Set(
    [...names, ...seen.keys()].filter((name) => name.includes("_")).map((name) => name.split("_")[0]),
  );
  return [...names]
    .filter((name) => !seen.has(name) && !stems.has(name))
    .filter((name) => !world.definitions.get(name)?.some(({ parameters }) => parameters))
    .map((name): Expr => {
      const at = { source: texOf(name).replace(/\{(.)\}/, "$1"), start: 0, end: texOf(name).length };
      const [base, i] = name.split("_");
      const index: Expr | null = /^[a-z]$/.test(i ?? "") ? { kind: "letter", name: i, base: i, index: null, at } : null;
      return { kind: "letter", name, base: index ? base : name, index, at };
    });
}

/** What stands inside other things: arguments, bases, exponents, what is under a root; defined letters. */
function insides(expr: Expr, definitions: ReadonlyMap<string, unknown>): Expr[] {
  const found: Expr[] = [];
  walk(expr, (part) => {
    if (part.kind === "power") found.push(part.base, part.exponent);
    if (part.kind === "divide") found.push(part.bottom);
    if (part.kind === "root" || part.kind === "abs") found.push(part.of);
    if ((part.kind === "builtin" || part.kind === "call") && part.args) found.push(...part.args);
    if (part.kind === "letter" && definitions.has(part.name)) found.push(part);
  });
  return found.filter((part) => part.kind !== "number");
}
