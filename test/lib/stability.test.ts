import { describe, expect, it } from "vitest";
import { curvature, eigenvalues, largestRate } from "../../lib/stability";

const iteration = (gradient: (theta: readonly number[]) => number[]) => ({ value: () => 0, gradient });

describe("the curvature", () => {
  it("has a row for each slope and a column for each parameter", () => {
    const matrix = curvature(
      iteration(([u, v]) => [u * v, 3 * u - v * v]),
      [2, 5],
    );
    expect(matrix.map((row) => row.map((entry) => Number(entry.toFixed(9))))).toEqual([
      [5, 2],
      [3, -10],
    ]);
  });
});

describe("the eigenvalues", () => {
  it.each([
    [
      [2, 1, 3, 4],
      [5, 1],
    ],
    [
      [4, 2, 1, 3],
      [5, 2],
    ],
    [
      [1, 6, 2, 5],
      [7, -1],
    ],
    [
      [3, 0, 0, 3],
      [3, 3],
    ],
    [
      [3, -1, 1, 1],
      [2, 2],
    ],
  ])("of %j are %j", ([a, b, c, d], expected) => {
    expect(
      eigenvalues([
        [a, b],
        [c, d],
      ]),
    ).toEqual(expected);
  });

  it("that are not real are said to be so", () => {
    expect(() =>
      eigenvalues([
        [1, -2],
        [3, 1],
      ]),
    ).toThrow("The eigenvalues are not real: the iteration turns in circles.");
  });
});

it("the largest rate is 2 by the steepest curvature", () => {
  expect(
    largestRate(
      iteration(([u, v]) => [8 * u, 2 * v]),
      [1, 1],
    ),
  ).toBeCloseTo(0.25, 9);
});
