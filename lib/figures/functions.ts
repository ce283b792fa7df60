import type { Data } from "../types";
import { axis, colour, colours, type Figure, figure, houses, range, short } from "./figure";

/** Functions of one number over a window, on the same axes, and the houses if they are given. */
export function curves(
  functions: Readonly<Record<string, (x: number) => number>>,
  [from, to]: readonly [number, number],
  titles: { readonly x: string; readonly y: string },
  data?: Data,
): Figure {
  const xs = short(range(from, to, 121));
  const told = Object.entries(functions).map(([name, f]) => {
    const values = xs.map(f);
    return `${name} goes from ${f(from).toPrecision(3)} to ${f(to).toPrecision(3)}, at least ${Math.min(...values).toPrecision(3)} and at most ${Math.max(...values).toPrecision(3)}`;
  });
  return figure(
    `For ${titles.x} from ${from} to ${to}: ${told.join("; ")}.${data ? ` The ${data.x.length} houses are shown as points.` : ""}`,
    [
      ...Object.entries(functions).map(([name, f], i) => ({
        type: "scatter" as const,
        mode: "lines" as const,
        x: xs,
        y: short(xs.map(f)),
        name,
        showlegend: true,
        line: { color: colours[i % colours.length], width: 3 },
      })),
      ...(data ? [houses(data)] : []),
    ],
    { xaxis: axis(titles.x), yaxis: axis(titles.y) },
  );
}

/** Values from the least to the largest, each a dot: steps show how many share a result. */
export function ranking(values: readonly number[], title: string): Figure {
  const sorted = short([...values].sort((a, b) => a - b));
  const [least, largest] = [sorted[0], sorted[sorted.length - 1]];
  const jumps = sorted.flatMap((value, i) => (i > 0 && value > 1.2 * sorted[i - 1] ? [i] : []));
  const steps = [0, ...jumps].map((from, k) => `${(jumps[k] ?? sorted.length) - from} near ${sorted[Math.floor((from + (jumps[k] ?? sorted.length) - 1) / 2)]}`);
  return figure(
    `${title}: ${values.length} values in order, from ${least} to ${largest}: ${steps.join(", ")}.`,
    [{ type: "scatter", mode: "markers", x: sorted.map((_, i) => i + 1), y: sorted, marker: { color: colour.model, size: 6 }, hovertemplate: "%{y}<extra></extra>", showlegend: false }],
    { xaxis: axis("rank"), yaxis: axis(title, { type: "log", exponentformat: "power", dtick: 1 }) },
  );
}
