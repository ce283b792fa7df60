import type { Layout, Data as Trace } from "plotly.js-dist-min";
import type { Run, Step } from "../descent";
import type { Objective, Theta } from "../types";
import {
  axis,
  colour,
  decades,
  type Figure,
  figure,
  grouped,
  labels,
  named,
  range,
  scale,
  short,
  solid,
  stroke,
  thin,
  told,
} from "./figure";

/** The window of two parameters that a loss is drawn over. */
export interface Window {
  readonly W: readonly [number, number];
  readonly b: readonly [number, number];
}

/** The loss over a window of the two parameters as a surface, with the path of a descent on it. */
export function lossSurface(J: Objective, run: Run, window: Window): Figure {
  const from = run.history[0];
  const to = run.history[run.history.length - 1];
  const { data, scene, ceiling } = surface(J, window, from, to);
  return figure(
    `The loss as a surface over W and b, with the path of a descent on it. It starts at W = ${told(from.theta[0])}, b = ${told(from.theta[1])}, where the loss is ${told(from.loss, 4)}, and ends at W = ${told(to.theta[0], 4)}, b = ${told(to.theta[1], 4)}, where it is ${told(to.loss, 4)}.${manner(run.history)}`,
    [...data, ...moving(ceiling, run.history)],
    { scene, height: 520 },
  );
}

/** How fast a descent falls, and whether it jumps to and fro on the way. */
function manner(history: readonly Step[]): string {
  const [from, to] = [history[0], history[history.length - 1]];
  const low = history.find(({ loss }) => loss <= to.loss + 0.1 * (from.loss - to.loss)) ?? to;
  const moves = history.slice(1).map(({ theta }, k) => theta.map((value, p) => value - history[k].theta[p]));
  const turns = moves
    .slice(1)
    .filter((move, k) => move.reduce((sum, value, p) => sum + value * moves[k][p], 0) < 0).length;
  const fast =
    from.loss > to.loss
      ? ` Nine tenths of the fall are done by epoch ${grouped(low.epoch)} of ${grouped(to.epoch)}.`
      : "";
  return turns > 4 ? `${fast} On the way it jumps from side to side.` : fast;
}

/** The loss as a surface, and a scene around it that is seen from where no wall hides the way from one step to the other. */
export function surface(
  J: Objective,
  window: Window,
  from: Step,
  to: Step,
): { data: Trace[]; scene: NonNullable<Layout["scene"]>; ceiling: number } {
  const ceiling = 1.2 * from.loss; // what rises above it would dwarf the valley
  const look = { colorscale: scale, showscale: false, cmin: 0, cmax: ceiling } as const;
  return {
    ceiling,
    data: [
      {
        type: "surface",
        ...losses(J, window),
        ...look,
        hovertemplate: `W = %{x:.2f}<br>b = %{y:.2f}<br>loss J = %{z:.3~g}${J.unit ? ` × ${J.unit}` : ""}<extra></extra>`,
      },
    ],
    scene: {
      xaxis: named("W"),
      yaxis: named("b"),
      zaxis: { ...named("loss J"), range: [0, ceiling] },
      camera: { eye: facing(from, to, window) },
    },
  };
}

/** From above, from the end of the way back towards its start, and a little aslant: it comes down a wall that faces the eye. */
function facing(from: Step, to: Step, { W, b }: Window): { x: number; y: number; z: number } {
  const [u, v] = [(to.theta[0] - from.theta[0]) / (W[1] - W[0]), (to.theta[1] - from.theta[1]) / (b[1] - b[0])];
  const far = 1.15 / (Math.hypot(u, v) || 1);
  const [x, y] = short([(0.96 * u - 0.28 * v) * far, (0.28 * u + 0.96 * v) * far]);
  return { x, y, z: 1.75 };
}

/** The path of a descent on the surface, and the point where it has come to. */
export function moving(ceiling: number, history: readonly Step[]): Trace[] {
  const [path, point] = walk(ceiling, history);
  const hovertemplate = "%{text}<br>W = %{x:.3f}<br>b = %{y:.3f}<extra></extra>";
  return [
    {
      type: "scatter3d",
      mode: "lines+markers",
      ...path,
      name: "descent",
      showlegend: false,
      line: { color: colour.data, width: 6 },
      marker: { color: colour.data, size: 2.5 },
      hovertemplate,
    },
    {
      type: "scatter3d",
      mode: "markers",
      ...point,
      showlegend: true,
      marker: { color: colour.data, size: 8, line: { color: "white", width: 1 } },
      hovertemplate,
    },
  ] as Trace[];
}

