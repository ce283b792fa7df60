import { expect, it } from "vitest";
import { descend } from "../../lib/descent";
import { partialSlopes, secants, stepErrors } from "../../lib/figures/derivatives";
import { fit, milestones, training } from "../../lib/figures/fit";
import { lossContour, lossCurve, lossSurface, slopes } from "../../lib/figures/loss";
import { curves, ranking } from "../../lib/figures/functions";
import { backpropagation } from "../../lib/figures/network";
import { identity, relu } from "../../lib/functions";
import { secant } from "../../lib/limit";
import { mae, mse, objective } from "../../lib/losses";
import { linear, network } from "../../lib/models";

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
  curves: () => curves({ square }, [-1, 2], { x: "x", y: "y" }, houses),
  ranking: () => ranking([3, 1, 2], "MAE"),
  backpropagation: () => backpropagation(relu, [0.5, 0.25, 1.5, -0.5], 3, 4.5),
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
  for (const figure of [figures.secants(), figures.training(), figures.backpropagation()]) {
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

it("shows the network's gradient, as the model computes it", () => {
  const theta = [0.5, 0.25, 1.5, -0.5];
  const [W1, b1, W2, b2] = objective(mae, network(relu, identity), { x: [3], y: [4.5] }).gradient(theta);
  const text = (value: number): string => String(value).replace("-", "\u2212");
  const { alt } = backpropagation(relu, theta, 3, 4.5);
  expect(alt).toContain(`by W2 ${text(W2)}, by b2 ${text(b2)}`);
  expect(alt).toContain(`by W1 ${text(W1)}, by b1 ${text(b1)}.`);
});
