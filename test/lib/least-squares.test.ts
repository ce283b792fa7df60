import { describe, expect, it } from "vitest";
import { leastSquares, leastSquaresPlane } from "../../lib/least-squares";

/** Numbers that are exact there, and whose sums are, but not their products. */
const away = (...offsets: readonly number[]): number[] => offsets.map((offset) => 2 ** 51 + offset);

describe("a line", () => {
  it("is exact far from 0, in floors and in prices", () => {
    expect(leastSquares({ x: away(1, 2, 6), y: [3, 6, 18] })).toEqual([3, -3 * 2 ** 51]);
    expect(leastSquares({ x: away(1, 2, 6), y: away(1, 2, 6) })).toEqual([1, 0]);
  });

  it.each([
    [
      [2, 2],
      [1, 3],
    ],
    [[], []],
  ])("through x %j is refused", (x, y) => {
    expect(() => leastSquares({ x, y })).toThrow(
      "All x are equal (or there is no data): a line needs two different numbers of floors.",
    );
  });
});

describe("a plane", () => {
  const x = [1, 2, 3, 4, 7];
  const y = [3, 1, 4, 1, 5];

  it("leaves residuals that have nothing to do with what it is made of", () => {
    const s = [2, 7, 1, 8, 2];
    const [W, V, b] = leastSquaresPlane({ x, s, y });
    const residuals = y.map((value, i) => value - (W * x[i] + V * s[i] + b));
    for (const feature of [x.map(() => 1), x, s])
      expect(feature.reduce((sum, value, i) => sum + value * residuals[i], 0)).toBeCloseTo(0, 11);
  });

  it.each([
    ["the areas are twice the floors", x.map((value) => 2 * value)],
    ["that is so in large units", x.map((value, i) => 1e6 * (value + (i % 2) * 1e-7))],
    ["that is so in small units", x.map((value, i) => 1e-6 * (value + (i % 2) * 1e-7))],
    ["all areas are equal", x.map(() => 6)],
    ["they differ by less than the numbers can tell", x.map((value, i) => value + (i % 2) * 1e-7)],
  ])("is refused where %s", (_, s) => {
    expect(() => leastSquaresPlane({ x, s, y })).toThrow(
      "Floors and areas lie on one line (or there is no data): a plane needs them to differ.",
    );
  });

  it("is given where they differ by a little more", () => {
    const s = x.map((value, i) => value + (i % 2) * 1e-4);
    const [W, V, b] = leastSquaresPlane({ x, s, y: x.map((value, i) => value + 2 * s[i] + 3) });
    expect([W, V, b].map((value) => Number(value.toFixed(3)))).toEqual([1, 2, 3]);
  });

  it("is exact far from 0", () => {
    const plane = leastSquaresPlane({ x: away(1, 2, 6, 3), s: away(4, 0, 0, 0), y: away(5, 2, 6, 3) });
    expect(plane).toEqual([1, 1, -(2 ** 51)]);
  });

  it("is refused without data", () => {
    expect(() => leastSquaresPlane({ x: [], s: [], y: [] })).toThrow("or there is no data");
  });
});
