import type { Data as Trace } from "plotly.js-dist-min";
import type { Run, Step } from "../descent";
import type { Model } from "../models";
import type { Data, Objective, Theta } from "../types";
import { animate, axis, colour, colours, type Figure, figure, houses, named, range, scale, short } from "./figure";

const floors = axis("floors", { dtick: 1 });
const price = axis("price (100,000 EUR)");
const decades = { type: "log", exponentformat: "power", dtick: 1 } as const;

/** The window of two parameters that a loss is drawn over. */
export interface Window {
  readonly W: readonly [number, number];
  readonly b: readonly [number, number];
}

/** The houses, the model's curve through them, and what it misses at each house. */
export function fit(model: Model, theta: Theta, data: Data): Figure {
  const { xs, ys } = curve(model, theta, data);
  const h = data.x.map((x) => model.predict(theta, x));
  const worst = data.y.reduce((at, y, i) => (Math.abs(y - h[i]) > Math.abs(data.y[at] - h[at]) ? i : at), 0);
  return figure(
    `The ${data.x.length} houses and the ${model.name}. It misses by at most ${Math.abs(data.y[worst] - h[worst]).toPrecision(3)} (in 100,000 EUR), at ${data.x[worst]} floor${data.x[worst] === 1 ? "" : "s"}.`,
    [
      ...data.x.map((x, i): Trace => ({
        type: "scatter",
        mode: "lines",
        x: [x, x],
        y: short([data.y[i], h[i]]),
        name: "residuals h(x) - y",
        legendgroup: "residuals",
        showlegend: i === 0,
        line: { color: colour.quiet, width: 2, dash: "dot" },
        hovertemplate: `residual ${(h[i] - data.y[i]).toPrecision(3)}<extra></extra>`,
      })),
      { type: "scatter", mode: "lines", x: xs, y: ys, name: model.name, line: { color: colour.model, width: 3 } },
      houses(data),
    ],
    { xaxis: floors, yaxis: price },
  );
}

/** The loss over a window of the two parameters as a surface, with the path of a descent on it. */
export function lossSurface(J: Objective, run: Run, window: Window): Figure {
  const grid = losses(J, window);
  const on = run.history;
  const from = on[0];
  const to = on[on.length - 1];
  const ceiling = 1.5 * from.loss; // what rises above it would dwarf the valley
  return figure(
    `The loss as a surface over W and b: a long valley. The descent starts at loss ${from.loss.toPrecision(4)}, falls down the steep side first and then creeps along the floor of the valley to W = ${to.theta[0].toPrecision(4)}, b = ${to.theta[1].toPrecision(4)}, where the loss is ${to.loss.toPrecision(4)}.`,
    [
      { type: "surface", ...grid, colorscale: scale, showscale: false, cmin: 0, cmax: ceiling, hovertemplate: "W = %{x:.2f}<br>b = %{y:.2f}<br>J = %{z:.3f}<extra></extra>" },
      {
        type: "scatter3d",
        mode: "lines+markers",
        x: short(on.map(({ theta }) => theta[0])),
        y: short(on.map(({ theta }) => theta[1])),
        z: short(on.map(({ loss }) => loss + 0.015 * ceiling)), // just above the surface, not half in it
        customdata: short(on.map(({ loss }) => loss)),
        name: "descent",
        line: { color: colour.data, width: 6 },
        marker: { color: colour.data, size: 3 },
        hovertemplate: "W = %{x:.3f}<br>b = %{y:.3f}<br>J = %{customdata:.4f}<extra></extra>",
      },
    ],
    { scene: { xaxis: named("W"), yaxis: named("b"), zaxis: { ...named("loss J"), range: [0, ceiling] }, camera: { eye: { x: -0.9, y: -1.2, z: 1.8 } } }, height: 520 },
  );
}

/** The loss seen from above, lines of equal loss evenly spaced in its logarithm, with the paths of descents. */
export function lossContour(J: Objective, runs: Readonly<Record<string, Run>>, window: Window): Figure {
  const names = Object.keys(runs);
  const ends = Object.entries(runs).map(([name, { theta }]) => `${name} at (${theta.map((value) => value.toPrecision(4)).join(", ")})`);
  return figure(
    `The loss over W and b from above, with ${names.length === 1 ? "the path of a descent" : `the paths of ${names.length} descents`}. They end: ${ends.join("; ")}.`,
    [contour(J, window), ...Object.entries(runs).map(([name, run], i) => path(run.history, name, names.length === 1 ? colour.data : colours[i % colours.length]))],
    { xaxis: axis("W", { range: [...window.W] }), yaxis: axis("b", { range: [...window.b] }), height: 480 },
  );
}

