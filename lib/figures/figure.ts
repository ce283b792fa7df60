import type { Frame, Layout, LayoutAxis, Data as Trace } from "plotly.js-dist-min";
import type { Data } from "../types";

/** A Plotly figure as a plain value, with the words that tell what it shows. Nothing is drawn here. */
export interface Figure {
  readonly data: readonly object[];
  readonly layout: object;
  readonly frames?: readonly object[];
  /** What the figure shows, for those who do not see it. */
  readonly alt: string;
}

/** One moment of an animation: what stands in place of the traces with the given indices. */
export interface Moment {
  readonly label: string;
  readonly traces: readonly number[];
  readonly data: readonly Partial<Trace>[];
}

/** Colours that colour-blind readers can tell apart (Okabe and Ito). */
export const colour = {
  data: "#D55E00",
  model: "#0072B2",
  path: "#E69F00",
  good: "#009E73",
  other: "#CC79A7",
  light: "#56B4E9",
  quiet: "#8a8a8a",
} as const;

/** The colours of the curves that share a chart, in this order. */
export const colours = [colour.model, colour.good, colour.other, colour.path, colour.light] as const;

/** Violet to yellow, dark is low. */
export const scale = "Viridis";

/** An axis with a title that names the quantity and its unit. */
export function axis(title: string, more: Partial<LayoutAxis> = {}): Partial<LayoutAxis> {
  return { ...named(title), ...more };
}

/** The title of an axis, as the axes of a 3D scene take it too. */
export function named(title: string): { title: { text: string } } {
  return { title: { text: title } };
}

/** So many numbers from `from` to `to`, evenly. */
export function range(from: number, to: number, n: number): number[] {
  return Array.from({ length: n }, (_, i) => from + ((to - from) * i) / (n - 1));
}

/** Five digits are more than a screen can show, and keep a notebook small. */
export function short(values: readonly number[]): number[] {
  return values.map((value) => Number(value.toPrecision(5)));
}

/** A figure whose legend lies above it, so that it never covers the data. */
export function figure(alt: string, data: Trace[], layout: Partial<Layout>): Figure {
  return { alt, data, layout: { legend: { orientation: "h", x: 0, y: 1.02, xanchor: "left", yanchor: "bottom" }, ...layout } };
}

/** The houses as points. */
export function houses({ x, y }: Data): Trace {
  return {
    type: "scatter",
    mode: "markers",
    x: [...x],
    y: [...y],
    name: "houses",
    marker: { color: colour.data, size: 11 },
    hovertemplate: "%{x} floors<br>%{y} x 100,000 EUR<extra></extra>",
  };
}

/** The figure with Play, Pause and a slider under it that step through the moments. */
export function animate(still: Figure, what: string, moments: readonly Moment[], milliseconds = 350): Figure {
  const frames: Partial<Frame>[] = moments.map(({ label, traces, data }) => ({ name: label, traces: [...traces], data: [...data] as Trace[] }));
  const at = { mode: "immediate", transition: { duration: 0 }, frame: { duration: milliseconds, redraw: true } };
  const button = (label: string, args: unknown[]) => ({ method: "animate" as const, label, args });
  return {
    ...still,
    frames,
    layout: {
      ...still.layout,
      updatemenus: [
        {
          type: "buttons",
          direction: "left",
          showactive: false,
          x: 0,
          y: 0,
          xanchor: "left",
          yanchor: "top",
          pad: { t: 68, r: 10 },
          buttons: [
            button("Play", [null, { ...at, fromcurrent: true }]),
            button("Pause", [[null], { ...at, frame: { duration: 0, redraw: false } }]),
          ],
        },
      ],
      sliders: [
        {
          x: 0.24,
          y: 0,
          len: 0.76,
          pad: { t: 50 },
          currentvalue: { prefix: `${what} `, xanchor: "left" },
          steps: moments.map(({ label }) => ({ ...button(label, [[label], { ...at, frame: { duration: 0, redraw: true } }]), value: label })),
        },
      ],
    },
  };
}
