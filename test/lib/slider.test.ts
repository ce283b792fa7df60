import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { type Content, host } from "../../lib/host";
import { slider } from "../../lib/slider";

const shown: Content[] = [];
vi.spyOn(host, "display").mockImplementation((content) => void shown.push(content));
afterEach(() => void shown.splice(0));
afterAll(() => void vi.restoreAllMocks());

test("a slider is its number, and shows it with its bounds", () => {
  expect(slider(0.005, { from: 0, to: 0.15 })).toBe(0.005);
  expect(shown).toEqual([
    {
      data: {
        "application/vnd.house-prices.slider+json": { value: 0.005, from: 0, to: 0.15, step: 0.001 },
        "text/plain": "0.005 (edit and run)",
      },
      metadata: {},
    },
  ]);
});

test("a slider has the step and the name that it is given", () => {
  slider(2, { from: -3, to: 3, step: 0.5, label: "the kink" });
  expect(Object.values(shown[0].data)[0]).toEqual({ value: 2, from: -3, to: 3, step: 0.5, label: "the kink" });
});

test.each([
  [0, 1, 0.01],
  [-10, 10, 0.2],
  [0, 1e-6, 1e-8],
  [0, 700, 5],
  [0.5, 0.75, 0.002],
])("from %d to %d it moves by %d", (from, to, step) => {
  slider(from, { from, to });
  expect(Object.values(shown[0].data)[0]).toMatchObject({ step });
});

describe("refused in a sentence are", () => {
  test.each([
    ["bounds in the wrong order", 1, { from: 2, to: 0 }, /goes from a number to a larger one, and not from 2 to 0\.$/],
    ["equal bounds", 1, { from: 1, to: 1 }, /not from 1 to 1/],
    ["a bound that is no number", 1, { from: 0, to: Number.NaN }, /not from 0 to NaN/],
    ["a bound without end", 1, { from: 0, to: Number.POSITIVE_INFINITY }, /not from 0 to Infinity/],
    ["a bound that is missing", 1, { from: 0 } as never, /not from 0 to undefined/],
    ["a value outside", 3, { from: 0, to: 2 }, /goes from 0 to 2: its number lies between them, and 3 does not\.$/],
    ["a value that is no number", Number.NaN, { from: 0, to: 2 }, /and NaN does not\.$/],
    ["a step of 0", 1, { from: 0, to: 2, step: 0 }, /is above 0 and at most 2, not 0\.$/],
    ["a step that is too long", 1, { from: 0, to: 2, step: 3 }, /at most 2, not 3/],
    [
      "a step that is longer than the way",
      3,
      { from: 2, to: 4, step: 3 },
      /from 2 to 4 is above 0 and at most 2, not 3/,
    ],
    ["no bounds at all", 1, undefined as never, /not from undefined to undefined/],
  ])("%s", (_, value, bounds, message) => {
    expect(() => slider(value, bounds)).toThrow(RangeError);
    expect(() => slider(value, bounds)).toThrow(message);
    expect(shown).toEqual([]);
  });
});
