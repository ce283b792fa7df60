import { describe, expect, it } from "vitest";
import { DerivationError, type Scope, where } from "../../lib/derivation";
import { formulaOf } from "../../lib/engine/formula";
import { type FormulaFunction, scalar } from "../../lib/functions";
import { loss } from "../../lib/losses";
import { type FormulaModel, model, network } from "../../lib/models";
import { random } from "../../lib/random";
import { functions, losses, models, networks } from "./catalogue";
import { template } from "./derivation/tag";

/** What a formula became, beside what the checker makes of the same formula: its value, and its derivatives by the limit. */
interface Pair {
  readonly name: string;
  readonly made: object;
  readonly scope: Scope;
  readonly letters: readonly string[];
  readonly sides: readonly (readonly [tex: string, code: (...values: number[]) => number])[];
}

const scopeOf = (...texts: readonly string[]): Scope =>
  [...new Set(texts)].reduce<Scope>((scope, text) => scope.where(template(text)), where(template("\\pi > 3")));

function ofFunction(made: FormulaFunction): Pair {
  const { symbol } = formulaOf(made)!;
  return {
    name: `${made.name} ${made.tex}`,
    made,
    scope: scopeOf(made.tex),
    letters: ["x"],
    sides: [
      [`${symbol}(x)`, made.f],
      [`${symbol}'(x)`, made.df],
    ],
  };
}

function ofModel(made: FormulaModel, inside: readonly FormulaFunction[] = []): Pair {
  const letters = made.parameters.map((name) => name.replace(/(\d)$/, "_$1"));
  const split = (values: readonly number[]) => [values.slice(0, -1), values[values.length - 1]] as const;
  return {
    name: made.name,
    made,
    scope: scopeOf(...inside.map(({ tex }) => tex), made.tex),
    letters: [...letters, "x"],
    sides: [
      ["h(x)", (...values) => made.predict(...split(values))],
      ...letters.map(
        (letter, j) =>
          [
            `\\frac{\\partial h}{\\partial ${letter}}`,
            (...values: number[]) => made.gradient(...split(values))[j],
          ] as const,
      ),
    ],
  };
}

const simple = models.filter(({ name }) => !name.startsWith("network"));

const PAIRS: readonly Pair[] = [
  ...functions.map(ofFunction),
  ...simple.map((made) => ofModel(made)),
  ...networks.map(([inner, outer]) => ofModel(network(inner, outer), [inner, outer])),
  ...losses.map((made) => ({
    name: made.name,
    made,
    scope: scopeOf(made.tex),
    letters: ["h", "y"],
    sides: [
      ["L(h, y)", made.f],
      ["\\frac{\\partial L}{\\partial h}", made.df],
    ] as const,
  })),
];

describe("the formula that is displayed is the code that runs, and its derivatives are the limit", () => {
  it.each(PAIRS)("$name", ({ scope, letters, sides }) => {
    const next = random(5);
    const points = Array.from({ length: 30 }, () => letters.map(() => 6 * next() - 3));
    for (const [tex, code] of sides) {
      const formula = scope.number(template(tex));
      for (const point of points) {
        const shown = formula(Object.fromEntries(letters.map((letter, i) => [letter, point[i]])));
        expect(Math.abs(code(...point) - shown), `${tex} at ${point}`).toBeLessThan(1e-12 * Math.abs(shown) + 1e-14);
      }
    }
  });

  it.each(PAIRS)("$name passes the check that a reader's own has to pass", ({ made }) => {
    expect(() => formulaOf(made)!.check()).not.toThrow();
  });
});

/** Small changes of a formula, as slips of the pen. */
const DRIFTS: readonly [pattern: RegExp, to: string][] = [
  [/ \+ /g, " - "],
  [/ - /g, " + "],
  [/= -/g, "= "],
  [/\^2/g, "^3"],
  [/\^3/g, "^2"],
  [/(?<![_^\d.{])1(?=[\s)]|$)/g, "2"],
  [/20/g, "21"],
  [/ \\cdot x(?=,|$)/g, ""],
  [/ \\cdot W_2/g, ""],
  [/ \\cdot z/g, ""],
  [/b_1\}/g, "b_2}"],
  [/> 0/g, "< 0"],
  [/\\ge 0/g, "\\le 0"],
  [/cases\} 1/g, "cases} 0"],
  [/= x(?=,|$)/g, "= x^2"],
  [/2 \\cdot/g, "1 \\cdot"],
  [/h - y/g, "h + y"],
  [/(?<!\|)y - h/g, "h - y"],
];

it("a slip in a derivative is refused when it is made", () => {
  const make: readonly (readonly [tex: string, slopes: string, make: (tex: string, slopes: string) => unknown])[] = [
    ...functions.map(
      ({ tex, slopeTex }) =>
        [tex, slopeTex, (f: string, df: string) => scalar(template(f)).slope(template(df))] as const,
    ),
    ...simple.map(
      ({ tex, slopesTex }) =>
        [tex, slopesTex, (h: string, dh: string) => model(template(h)).slopes(template(dh))] as const,
    ),
    ...losses.map(
      ({ tex, slopeTex }) => [tex, slopeTex, (L: string, dL: string) => loss(template(L)).slope(template(dL))] as const,
    ),
  ];
  let tried = 0;
  const missed: string[] = [];
  for (const [tex, slopes, made] of make) {
    expect(() => made(tex, slopes), slopes).not.toThrow();
    for (const [pattern, to] of DRIFTS)
      for (const found of slopes.matchAll(pattern)) {
        const drifted = slopes.slice(0, found.index) + to + slopes.slice(found.index + found[0].length);
        tried++;
        try {
          made(tex, drifted);
          missed.push(drifted);
        } catch (error) {
          if (!(error instanceof DerivationError)) throw error;
        }
      }
  }
  expect(missed).toEqual([]);
  expect(tried).toBeGreaterThan(25);
});
