import type { Layout, Data as Trace } from "plotly.js-dist-min";
import { short } from "./figure";

/** A place in the plot, from 0 at the left and bottom to 1 at the right and top. */
export type Place = readonly [u: number, v: number];

export interface Box {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** What of a trace is drawn: the points of its line, or of its markers. */
export interface Drawn {
  readonly name: string | undefined;
  readonly color: string;
  readonly lines: boolean;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly places: readonly (Place | undefined)[];
}

/** How wide a plot is on a narrow phone, and its usual margin to the right, in pixels. */
const [PLOT, usual] = [256, 16];
/** The size of a letter there, as a part of the plot. */
export const letter = { width: 0.0225, height: 0.075 };
export const gap = 0.012;

/** Whether a trace is made of points, and not on the axes of another panel. */
function onPlot({ type = "scatter", xaxis = "x", yaxis = "y" }: Scatter): boolean {
  return type === "scatter" && xaxis === "x" && yaxis === "y";
}

/**
 * The traces as the plot shows them, in parts of its width and height; and the ways from a place on the axes, on a
 * logarithmic one its logarithm, to such parts and back.
 */
export function drawnIn(data: readonly Trace[], layout: Partial<Layout>): Plot {
  const [along, up] = [layout.xaxis, layout.yaxis].map((axis) =>
    axis?.type === "log" ? (value: number) => (value > 0 ? Math.log10(value) : Number.NaN) : (value: number) => value,
  );
  const traces = data.map((trace) => {
    const { name, mode = "lines", line, marker } = trace as Scatter;
    const { x = [], y = [] } = onPlot(trace as Scatter) ? (trace as Scatter) : {};
    const lines = mode.includes("lines");
    return {
      name,
      lines,
      color: (lines ? line?.color : marker?.color) ?? "currentColor",
      x: x.map((value) => (value === null ? Number.NaN : along(value))),
      y: y.map((value) => (value === null ? Number.NaN : up(value))),
    };
  });
  const [width, height] = (["x", "y"] as const).map((side) => {
    const given = layout[`${side}axis`]?.range as readonly number[] | undefined;
    const values = traces.flatMap((trace) => trace[side]).filter(Number.isFinite);
    const [low, high] = given ?? [Math.min(...values), Math.max(...values)];
    return side === "x" || given ? [low, high] : [low - 0.05 * (high - low), high + 0.05 * (high - low)];
  });
  const part = (value: number, [low, high]: readonly number[]): number => (value - low) / (high - low || 1);
  const within = (x: number, y: number): Place => [part(x, width), part(y, height)];
  const whole = (u: number, [low, high]: readonly number[]): number => low + u * (high - low);
  const [bottom, top] = layout.yaxis?.domain ?? [0, 1];
  const right = layout.margin?.r ?? usual;
  return {
    within,
    high: top - bottom,
    letter: { width: (letter.width * PLOT) / (PLOT + usual - right), height: letter.height / (top - bottom) },
    axes: ([u, v]) => short([whole(u, width), whole(v, height)]),
    drawn: traces.map((trace) => ({
      ...trace,
      places: trace.x.map((value, i): Place | undefined => {
        const place = within(value, trace.y[i]);
        return place.every(Number.isFinite) ? place : undefined;
      }),
    })),
  };
}

export interface Plot {
  readonly drawn: readonly Drawn[];
  readonly within: (x: number, y: number) => Place;
  readonly axes: (place: Place) => number[];
  /** How much of the figure's height the plot takes. */
  readonly high: number;
  /** The size of a letter on a narrow phone, as a part of this plot. */
  readonly letter: { readonly width: number; readonly height: number };
}

interface Scatter {
  readonly type?: string;
  readonly xaxis?: string;
  readonly yaxis?: string;
  readonly x?: readonly (number | null)[];
  readonly y?: readonly (number | null)[];
  readonly name?: string;
  readonly mode?: string;
  readonly line?: { readonly color?: string };
  readonly marker?: { readonly color?: string };
}

export const known = (place: Place | undefined): place is Place => place !== undefined;

/** The places of a line with so many between them that none passes a letter unseen. */
export function dense(places: readonly (Place | undefined)[]): Place[] {
  return places.flatMap((to, i) => {
    const from = places[i - 1];
    if (!to) return [];
    if (!from) return [to];
    const pieces = Math.min(200, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / 0.02));
    return Array.from({ length: pieces }, (_, k): Place => {
      const t = (k + 1) / pieces;
      return [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])];
    });
  });
}

export const inside = ({ left, right, bottom, top }: Box): boolean =>
  left >= 0 && right <= 1 && bottom >= 0 && top <= 1;
export const holds = ({ left, right, bottom, top }: Box, [u, v]: Place): boolean =>
  u > left && u < right && v > bottom - gap / 2 && v < top + gap / 2;
export const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.bottom < b.top && b.bottom < a.top;
