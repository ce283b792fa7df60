import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { check, DerivationError, where } from "../../../lib/derivation";
import { LEDGER } from "./ledger";
import { template } from "./tag";
import { RIGHT, UNREAD, WRONG } from "./textbooks";

const chains = [...RIGHT, ...WRONG, ...UNREAD, ...LEDGER.map(({ chain }): [string] => [chain])].map(([chain]) => chain);
const tokensOf = (text: string) => text.match(/\\[a-zA-Z]+|\\.|[a-zA-Z0-9]|\s+|./gs) ?? [];

/** What slips of the keyboard leave, and what asks for much work. */
const PIECES = String.raw`\frac{ } { ( ) [ ] | \left( \right) \left. \right| \left\{ \right. \sum_{i=1}^{N} \sum_i
  \prod_{k=1}^n \lim_{x\to0} \lim_{n\to\infty} \infty \partial \partial_x \frac{d}{dx} \frac{\partial}{\partial_x}
  \begin{cases} \end{cases} \begin{aligned} \end{aligned} \\ & && \quad , ; . : ! ' ^ _ ^{ _{ + - \cdot / = < > \le
  \ne \approx := x y e x_i x_{ij} N n k 0 1 2 99 1e5 10^{99} 9^{9^9} \pi \theta \sigma \sigma( \tanh \ln \log \sin
  \max( \min\{ \sqrt{ \sqrt[3]{ \binom{n}{k} n! x^{(i)} a^{[1]} \text{for} \text{because} \operatorname{foo} \tag{1}
  \hat \bar y' f(x) f |_{x=1} \int \nabla \dots \pm \in $ % # * ~ 9999999999999999 1000! \sum_{k=1}^{99999}
  \sum_{k=0}^\infty \exp( e^{e^{e^{x}}} >because constructor __proto__`.split(/\s+/);

const chain = fc.constantFrom(...chains);
const share = fc.double({ min: 0, max: 1, noNaN: true });
const cut = (tokens: readonly string[], a: number, b: number) =>
  tokens.slice(Math.floor(Math.min(a, b) * tokens.length), Math.ceil(Math.max(a, b) * tokens.length));

const MADE_UP: Readonly<Record<string, fc.Arbitrary<string>>> = {
  "pieces at random": fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 14 }).map((all) => all.join(" ")),
  "right chains cut": fc.tuple(chain, share, share).map(([text, a, b]) => cut(tokensOf(text), a, b).join("")),
  "right chains with slips": fc
    .tuple(
      chain,
      fc.array(fc.tuple(share, fc.constantFrom("", ...PIECES), fc.boolean()), { minLength: 1, maxLength: 3 }),
    )
    .map(([text, slips]) => {
      const tokens = tokensOf(text);
      for (const [place, piece, instead] of slips)
        tokens.splice(Math.floor(place * tokens.length), instead ? 1 : 0, ...(piece ? [piece] : []));
      return tokens.join("");
    }),
  "two chains mixed": fc
    .tuple(chain, chain, share, share)
    .map(([one, other, a, b]) => [...cut(tokensOf(one), 0, a), ...cut(tokensOf(other), b, 1)].join("")),
  "any characters": fc.string({ unit: "grapheme", maxLength: 30 }),
};

/** So many milliseconds a text may take on a machine that does other things as well. */
const LONGEST = 8000;

describe("a text that nobody meant is refused with its place, or judged, and never takes long", () => {
  it.each(Object.keys(MADE_UP))("%s", { timeout: 120_000 }, (name) => {
    fc.assert(
      fc.property(MADE_UP[name], (text) => {
        const start = performance.now();
        const position = placeOf(text);
        expect(position).toBeGreaterThanOrEqual(0);
        expect(position).toBeLessThanOrEqual(text.length + 20);
        expect(performance.now() - start).toBeLessThan(LONGEST);
      }),
      { seed: 20, numRuns: 700 },
    );
  });

  it("definitions", { timeout: 120_000 }, () => {
    fc.assert(
      fc.property(MADE_UP["right chains with slips"], (text) => {
        const refused = thrownBy(() => where(template(text)));
        if (refused !== null) expect((refused as DerivationError).position).toBeGreaterThanOrEqual(0);
      }),
      { seed: 20, numRuns: 700 },
    );
  });
});

/** Where the text is refused or false; 0 if it holds. Anything else that is thrown fails the test. */
function placeOf(text: string): number {
  let position = 0;
  const refused = thrownBy(() => {
    position = check(template(text)).wrong?.position ?? 0;
  });
  return refused instanceof DerivationError ? refused.position : position;
}

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    expect(error, String((error as Error).stack)).toBeInstanceOf(DerivationError);
    return error;
  }
  return null;
}

describe("what asks for much work is not worked on for long", () => {
  it.each([
    String.raw`\sum_{i=1}^{99999} \sum_{j=1}^{99999} x = 1`,
    String.raw`\prod_{k=1}^{99999} e^{k x} = 1`,
    String.raw`9^{9^{9^{9}}} = 1`,
    String.raw`e^{e^{e^{e^{x}}}} = 1`,
    String.raw`((((((x^9)^9)^9)^9)^9)^9)^9 = 1`,
    String.raw`\frac{d^4}{dx^4} \frac{d^4}{dx^4} \frac{d^4}{dx^4} e^{x^2} = 1`,
    String.raw`\frac{d}{dx} \lim_{h \to 0} \frac{d}{dx} \lim_{k \to 0} \frac{d}{dx} \sin x = 1`,
    String.raw`\lim_{n \to \infty} \sum_{k=1}^{n} \sum_{j=1}^{n} \frac{k j}{n^4} = 1`,
    String.raw`100000! = 1`,
    String.raw`\binom{100000}{50000} = 1`,
    String.raw`\sum_{k=0}^\infty \sum_{j=0}^\infty \frac{x^k}{k!} \frac{x^j}{j!} = 1`,
    String.raw`\sin(10^{5000}) = 1`,
    `${"(".repeat(400)}x${")".repeat(400)} = 1`,
    `${"\\sqrt{".repeat(60)}x${"}".repeat(60)} = 1`,
    `${"1 + ".repeat(2000)}x = 1`,
  ])("%s", { timeout: 60_000 }, (text) => {
    const start = performance.now();
    placeOf(text);
    expect(performance.now() - start).toBeLessThan(LONGEST);
  });
});
