import { describe, expect, it } from "vitest";
import { random, shuffled } from "../../lib/random";

describe("random numbers", () => {
  // as the published mulberry32 gives them
  it.each([
    [0, [0.26642920868471265, 0.0003297457005828619, 0.2232720274478197]],
    [1, [0.6270739405881613, 0.002735721180215478, 0.5274470399599522]],
    [-1, [0.8964226141106337, 0.189478256739676, 0.7156526781618595]],
  ])("of the seed %d are mulberry32's", (seed, expected) => {
    const next = random(seed);
    expect(expected.map(next)).toEqual(expected);
  });

  it("are the same for seeds that differ by 2^32", () => {
    expect(random(2 ** 32 + 5)()).toBe(random(5)());
  });
});

describe("a random order", () => {
  it("holds each number once", () => {
    expect([0, 1].map((n) => shuffled(n, 3))).toEqual([[], [0]]);
    expect(shuffled(50, 3).sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  it("is each of the possible ones equally often", () => {
    const counts = new Map<string, number>();
    for (let seed = 0; seed < 6000; seed++) {
      const order = shuffled(3, seed).join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(120); // four standard deviations
  });
});
