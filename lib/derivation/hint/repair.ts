import { texOf } from "../text/commands";
import { math, named } from "../text/say";
import type { Expr, Relation, Row } from "../world/tree";
import { keyOf, textOf, withParts } from "../world/tree";

/** A formula with one small change, and what the change says about the slip. */
export interface Repair {
  readonly expr: Expr;
  readonly say: string;
  /** What is said if this undoes a slip in the side that is given. */
  readonly left?: string;
  /** It takes away so much that a smaller change is likelier. */
  readonly large?: boolean;
}

/** What a changed formula may take: letters in use, factors that may be missing inside a sum. */
export interface Material {
  readonly letters: readonly Expr[];
  /** Values of functions that stand in either side. */
  readonly values: readonly Expr[];
  readonly factors: readonly { readonly expr: Expr; readonly say: string }[];
}

/** All formulas that differ from one by a typical slip, anywhere in it. */
export function repairs(expr: Expr, material: Material): Repair[] {
  const power = ["letter", "builtin", "call"].includes(expr.kind) ? [raised(expr, 2), raised(expr, 3)] : [];
  return [...power, ...here(expr, material), ...below(expr, material)];
}

function below(expr: Expr, material: Material): Repair[] {
  const found: Repair[] = [];
  let count = 0;
  withParts(expr, (part) => (count++, part));
  for (let i = 0; i < count; i++) {
    let part: Expr | null = null;
    let k = 0;
    withParts(expr, (p) => (k++ === i && (part = p), p));
    for (const repair of repairs(part!, material)) {
      let j = 0;
      found.push({ ...repair, expr: withParts(expr, (p) => (j++ === i ? repair.expr : p)) });
    }
  }
  return found;
}

const number = (like: Expr, text: string): Expr => ({ kind: "number", text, computed: false, at: like.at });
const negated = (of: Expr): Expr => ({ kind: "negate", of, at: of.at });
const times = (like: Expr, ...factors: Expr[]): Expr => ({ kind: "multiply", factors, at: like.at });
const plus = (like: Expr, ...terms: Expr[]): Expr => ({ kind: "add", terms, at: like.at });
const raised = (base: Expr, n: 2 | 3): Repair => ({
  expr: { kind: "power", base, exponent: number(base, String(n)), at: base.at },
  say: `${math(textOf(base))} should be ${n === 2 ? "squared" : "cubed"}`,
});
const without = <T>(list: readonly T[], i: number): T[] => list.filter((_, k) => k !== i);
const replaced = <T>(list: readonly T[], i: number, item: T): T[] => list.map((old, k) => (k === i ? item : old));

function here(expr: Expr, material: Material): Repair[] {
  switch (expr.kind) {
    case "add":
      return [...inSum(expr, material), raised(expr, 2)];
    case "negate":
      return [{ expr: expr.of, say: `the minus before ${math(textOf(expr.of))} should not be there` }];
    case "multiply":
      return expr.factors.map((factor, i) => ({
        expr: times(expr, ...without(expr.factors, i)),
        say: `the factor ${math(textOf(factor))} should not be there`,
        large: textOf(factor).length > 12,
      }));
    case "divide":
      return [
        { expr: { ...expr, top: expr.bottom, bottom: expr.top }, say: `${math(textOf(expr))} is upside down` },
        { expr: expr.top, say: `the denominator ${math(textOf(expr.bottom))} should not be there` },
      ];
    case "power":
      return inPower(expr);
    case "number":
      return ["1", "-1"].map((step) => {
        const text = String(Number(expr.text) + Number(step));
        return { expr: number(expr, text), say: `${math(expr.text)} should be ${math(text)}` };
      });
    case "letter":
      return [...material.letters, ...material.values]
        .filter((other) => other.kind !== "letter" || other.name !== expr.name)
        .map((other) => ({ expr: other, say: `${math(textOf(expr))} should be ${math(textOf(other))}` }));
    case "builtin":
      return [
        ...primes(expr),
        ...grown(expr, material),
        ...(expr.args.length === 1
          ? [
              {
                expr: { ...expr, args: [negated(expr.args[0])] },
                say: `the sign of ${math(textOf(expr.args[0]))} is flipped`,
              },
            ]
          : []),
      ];
    case "call":
      return [...primes(expr), ...grown(expr, material), ...partials(expr, material)];
    case "derivative":
    case "operator":
      return byOthers(expr, material);
    case "abs":
      return [{ expr: expr.of, say: `the bars of ${math(textOf(expr))} should not be there` }];
    case "series":
      return inSeries(expr, material);
    case "cases":
      return inCases(expr, material);
    default:
      return [];
  }
}

