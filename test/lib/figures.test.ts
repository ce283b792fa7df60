import { expect, it } from "vitest";
import { descend } from "../../lib/descent";
import { partialSlopes, secants, stepErrors } from "../../lib/figures/derivatives";
import { fit, lossContour, lossCurve, lossSurface, milestones, slopes, training } from "../../lib/figures/descent";
import { secant } from "../../lib/limit";
import { mse, objective } from "../../lib/losses";
import { linear } from "../../lib/models";

const houses = { x: [1, 2, 3, 4], y: [0.7, 1.5, 4.5, 9.5] };
const J = objective(mse, linear, houses);
const run = descend(J, [0, 0], { epochs: 500, alpha: 0.05 });
const window = { W: [-1, 5], b: [-6, 3] } as const;
const square = (x: number): number => x * x;

const figures = {
  secants: () => secants(square, 1, [1, 0.1]),
  stepErrors: () => stepErrors(2, { secant: (h) => secant(square, 1, h) }),
  partialSlopes: () => partialSlopes((x, y) => x * y, [1, 2], [2, 1]),
  fit: () => fit(linear, run.theta, houses),
  lossSurface: () => lossSurface(J, run, window),
  lossContour: () => lossContour(J, { run }, window),
  lossCurve: () => lossCurve({ run }),
  slopes: () => slopes(J, [0, -3.3], 0, "W", [1, 5], [0, 6]),
  training: () => training(linear, J, run, houses, window),
};

it.each(Object.entries(figures))("%s is plain data, the same each time, with words that name its numbers", (_name, make) => {
  const figure = make();
  expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
  expect(JSON.stringify(make())).toBe(JSON.stringify(figure));
  expect(figure.alt).toMatch(/\d/);
  expect(figure.alt).not.toMatch(/NaN|undefined/);
});

it("each frame of an animation replaces traces that exist, and has its step on the slider", () => {
  for (const figure of [figures.secants(), figures.training()]) {
    const frames = figure.frames as { name: string; traces: number[]; data: object[] }[];
    for (const { traces, data } of frames) {
      expect(data.length).toBe(traces.length);
      for (const trace of traces) expect(figure.data[trace]).toBeDefined();
    }
    const { sliders } = figure.layout as { sliders: { steps: { label: string }[] }[] };
    expect(sliders[0].steps.map(({ label }) => label)).toEqual(frames.map(({ name }) => name));
  }
});

it("keeps the first and the last moment of a descent", () => {
  const moments = milestones(run.history, 10);
  expect(moments[0]).toBe(run.history[0]);
  expect(moments.at(-1)).toBe(run.history.at(-1));
  expect(moments.length).toBeLessThanOrEqual(12);
});
