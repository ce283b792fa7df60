import type { Annotation, Data as Trace } from "plotly.js-dist-min";
import type { Run, Step } from "../descent";
import type { Figure, Objective, Theta } from "../types";
import { axis, colour, figure, grouped, labels, lossIn, onColours, scale, short, solid, told } from "./figure";
import { fall } from "./loss";
import { losses, moving, surface } from "./surface";
import { type Pair, pairOf, type Window } from "./window";

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
    { scene: { ...scene, annotations: marked(run.history, ceiling) }, height: 520 },
  );
}

/** The remark on a surface: where most of the fall is done. */
function marked(history: readonly Step[], ceiling: number): object[] {
  const [low, text] = fall(history);
  if (!low) return [];
  const [x, y, z] = short([...low.theta, low.loss + 0.1 * ceiling]);
  return [{ x, y, z, text, ...onColours, showarrow: true, ax: 0, ay: -60, arrowcolor: "white" }];
}

/** How fast a descent falls, and whether it jumps to and fro on the way. */
function manner(history: readonly Step[]): string {
  const [low] = fall(history);
  const moves = history.slice(1).map(({ theta }, k) => theta.map((value, p) => value - history[k].theta[p]));
  const turns = moves
    .slice(1)
    .filter((move, k) => move.reduce((sum, value, p) => sum + value * moves[k][p], 0) < 0).length;
  const fast = low
    ? ` Nine tenths of the fall are done by epoch ${grouped(low.epoch)} of ${grouped(history[history.length - 1].epoch)}.`
    : "";
  return turns > 4 ? `${fast} On the way it jumps from side to side.` : fast;
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
    `The loss over ${u} and ${v} from above, with ${names.length === 1 ? "the path of a descent. It goes" : `the paths of ${names.length} descents. They go`}, as (${u}, ${v}): ${ends.join("; ")}.`,
    [
      contour(J, pair, window),
      ...Object.entries(runs).flatMap(([name, run], i) =>
        path(pair, run.history, name, names.length === 1 ? { color: colour.descent, width: 3 } : solid(i)),
      ),
    ],
    {
      xaxis: axis(`parameter ${u}`, {
        range: [...window[u]],
        ...(scales === "equal" ? { constrain: "domain" as const } : {}),
      }),
      yaxis: axis(`parameter ${v}`, { range: [...window[v]], ...one }),
      annotations: named(pair, runs, window),
      height: 480,
    },
  );
}

function values(theta: Theta): string {
  return theta.map((value) => told(value)).join(", ");
}

/** Where a descent went, seen from above; a ring stands at its start. */
function path([u, v]: Pair, history: readonly Step[], name: string, line: { color: string; width: number }): Trace[] {
  const way = {
    type: "scatter" as const,
    x: short(history.map(({ theta }) => theta[0])),
    y: short(history.map(({ theta }) => theta[1])),
    name,
    showlegend: false,
  };
  const edge: Trace = { ...way, mode: "lines", line: { color: "white", width: line.width + 2.5 }, hoverinfo: "skip" };
  const drawn: Trace = {
    ...way,
    mode: "lines+markers",
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
  return [edge, drawn];
}

/** What stands at the paths' ends: the name of each at its start, and the loss where all of them come to, if that is one place. */
function named([u, v]: Pair, runs: Readonly<Record<string, Run>>, window: Window): Partial<Annotation>[] {
  const at = ({ theta }: Step) => theta.map((value, p) => (value - window[p ? v : u][0]) / width(window[p ? v : u]));
  const label = (step: Step, text: string, above: boolean): Partial<Annotation> => {
    const [x, y] = short(step.theta);
    const [across, up] = at(step);
    const over = above ? up < 0.88 : up < 0.12;
    return {
      ...{ x, y, text, ...onColours, showarrow: false },
      ...{ xanchor: across < 0.15 ? "left" : across > 0.85 ? "right" : "center" },
      ...{ yanchor: over ? "bottom" : "top", yshift: over ? 10 : -10 },
    };
  };
  const histories = Object.values(runs).map(({ history }) => history);
  const ends = histories.map((history) => history[history.length - 1]);
  const apart = ends.map((end) => Math.hypot(...at(end).map((part, p) => part - at(ends[0])[p])));
  const inside = (step: Step): boolean => at(step).every((part) => part >= 0 && part <= 1);
  return [
    ...Object.keys(runs).map((name, i) => label(histories[i][0], ends.length === 1 ? "start" : name, true)),
    ...ends.slice(0, Math.max(...apart) < 0.05 ? 1 : 0).map((end) => label(end, `J = ${told(end.loss, 4)}`, false)),
  ].filter((_, i) => inside([...histories.map(([start]) => start), ...ends][i]));
}

const width = ([low, high]: readonly [number, number]): number => high - low;

/** The loss from above as a trace: dark is low, its lines evenly spaced in the loss' logarithm. */
function contour(J: Objective, [u, v]: Pair, window: Window): Trace {
  const { x, y, z } = losses(J, window[u], window[v]);
  return {
    type: "contour",
    x,
    y,
    z: z.map((row) => row.map((loss) => (loss > 0 ? short([Math.log10(loss)])[0] : null))),
    colorscale: scale,
    colorbar: key(z, J.unit),
    ncontours: 16,
    contours: { coloring: "heatmap" },
    line: { width: 0.5, color: "rgba(255,255,255,0.6)" },
    customdata: z,
    hovertemplate: `${u} = %{x:.2f}<br>${v} = %{y:.2f}<br>loss J = %{customdata:.3~g}<extra></extra>`,
  };
}

/** What the colours stand for: a label at 1, 2, 5, 10, ... as far as the loss goes. */
function key(losses: readonly (readonly number[])[], unit: string | undefined): object {
  const above0 = losses.flat().filter((loss) => loss > 0);
  const all = labels(Math.min(...above0), Math.max(...above0));
  const shown = all.length > 10 ? all.filter((value) => Number.isInteger(Math.log10(value))) : all;
  return {
    title: { text: lossIn(unit), side: "right" },
    tickvals: short(shown.map(Math.log10)),
    ticktext: shown.map(String),
  };
}