function primes(expr: Extract<Expr, { kind: "call" | "builtin" }>): Repair[] {
  if (expr.args?.length !== 1) return [];
  if (expr.primes > 0)
    return [{ expr: { ...expr, primes: expr.primes - 1 }, say: `${math(textOf(expr))} has a prime too many` }];
  return [{ expr: { ...expr, primes: 1 }, say: `${math(textOf(expr))} should be the derivative, with a prime` }];
}

/** A product in the brackets of a function that lost the term beside it. */
function grown(expr: Extract<Expr, { kind: "call" | "builtin" }>, { letters }: Material): Repair[] {
  if (expr.args?.length !== 1 || expr.args[0].kind !== "multiply") return [];
  const [arg] = expr.args;
  return letters.map((letter) => ({
    expr: { ...expr, args: [plus(arg, arg, letter)] },
    say: `the term ${math(textOf(letter))} is missing in ${math(textOf(arg))}`,
  }));
}

function partials(expr: Extract<Expr, { kind: "call" }>, { letters }: Material): Repair[] {
  if (expr.partials.length !== 1) return [];
  const others = letters.flatMap((letter) =>
    letter.kind === "letter" && letter.name !== expr.partials[0] ? [letter] : [],
  );
  return others.map((letter) => ({
    expr: { ...expr, partials: [letter.name] },
    say: `${math(textOf(expr))} should be ${math(`${texOf(expr.name)}_{${texOf(letter.name)}}`)}`,
    left: `the right side is the derivative with respect to ${named(letter.name)}`,
  }));
}

function byOthers(expr: Extract<Expr, { kind: "derivative" | "operator" }>, { letters }: Material): Repair[] {
  const others = expr.by.length === 1 ? letters.filter((letter) => textOf(letter) !== textOf(expr.by[0])) : [];
  return others.map((letter) => ({
    expr: { ...expr, by: [letter] },
    say: `the derivative should be with respect to ${math(textOf(letter))}`,
    left: `the right side is the derivative with respect to ${math(textOf(letter))}`,
  }));
}

function inSum(expr: Extract<Expr, { kind: "add" }>, { letters }: Material): Repair[] {
  const held = new Set(expr.terms.map(keyOf));
  const absent = letters.filter((letter) => !held.has(keyOf(letter)) && !held.has(keyOf(negated(letter))));
  const added = absent.flatMap((letter): Repair[] => [
    {
      expr: plus(expr, ...expr.terms, negated(letter)),
      say: `the term ${math(`-${textOf(letter)}`)} is missing in ${math(textOf(expr))}`,
    },
    {
      expr: plus(expr, ...expr.terms, letter),
      say: `the term ${math(textOf(letter))} is missing in ${math(textOf(expr))}`,
    },
  ]);
  const scaled = expr.terms.flatMap((term, i) =>
    letters.map((letter): Repair => {
      const bare = textOf(term.kind === "negate" ? term.of : term);
      const say =
        bare === textOf(letter)
          ? `${math(bare)} should be squared`
          : bare === "1"
            ? `${math(bare)} should be ${math(textOf(letter))}`
            : `${math(bare)} should be multiplied by ${math(textOf(letter))}`;
      return { expr: plus(expr, ...replaced(expr.terms, i, times(term, term, letter))), say, large: true };
    }),
  );
  return [...termwise(expr), ...scaled, ...added];
}

function termwise(expr: Extract<Expr, { kind: "add" }>): Repair[] {
  return expr.terms.flatMap((term, i): Repair[] => {
    const bare = term.kind === "negate" ? term.of : term;
    const rest = expr.terms.slice(i + 1);
    const flipped = term.kind === "negate" ? term.of : negated(term);
    return [
      { expr: plus(expr, ...replaced(expr.terms, i, flipped)), say: `the sign of ${math(textOf(bare))} is flipped` },
      {
        expr: plus(expr, ...replaced(expr.terms, i, times(term, number(term, "2"), term))),
        say: `${math(textOf(bare))} should be multiplied by $2$`,
      },
      { expr: plus(expr, ...without(expr.terms, i)), say: `the term ${math(textOf(bare))} should not be there` },
      ...widened(expr, term, i, rest),
    ];
  });
}

