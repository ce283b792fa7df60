import type { Layout, LayoutAxis, Data as Trace } from "plotly.js-dist-min";
import { descend, type Run, type Step } from "../descent";
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

/** From where to where each of two parameters goes in a picture of the loss over both: `{ W: [-1, 5], b: [-6, 3] }`. */
export type Window = Readonly<Record<string, readonly [number, number]>>;

/** The names of the two parameters that a loss is drawn over. */
export type Pair = readonly [string, string];

/**
 * The two parameters of an objective, by their names.
 *
 * @throws RangeError when it has not two, or the window is over others or has no width.
 */
export function pairOf({ parameters }: Objective, window: Window, runs: readonly Run[]): Pair {
  const given = Object.keys(window);
  const number = parameters?.length ?? runs[0]?.theta.length ?? given.length;
  if (number !== 2)
    throw new RangeError(
      `The loss can be drawn over two parameters, and this one has ${number}${parameters ? ` (${parameters.join(", ")})` : ""}: draw it against the epoch, with lossCurve, or along one of them, with slopes.`,
    );
  const names = parameters ?? given;
  if (given.length !== 2 || !names.every((name) => given.includes(name)))
    throw new RangeError(
      `The window is over ${given.join(" and ") || "nothing"}, but the parameters are ${names.join(" and ")}: give from where to where each of them goes.`,
    );
  const [u, v] = names;
  for (const [low, high] of [window[u], window[v]])
    if (!(high - low > 0 && Number.isFinite(high - low)))
      throw new RangeError(`The window goes from ${low} to ${high}: give two numbers, the smaller first.`);
  return [u, v];
}