/** The loss against the epoch for one or more descents; its axis is logarithmic where the loss falls or grows far. */
export function lossCurve(runs: Readonly<Record<string, Run>>, epochs: "log" | "linear" = "log"): Figure {
  const told = Object.entries(runs).map(([name, { history }]) => `${name}: from ${history[0].loss.toPrecision(4)} to ${history[history.length - 1].loss.toPrecision(4)}`);
  const values = Object.values(runs).flatMap(({ history }) => history.map(({ loss }) => loss));
  const [least, largest] = [Math.min(...values), Math.max(...values)];
  return figure(
    `The loss against the epoch. ${told.join("; ")}.`,
    Object.entries(runs).map(([name, { history }], i) => {
      const shown = history.filter(({ epoch }) => epoch > 0 || epochs === "linear");
      return {
        type: "scatter",
        mode: "lines",
        x: shown.map(({ epoch }) => epoch),
        y: short(shown.map(({ loss }) => loss)),
        name,
        showlegend: true,
        line: { color: colours[i % colours.length], width: 2 },
        hovertemplate: "epoch %{x}<br>loss %{y}<extra></extra>",
      };
    }),
    { xaxis: axis("epoch", epochs === "log" ? decades : {}), yaxis: axis("loss J", largest > 8 * least ? decades : {}) },
  );
}

/** The loss along one parameter with its slope at some places, and which way descent goes there (L9). */
export function slopes(J: Objective, theta: Theta, j: number, name: string, places: readonly number[], window: readonly [number, number]): Figure {
  const at = (value: number): Theta => theta.map((other, k) => (k === j ? value : other));
  const xs = range(...window, 81);
  const reach = (window[1] - window[0]) / 12;
  const tangents = places.map((x) => ({ x, y: J.value(at(x)), slope: J.gradient(at(x))[j] }));
  return figure(
    `The loss along ${name}, a parabola. ${tangents.map(({ x, slope }) => `At ${name} = ${x.toPrecision(3)} the slope is ${Math.abs(slope) < 1e-9 ? 0 : slope.toPrecision(3)}, so descent ${Math.abs(slope) < 1e-9 ? "stays" : slope > 0 ? `makes ${name} smaller` : `makes ${name} larger`}`).join(". ")}.`,
    [
      { type: "scatter", mode: "lines", x: short(xs), y: short(xs.map((x) => J.value(at(x)))), name: `J along ${name}`, line: { color: colour.model, width: 3 } },
      ...tangents.map(({ x, y, slope }, i): Trace => ({
        type: "scatter",
        mode: "lines+markers",
        x: short([x - reach, x, x + reach]),
        y: short([y - slope * reach, y, y + slope * reach]),
        name: `slope ${Number(slope.toFixed(3))}`,
        line: { color: colours[1 + (i % 4)], width: 3 },
        marker: { size: [0, 10, 0] },
      })),
    ],
    {
      xaxis: axis(name),
      yaxis: axis("loss J"),
      annotations: tangents
        .filter(({ slope }) => Math.abs(slope) > 1e-9)
        .map(({ x, y, slope }) => ({ x: x - Math.sign(slope) * 1.6 * reach, y, ax: x, ay: y, xref: "x", yref: "y", axref: "x", ayref: "y", text: "", arrowhead: 2, arrowwidth: 3, arrowcolor: colour.quiet })),
    },
  );
}

