import { expect, it } from "vitest";
import { descend } from "../../../lib/descent";
import { fates } from "../../../lib/figures/fates";
import { milestones, training } from "../../../lib/figures/fit";
import { hops } from "../../../lib/figures/hops";
import { tracks } from "../../../lib/figures/loss";
import { identity, relu } from "../../../lib/functions";
import { mae, mse, objective } from "../../../lib/losses";
import { linear, type Model, network } from "../../../lib/models";
import { houses, J, type Points, pointsOf, run } from "./examples";

it("keeps the first and the last moment of a descent", () => {
  const moments = milestones(run.history, 10);
  expect(moments[0]).toBe(run.history[0]);
  expect(moments.at(-1)).toBe(run.history.at(-1));
  expect(moments.length).toBeLessThanOrEqual(12);
});

it("keeps the way of a training within its surface", () => {
  const { data } = training(linear, J, run, houses, { W: [0.5, 1], b: [-1, 0] });
  const [{ x, y }] = (data as { type: string; x: number[]; y: number[] }[]).filter(({ type }) => type === "surface");
  run.history.forEach(({ theta: [W, b] }) => {
    expect(W).toBeGreaterThanOrEqual(x[0]);
    expect(W).toBeLessThanOrEqual(x[x.length - 1]);
    expect(b).toBeGreaterThanOrEqual(y[0]);
    expect(b).toBeLessThanOrEqual(y[y.length - 1]);
  });
});

it("leaves the window of a training as it is where the way only comes to its border", () => {
  const step = descend(J, [0, 0], { epochs: 1, alpha: 0.05 });
  const [W, b] = step.theta;
  const figure = training(linear, J, step, houses, { W: [0, W], b: [0, b] });
  const { x, y } = pointsOf(figure).find(({ type }) => type === "surface")!;
  for (const [side, end] of [[x, W] as const, [y, b] as const]) {
    expect(side[0]).toBe(0);
    expect(side.at(-1)).toBeCloseTo(end, 4);
  }
});

it("has the first moment of a training inside its axes", () => {
  const far = descend(J, [3, 20], { epochs: 100, alpha: 0.05 });
  const figure = training(linear, J, far, houses, { W: [-1, 5], b: [-6, 21] });
  const { range } = (figure.layout as { yaxis: { range: [number, number] } }).yaxis;
  for (const y of pointsOf(figure)[0].y) {
    expect(y).toBeGreaterThanOrEqual(range[0]);
    expect(y).toBeLessThanOrEqual(range[1]);
  }
});

it.each([
  ["over its loss", undefined],
  ["beside the surface of its loss", { W: [9, 12], b: [9, 12] } as const],
])("a training %s leaves no room for a price of 0 where the model's curve is broken", (_where, view) => {
  const step: Model = {
    name: "step",
    parameters: ["W", "b"],
    predict: ([W, b], x) => (x < 2.5 ? W : b),
    gradient: (_theta, x) => (x < 2.5 ? [1, 0] : [0, 1]),
  };
  const homes = { x: [1, 2, 3, 4], y: [10, 10, 11, 11] };
  const K = objective(mse, step, homes);
  const figure = training(step, K, descend(K, [10.1, 10.9], { epochs: 5, alpha: 0.1 }), homes, view);
  expect(pointsOf(figure)[0].y).toContain(null);
  expect((figure.layout as { yaxis: { range: [number, number] } }).yaxis.range[0]).toBeGreaterThan(9);
});

it("shows any number of parameters on their way: the ball is where the loss is", () => {
  const four = network(relu, identity);
  const K = objective(mae, four, houses);
  const way = descend(K, [2, -6.6, 2, 1], { epochs: 300, alpha: 0.005 });
  const figure = training(four, K, way, houses);
  const frames = figure.frames as { name: string; data: Points[] }[];
  for (const { name, data } of frames) {
    const step = way.history.find(({ epoch }) => String(epoch) === name)!;
    expect(data[1].y[0]).toBeCloseTo(step.loss, 3);
    expect(data[1].x[0]).toBe(Math.max(step.epoch, 0.4));
  }
});

it("shows the steps of a descent on the bowl, and widens the picture for a step that leaves it", () => {
  const wild = descend(J, [0, -3.3], { epochs: 4, alpha: 0.2 });
  const figure = hops(J, [2.94, -3.3], { wild });
  const frames = figure.frames as { data: Points[]; layout: { xaxis: { range: [number, number] } } }[];
  frames.forEach(({ data: [bowl, way], layout }, k) => {
    const { range } = layout.xaxis;
    expect(way.x).toHaveLength(k + 1);
    way.x.forEach((W, i) => {
      expect(W).toBeCloseTo(wild.history[i].theta[0], 3);
      expect(W).toBeGreaterThanOrEqual(range[0]);
      expect(W).toBeLessThanOrEqual(range[1]);
      expect(way.y[i] / J.value([W, -3.3])).toBeCloseTo(1, 2);
    });
    expect(Math.min(...bowl.y)).toBeGreaterThan(1);
  });
  const width = (k: number): number => frames[k].layout.xaxis.range[1] - frames[k].layout.xaxis.range[0];
  expect(width(4)).toBeGreaterThan(2 * width(0));
});

it("shows a bowl around a descent that stands at nought", () => {
  const still = descend(J, [0, 0], { epochs: 1, alpha: 1e-12 });
  const [first] = hops(J, [0, 0], { still }).frames as { layout: { xaxis: { range: number[] } } }[];
  expect(first.layout.xaxis.range).toEqual([-1.25, 1.25]);
});

it("names a parameter that has no name by its number", () => {
  const { value, gradient } = J;
  const figure = hops({ value, gradient }, [2.94, -3.3], { run: descend(J, [0, 0], { epochs: 2, alpha: 0.01 }) });
  expect(figure.layout).toMatchObject({ xaxis: { title: { text: "parameter 1" } } });
  expect(figure.alt).toMatch(/^The loss along parameter 1 as a bowl/);
});

it("counts the fates of descents, and draws each in the panel of its own", () => {
  const far = descend(J, [4, 1], { epochs: 1, alpha: 0.001 });
  const figure = fates(linear, [far, run, run], houses, ({ loss }) => (loss > 2 ? "miss" : "fit"));
  expect((figure.layout as { annotations: { text: string }[] }).annotations.map(({ text }) => text)).toEqual([
    "<b>2</b><br>fit",
    "<b>1</b><br>miss",
  ]);
  const panels = (figure.data as { xaxis: string; mode: string }[]).filter(({ mode }) => mode === "lines");
  expect(panels.map(({ xaxis }) => xaxis)).toEqual(["x", "x", "x2"]);
});

it("follows a quantity in several descents from start to end, one name for each end", () => {
  const other = descend(J, [4, 1], { epochs: 500, alpha: 0.05 });
  const figure = tracks(
    [run, other, run],
    ([W]) => W,
    "W",
    ({ theta }) => (theta[0] > 0 ? "up" : "down"),
  );
  expect(pointsOf(figure).map(({ y }) => y[0])).toEqual([0, 4, 0]);
  expect(figure.alt).toMatch(/^W against the epoch, in 3 descents\. They go from 0 to 4 to \S+( to \S+)?: up\.$/);
});
