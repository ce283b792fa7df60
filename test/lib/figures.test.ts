import { expect, it } from "vitest";
import { descend } from "../../lib/descent";
import { partialSlopes, secants, stepErrors } from "../../lib/figures/derivatives";
import { fit, milestones, training } from "../../lib/figures/fit";
import { curves, ranking } from "../../lib/figures/functions";
import { lossContour, lossCurve, lossSurface, slopes } from "../../lib/figures/loss";
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
  lossCurveWithUnit: () => lossCurve({ run, again: run }, "linear", J.unit),
  slopes: () => slopes(J, [0, -3.3], 0, "W", [1, 5], [0, 6]),
  curves: () => curves({ square }, [-1, 2], { x: "x", y: "y" }, houses),
  ranking: () => ranking([3, 1, 2], "MAE"),
  backpropagation: () => backpropagation(relu, [0.5, 0.25, 1.5, -0.5], 3, 4.5),
  training: () => training(linear, J, run, houses, window),
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
  const { alt } = backpropagation(relu, theta, 3, 4.5);
  expect(alt).toContain(`by W2 ${text(W2)}, by b2 ${text(b2)}`);
  expect(alt).toContain(`by W1 ${text(W1)}, by b1 ${text(b1)}.`);
});
