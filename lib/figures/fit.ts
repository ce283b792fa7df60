import type { Data as Trace } from "plotly.js-dist-min";
import type { Run, Step } from "../descent";
import type { Model } from "../models";
import type { Data, Objective, Theta } from "../types";
import { animate, axis, colour, type Figure, figure, houses, range, short } from "./figure";
import { contour, type Window } from "./loss";

const floors = axis("floors", { dtick: 1 });
const price = axis("price (100,000 EUR)");

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

function padded(values: readonly number[], part: number): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low) * part;
  return [low - room, high + room];
}
