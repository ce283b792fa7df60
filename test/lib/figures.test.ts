import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DivergenceError, descend, type Run } from "../../lib/descent";
import { beside } from "../../lib/figures/beside";
import { bestStep, partialSlopes, secants, stepErrors } from "../../lib/figures/derivatives";
import { fates } from "../../lib/figures/fates";
import { colour } from "../../lib/figures/figure";
import { fit, milestones, training } from "../../lib/figures/fit";
import { curves } from "../../lib/figures/functions";
import { hops } from "../../lib/figures/hops";
import { lossContour, lossSurface } from "../../lib/figures/landscape";
import { lossBand, lossCurve, slopes, tracks } from "../../lib/figures/loss";
import { backpropagation } from "../../lib/figures/network";
import { noted } from "../../lib/figures/remark";
import { identity, leakyRelu, relu } from "../../lib/functions";
import { secant } from "../../lib/limit";
import { mae, mse, objective } from "../../lib/losses";
import { cubic, linear, type Model, network } from "../../lib/models";
import type { Objective, Theta } from "../../lib/types";
import { root } from "../../tools/project";
import { models } from "./catalogue";

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
  lossContourOfOneScale: () => lossContour(J, { run }, window, "equal"),
  lossBand: () => lossBand(J, run.history[0], { epochs: 2000, alpha: 0.05 }),
  lossCurve: () => lossCurve({ run }),
  lossCurveWithUnit: () => lossCurve({ run, again: run }, "linear", J.unit),
  slopes: () => slopes(J, [0, -3.3], 0, "W", [1, 5], [0, 6]),
  curves: () => curves({ square }, [-1, 2], { x: "x", y: "y" }, houses),
  fates: () =>
    fates(linear, [run, descend(J, [4, 1], { epochs: 1, alpha: 0.05 })], houses, ({ loss }) =>
      loss > 2 ? "far" : "near",
    ),
  hops: () => hops(J, [2.94, -3.3], { slow: run, quick: descend(J, [0, 0], { epochs: 6, alpha: 0.15 }) }),
  noted: () => noted(lossCurve({ run }), { x: 10, y: 2 }, "here it turns"),
  secantOfOneStep: () => secants(square, 1, [0.5]),
  backpropagation: () => backpropagation(relu, mae, [0.5, 0.25, 1.5, -0.5], 3, 4.5),
  training: () => training(linear, J, run, houses, window),
  trainingByEpoch: () => training(linear, J, run, houses),
  tracks: () =>
    tracks(
      [run, descend(J, [4, 1], { epochs: 500, alpha: 0.05 })],
      ([W]) => W,
      "W",
      ({ loss }) => `ends at ${loss.toFixed(2)}`,
    ),
};

it.each(Object.entries(figures))(
  "%s is plain data, the same each time, with words that name its numbers",
  (_name, make) => {
    const figure = make();
    expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
    expect(JSON.stringify(make())).toBe(JSON.stringify(figure));
    expect(figure.alt).toMatch(/\d/);
    expect(figure.alt).not.toMatch(/NaN|undefined/);
  },
);

interface Axis {
  title?: { text: string };
  visible?: boolean;
}
interface Trace {
  name?: string;
  showlegend?: boolean;
  hovertemplate?: string;
  hoverinfo?: string;
  customdata?: unknown;
  line?: { color?: string; dash?: string };
}

/** The axes of a figure that are drawn, those of its scene as well. */
function axes(layout: object): [string, Axis][] {
  return Object.entries(layout).flatMap(([key, value]) =>
    key === "scene" ? axes(value as object) : /^[xyz]axis/.test(key) ? [[key, value as Axis] as [string, Axis]] : [],
  );
}

it.each(Object.entries(figures))(
  "%s can be read: its axes have titles, its traces names and hover texts, its legend its own room",
  (_name, make) => {
    const { data, layout, alt } = make();
    for (const [key, { title, visible }] of axes(layout)) if (visible !== false) expect(title?.text, key).toMatch(/\w/);
    for (const trace of data as Trace[]) {
      const says = trace.hovertemplate ?? trace.hoverinfo;
      expect(says, `${trace.name} has a hover text`).toBeTruthy();
      if (trace.hovertemplate)
        expect(trace.hovertemplate, "no box with the name of the trace").toContain("<extra></extra>");
      if (trace.showlegend !== false && "showscale" in trace === false && !("colorbar" in trace))
        expect(trace.name).toMatch(/\w/);
    }
    expect((layout as { legend: object }).legend).toMatchObject({
      orientation: "h",
      xref: "container",
      yref: "container",
      y: 1,
    });
    expect(alt, "no tags, and no minus that a screen reader leaves out").not.toMatch(/<|-\d|\de[-+]?\d/);
  },
);

