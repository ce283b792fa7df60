import { describe, expect, it } from "vitest";
import { descend } from "../../../lib/descent";
import { training } from "../../../lib/figures/fit";
import { lossContour, lossSurface } from "../../../lib/figures/landscape";
import { lossBand, lossCurve } from "../../../lib/figures/loss";
import { identity, relu } from "../../../lib/functions";
import { mae, mse, objective } from "../../../lib/losses";
import { linear, network } from "../../../lib/models";
import type { Objective, Theta } from "../../../lib/types";
import { axes, figures, houses, J, type Points, pointsOf, run, window } from "./examples";

it("begins each curve of the loss at its start, epoch 0, at the same height where descents start at one point", () => {
  const other = descend(J, [0, 0], { epochs: 500, alpha: 0.001 });
  for (const epochs of ["log", "linear"] as const) {
    const figure = lossCurve({ run, other }, epochs);
    const starts = pointsOf(figure).map(({ x, y }) => [x[0], y[0]]);
    expect(starts[0]).toEqual(starts[1]);
    expect(starts[0][1]).toBeCloseTo(J.value([0, 0]), 3);
  }
  const { xaxis } = lossCurve({ run }).layout as { xaxis: { tickvals: number[]; ticktext: string[]; range: number[] } };
  const [{ x }] = pointsOf(lossCurve({ run }));
  expect(xaxis.ticktext[xaxis.tickvals.indexOf(x[0])]).toBe("0");
  expect(x[0]).toBeGreaterThan(10 ** xaxis.range[0]);
});

it("shows how a descent trembles: no epoch's loss lies outside its band", () => {
  const K = objective(mae, linear, houses);
  const [low, high] = pointsOf(
    lossBand(K, descend(K, [2, -3], { epochs: 1, alpha: 0 }).history[0], { epochs: 400, alpha: 0.05 }),
  );
  let theta: readonly number[] = [2, -3];
  for (let epoch = 0; epoch < 400; epoch++) {
    const stretch = low.x.filter((from) => from <= epoch).length - 1;
    const loss = K.value(theta);
    expect(loss).toBeGreaterThanOrEqual(low.y[stretch] * 0.9999);
    expect(loss).toBeLessThanOrEqual(high.y[stretch] * 1.0001);
    theta = descend(K, theta, { epochs: 1, alpha: 0.05 }).theta;
  }
  expect(Math.max(...high.y.map((value, k) => value / low.y[k]))).toBeGreaterThan(1.02);
});

it("draws no point of a loss of 0 on a logarithmic axis", () => {
  const one = objective(mse, linear, { x: [1], y: [1] });
  const way = descend(one, [0, 0], { epochs: 2, alpha: (epoch) => (epoch === 0 ? 0.1875 : 0.25) });
  expect(way.history.map(({ loss }) => loss)).toEqual([1, 1 / 16, 0]);
  const figure = training(linear, one, way, houses);
  expect(pointsOf(figure)[2].y).toEqual([1, 0.0625, null]);
  const frames = figure.frames as { data: Points[] }[];
  expect(frames.map(({ data }) => data[1].y)).toEqual([[1], [0.0625], [null]]);
  expect(pointsOf(lossCurve({ way }))[0].y).toEqual([1, 0.0625, null]);
});

it("shows a loss that ends at nothing on an axis that has a place for it", () => {
  const history = [4, 2, 0].map((loss, epoch) => ({ epoch, theta: [0, 0], loss }));
  const falling = { ...run, history, epochs: 2, loss: 0, best: history[2] };
  const figure = lossCurve({ run: falling });
  expect(figure.alt).toBe("The loss against the epoch: run, from 4 to 0 in 2 epochs.");
  expect(pointsOf(figure)[0].y).toEqual([4, 2, 0]);
  const { data, layout } = training(linear, J, falling, houses);
  expect(pointsOf({ data })[2].y).toEqual([4, 2, 0]);
  expect((layout as { yaxis2: { type?: string } }).yaxis2.type).toBeUndefined();
});

it("names the unit of the loss", () => {
  const title = (figure: { layout: object }): string =>
    (figure.layout as { yaxis: { title: { text: string } } }).yaxis.title.text;
  expect(title(figures.slopes())).toBe("loss J, in (100,000 EUR)²");
  expect(title(figures.lossCurveWithUnit())).toBe("loss J, in (100,000 EUR)²");
  expect(title(figures.lossCurve())).toBe("loss J");
  expect(objective(mae, linear, houses).unit).toBe("100,000 EUR");
});