/** The loss over a window of its two parameters as a surface, with the path of a descent on it. */
export function lossSurface(J: Objective, run: Run, window: Window): Figure {
  const pair = pairOf(J, window, [run]);
  const [u, v] = pair;
  const from = run.history[0];
  const to = run.history[run.history.length - 1];
  const { data, scene, ceiling } = surface(J, pair, window, from, to);
  return figure(
    `The loss as a surface over ${u} and ${v}, with the path of a descent on it. It starts at ${u} = ${told(from.theta[0])}, ${v} = ${told(from.theta[1])}, where the loss is ${told(from.loss, 4)}, and ends at ${u} = ${told(to.theta[0], 4)}, ${v} = ${told(to.theta[1], 4)}, where it is ${told(to.loss, 4)}.${manner(run.history)}`,
    [...data, ...moving(pair, ceiling, run.history)],
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
  [u, v]: Pair,
  window: Window,
  from: Step,
  to: Step,
): { data: Trace[]; scene: NonNullable<Layout["scene"]>; ceiling: number } {
  const ceiling = 1.2 * from.loss || 1; // what rises above it would dwarf the valley
  const look = { colorscale: scale, showscale: false, cmin: 0, cmax: ceiling } as const;
  return {
    ceiling,
    data: [
      {
        type: "surface",
        ...losses(J, window[u], window[v]),
        ...look,
        hovertemplate: `${u} = %{x:.2f}<br>${v} = %{y:.2f}<br>loss J = %{z:.3~g}${J.unit ? ` × ${J.unit}` : ""}<extra></extra>`,
      },
    ],
    scene: {
      xaxis: named(u),
      yaxis: named(v),
      zaxis: { ...named("loss J"), range: [0, ceiling] },
      camera: { eye: facing(from, to, window[u], window[v]) },
    },
  };
}

/** From above, from the end of the way back towards its start, and a little aslant: it comes down a wall that faces the eye. */
function facing(
  from: Step,
  to: Step,
  ...sides: readonly (readonly [number, number])[]
): { x: number; y: number; z: number } {
  const [du, dv] = sides.map(([low, high], p) => (to.theta[p] - from.theta[p]) / (high - low));
  const far = 1.15 / (Math.hypot(du, dv) || 1);
  const [x, y] = short([(0.96 * du - 0.28 * dv) * far, (0.28 * du + 0.96 * dv) * far]);
  return { x, y, z: 1.75 };
}

/** The path of a descent on the surface, and the point where it has come to. */
export function moving([u, v]: Pair, ceiling: number, history: readonly Step[]): Trace[] {
  const [path, point] = walk(ceiling, history);
  const hovertemplate = `%{text}<br>${u} = %{x:.3f}<br>${v} = %{y:.3f}<extra></extra>`;
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
export function widened(window: Window, pair: Pair, history: readonly Step[]): Window {
  const side = ([low, high]: readonly [number, number], p: number): [number, number] => {
    const values = history.map(({ theta }) => theta[p]);
    const room = 0.05 * (high - low);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return [least < low ? least - room : low, most > high ? most + room : high];
  };
  return Object.fromEntries(pair.map((name, p) => [name, side(window[name], p)]));
}

/**
 * The loss seen from above, lines of equal loss evenly spaced in its logarithm, with the paths of descents. The axes
 * fill the chart, each with a scale of its own; `equal` gives them one, so that angles are those of the parameters.
 */
export function lossContour(
  J: Objective,
  runs: Readonly<Record<string, Run>>,
  window: Window,
  scales: "own" | "equal" = "own",
): Figure {
  const pair = pairOf(J, window, Object.values(runs));
  const [u, v] = pair;
  const names = Object.keys(runs);
  const ends = Object.entries(runs).map(
    ([name, { history, theta }]) => `${name} from (${values(history[0].theta)}) to (${values(theta)})`,
  );
  const one = scales === "equal" ? ({ scaleanchor: "x", scaleratio: 1, constrain: "domain" } as const) : {};
  return figure(
    `The loss over ${u} and ${v} from above, with ${names.length === 1 ? "the path of a descent" : `the paths of ${names.length} descents`}. They go, as (${u}, ${v}): ${ends.join("; ")}.`,
    [
      contour(J, pair, window),
      ...Object.entries(runs).map(([name, run], i) =>
        path(pair, run.history, name, names.length === 1 ? { color: colour.data, width: 3 } : solid(i)),
      ),
    ],
    {
      xaxis: axis(`parameter ${u}`, {
        range: [...window[u]],
        ...(scales === "equal" ? { constrain: "domain" as const } : {}),
      }),
      yaxis: axis(`parameter ${v}`, { range: [...window[v]], ...one }),
      height: 480,
    },
  );
}

function values(theta: Theta): string {
  return theta.map((value) => told(value)).join(", ");
}

/** Where epoch 0 stands on a logarithmic axis, which has no 0: before epoch 1, and 0 when it is rounded. */
const START = 0.4;

/**
 * The loss against the epoch for one or more descents, from the start (epoch 0), in the unit of the loss; its axis is
 * logarithmic where the loss falls or grows far.
 */
export function lossCurve(
  runs: Readonly<Record<string, Run>>,
  epochs: "log" | "linear" = "log",
  unit?: string,
): Figure {
  const losses = Object.values(runs).flatMap(({ history }) => history.map(({ loss }) => loss));
  const [least, largest] = [Math.min(...losses.filter((loss) => loss > 0)), Math.max(...losses)];
  const far = largest > 8 * least;
  const last = Math.max(...Object.values(runs).map((run) => run.epochs));
  return figure(
    `The loss against the epoch${far ? ", on a logarithmic axis" : ""}. ${Object.entries(runs)
      .map(([name, run]) => `${name}: ${course(run)}`)
      .join("; ")}.`,
    Object.entries(runs).map(([name, { history }], i) => ({
      type: "scatter",
      mode: "lines",
      x: history.map(({ epoch }) => (epochs === "log" ? Math.max(epoch, START) : epoch)),
      y: history.map(({ loss }) => (far && loss <= 0 ? null : short([loss])[0])),
      name,
      showlegend: true,
      line: stroke(i),
      hovertemplate: `${name}<br>epoch %{x:,d}: loss J = %{y:,.4~r}<extra></extra>`,
    })),
    {
      xaxis: axis("epoch", epochs === "log" ? fromStart(last) : {}),
      yaxis: axis(lossIn(unit), far ? decades(least, largest) : {}),
    },
  );
}

/** A logarithmic axis of epochs that begins with epoch 0. */
function fromStart(last: number): Partial<LayoutAxis> {
  const marks = labels(1, last).filter((value) => last <= 200 || Number.isInteger(Math.log10(value)));
  return {
    type: "log",
    tickvals: [START, ...marks],
    ticktext: ["0", ...marks.map((value) => (value < 1000 ? String(value) : `10<sup>${Math.log10(value)}</sup>`))],
    range: [-0.45, short([Math.log10(1.2 * last)])[0]],
  };
}

/**
 * More epochs of a descent, so many stretches of them: the band between the least and the largest loss of each. It shows
 * how a descent trembles, where a curve through a few epochs shows only some of it.
 *
 * @throws DivergenceError and RangeError as `descend` does.
 */
export function lossBand(J: Objective, from: Step, { epochs, alpha }: { epochs: number; alpha: number }): Figure {
  const stretches = 100;
  const ends = range(0, epochs, stretches + 1).map(Math.round);
  let theta = from.theta;
  const bands = ends.slice(1).map((end, k) => {
    const run = descend(J, theta, { epochs: end - ends[k], alpha });
    theta = run.theta;
    const losses = run.history.map(({ loss }) => loss);
    return { epoch: from.epoch + ends[k], low: run.best.loss, high: Math.max(...losses) };
  });
  const [first, last] = [bands[0], bands[bands.length - 1]];
  const edge = (name: string, at: "low" | "high"): Trace => ({
    type: "scatter",
    mode: "lines",
    x: bands.map(({ epoch }) => epoch),
    y: short(bands.map((band) => band[at])),
    name,
    showlegend: true,
    line: { color: at === "high" ? colour.data : colour.model, width: 2 },
    ...(at === "high" ? { fill: "tonexty", fillcolor: "rgba(138,138,138,0.3)" } : {}),
    hovertemplate: `from epoch %{x:,d} on: ${name} %{y:.3~g}<extra></extra>`,
  });
  return figure(
    `The least and the largest loss in each of ${stretches} stretches of ${grouped(Math.round(epochs / stretches))} epochs, on a logarithmic axis. From epoch ${grouped(first.epoch)} on they are ${told(first.low)} and ${told(first.high)}, from epoch ${grouped(last.epoch)} on ${told(last.low)} and ${told(last.high)}.`,
    [edge("least loss", "low"), edge("largest loss", "high")],
    {
      xaxis: axis("epoch"),
      yaxis: axis(lossIn(J.unit), {
        ...decades(Math.min(...bands.map(({ low }) => low)), Math.max(...bands.map(({ high }) => high))),
      }),
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
function path([u, v]: Pair, history: readonly Step[], name: string, line: { color: string; width: number }): Trace {
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
    hovertemplate: `${name}<br>%{text}<br>${u} = %{x:.3f}<br>${v} = %{y:.3f}<extra></extra>`,
  };
}

/** The loss from above as a trace: dark is low, its lines evenly spaced in the loss' logarithm. */
function contour(J: Objective, [u, v]: Pair, window: Window): Trace {
  const { x, y, z } = losses(J, window[u], window[v]);
  return {
    type: "contour",
    x,
    y,
    z: z.map((row) => row.map((loss) => (loss > 0 ? short([Math.log10(loss)])[0] : null))),
    colorscale: thin,
    colorbar: key(z, J.unit),
    ncontours: 16,
    contours: { coloring: "heatmap" },
    line: { width: 0.5, color: "rgba(255,255,255,0.5)" },
    customdata: z,
    hovertemplate: `${u} = %{x:.2f}<br>${v} = %{y:.2f}<br>loss J = %{customdata:.3~g}<extra></extra>`,
  };
}

/** What the colours stand for: a label at 1, 2, 5, 10, ... as far as the loss goes. */
function key(losses: readonly (readonly number[])[], unit: string | undefined): object {
  const above0 = losses.flat().filter((loss) => loss > 0);
  const shown = labels(Math.min(...above0), Math.max(...above0));
  return {
    title: { text: lossIn(unit), side: "right" },
    tickvals: short(shown.map(Math.log10)),
    ticktext: shown.map(String),
  };
}

function losses(
  J: Objective,
  us: readonly [number, number],
  vs: readonly [number, number],
): { x: number[]; y: number[]; z: number[][] } {
  const [x, y] = [us, vs].map((side) => short(range(...side, 49)));
  return { x, y, z: y.map((v) => short(x.map((u) => J.value([u, v])))) };
}
