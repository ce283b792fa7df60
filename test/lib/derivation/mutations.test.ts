import { expect, it } from "vitest";
import { DerivationError, holds, where } from "../../../lib/derivation";
import { LEDGER } from "./ledger";
import { template } from "./tag";

/** One small change at one place: what it is called, what it looks for, what it puts there. */
const MUTATIONS: readonly [name: string, pattern: RegExp, to: (found: string) => string][] = [
  ["sign", / \+ /g, () => " - "],
  ["sign", / - /g, () => " + "],
  ["sign", /(?<=[=(]\s?)-(?=\(|\\frac)/g, () => ""],
  ["sign of an exponent", /e\^\{-/g, () => "e^{"],
  ["sign of an exponent", /\^\{-/g, () => "^{"],
  ["exponent", /\^2|\^\{2\}/g, () => "^3"],
  ["exponent", /\^3/g, () => "^2"],
  ["exponent", /\^\{-1\}/g, () => "^{-2}"],
  ["exponent", /\^\{-2\}/g, () => "^{-1}"],
  ["factor", /\\frac\{2\}\{N\}/g, () => "\\frac{1}{N}"],
  ["factor", /\\frac\{2\}\{N\}/g, () => "2"],
  ["factor", /\\frac\{1\}\{N\}/g, () => "1 \\cdot "],
  ["factor", /\\cdot x(?=\s|$)/g, () => ""],
  ["factor", /\\cdot x_i/g, () => ""],
  ["factor", /\\cdot W_2/g, () => ""],
  ["factor", /\b2 ?a/g, () => "a"],
  ["number", /(?<![_^\d{])1(?=\s|\)|$)/g, () => "2"],
  ["index", /i=1/g, () => "i=0"],
  ["index", /i=1/g, () => "i=2"],
  ["index", /\^\{N\}|(?<=\})\^N/g, () => "^{N-1}"],
  ["index", /W_2/g, () => "W_1"],
  ["index", /b_1/g, () => "b_2"],
  ["letter", /x_i/g, () => "y_i"],
  ["letter", /(?<=[\s(])x(?=[\s)]|$)/g, () => "b"],
  ["branch", /\\ge 0/g, () => "\\le 0"],
  ["branch", /> 0/g, () => "< 0"],
  ["branch", /< 0/g, () => "> 0"],
  ["branch", /\{cases\} 1/g, () => "{cases} 0"],
  ["bars", /\{\|([a-zA-Z]+)\|\}/g, (found) => found.replace(/\|/g, "")],
];

/** Mutants that are true statements, or claims too weak to be refuted, each with the reason. */
const EXPLAINED: readonly [survivor: RegExp, why: string][] = [
  [
    /^(L1|L2|K3|B9|B13|B16|T13|B10|L3), /,
    "changes a term whose derivative by this letter is 0, or a factor of such a term",
  ],
  [/^S6, number: .*\\partial a\} (\(\[|\[)1 -> 2\]/, "the derivative of a constant is 0, whatever the constant"],
  [/^S8, letter: .*h_\\theta\(\[x -> b\]\)/, "h_theta is defined through a, not through its argument"],
  [/^S11, sign/, "the limit does not depend on b"],
];

it("refuses formulas with a small mistake", () => {
  const survivors: string[] = [];
  let tried = 0;
  for (const { id, where: definitions, chain } of LEDGER) {
    const holds = holdsUnder(definitions);
    for (const [name, pattern, to] of MUTATIONS)
      for (const found of chain.matchAll(pattern)) {
        const mutant = chain.slice(0, found.index) + to(found[0]) + chain.slice(found.index + found[0].length);
        tried++;
        if (holds(mutant))
          survivors.push(
            `${id}, ${name}: ${chain.slice(Math.max(0, found.index - 25), found.index)}[${found[0]} -> ${to(found[0])}]${chain.slice(found.index + found[0].length).slice(0, 25)}`.replace(
              /\s+/g,
              " ",
            ),
          );
      }
  }
  const share = 1 - survivors.length / tried;
  const lines = survivors.map((survivor) => `  ${survivor}\n      ${whyOf(survivor) ?? "NOT EXPLAINED"}`);
  console.log(`${tried} mutations, ${(100 * share).toFixed(1)} % refused; the others:\n${lines.join("\n")}`);
  expect(tried).toBeGreaterThan(500);
  expect(share).toBeGreaterThan(0.95);
  expect(survivors.filter((survivor) => !whyOf(survivor))).toEqual([]);
});

function whyOf(survivor: string): string | undefined {
  return EXPLAINED.find(([pattern]) => pattern.test(survivor))?.[1];
}

/** Whether chains hold under definitions; what cannot be read does not. */
function holdsUnder(definitions: string | undefined): (chain: string) => boolean {
  const scope = definitions ? where(template(definitions)) : { holds };
  return (chain) => {
    try {
      return scope.holds(template(chain));
    } catch (error) {
      if (error instanceof DerivationError) return false;
      throw error;
    }
  };
}
