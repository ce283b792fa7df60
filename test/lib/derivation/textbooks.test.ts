import { describe, expect, it } from "vitest";
import { DerivationError } from "../../../lib/derivation";
import { scopeOf, template } from "./tag";
import { RIGHT, UNREAD, WRONG } from "./textbooks";

describe("what textbooks print is read, and holds", () => {
  it.each(RIGHT)("%s", (chain, where) => {
    const { outcome, wrong } = scopeOf(where).check(template(chain));
    expect(outcome, wrong?.message).toBe("holds");
  });
});

describe("what is false in their spelling is caught", () => {
  it.each(WRONG)("%s", (chain, where) => {
    expect(scopeOf(where).check(template(chain)).outcome).toBe("fails");
  });
});

describe("what is not run here is refused in one sentence, at its place", () => {
  it.each(UNREAD)("%s", (chain, words, where) => {
    const { check } = scopeOf(where);
    const refused = error(() => check(template(chain)));
    expect(refused).toBeInstanceOf(DerivationError);
    expect(refused.message).toMatch(words);
    expect(refused.position).toBeGreaterThanOrEqual(0);
  });
});

function error(work: () => unknown): DerivationError {
  try {
    work();
  } catch (thrown) {
    return thrown as DerivationError;
  }
  throw new Error("It was read.");
}

it("says once that log is the natural logarithm", () => {
  const { notes } = scopeOf(undefined).check(template(String.raw`\log x = \ln x = \log x, \quad x > 0`));
  expect(notes).toHaveLength(1);
  expect(notes[0]).toMatch(/natural logarithm/);
});

describe("what cannot be read off is not decided, neither true nor false", () => {
  it.each([
    String.raw`\lim_{x \to \infty} \frac{1}{\ln x} = 0`,
    String.raw`\lim_{x \to 0^+} \frac{1}{\ln x} = 0`,
    String.raw`\lim_{x \to \infty} x^{-1/100} = 0`,
    String.raw`\sum_{k=2}^{\infty} \frac{1}{k (\ln k)^2} = 2.10974`,
  ])("%s", (chain) => {
    expect(scopeOf(undefined).check(template(chain)).outcome).toBe("undecided");
  });
});

describe("approximately: the decimals shown and a few percent", () => {
  it.each([
    [String.raw`\frac12 \approx 0`, false],
    [String.raw`\sigma(0.5) \approx 1`, false],
    [String.raw`\frac12 \approx 0.5`, true],
    [String.raw`\sigma(0.5) \approx 0.6`, true],
    [String.raw`0.06 \approx 0.1`, false],
    [String.raw`e^{-20} \approx 0`, true],
    [String.raw`0.004 \approx 0.00`, true],
  ])("%s: %s", (chain, ok) => {
    expect(scopeOf(undefined).check(template(chain)).ok).toBe(ok);
  });
});

it("finds a bound in the words beside a formula, and leaves claims about defined letters alone", () => {
  const scope = scopeOf("J = x^2");
  expect(scope.check(template(String.raw`J = x \cdot x, \quad J \ge 0`)).steps).toHaveLength(2);
  expect(scope.check(template(String.raw`J = x \cdot x, \quad J > 0`)).ok).toBe(false);
  expect(scope.check(template(String.raw`J = x \cdot x, \quad x > 0`)).steps).toHaveLength(1);
});
