import type { Layout, Data as Trace } from "plotly.js-dist-min";
import type { Step } from "../descent";
import type { Objective } from "../types";
import { colour, grouped, named, range, scale, short, told } from "./figure";
import type { Pair, Window } from "./window";

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
      line: { color: colour.descent, width: 6 },
      marker: { color: colour.descent, size: 2.5 },
      hovertemplate,
    },
    {
      type: "scatter3d",
      mode: "markers",
      ...point,
      showlegend: true,
      marker: { color: colour.descent, size: 8, line: { color: "white", width: 1 } },
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

/** The loss on a grid over the window: x, y, and a row of losses for each y. */
export function losses(
  J: Objective,
  us: readonly [number, number],
  vs: readonly [number, number],
): { x: number[]; y: number[]; z: number[][] } {
  const [x, y] = [us, vs].map((side) => short(range(...side, 49)));
  return { x, y, z: y.map((v) => short(x.map((u) => J.value([u, v])))) };
}