/** What of the path and the point changes from one moment to the next. They lie just above the surface, not half in it. */
export function walk(ceiling: number, history: readonly Step[]): Partial<Trace>[] {
  const at = (steps: readonly Step[], lift: number) => ({
    x: short(steps.map(({ theta }) => theta[0])),
    y: short(steps.map(({ theta }) => theta[1])),
    z: short(steps.map(({ loss }) => loss + lift * ceiling)),
    text: steps.map(({ epoch, loss }) => `epoch ${grouped(epoch)}: loss J = ${told(loss, 4)}`),
  });
  const last = history[history.length - 1];
  return [at(history, 0.02), { ...at([last], 0.1), name: `loss J = ${told(last.loss, 4)}` }];
}

/** The window, made wider where a path leaves it. */
export function widened({ W, b }: Window, history: readonly Step[]): Window {
  const side = ([low, high]: readonly [number, number], p: number): [number, number] => {
    const values = history.map(({ theta }) => theta[p]);
    const room = 0.05 * (high - low);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return [least < low ? least - room : low, most > high ? most + room : high];
  };
  return { W: side(W, 0), b: side(b, 1) };
}

/** The loss seen from above, lines of equal loss evenly spaced in its logarithm, with the paths of descents. */
export function lossContour(J: Objective, runs: Readonly<Record<string, Run>>, window: Window): Figure {
  const names = Object.keys(runs);
  const ends = Object.entries(runs).map(
    ([name, { history, theta }]) => `${name} from (${pair(history[0].theta)}) to (${pair(theta)})`,
  );
  return figure(
    `The loss over W and b from above, with ${names.length === 1 ? "the path of a descent" : `the paths of ${names.length} descents`}. They go, as (W, b): ${ends.join("; ")}.`,
    [
      contour(J, window),
      ...Object.entries(runs).map(([name, run], i) =>
        path(run.history, name, names.length === 1 ? { color: colour.data, width: 3 } : solid(i)),
      ),
    ],
    {
      xaxis: axis("parameter W", { range: [...window.W] }),
      yaxis: axis("parameter b", { range: [...window.b] }),
      height: 480,
    },
  );
}

function pair(theta: Theta): string {
  return theta.map((value) => told(value)).join(", ");
}

/** The loss against the epoch for one or more descents, in the unit of the loss; its axis is logarithmic where the loss falls or grows far. */
export function lossCurve(
  runs: Readonly<Record<string, Run>>,
  epochs: "log" | "linear" = "log",
  unit?: string,
): Figure {
  const values = Object.values(runs).flatMap(({ history }) => history.map(({ loss }) => loss));
  const [least, largest] = [Math.min(...values), Math.max(...values)];
  const far = largest > 8 * least;
  const last = Math.max(...Object.values(runs).map((run) => run.epochs));
  return figure(
    `The loss against the epoch${far ? ", on a logarithmic axis" : ""}. ${Object.entries(runs)
      .map(([name, run]) => `${name}: ${course(run)}`)
      .join("; ")}.`,
    Object.entries(runs).map(([name, { history }], i) => {
      const shown = history.filter(({ epoch }) => epoch > 0 || epochs === "linear");
      return {
        type: "scatter",
        mode: "lines",
        x: shown.map(({ epoch }) => epoch),
        y: short(shown.map(({ loss }) => loss)),
        name,
        showlegend: true,
        line: stroke(i),
        hovertemplate: `${name}<br>epoch %{x:,d}: loss J = %{y:,.4~r}<extra></extra>`,
      };
    }),
    {
      xaxis: axis("epoch", epochs === "log" ? decades(1, last) : {}),
      yaxis: axis(lossIn(unit), far ? decades(least, largest) : {}),
    },
  );
}

/** From where to where the loss goes, and by way of what, if it was lower or higher on the way. */
function course({ history }: Run): string {
  const losses = history.map(({ loss }) => loss);
  const [first, last] = [losses[0], losses[losses.length - 1]];
  const [least, most] = [Math.min(...losses), Math.max(...losses)];
  const low = least < 0.99 * Math.min(first, last) ? `, at least ${told(least, 4)}` : "";
  const high = most > 1.01 * Math.max(first, last) ? `, at most ${told(most, 4)}` : "";
  return `from ${told(first, 4)} to ${told(last, 4)} in ${grouped(history[history.length - 1].epoch)} epochs${low}${high}`;
}

function lossIn(unit: string | undefined): string {
  return unit === undefined ? "loss J" : `loss J, in ${unit}`;
}

