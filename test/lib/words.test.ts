import { describe, expect, it } from "vitest";
import { decades } from "../../lib/figures/figure";
import { curves, fit, linear, lossCurve, mse, objective, type Step } from "../../lib/index";

const titles = { x: "x", y: "y" };
/** What is told of one curve. */
const told = (f: (x: number) => number, from: number, to: number): string =>
  curves({ it: f }, [from, to], titles).alt.replace(/^[^:]*: /, "");

describe("the words for a curve", () => {
  it.each<[string, (x: number) => number, string]>([
    ["that rises", (x) => 2 * x, "it goes from −2 to 4."],
    ["that falls", (x) => -x, "it goes from 1 to −2."],
    ["with a lowest place", (x) => x * x, "it goes from 1 to 4, at least 0."],
    ["with a highest place", (x) => 1 - x * x, "it goes from 0 to −3, at most 1."],
    ["with both", (x) => Math.sin(4 * x), "it goes from 0.757 to 0.989, at least −1, at most 1."],
    ["that is level", () => 3, "it is 3 everywhere."],
    ["that comes back to where it began", (x) => (x + 1) * (x - 2), "it goes from 0 to 0, at least −2.25."],
    ["with a jump", (x) => (x < 0.25 ? 5 : 7), "it goes from 5 to 7, with a jump at 0.25."],
  ])("%s", (_, f, words) => expect(told(f, -1, 2)).toBe(words));

  it("name the axis, its ends, each curve, and the houses if there are any", () => {
    const two = { a: (x: number) => x, b: () => 1 };
    const words = "For x from −1 to 2.5: a goes from −1 to 2.5; b is 1 everywhere.";
    expect(curves(two, [-1, 2.5], titles).alt).toBe(words);
    expect(curves(two, [-1, 2.5], titles, { x: [1, 2], y: [3, 4] }).alt).toBe(
      `${words} The 2 houses are shown as points.`,
    );
  });
});

describe("the words for a fit", () => {
  it.each([
    ["too high", [1.5, 2, 2], "It misses by at most 1, at 3 floors, where it is too high."],
    ["too low", [1, 5, 3.1], "It misses by at most 3, at 2 floors, where it is too low."],
    ["at the first house", [9, 2, 2], "It misses by at most 8, at 1 floor, where it is too low."],
  ])("tell the worst residual: %s", (_, y, words) => {
    const { alt } = fit(linear, [1, 0], { x: [1, 2, 3], y });
    expect(alt).toBe(
      `The 3 houses and the linear model, prices in 100,000 EUR. The model says 1 at 1 floor and 3 at 3 floors. ${words}`,
    );
  });

  it("tell each residual", () => {
    const { data } = fit(linear, [1, 0], { x: [1, 2], y: [1.25, 1.5] });
    const { text, x, y } = data[0] as { text: string[]; x: unknown[]; y: unknown[] };
    expect([x, y]).toEqual([
      [1, 1, null, 2, 2, null],
      [1.25, 1, null, 1.5, 2, null],
    ]);
    expect([text[0], text[3]]).toEqual([
      "at 1 floor the model is 0.25 × 100,000 EUR too low",
      "at 2 floors the model is 0.5 × 100,000 EUR too high",
    ]);
  });
});

describe("the words for a loss", () => {
  const J = objective(mse, linear, { x: [1, 2], y: [1, 2] });
  const through = (...losses: number[]) => {
    const history = losses.map((loss, epoch): Step => ({ epoch, theta: [0, 0], loss }));
    const [best] = [...history].sort((a, b) => a.loss - b.loss);
    const [last, end] = [history[history.length - 1], { epochs: history.length - 1, alpha: 0.1 }];
    return lossCurve({ it: { ...last, ...end, best, history } }, "linear", J.unit).alt;
  };

  it.each([
    [[8, 4, 2], "from 8 to 2 in 2 epochs"],
    [[8, 1, 2], "from 8 to 2 in 2 epochs, at least 1"],
    [[8, 9, 2], "from 8 to 2 in 2 epochs, at most 9"],
    [[2, 9, 1, 8], "from 2 to 8 in 3 epochs, at least 1, at most 9"],
    [[8, 8.07, 1.99, 2], "from 8 to 2 in 3 epochs"],
  ])("tell of %j where it begins and ends, and what lies beyond", (losses, words) => {
    const alt = through(...losses);
    expect(alt).toContain(words);
    expect(alt.includes("at least")).toBe(words.includes("at least"));
    expect(alt.includes("at most")).toBe(words.includes("at most"));
  });
});

describe("a logarithmic axis", () => {
  it("has labels at 1, 2 and 5 of each decade where these are few, from half the least to twice the largest", () => {
    for (const [values, ticks] of [
      [
        [1, 3],
        [0.5, 1, 2, 5],
      ],
      [
        [0.1, 20],
        [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20],
      ],
    ])
      expect(decades(values[0], values[1])).toEqual({ type: "log", tickvals: ticks, ticktext: ticks.map(String) });
  });

  it("has labels at each power of ten where decades are more, and at every second where they are many", () => {
    for (const [largest, dtick] of [
      [200.5, 1],
      [1e8, 1],
      [1.1e8, 2],
    ])
      expect(decades(1, largest)).toEqual({ type: "log", exponentformat: "power", dtick });
    expect(decades(1, 200).dtick).toBeUndefined();
  });
});
