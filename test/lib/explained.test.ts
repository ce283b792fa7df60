import { describe, expect, it } from "vitest";
import { bootstrap, explained } from "../../lib/explained";
import { random } from "../../lib/random";

const y = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];
const close = y.map((value, i) => value + Math.sin(i));
const far = y.map((value, i) => 5 + value / 3 + Math.cos(3 * i));

/** The interval of 95% of a statistic of the rows that were drawn, by its definition. */
function interval(statistic: (rows: readonly number[]) => number, seed: number, samples: number) {
  const next = random(seed);
  const drawn = Array.from({ length: samples }, () => statistic(y.map(() => Math.floor(next() * y.length))));
  drawn.sort((a, b) => a - b);
  return [drawn[Math.round(0.025 * (samples - 1))], drawn[Math.round(0.975 * (samples - 1))]];
}

/** R² on some rows only. */
const part = (h: readonly number[], rows: readonly number[]): number =>
  explained(
    rows.map((row) => h[row]),
    rows.map((row) => y[row]),
  );

describe("the bootstrap", () => {
  it.each([
    [1, 1000],
    [7, 40],
    [2, 1],
  ])("of the seed %d and %d samples is that of its definition, of a model and of its lead", (seed, samples) => {
    const found = bootstrap({ far, close }, y, samples === 1000 ? { seed } : { seed, samples });
    for (const [name, h] of Object.entries({ far, close })) {
      const [low, high] = interval((rows) => part(h, rows), seed, samples);
      expect(found[name].value).toBe(explained(h, y));
      expect(found[name].low).toBeCloseTo(low, 10);
      expect(found[name].high).toBeCloseTo(high, 10);
      const [least, most] = interval((rows) => part(h, rows) - part(far, rows), seed, samples);
      expect(found[name].lead.value).toBeCloseTo(explained(h, y) - explained(far, y), 12);
      expect(found[name].lead.low).toBeCloseTo(least, 10);
      expect(found[name].lead.high).toBeCloseTo(most, 10);
    }
  });

  it("loses no digits to prices that are large beside their differences", () => {
    const raised = (values: readonly number[]): number[] => values.map((value) => value + 2 ** 30);
    const found = bootstrap({ far: raised(far) }, raised(y), { seed: 1, samples: 50 });
    const plain = bootstrap({ far }, y, { seed: 1, samples: 50 });
    for (const end of ["low", "high"] as const) expect(found["far"][end]).toBeCloseTo(plain["far"][end], 5);
  });

  it("leaves out a sample of one price only, which explains nothing", () => {
    const { it } = bootstrap({ it: [1, 2.5] }, [1, 2], { seed: 4, samples: 60 });
    expect([it.low, it.high]).toEqual([0.5, 0.5]);
  });

  it("needs a model", () => {
    expect(() => bootstrap({}, y, { seed: 1 })).toThrow("There is no model to compare: give at least one.");
  });
});

describe("what is explained", () => {
  it("needs a prediction for each price", () => {
    expect(() => explained([1], [1, 2])).toThrow(
      "Each price needs one prediction: there are 2, and 1 to explain them.",
    );
  });

  it("is 1 - SSE / SST", () => {
    expect(explained([1, 2, 4], [1, 2, 3])).toBe(0.5);
  });

  it.each([
    [[], []],
    [
      [1, 2],
      [3, 3],
    ],
  ])("of predictions %j for prices %j is nothing", (h, prices) => {
    expect(() => explained(h, prices)).toThrow(
      "All prices are equal (or there are none): there is nothing to explain.",
    );
  });
});
