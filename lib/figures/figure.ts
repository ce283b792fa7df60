import type { Frame, Layout, LayoutAxis, Data as Trace } from "plotly.js-dist-min";
import type { Data, Figure } from "../types";

/** One moment of an animation: what stands in place of the traces with the given indices. */
export interface Moment {
  readonly label: string;
  /** The same for those who do not see it: what the figure shows at this moment. */
  readonly spoken: string;
  readonly traces: readonly number[];
  readonly data: readonly Partial<Trace>[];
  /** What of the layout changes, too. */
  readonly layout?: Partial<Layout>;
}

/**
 * Colours that colour-blind readers can tell apart, after Okabe and Ito, for white paper. Each means one thing on every
 * page: the houses, what a model says of them, where a descent is, a slope.
 */
export const colour = {
  houses: "#D55E00",
  model: "#0072B2",
  descent: "#C2448E",
  slope: "#009E73",
  other: "#BF7D00",
  light: "#56B4E9",
  quiet: "#8a8a8a",
  ink: "currentColor",
} as const;

/** The colours of the curves that share a chart, in this order. */
const colours = [colour.model, colour.slope, colour.other, colour.ink, colour.light] as const;
const dashes = ["solid", "dash", "dashdot", "dot", "longdash"] as const;

/** How the i-th of the curves that share a chart is drawn: told apart by its dashes as well as by its colour. */
export function stroke(i: number): { color: string; width: number; dash: (typeof dashes)[number] } {
  return { ...solid(i), dash: dashes[i % dashes.length] };
}

/** The same without dashes, for lines that show where they go by their points. */
export function solid(i: number): { color: string; width: number } {
  return { color: colours[i % colours.length], width: 2.5 };
}

/** Violet to yellow, dark is low. */
export const scale = "Viridis";

/** Words that stand on the colours of a loss are dark on a light ground, whatever the page around. */
export const onColours = { font: { color: "#1d1f23" }, bgcolor: "rgba(255,255,255,0.8)", borderpad: 1 } as const;

/** An axis with a title that names the quantity and its unit. */
export function axis(title: string, more: Partial<LayoutAxis> = {}): Partial<LayoutAxis> {
  return { ...named(title), ...more };
}

/** The title of an axis, as the axes of a 3D scene take it too. */
export function named(title: string): { title: { text: string } } {
  return { title: { text: title } };
}

/** A logarithmic axis for values between these two: labels at 1, 2, 5, 10, ... where decades are few, else at powers of ten. */
export function decades(least: number, largest: number): Partial<LayoutAxis> {
  if (largest > 200 * least) return { type: "log", exponentformat: "power", dtick: largest > 1e8 * least ? 2 : 1 };
  const tickvals = labels(least / 2, largest * 2);
  return { type: "log", tickvals, ticktext: tickvals.map(String) };
}

/** 1, 2, 5, 10, 20, ..., as far as they lie between the two. */
export function labels(least: number, largest: number): number[] {
  const all = range(-6, 12, 19).flatMap((decade) => ["1", "2", "5"].map((digit) => Number(`${digit}e${decade}`)));
  return all.filter((value) => value >= least && value <= largest);
}

/** Where epoch 0 stands on a logarithmic axis, which has no 0: before epoch 1, and 0 when it is rounded. */
export const START = 0.4;

/** A logarithmic axis of epochs that begins with epoch 0. */
export function fromStart(last: number): Partial<LayoutAxis> {
  const marks = labels(1, last).filter((value) => last <= 200 || Number.isInteger(Math.log10(value)));
  return {
    type: "log",
    tickvals: [START, ...marks],
    ticktext: ["0", ...marks.map((value) => (value < 1000 ? String(value) : `10<sup>${Math.log10(value)}</sup>`))],
    range: [-0.45, short([Math.log10(1.2 * last)])[0]],
  };
}

/** So many numbers from `from` to `to`, evenly. */
export function range(from: number, to: number, n: number): number[] {
  return Array.from({ length: n }, (_, i) => from + ((to - from) * i) / (n - 1));
}

/** A number as it is read aloud and printed in a chart: few digits, a true minus sign, no "e-9". */
export function told(value: number, digits = 3): string {
  const rounded = Number(value.toPrecision(digits));
  const [mantissa, exponent] = (Math.abs(rounded) < 1e6 ? String(rounded) : rounded.toExponential()).split("e");
  const power = exponent === undefined ? "" : ` × 10^${exponent.replace("+", "")}`;
  return `${mantissa}${power}`.replaceAll("-", "−");
}

/** The loss and its unit, as the title of an axis. */
export function lossIn(unit: string | undefined): string {
  return unit === undefined ? "loss J" : `loss J, in ${unit}`;
}

/** `2,000,000` */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** `1 floor`, `3 floors` */
export function floors(x: number): string {
  return `${told(x)} floor${x === 1 ? "" : "s"}`;
}

/** Five digits are more than a screen can show, and keep a notebook small. */
export function short(values: readonly number[]): number[] {
  return values.map((value) => Number(value.toPrecision(5)));
}

/** A figure whose legend lies above it, so that it never covers the data. */
export function figure(alt: string, data: Trace[], layout: Partial<Layout>): Figure {
  return {
    alt,
    data,
    layout: {
      legend: { orientation: "h", xref: "container", x: 0, xanchor: "left", yref: "container", y: 1, yanchor: "top" },
      ...layout,
    },
  };
}

/** The houses as points. */
export function houses({ x, y }: Data): Trace {
  return {
    type: "scatter",
    mode: "markers",
    x: [...x],
    y: [...y],
    name: "houses",
    marker: { color: colour.houses, size: 11 },
    text: x.map(floors),
    hovertemplate: "a house of %{text}<br>costs %{y} × 100,000 EUR<extra></extra>",
  };
}

/** The figure with Play, Pause and a slider under it that step through the moments. */
export function animate(still: Figure, what: string, moments: readonly Moment[], milliseconds = 350): Figure {
  const frames: Partial<Frame>[] = moments.map(({ label, traces, data, layout }) => ({
    name: label,
    traces: [...traces],
    data: [...data] as Trace[],
    ...(layout ? { layout } : {}),
  }));
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
          steps: moments.map(({ label, spoken }) => ({
            ...button(label, [[label], { ...at, frame: { duration: 0, redraw: true } }]),
            value: spoken,
          })),
        },
      ],
    },
  };
}