/** Training as it happens: the curve among the houses on the left, the way over the loss on the right. */
export function training(model: Model, J: Objective, run: Run, data: Data, window: Window): Figure {
  const steps = milestones(run.history, 36);
  const moment = (k: number): Partial<Trace>[] => {
    const { xs, ys } = curve(model, steps[k].theta, data);
    const { theta } = steps[k];
    const walked = steps.slice(0, k + 1);
    return [
      { x: xs, y: ys },
      { x: short(walked.map((step) => step.theta[0])), y: short(walked.map((step) => step.theta[1])) },
      { x: short([theta[0]]), y: short([theta[1]]), name: `J = ${steps[k].loss.toPrecision(4)}` },
    ];
  };
  const [line, trail, point] = moment(0);
  const last = steps[steps.length - 1];
  const still = figure(
    `Training of the ${model.name} in ${steps.length} moments. Left: its curve turns towards the houses. Right: the point (W, b) goes over the loss from (${steps[0].theta.map((v) => v.toPrecision(3)).join(", ")}) to (${last.theta.map((v) => v.toPrecision(3)).join(", ")}); the loss falls from ${steps[0].loss.toPrecision(4)} to ${last.loss.toPrecision(4)}.`,
    [
      { type: "scatter", mode: "lines", ...line, name: model.name, line: { color: colour.model, width: 3 }, showlegend: false },
      { ...houses(data), showlegend: false },
      { ...contour(J, window), xaxis: "x2", yaxis: "y2" },
      { type: "scatter", mode: "lines", ...trail, xaxis: "x2", yaxis: "y2", line: { color: colour.data, width: 2 }, showlegend: false },
      { type: "scatter", mode: "markers", ...point, xaxis: "x2", yaxis: "y2", marker: { color: colour.data, size: 12 }, showlegend: true },
    ] as Trace[],
    {
      xaxis: { ...floors, domain: [0, 0.44] },
      yaxis: { ...price, range: padded(data.y, 0.35) },
      xaxis2: axis("W", { domain: [0.58, 1], range: [...window.W] }),
      yaxis2: axis("b", { anchor: "x2", range: [...window.b] }),
      height: 500,
    },
  );
  return animate(still, "epoch", steps.map(({ epoch }, k) => ({ label: String(epoch), traces: [0, 3, 4], data: moment(k) })));
}

/** Some moments of a descent, evenly along its way: many where the parameters move, few where they rest. */
export function milestones(history: readonly Step[], n: number): Step[] {
  const way = [0];
  for (let i = 1; i < history.length; i++)
    way[i] = way[i - 1] + Math.hypot(...history[i].theta.map((value, p) => value - history[i - 1].theta[p]));
  const total = way[way.length - 1];
  const last = history.length - 1;
  return history.filter((_, i) => i === 0 || i === last || Math.floor((way[i] / total) * (n - 1)) > Math.floor((way[i - 1] / total) * (n - 1)));
}

function curve(model: Model, theta: Theta, data: Data): { xs: number[]; ys: number[] } {
  const xs = range(...padded(data.x, 0.1), 61);
  return { xs: short(xs), ys: short(xs.map((x) => model.predict(theta, x))) };
}

function path(history: readonly Step[], name: string, color: string): Trace {
  return {
    type: "scatter",
    mode: "lines+markers",
    x: short(history.map(({ theta }) => theta[0])),
    y: short(history.map(({ theta }) => theta[1])),
    name,
    showlegend: true,
    line: { color, width: 2 },
    marker: { color, size: 4 },
    text: history.map(({ epoch, loss }) => `epoch ${epoch}, J = ${loss.toPrecision(4)}`),
    hovertemplate: "W = %{x:.3f}<br>b = %{y:.3f}<br>%{text}<extra></extra>",
  };
}

function contour(J: Objective, window: Window): Trace {
  const { x, y, z } = losses(J, window);
  return {
    type: "contour",
    x,
    y,
    z: z.map((row) => short(row.map(Math.log10))),
    colorscale: scale,
    showscale: false,
    ncontours: 16,
    contours: { coloring: "heatmap" },
    line: { width: 0.5, color: "rgba(255,255,255,0.45)" },
    customdata: z,
    hovertemplate: "W = %{x:.2f}<br>b = %{y:.2f}<br>J = %{customdata:.3f}<extra></extra>",
  };
}

function losses(J: Objective, window: Window): { x: number[]; y: number[]; z: number[][] } {
  const x = short(range(...window.W, 49));
  const y = short(range(...window.b, 49));
  return { x, y, z: y.map((b) => short(x.map((W) => J.value([W, b])))) };
}

function padded(values: readonly number[], part: number): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low) * part;
  return [low - room, high + room];
}