/** The loss along one parameter with its slope at some places, and which way descent goes there (L9). */
export function slopes(
  J: Objective,
  theta: Theta,
  j: number,
  name: string,
  places: readonly number[],
  window: readonly [number, number],
): Figure {
  const at = (value: number): Theta => theta.map((other, k) => (k === j ? value : other));
  const xs = range(...window, 81);
  const reach = (window[1] - window[0]) / 12;
  const tangents = places.map((x) => {
    const slope = J.gradient(at(x))[j];
    return { x, y: J.value(at(x)), slope: Math.abs(slope) < 1e-9 ? 0 : slope };
  });
  const moves = tangents
    .filter(({ slope }) => slope !== 0)
    .map(({ x, y, slope }) => ({ x, y, to: x - Math.sign(slope) * 1.6 * reach }));
  return figure(
    `The loss along ${name}. ${tangents.map(({ x, slope }) => `At ${name} = ${told(x)} the slope is ${told(slope)}, so descent ${slope === 0 ? "stays" : slope > 0 ? `makes ${name} smaller` : `makes ${name} larger`}`).join(". ")}.`,
    [
      {
        type: "scatter",
        mode: "lines",
        x: short(xs),
        y: short(xs.map((x) => J.value(at(x)))),
        name: `loss along ${name}`,
        line: { color: colour.model, width: 3 },
        hovertemplate: `${name} = %{x:.2f}<br>loss J = %{y:.3~f}<extra></extra>`,
      },
      ...tangents.map(
        ({ x, y, slope }, i): Trace => ({
          type: "scatter",
          mode: "lines+markers",
          x: short([x - reach, x, x + reach]),
          y: short([y - slope * reach, y, y + slope * reach]),
          name: `slope ${told(slope)}`,
          line: { ...solid(i + 1), width: 4 },
          marker: { size: [0, 11, 0] },
          hovertemplate: `at ${name} = ${told(x)} the loss is ${told(y)}<br>and its slope ${told(slope)}<extra></extra>`,
        }),
      ),
    ],
    {
      xaxis: axis(`parameter ${name}`),
      yaxis: axis(lossIn(J.unit)),
      annotations: moves.flatMap(({ x, y, to }) => [
        {
          x: to,
          y,
          ax: x,
          ay: y,
          xref: "x",
          yref: "y",
          axref: "x",
          ayref: "y",
          text: "",
          startstandoff: 8,
          arrowhead: 2,
          arrowwidth: 3,
          arrowcolor: colour.quiet,
        },
        { x: (x + to) / 2, y, text: "descent", showarrow: false, yshift: 14 },
      ]),
    },
  );
}

/** Where a descent went, seen from above; a ring stands at its start. */
function path(history: readonly Step[], name: string, line: { color: string; width: number }): Trace {
  return {
    type: "scatter",
    mode: "lines+markers",
    x: short(history.map(({ theta }) => theta[0])),
    y: short(history.map(({ theta }) => theta[1])),
    name,
    showlegend: true,
    line,
    marker: {
      color: line.color,
      size: history.map((_, k) => (k === 0 ? 12 : 4)),
      symbol: history.map((_, k) => (k === 0 ? "circle-open" : "circle")),
      line: { width: history.map((_, k) => (k === 0 ? 3 : 0)) },
      opacity: 1,
    },
    text: history.map(({ epoch, loss }) => `epoch ${grouped(epoch)}: loss J = ${told(loss, 4)}`),
    hovertemplate: `${name}<br>%{text}<br>W = %{x:.3f}<br>b = %{y:.3f}<extra></extra>`,
  };
}

/** The loss from above as a trace: dark is low, its lines evenly spaced in the loss' logarithm. */
function contour(J: Objective, window: Window): Trace {
  const { x, y, z } = losses(J, window);
  return {
    type: "contour",
    x,
    y,
    z: z.map((row) => short(row.map(Math.log10))),
    colorscale: thin,
    colorbar: key(z, J.unit),
    ncontours: 16,
    contours: { coloring: "heatmap" },
    line: { width: 0.5, color: "rgba(255,255,255,0.5)" },
    customdata: z,
    hovertemplate: "W = %{x:.2f}<br>b = %{y:.2f}<br>loss J = %{customdata:.3~g}<extra></extra>",
  };
}

/** What the colours stand for: a label at 1, 2, 5, 10, ... as far as the loss goes. */
function key(losses: readonly (readonly number[])[], unit: string | undefined): object {
  const shown = labels(Math.min(...losses.flat()), Math.max(...losses.flat()));
  return {
    title: { text: lossIn(unit), side: "right" },
    tickvals: short(shown.map(Math.log10)),
    ticktext: shown.map(String),
  };
}

function losses(J: Objective, window: Window): { x: number[]; y: number[]; z: number[][] } {
  const x = short(range(...window.W, 49));
  const y = short(range(...window.b, 49));
  return { x, y, z: y.map((b) => short(x.map((W) => J.value([W, b])))) };
}
