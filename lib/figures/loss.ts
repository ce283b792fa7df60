import type { Data as Trace } from "plotly.js-dist-min";
import type { Run, Step } from "../descent";
import type { Objective, Theta } from "../types";
import { axis, colour, colours, type Figure, figure, named, range, scale, short } from "./figure";

const decades = { type: "log", exponentformat: "power", dtick: 1 } as const;

/** The window of two parameters that a loss is drawn over. */
export interface Window {
  readonly W: readonly [number, number];
  readonly b: readonly [number, number];
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

/** The loss from above as a trace: dark is low, its lines evenly spaced in the loss' logarithm. */
export function contour(J: Objective, window: Window): Trace {
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
