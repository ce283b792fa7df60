import { describe, expect, it } from "vitest";
import { DerivationError, type Scope, type Values, where } from "../../lib/derivation";
import type { ScalarFunction } from "../../lib/functions";
import { type Model, network } from "../../lib/models";
import { random } from "../../lib/random";
import { functions, losses, models, networks } from "./catalogue";
import { template } from "./derivation/tag";

/** A formula with the code it is displayed for, as functions of the same letters. */
interface Pair {
  readonly name: string;
  readonly scope: Pick<Scope, "check" | "number">;
  readonly letters: readonly string[];
  readonly tex: string;
  readonly code: (...values: number[]) => number;
  /** The formula that this one is the derivative of, and by which letter. */
  readonly from?: readonly [tex: string, by: string];
}

const empty: Pair["scope"] = where(template("\\pi > 3"));

function ofFunction({ name, tex, dtex, f, df }: ScalarFunction): Pair[] {
  const shared = { scope: empty, letters: ["x"] };
  return [
    { ...shared, name, tex, code: f },
    { ...shared, name: `${name}'`, tex: dtex, code: df, from: [tex, "x"] },
  ];
}

function ofModel(model: Model, scope: Pair["scope"] = empty): Pair[] {
  const letters = [...model.parameters.map((name) => name.replace(/(\d)$/, "_$1")), "x"];
  const split = (values: readonly number[]) => [values.slice(0, -1), values[values.length - 1]] as const;
  const shared = { scope, letters };
  return [
    { ...shared, name: model.name, tex: model.tex, code: (...values) => model.predict(...split(values)) },
    ...model.gradientTex.map(
      (tex, j): Pair => ({
        ...shared,
        name: `${model.name} by ${letters[j]}`,
        tex,
        code: (...values) => model.gradient(...split(values))[j],
        from: [model.tex, letters[j]],
      }),
    ),
  ];
}

const PAIRS: readonly Pair[] = [
  ...functions.flatMap(ofFunction),
  ...models.filter(({ name }) => !name.startsWith("network")).flatMap((model) => ofModel(model)),
  ...networks.flatMap(([inner, outer]) => {
    const definitions = new Set([inner, outer].map(({ symbol, tex }) => `${symbol}(x) = ${tex}`));
    return ofModel(network(inner, outer), where(template([...definitions].join(", \\quad "))));
  }),
  ...losses.flatMap((loss): Pair[] => [
    { name: loss.name, scope: empty, letters: ["h", "y"], tex: loss.tex, code: loss.f },
    {
      name: `${loss.name} by h`,
      scope: empty,
      letters: ["h", "y"],
      tex: loss.dtex,
      code: loss.df,
      from: [loss.tex, "h"],
    },
  ]),
];

/** The points, counted from 0, where the formula and the code do not say the same number. */
function apart({ scope, letters, code }: Pair, tex: string): number[] {
  const formula = scope.number(template(tex));
  const next = random(5);
  const points = Array.from({ length: 40 }, () => letters.map(() => 6 * next() - 3));
  return points.flatMap((point, i) => {
    const values: Values = Object.fromEntries(letters.map((name, j) => [name, point[j]]));
    const [shown, run] = [formula(values), code(...point)];
    return Math.abs(shown - run) <= 1e-12 * Math.abs(shown) + 1e-14 ? [] : [i];
  });
}

describe("the formula that is displayed is the code that runs", () => {
  it.each(PAIRS)("$name: $tex", (pair) => {
    expect(apart(pair, pair.tex)).toEqual([]);
  });
});

describe("the formula of a derivative is the limit", () => {
  it.each(PAIRS.filter(({ from }) => from))("$name: $tex", ({ scope, tex, from }) => {
    const [of, by] = from!;
    const verdict = scope.check(template(String.raw`\frac{\partial}{\partial ${by}} \left[${of}\right] = ${tex}`));
    expect(verdict.wrong?.message ?? "").toBe("");
    expect(verdict.points).toBeGreaterThan(9);
  });
});

/** Small changes of a formula: had the code been changed likewise, or one of the two been mistyped, they would be apart. */
const DRIFTS: readonly [pattern: RegExp, to: string][] = [
  [/ \+ /g, " - "],
  [/ - /g, " + "],
  [/\{-/g, "{"],
  [/-\(/g, "("],
  [/^-/g, ""],
  [/\^2/g, "^3"],
  [/\^3/g, "^2"],
  [/(?<![_^\d.])1(?=[\s}]|$)/g, "2"],
  [/20/g, "21"],
  [/ \\cdot x$/g, ""],
  [/ \\cdot W_2/g, ""],
  [/ x /g, " "],
  [/W_1/g, "W_2"],
  [/b_1/g, "b_2"],
  [/> 0/g, "< 0"],
  [/\\ge 0/g, "\\le 0"],
  [/cases\} 1/g, "cases} 0"],
  [/'/g, ""],
  [/2 \\cdot/g, "1 \\cdot"],
];

it("a formula that drifts from its code is seen", () => {
  const missed: string[] = [];
  let tried = 0;
  for (const pair of PAIRS)
    for (const [pattern, to] of DRIFTS)
      for (const found of pair.tex.matchAll(pattern)) {
        const drifted = pair.tex.slice(0, found.index) + to + pair.tex.slice(found.index + found[0].length);
        tried++;
        if (!seen(pair, drifted)) missed.push(`${pair.name}: ${drifted}`);
      }
  const same = missed.filter((formula) => formula.includes("\\operatorname{id}'("));
  console.log(
    `${tried} formulas drifted, ${tried - missed.length} seen; in ${same.length} others only the argument of id' changed, which is 1 everywhere`,
  );
  expect(tried - missed.length).toBeGreaterThan(300);
  expect(missed).toEqual(same);
});

function seen(pair: Pair, drifted: string): boolean {
  try {
    return apart(pair, drifted).length > 0;
  } catch (error) {
    if (error instanceof DerivationError) return true;
    throw error;
  }
}