it("tells the curves of a chart apart by dashes as well as by colours", () => {
  const { data } = curves({ a: (x) => x, b: (x) => -x, c: (x) => 2 * x, d: (x) => 3 * x, e: (x) => 4 * x }, [0, 1], {
    x: "x",
    y: "y",
  });
  for (const key of ["color", "dash"] as const)
    expect(new Set((data as Trace[]).map(({ line }) => line?.[key])).size).toBe(5);
});

it("breaks a curve where it jumps, and nowhere else", () => {
  const broken = (f: (x: number) => number): (number | null)[][] => {
    const [{ x, y }] = curves({ f }, [-1, 1], { x: "x", y: "y" }).data as {
      x: (number | null)[];
      y: (number | null)[];
    }[];
    return [x, y].map((values) =>
      values.includes(null) ? values.slice(values.indexOf(null) - 1, values.indexOf(null) + 2) : [],
    );
  };
  expect(broken(relu.df)[1]).toEqual([0, null, 1]);
  expect(curves({ f: relu.df }, [-1, 1], { x: "x", y: "y" }).alt).toContain("with a jump at 0");
  for (const f of [relu.f, Math.tanh, (x: number) => Math.tanh(200 * x), () => 3]) expect(broken(f)[1]).toEqual([]);
});

it("names the unit of the loss", () => {
  const title = (figure: { layout: object }): string =>
    (figure.layout as { yaxis: { title: { text: string } } }).yaxis.title.text;
  expect(title(figures.slopes())).toBe("loss J, in (100,000 EUR)²");
  expect(title(figures.lossCurveWithUnit())).toBe("loss J, in (100,000 EUR)²");
  expect(title(figures.lossCurve())).toBe("loss J");
  expect(objective(mae, linear, houses).unit).toBe("100,000 EUR");
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

it("each frame of an animation replaces traces that exist, and has its step on the slider", () => {
  for (const figure of [figures.secants(), figures.training(), figures.backpropagation()]) {
    const frames = figure.frames as { name: string; traces: number[]; data: object[] }[];
    for (const { traces, data } of frames) {
      expect(data.length).toBe(traces.length);
      for (const trace of traces) expect(figure.data[trace]).toBeDefined();
    }
    const { sliders } = figure.layout as { sliders: { steps: { label: string; value: string }[] }[] };
    expect(sliders[0].steps.map(({ label }) => label)).toEqual(frames.map(({ name }) => name));
    expect(new Set(sliders[0].steps.map(({ value }) => value)).size).toBe(frames.length);
    for (const { label, value } of sliders[0].steps)
      expect(value, "what is said of a step names it, without tags").toMatch(new RegExp(`${label}[^<]+$`));
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
  const { alt } = backpropagation(relu, mae, theta, 3, 4.5);
  expect(alt).toContain(`W2: ${text(W2)}, b2: ${text(b2)}`);
  expect(alt).toContain(`W1: ${text(W1)}, b1: ${text(b1)}.`);
});

/** The traces of a figure by the names of their axes, as numbers. */
interface Points {
  type: string;
  name?: string;
  mode?: string;
  x: number[];
  y: number[];
}
const pointsOf = ({ data }: { data: readonly object[] }): Points[] => data as Points[];

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

  it("refuses a window without width", () => {
    expect(() => lossSurface(J, run, { W: [0, 1], b: [1, 1] })).toThrow("The window goes from 1 to 1");
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

it.each(models)("the loss of $name refuses a theta of a wrong length in a sentence", (model) => {
  const K = objective(mse, model, houses);
  const theta = model.parameters.slice(1).map(() => 1);
  for (const work of [() => K.value(theta), () => K.gradient(theta)]) {
    expect(work).toThrow(RangeError);
    expect(work).toThrow(`(${model.parameters.join(", ")}), and has ${theta.length}.`);
  }
});

it("rings the step errors at a point of their curve", () => {
  for (const slope of [
    (h: number) => secant((x) => x ** 3, 1, h),
    (h: number) => ((1 + h) ** 3 - (1 - h) ** 3) / (2 * h),
  ]) {
    const [curve, ring] = pointsOf(stepErrors(3, { slope }));
    expect(curve.y[curve.x.indexOf(ring.x[0])]).toBe(ring.y[0]);
    const { h, error } = bestStep(3, slope);
    expect(error).toBe(Math.abs(slope(h) - 3));
  }
});

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

it("draws a corner where it is, and adds nothing to a smooth curve", () => {
  const place = 2.28341;
  const hinge = network(relu, identity);
  for (const trace of [
    pointsOf(curves({ f: (x) => Math.abs(x - place) }, [-1, 4], { x: "x", y: "y" }))[0],
    pointsOf(fit(hinge, [1, -place, 2, 0.5], houses)).find(({ name }) => name === hinge.name)!,
  ]) {
    const at = trace.x.findIndex((x) => Math.abs(x - place) < 1e-4);
    expect(trace.x[at]).toBeCloseTo(place, 4);
    expect(trace.y[at]).toBe(Math.min(...trace.y));
  }
  for (const f of [Math.tanh, Math.exp, (x: number) => x ** 3])
    expect(pointsOf(curves({ f }, [-3, 3], { x: "x", y: "y" }))[0].x).toHaveLength(121);
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

it("shows the loss that a network is given", () => {
  const theta = [0.5, 0.25, -1.5, -0.5];
  const figure = backpropagation(relu, mse, theta, 3, 4.5);
  const [, , , b2] = objective(mse, network(relu, identity), { x: [3], y: [4.5] }).gradient(theta);
  expect(figure.alt).toContain(`b2: ${String(b2).replace("-", "\u2212")}`);
  const spoken = ({ layout }: { layout: object }): string =>
    (layout as { sliders: { steps: { value: string }[] }[] }).sliders[0].steps[4].value;
  expect(spoken(figure)).toBe("step 4: L = (M − y)² = ((−3.125) − 4.5)² = 58.14");
  expect(spoken(backpropagation(relu, mae, theta, 3, 4.5))).toBe("step 4: L = |y − M| = |4.5 − (−3.125)| = 7.625");
});

/** All numbers of a figure, wherever they stand. */
function numbers(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbers) : [];
}

it("no figure holds a NaN or an infinite number, whatever finite numbers it is given", () => {
  const number = fc.oneof(fc.double({ min: -1e4, max: 1e4, noNaN: true }), fc.integer({ min: -3, max: 3 }));
  const side = fc
    .tuple(number, fc.double({ min: 0.01, max: 1e3, noNaN: true }))
    .map(([low, width]) => [low, low + width] as const);
  const theta = (n: number) => fc.array(number, { minLength: n, maxLength: n });
  const homes = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 9 }), number), { minLength: 1, maxLength: 5 })
    .map((pairs) => ({ x: pairs.map(([x]) => x), y: pairs.map(([, y]) => y) }));
  const exactly = fc.constantFrom(0, 1e-6, 1e-3);
  const given = fc.record({ two: theta(2), four: theta(4), data: homes, W: side, b: side, alpha: exactly });
  fc.assert(
    fc.property(
      given,
      fc.constantFrom(linear, cubic),
      fc.constantFrom(mse, mae),
      ({ two, four, data, W, b, alpha }, model, loss) => {
        const K = objective(loss, model, data);
        const way = descend(K, two, { epochs: 3, alpha: alpha / (1 + Math.max(...data.x) ** 6) });
        const view = { W, b };
        const f = leakyRelu(0.1);
        const all = [
          fit(model, two, data),
          fit(network(f, identity), four, data),
          training(model, K, way, data, view),
          lossSurface(K, way, view),
          lossContour(K, { way }, view),
          lossCurve({ way }, "log", K.unit),
          lossCurve({ way }, "linear"),
          lossBand(K, way.history[0], { epochs: 100, alpha: 0 }),
          slopes(K, two, 0, "W", W, b),
          curves({ f: f.f, predicted: (x) => model.predict(two, x) }, W, { x: "x", y: "y" }, data),
          training(model, K, way, data),
          tracks(
            [way],
            ([W]) => W,
            "W",
            () => "one",
          ),
          fates(model, [way], data, () => "one"),
          hops(K, two, { way }),
          secants((x) => x * x, two[0], [1, 0.1]),
          stepErrors(two[0], { slope: (h) => two[1] + h }),
          partialSlopes((x, y) => x * y, [two[0], two[1]], [two[1], two[0]]),
          backpropagation(f, loss, four, data.x[0], data.y[0]),
        ];
        for (const figure of all) {
          expect(
            numbers(figure).filter((value) => !Number.isFinite(value)),
            figure.alt,
          ).toEqual([]);
          expect(figure.alt).not.toMatch(/NaN|Infinity|undefined/);
        }
      },
    ),
    { seed: 1, numRuns: 60 },
  );
});

it("draw.js knows each colour of the palette, and how it looks on dark paper", () => {
  const script = readFileSync(join(root, "jupyter/draw.js"), "utf8");
  const list = (name: string): string[] =>
    (new RegExp(`const ${name} = \\[(.*?)\\]`).exec(script)?.[1] ?? "").match(/#\w{6}/g) ?? [];
  const own: string[] = Object.values(colour).filter((value) => value.startsWith("#") && value !== colour.quiet);
  expect([...list("colours")].sort()).toEqual([...own].sort());
  const light = (hex: string): number =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, k) => {
      const c = Number.parseInt(hex.slice(1 + 2 * k, 3 + 2 * k), 16) / 255;
      return sum + weight * (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    }, 0);
  const dark = list("lighter");
  expect(dark).toHaveLength(own.length);
  dark.forEach((hex, i) => expect(light(hex)).toBeGreaterThan(light(list("colours")[i])));
  for (const hex of dark) expect((light(hex) + 0.05) / (light("#1b1b1b") + 0.05), hex).toBeGreaterThan(4.5);
});

describe("the names of curves", () => {
  interface Label {
    text: string;
    x: number;
    y: number;
    font?: { color: string };
  }
  const labels = (figure: { layout: object }): Label[] =>
    (figure.layout as { annotations?: Label[] }).annotations ?? [];
  const legend = (figure: { data: readonly object[] }): number =>
    (figure.data as Trace[]).filter(({ showlegend }) => showlegend !== false).length;
  const titles = { x: "x", y: "y" };

  it("stand beside them, in their colours, where there is room", () => {
    const figure = curves({ up: (x) => x, down: (x) => -x }, [-1, 1], titles);
    expect(labels(figure).map(({ text, font }) => [text, font?.color])).toEqual([
      ["up", colour.model],
      ["down", colour.slope],
    ]);
    for (const { text, x, y } of labels(figure)) expect(y).toBeCloseTo(text === "up" ? x : -x, 4);
    expect(legend(figure)).toBe(0);
  });

  const points = (name: string, x: number[], y: (number | null)[], more = {}) => ({
    ...{ type: "scatter", mode: "markers", name, x, y },
    ...more,
  });
  const sheet = (...data: object[]) => {
    const axis = { range: [0, 1] };
    return { alt: "", data, layout: { xaxis: axis, yaxis: axis } };
  };

  it("stand beside nothing that has no legend: a single trace, if nobody asks for it", () => {
    const single = sheet(points("one", [0.5], [0.5]));
    expect(labels(beside(single))).toEqual([]);
    expect(labels(beside(sheet(points("one", [0.5], [0.5], { showlegend: true }))))).toHaveLength(1);
  });

  it("lie on no other name, and mind no point that is none", () => {
    const [one, other] = labels(
      beside(sheet(points("first name", [0.5, 0.2], [0.5, null]), points("other name", [0.56], [0.5]))),
    ) as (Label & { xanchor: string; yanchor: string })[];
    expect([one.text, other.text]).toEqual(["first name", "other name"]);
    expect([one.xanchor, one.yanchor]).not.toEqual([other.xanchor, other.yanchor]);
  });

  it.each([
    [0.3, 0],
    [-0.3, 0],
    [0, 0.3],
    [0, -0.3],
  ])("stand over their points where the other is %d to the right and %d above", (right, above) => {
    const both = beside(sheet(points("one", [0.5], [0.5]), points("two", [0.5 + right], [0.5 + above])));
    expect(labels(both)).toMatchObject(
      ["one", "two"].map((text) => ({ text, xanchor: "center", yanchor: "bottom", yshift: 3 })),
    );
  });

  it.each(["lines", "markers"])("stand in the colour of the text beside %s that have none", (mode) => {
    const plain = { type: "scatter", mode, name: "one", showlegend: true, x: [0.2, 0.8], y: [0.5, 0.5] };
    expect(labels(beside(sheet(plain))).map(({ font }) => font?.color)).toEqual(["currentColor"]);
  });

  it("stand where the axis is logarithmic as well", () => {
    const [label] = labels(lossCurve({ run }));
    const [{ x, y }] = pointsOf(lossCurve({ run }));
    expect(x.map((epoch, i) => [Math.log10(epoch), Math.log10(y[i])])).toContainEqual([label.x, label.y]);
  });

  it("stand in a legend where curves lie close together, or where one is too long", () => {
    const close = curves({ a: (x) => x, b: (x) => x + 0.01, c: (x) => x - 0.01 }, [-1, 1], titles);
    const long = curves({ ["a name of many words ".repeat(4)]: (x) => x }, [-1, 1], titles);
    expect([labels(close), labels(long)]).toEqual([[], []]);
    expect([legend(close), legend(long)]).toEqual([3, 1]);
  });
});

describe("names behind the plot", () => {
  interface Label {
    readonly text: string;
    readonly xref?: string;
    readonly x: number;
    readonly y: number;
  }
  const near = { low: (x: number) => x, high: (x: number) => 1.02 * x, far: (x: number) => 2 * x };
  const shown = curves(near, [-1, 1], { x: "x", y: "y" }, { x: [-0.5], y: [1] });
  const labels = (shown.layout as { annotations: Label[] }).annotations;

  it("stand at the ends of curves that lie too close for names beside them, in their order, and do not touch", () => {
    const behind = labels.filter(({ xref }) => xref === "paper").sort((a, b) => a.y - b.y);
    expect(behind.map(({ text }) => text)).toEqual(["low", "high", "far"]);
    for (const { text, x, y } of behind) {
      expect(x).toBe(1);
      expect(Math.abs(y - near[text as keyof typeof near](1))).toBeLessThan(0.15);
    }
    expect(behind[1].y - behind[0].y).toBeGreaterThan(0.15); // of a height of four
  });

  it("take a margin, and leave the houses their place among the curves", () => {
    expect((shown.layout as { margin: { r: number } }).margin.r).toBeGreaterThan(30);
    expect(labels.find(({ text }) => text === "houses")).toMatchObject({ x: -0.5, y: 1 });
    expect((shown.data as { showlegend: boolean }[]).every(({ showlegend }) => !showlegend)).toBe(true);
  });
});

it("says in the chart by how much a fit misses most, where one can see it", () => {
  const remarks = (y: number[], theta: Theta = [1, 0]): string[] =>
    (fit(linear, theta, { x: [1, 2, 3], y }).layout as { annotations: { text: string; ax?: number }[] }).annotations
      .filter(({ ax }) => ax !== undefined)
      .map(({ text }) => text);
  expect([remarks([1, 5, 3.1]), remarks([1.5, 2, 2])]).toEqual([["3 too low"], ["1 too high"]]);
  expect([remarks([1, 2, 3]), remarks([1, 2, 3.001]), remarks([0, 0, 0], [0, 0])]).toEqual([[], [], []]);
});

it("lays no remark on a curve at any moment of an animation, nor minds what another panel shows", () => {
  const slow = descend(J, [0, 0], { epochs: 3000, alpha: 0.002 });
  const still = noted(training(linear, J, slow, houses), { x: 3.5, y: 3 }, "here");
  const { annotations } = still.layout as { annotations: { ax: number; ay: number }[] };
  const { ax, ay } = annotations.at(-1)!;
  expect([ax >= 0.7 && ax <= 4.3, ay > -3 && ay < 13]).toEqual([true, true]);
  for (const { data } of still.frames as { data: [{ x: number[]; y: number[] }] }[]) {
    const [{ x, y }] = data;
    const at = x.reduce((best, value, i) => (Math.abs(value - ax) < Math.abs(x[best] - ax) ? i : best), 0);
    expect(Math.abs(y[at] - ay)).toBeGreaterThan(0.3);
  }
});

it("puts a remark where it belongs, also on logarithmic axes, and tells it", () => {
  const still = noted(lossCurve({ run }), { x: 100, y: 10 }, "here");
  const { annotations } = still.layout as { annotations: { x: number; y: number; text: string }[] };
  expect(annotations.at(-1)).toMatchObject({ x: 2, y: 1, text: "here" });
  expect(still.alt).toContain("Noted at 100: here.");
});

it("puts a remark in the place of the figure's own", () => {
  const texts = ({ layout }: { layout: object }) =>
    (layout as { annotations: { text: string; name?: string }[] }).annotations
      .filter(({ name }) => name === "remark")
      .map(({ text }) => text);
  const falling = lossCurve({ run });
  expect(texts(falling)).toEqual([expect.stringContaining("of the fall")]);
  expect(texts(noted(falling, { x: 100, y: 10 }, "who is right?"))).toEqual(["who is right?"]);
  expect(noted(falling, { x: 100, y: 10 }, "who is right?").alt).toMatch(/: who is right\?$/);
});

it("puts a remark above its place where it can lie nowhere else, and in the middle where its place is not on the axes", () => {
  const notes = (figure: { layout: object }) =>
    (figure.layout as { annotations: { ay: number; ax: number; y: number }[] }).annotations;
  const rising = curves({ rising: (x) => x }, [0, 1], { x: "x", y: "y" });
  const long = notes(noted(rising, { x: 0.5, y: 0.5 }, "a remark that is much too long for any picture of a phone")).at(
    -1,
  )!;
  expect(long.ay).toBeGreaterThan(long.y);
  const nowhere = notes(noted(lossCurve({ run }), { x: 0, y: 0 }, "here")).at(-1)!;
  const { range } = (lossCurve({ run }).layout as { xaxis: { range: [number, number] } }).xaxis;
  expect(nowhere.ax).toBeGreaterThan(range[0]);
  expect(nowhere.ax).toBeLessThan(range[1]);
});

describe("a remark makes way for a name that lies there, and for none that lies beside it:", () => {
  const place = { x: 0.5, y: 0.5 };
  const wide = 0.0225 * "a name of some length".length;
  /** Where a remark stands when the plot, from 0 to 1, has this name in it. */
  const spot = (...names: object[]): number[] => {
    const axis = { range: [0, 1] };
    const data = [{ type: "scatter", mode: "markers", x: [0, 1], y: [0, 1] }];
    const figure = { alt: "", data, layout: { xaxis: axis, yaxis: axis, annotations: names } };
    const { ax, ay } = (
      noted(figure, place, "here").layout as { annotations: { ax: number; ay: number }[] }
    ).annotations.at(-1)!;
    return [ax, ay];
  };
  const [u, v] = spot();

  it.each<[xanchor: string | undefined, right: number]>([
    ["left", wide],
    ["center", wide / 2],
    ["auto", wide / 2],
    [undefined, wide / 2],
    ["right", 0],
  ])("anchored %s", (xanchor, right) => {
    for (const [yanchor, up] of [
      ["bottom", 0.0375],
      ["middle", 0],
      ["auto", 0],
      [undefined, 0],
      ["top", -0.0375],
    ] as const) {
      const name = (x: number, y: number, text = "a name of some length", more = {}): object => ({
        ...{ x, y: y - up, text, ...(xanchor ? { xanchor } : {}), ...(yanchor ? { yanchor } : {}) },
        ...more,
      });
      const around = u - right + wide / 2; // the name's middle is over the remark
      expect(spot(name(around, v)), `${yanchor}`).not.toEqual([u, v]);
      for (const off of [
        name(around + wide / 2 + 0.06, v),
        name(around - wide / 2 - 0.06, v),
        name(around, v + 0.06),
        name(around, v - 0.06),
        name(around, v, ""),
        name(around, v, "a name of some length", { xref: "paper" }),
      ])
        expect(spot(off), `${yanchor} ${JSON.stringify(off)}`).toEqual([u, v]);
    }
  });
});

it("lays a remark within the plot: below a place that is high, and to the left of one at the right", () => {
  const axis = { range: [0, 1] };
  const sheet = { alt: "", data: [], layout: { xaxis: axis, yaxis: axis } };
  const spot = (x: number, y: number, remark: string) =>
    (noted(sheet, { x, y }, remark).layout as { annotations: { ax: number; ay: number }[] }).annotations[0];
  expect(spot(0.5, 0.95, "here").ay).toBeLessThan(0.95);
  const remark = "a remark of some length";
  expect(spot(0.8, 0.5, remark).ax).toBeLessThanOrEqual(1 - (0.0225 * remark.length) / 2);
  expect(spot(0.2, 0.5, remark).ax).toBeGreaterThanOrEqual((0.0225 * remark.length) / 2);
});

it("lays a remark where titles of panels are no hindrance", () => {
  const panels = fates(linear, [run], houses, () => "one");
  const bare = { ...panels, layout: { ...panels.layout, annotations: [] } };
  const place = { x: 2, y: 3 };
  const [withTitles, without] = [panels, bare].map(
    (figure) =>
      (noted(figure, place, "here").layout as { annotations: { ax: number; ay: number }[] }).annotations.at(-1)!,
  );
  expect([withTitles.ax, withTitles.ay]).toEqual([without.ax, without.ay]);
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

it("draws no point of an error of 0, for which a logarithmic axis has no place", () => {
  const [{ x, y }] = pointsOf(stepErrors(2, { slope: (h) => (h > 1e-3 ? 2 + h : 2) }));
  expect(y.map((error) => error === null)).toEqual(x.map((h) => h <= 1e-3));
});

it("shows how a secant becomes the tangent: one moment for each step, or a picture that stands still", () => {
  const moving = secants(square, 1, [1, 0.5]);
  expect(moving.alt).toBe(
    "The curve f(x) with the line through its points at x = 1 and x + h. As h shrinks from 1 to 0.5, the slope of the line goes from 3 to 2.5: the secant becomes the tangent.",
  );
  const frames = moving.frames as { name: string; traces: number[]; data: (Points & { name: string })[] }[];
  expect(frames.map(({ name, traces }) => [name, traces])).toEqual([
    ["1", [1, 2]],
    ["0.5", [1, 2]],
  ]);
  frames.forEach(({ data: [line, points] }, k) => {
    const h = [1, 0.5][k];
    expect([points.x, points.y]).toEqual([
      [1, 1 + h],
      [1, (1 + h) ** 2],
    ]);
    expect((line.y[1] - line.y[0]) / (line.x[1] - line.x[0])).toBeCloseTo(2 + h, 9);
    expect(line.name).toContain(String(2 + h));
  });
  const still = secants(square, 1, [0.5]);
  expect(still.alt).toMatch(/At h = 0\.5 the slope of the line is 2\.5\.$/);
  expect(still.frames).toBeUndefined();
});

it("names the first of the houses that a model misses by most", () => {
  expect(fit(linear, [0, 0], { x: [1, 2], y: [1, 1] }).alt).toContain("by at most 1, at 1 floor, where it is too low");
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

it("says of a loss on its way only what its ends do not say", () => {
  const said = (...losses: number[]): string =>
    lossCurve({ run: { ...run, history: losses.map((loss, epoch) => ({ epoch, theta: [0, 0], loss })) } }).alt;
  expect(said(0, 0, 0)).toMatch(/ from 0 to 0 in 2 epochs\.$/);
  expect(said(2, 1, 3, 2)).toMatch(/ from 2 to 2 in 3 epochs, at least 1, at most 3\.$/);
});

it("remarks on a descent that came no farther than its start where this start is drawn", () => {
  const wild = ((): Run => {
    try {
      return descend(J, [2.9, -3.3], { epochs: 9, alpha: 1e300 });
    } catch (error) {
      return (error as DivergenceError).run;
    }
  })();
  expect(wild.history).toHaveLength(1);
  const slow = descend(J, [0, 0], { epochs: 9, alpha: 1e-3 });
  for (const [epochs, start] of [["log", Math.log10(0.4)] as const, ["linear", 0] as const]) {
    const { annotations } = lossCurve({ wild, slow }, epochs).layout as { annotations: { x: number; text: string }[] };
    expect(annotations.at(-1)).toMatchObject({ text: expect.stringMatching(/^ends lowest/), x: expect.closeTo(start) });
  }
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

it("lays no remark on a curve", () => {
  const rising = curves({ rising: (x) => x }, [0, 1], { x: "x", y: "y" });
  for (const place of [0.2, 0.5, 0.8]) {
    const { annotations } = noted(rising, { x: place, y: place }, "a remark").layout as {
      annotations: { ax: number; ay: number }[];
    };
    const { ax, ay } = annotations.at(-1)!;
    expect(Math.abs(ax - ay)).toBeGreaterThan(0.03);
    for (const side of [ax, ay]) expect(side > 0 && side < 1).toBe(true);
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

describe("what a chart says of itself", () => {
  const said = (figure: { layout: object }): string[] =>
    ((figure.layout as { annotations?: { text: string }[] }).annotations ?? []).map(({ text }) => text);

  it("where nine tenths of a fall are done, and which of several descents ends lowest", () => {
    const epoch = run.history.find(({ loss }) => loss <= run.loss + 0.1 * (run.history[0].loss - run.loss))!.epoch;
    expect(said(lossCurve({ run }))).toContain(`nine tenths of the fall by epoch ${epoch}`);
    const named = { ["a name that has no room in the plot ".repeat(3)]: run };
    expect(said(lossCurve(named))).toEqual([`nine tenths of the fall by epoch ${epoch}`]);
    const short = descend(J, [0, 0], { epochs: 5, alpha: 0.01 });
    expect(said(lossCurve({ short, run })).join()).toMatch(/ends lowest, at 1\.\d/);
    expect(said(lossCurve({ run, again: run })).join()).toMatch(/all end near 1\.\d/);
    expect(said(lossCurve({ wild: descend(J, [0, 0], { epochs: 5, alpha: 0.2 }) })).join()).not.toContain("fall");
  });

  it("how far models are apart where there is no house, and the top of a curve", () => {
    const titles = { x: "floors", y: "price" };
    const both = { flat: () => 3, rising: (x: number) => x };
    expect(said(curves(both, [0, 6], titles, houses))).toContain("3 apart at 6 floors");
    expect(said(curves({ rising: both.rising }, [0, 6], titles, houses))).toContain("6 at 6 floors");
    expect(said(curves(both, [0, 4.5], titles, houses)).join()).not.toContain("apart");
    expect(said(curves({ hill: (x) => 2 - x * x }, [-1, 1], titles))).toContain("at most 2");
    expect(said(curves({ rising: both.rising }, [-1, 1], titles)).join()).not.toContain("at most");
  });

  it("where paths start, and what the loss is where they come to, if to one place", () => {
    const other = descend(J, [4, -6], { epochs: 500, alpha: 0.05 });
    expect(said(lossContour(J, { run }, window))).toEqual(["start", expect.stringMatching(/^J = 1\.\d+$/)]);
    expect(said(lossContour(J, { run, other }, window))).toEqual(["run", "other", expect.stringMatching(/^J = 1/)]);
    const near = descend(J, [4, -6], { epochs: 1, alpha: 0.001 });
    expect(said(lossContour(J, { run, near }, window)).filter((text) => text.startsWith("J"))).toHaveLength(0);
    expect(said(lossContour(J, { run, far: descend(J, [90, 0], { epochs: 1, alpha: 0.01 }) }, window))).not.toContain(
      "far",
    );
  });

  it("how much farther out the last step went", () => {
    const [wild, done] = [0.2, 0.05].map((alpha) => descend(J, [0, -3.3], { epochs: 4, alpha }));
    const frames = hops(J, [2.94, -3.3], { wild, done }).frames as { layout: object }[];
    const distance = ({ theta: [W] }: { theta: readonly number[] }): number => Math.abs(W - 2.94);
    const times = distance(wild.history[2]) / distance(wild.history[1]);
    const [shown] = said(frames[2]);
    expect(Number(/now (\S+) times/.exec(shown)?.[1])).toBeCloseTo(times, 1);
    expect(said(frames[0])).toEqual(["<b>wild</b>", "<b>done</b>"]);
  });

  it("the slope of a secant as rise over run, at each moment", () => {
    const frames = secants((x) => x * x, 1, [1, 0.5]).frames as { layout: object }[];
    expect(frames.map((frame) => said(frame)[0])).toEqual(["slope 3 / 1 = 3", "slope 1.25 / 0.5 = 2.5"]);
  });
});
