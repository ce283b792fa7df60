import { descend } from "../../../lib/descent";
import { partialSlopes, secants, stepErrors } from "../../../lib/figures/derivatives";
import { fates } from "../../../lib/figures/fates";
import { fit, training } from "../../../lib/figures/fit";
import { curves } from "../../../lib/figures/functions";
import { hops } from "../../../lib/figures/hops";
import { lossContour, lossSurface } from "../../../lib/figures/landscape";
import { lossBand, lossCurve, slopes, tracks } from "../../../lib/figures/loss";
import { backpropagation } from "../../../lib/figures/network";
import { noted } from "../../../lib/figures/remark";
import { relu } from "../../../lib/functions";
import { secant } from "../../../lib/limit";
import { mae, mse, objective } from "../../../lib/losses";
import { linear } from "../../../lib/models";

export const houses = { x: [1, 2, 3, 4], y: [0.7, 1.5, 4.5, 9.5] };
export const J = objective(mse, linear, houses);
export const run = descend(J, [0, 0], { epochs: 500, alpha: 0.05 });
export const window = { W: [-1, 5], b: [-6, 3] } as const;
export const square = (x: number): number => x * x;

/** An example of each figure, made anew at each call. */
export const figures = {
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

interface Axis {
  title?: { text: string };
  visible?: boolean;
}

export interface Trace {
  name?: string;
  showlegend?: boolean;
  hovertemplate?: string;
  hoverinfo?: string;
  customdata?: unknown;
  line?: { color?: string; dash?: string };
}

/** The axes of a figure that are drawn, those of its scene as well. */
export function axes(layout: object): [string, Axis][] {
  return Object.entries(layout).flatMap(([key, value]) =>
    key === "scene" ? axes(value as object) : /^[xyz]axis/.test(key) ? [[key, value as Axis] as [string, Axis]] : [],
  );
}

/** The traces of a figure by the names of their axes, as numbers. */
export interface Points {
  type: string;
  name?: string;
  mode?: string;
  x: number[];
  y: number[];
}

export const pointsOf = ({ data }: { data: readonly object[] }): Points[] => data as Points[];