describe("a picture of the loss over two parameters", () => {
  const four = network(relu, identity);
  const quad: Objective = objective(mae, four, houses);
  const long = descend(quad, [0.5, 0.25, 1.5, -0.5], { epochs: 5, alpha: 0.001 });

  it.each([
    ["lossSurface", () => lossSurface(quad, long, window)],
    ["lossContour", () => lossContour(quad, { long }, window)],
    ["training", () => training(four, quad, long, houses, window)],
  ])("%s refuses an objective that has not two", (_name, make) => {
    expect(make).toThrow(RangeError);
    expect(make).toThrow("The loss can be drawn over two parameters, and this one has 4 (W1, b1, W2, b2)");
  });

  const { value, gradient } = quad;
  it.each([
    ["lossSurface", () => lossSurface({ value, gradient }, long, window)],
    ["lossContour", () => lossContour({ value, gradient }, { long }, window)],
    ["training", () => training(four, { value, gradient }, long, houses, window)],
  ])("%s refuses an objective without names by the numbers of its descent", (_name, make) => {
    expect(make).toThrow("and this one has 4:");
  });

  it("refuses a window over other parameters", () => {
    expect(() => lossSurface(J, run, { U: [0, 1], b: [0, 1] })).toThrow(
      "The window is over U and b, but the parameters are W and b",
    );
  });

  it.each(["lossSurface", "lossContour", "training"] as const)("%s takes the axes' names from the model", (name) => {
    const other = { ...linear, parameters: ["slope", "height"] };
    const K = objective(mse, other, houses);
    const view = { slope: window.W, height: window.b };
    const figure = {
      lossSurface: () => lossSurface(K, run, view),
      lossContour: () => lossContour(K, { run }, view),
      training: () => training(other, K, run, houses, view),
    }[name]();
    const titles = axes(figure.layout).map(([, { title }]) => title?.text ?? "");
    expect(titles.filter((title) => /slope/.test(title))).toHaveLength(1);
    expect(titles.filter((title) => /height/.test(title))).toHaveLength(1);
    expect(JSON.stringify(figure)).not.toMatch(/\bW\b/);
  });

  it("refuses no window at all, and draws a loss without a descent", () => {
    expect(() => lossSurface(J, run, {})).toThrow("The window is over nothing, but the parameters are W and b");
    const { value, gradient } = J;
    expect(axes(lossContour({ value, gradient }, {}, window).layout).map(([, { title }]) => title?.text)).toEqual([
      "parameter W",
      "parameter b",
    ]);
  });

  it("remarks on no fall where the loss does not fall", () => {
    const history = [0, 1].map((epoch) => ({ epoch, theta: [1, 2], loss: 3 }));
    const { scene } = lossSurface(J, { ...run, history }, window).layout as { scene: { annotations: object[] } };
    expect(scene.annotations).toEqual([]);
  });

  it("refuses a window without width, and one of more than any number", () => {
    expect(() => lossSurface(J, run, { W: [0, 1], b: [1, 1] })).toThrow("The window goes from 1 to 1");
    expect(() => lossSurface(J, run, { W: [0, 1], b: [-1e308, 1e308] })).toThrow(
      "The window goes from -1e+308 to 1e+308",
    );
  });

  it.each([
    [5, 5, ["center", "bottom"], ["center", "top"]],
    [0, 5, ["left", "bottom"], ["left", "top"]],
    [10, 5, ["right", "bottom"], ["right", "top"]],
    [5, 10, ["center", "top"], ["center", "top"]],
    [5, 0, ["center", "bottom"], ["center", "bottom"]],
  ])(
    "names a start and an end at W = %d, b = %d so that their words stay in a window from 0 to 10",
    (W, b, start, end) => {
      const history = [2, 1].map((loss, epoch) => ({ epoch, theta: [W, b], loss }));
      const { layout } = lossContour(J, { run: { ...run, history } }, { W: [0, 10], b: [0, 10] });
      const { annotations } = layout as { annotations: { text: string; xanchor: string; yanchor: string }[] };
      expect(annotations.map(({ text, xanchor, yanchor }) => [text, [xanchor, yanchor]])).toEqual([
        ["start", start],
        ["J = 1", end],
      ]);
    },
  );

  it("labels its colours at 1, 2, 5, 10, ..., and at powers of ten where these would be more than ten", () => {
    const labels = (most: number): string[] => {
      const growing = { value: ([W]: Theta) => 10 ** (W * Math.log10(most)), gradient: () => [1, 0] };
      const [{ colorbar }] = lossContour(growing, {}, { W: [0, 1], b: [0, 1] }).data as {
        colorbar: { ticktext: string[] };
      }[];
      return colorbar.ticktext;
    };
    expect(labels(1001)).toEqual(["1", "2", "5", "10", "20", "50", "100", "200", "500", "1000"]);
    expect(labels(2001)).toEqual(["1", "10", "100", "1000"]);
  });

  it("says that a descent jumps from side to side, and of one that does not it says nothing", () => {
    const told = (alpha: number): string => lossSurface(J, descend(J, [0, 0], { epochs: 50, alpha }), window).alt;
    expect(told(0.11)).toMatch(/ On the way it jumps from side to side\.$/);
    expect(told(0.05)).not.toContain("jumps");
  });

  it("has one scale on both axes where angles are to be seen", () => {
    expect(lossContour(J, { run }, window, "equal").layout).toMatchObject({
      yaxis: { scaleanchor: "x", scaleratio: 1 },
    });
  });
});