/** A sum, limit or derivative that was meant to act on the terms after it too. */
function widened(expr: Extract<Expr, { kind: "add" }>, term: Expr, i: number, rest: readonly Expr[]): Repair[] {
  if (rest.length === 0) return [];
  const before = expr.terms.slice(0, i);
  const acting = (wider: Expr, what: string): Repair[] => {
    const say = `brackets are missing after the ${what}, which acts on its first term only`;
    return [{ expr: before.length ? plus(expr, ...before, wider) : wider, say, left: `in the left side, ${say}` }];
  };
  if (term.kind === "series" || term.kind === "limit")
    return acting({ ...term, of: plus(expr, term.of, ...rest) }, term.kind === "series" ? "sum" : "limit");
  if (term.kind === "operator")
    return acting({ ...term, factors: [plus(expr, times(term, ...term.factors), ...rest)] }, "derivative");
  return [];
}

function inPower(expr: Extract<Expr, { kind: "power" }>): Repair[] {
  const { base, exponent } = expr;
  const by = (step: string, say: string): Repair => ({
    expr: { ...expr, exponent: plus(exponent, exponent, number(exponent, step)) },
    say,
  });
  return [
    { expr: base, say: `the exponent ${math(textOf(exponent))} of ${math(textOf(base))} should not be there` },
    by("1", `the exponent ${math(textOf(exponent))} of ${math(textOf(base))} is one too small`),
    by("-1", `the exponent ${math(textOf(exponent))} of ${math(textOf(base))} is one too large`),
    {
      expr: { ...expr, exponent: negated(exponent) },
      say: `the sign of the exponent ${math(textOf(exponent))} is flipped`,
    },
  ];
}

function inSeries(expr: Extract<Expr, { kind: "series" }>, material: Material): Repair[] {
  const shift = (at: "from" | "to", step: string, say: string): Repair[] => {
    const end = expr[at];
    return end ? [{ expr: { ...expr, [at]: plus(end, end, number(end, step)) }, say }] : [];
  };
  const factors = [
    { expr: number(expr, "-1"), say: "the factor $-1$" },
    { expr: number(expr, "2"), say: "the factor $2$" },
    ...material.factors,
  ];
  return [
    ...shift("from", "1", "the sum should start one later"),
    ...shift("from", "-1", "the sum should start one earlier"),
    ...shift("to", "1", "the sum should end one later"),
    ...shift("to", "-1", "the sum should end one earlier"),
    {
      expr: { ...expr, of: { kind: "abs", of: expr.of, at: expr.of.at } },
      say: "the absolute value is missing inside the sum",
    },
    ...factors.map(({ expr: factor, say }) => ({
      expr: { ...expr, of: times(expr.of, expr.of, factor) },
      say: `${say} is missing inside the sum`,
    })),
  ];
}

const MIRROR: Partial<Record<Relation, Relation>> = { "<": ">", ">": "<", "\\le": "\\ge", "\\ge": "\\le" };

function inCases(expr: Extract<Expr, { kind: "cases" }>, { letters }: Material): Repair[] {
  const { rows } = expr;
  const found: Repair[] = [];
  for (let i = 0; i + 1 < rows.length; i++) {
    const swapped = replaced(replaced(rows, i, { ...rows[i], value: rows[i + 1].value }), i + 1, {
      ...rows[i + 1],
      value: rows[i].value,
    });
    found.push({
      expr: { ...expr, rows: swapped },
      say: `the rows ${math(textOf(rows[i].value))} and ${math(textOf(rows[i + 1].value))} of the cases are swapped`,
    });
  }
  rows.forEach((row, i) => {
    for (const value of [number(row.value, "0"), number(row.value, "1"), ...letters])
      found.push({
        expr: { ...expr, rows: replaced(rows, i, { ...row, value }) },
        say: `in the row ${math(row.condition)} the value should be ${math(value.kind === "number" ? value.text : textOf(value))}`,
      });
    found.push({
      expr: { ...expr, rows: replaced(rows, i, { ...row, value: negated(row.value) }) },
      say: `in the row ${math(row.condition)} the sign of ${math(textOf(row.value))} is flipped`,
    });
  });
  found.push({
    expr: { ...expr, rows: rows.map(mirrored) },
    say: "the conditions of the cases are the wrong way round",
  });
  return found;
}

function mirrored(row: Row): Row {
  return {
    ...row,
    when:
      row.when && row.when.map((all) => all.map((c) => ({ ...c, relations: c.relations.map((r) => MIRROR[r] ?? r) }))),
  };
}
