import { expect, it } from "vitest";
import { bestStep } from "../../lib/figures/derivatives";
import { againstLimit, derivative, limit, partial, secant } from "../../lib/limit";

it.each([
  ["sin", Math.sin, Math.cos],
  ["exp", Math.exp, Math.exp],
  ["x^3", (x: number) => x ** 3, (x: number) => 3 * x ** 2],
  ["1/x", (x: number) => 1 / x, (x: number) => -1 / x ** 2],
])("finds the derivative of %s to ten digits", (_name, f, df) => {
  for (const x of [0.3, 0.7, 1.9, 5]) expect(Math.abs(derivative(f, x) / df(x) - 1)).toBeLessThan(1e-9);
});

it("finds a limit that cannot be evaluated at 0", () => {
  expect(limit((h) => Math.sin(h) / h)).toBeCloseTo(1, 12);
});

it("moves one number and holds the others still", () => {
  const f = ([x, y]: readonly number[]): number => x * x * y;
  expect(partial(f, [3, 5], 0)).toBeCloseTo(30, 8);
  expect(partial(f, [3, 5], 1)).toBeCloseTo(9, 8);
});

it("puts each slope of a gradient beside its limit", () => {
  const J = { value: ([u, v]: readonly number[]): number => u * v * v, gradient: () => [7, 8] };
  const told = againstLimit(J, [2, 3]).map(({ gradient, limit }) => [gradient, Number(limit.toFixed(9))]);
  expect(told).toEqual([
    [7, 9],
    [8, 12],
  ]);
});

it("finds the best step of a secant near the root of the machine's precision", () => {
  const { h } = bestStep(Math.exp(1), (step) => secant(Math.exp, 1, step));
  expect(h).toBeGreaterThan(1e-9);
  expect(h).toBeLessThan(1e-7);
});
