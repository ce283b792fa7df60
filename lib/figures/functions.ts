import type { Data } from "../types";
import { curve, jump } from "./curve";
import { axis, colour, decades, type Figure, figure, houses, range, short, stroke, told } from "./figure";

/** Functions of one number over a window, on the same axes, and the houses if they are given. */
export function curves(
  functions: Readonly<Record<string, (x: number) => number>>,
  [from, to]: readonly [number, number],
  titles: { readonly x: string; readonly y: string },
  data?: Data,
): Figure {
  const xs = short(range(from, to, 121));
  const words = Object.entries(functions).map(([name, f]) => `${name} ${course(f, xs)}`);
  return figure(
    `For ${titles.x} from ${told(from)} to ${told(to)}: ${words.join("; ")}.${data ? ` The ${data.x.length} houses are shown as points.` : ""}`,
    [
      ...Object.entries(functions).map(([name, f], i) => ({
        type: "scatter" as const,
        mode: "lines" as const,
        ...curve(f, xs),
        name,
        showlegend: true,
        line: stroke(i),
        hovertemplate: `${name}<br>${titles.y}: %{y:.4~g}<br>${titles.x}: %{x:.3~g}<extra></extra>`,
      })),
      ...(data ? [houses(data)] : []),
    ],
    { xaxis: axis(titles.x), yaxis: axis(titles.y) },
  );
}

/** Where a function begins and ends, how low and high it comes between, if further, and where it jumps. */
function course(f: (x: number) => number, xs: readonly number[]): string {
  const values = xs.map(f);
  const [first, last] = [values[0], values[values.length - 1]];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const low = least < Math.min(first, last) ? `, at least ${told(least)}` : "";
  const high = most > Math.max(first, last) ? `, at most ${told(most)}` : "";
  const jumps = xs.slice(1).flatMap((x, i) => jump(f, xs[i], x)?.[0] ?? []);
  const jumping = jumps.length > 0 ? `, with a jump at ${jumps.map((x) => told(Number(x.toFixed(6)))).join(", ")}` : "";
  return first === last && !low && !high
    ? `is ${told(first)} everywhere`
    : `goes from ${told(first)} to ${told(last)}${low}${high}${jumping}`;
}

/** Values from the least to the largest, each a dot: steps show how many share a result. */
export function ranking(values: readonly number[], title: string): Figure {
  const sorted = short([...values].sort((a, b) => a - b));
  const [least, largest] = [sorted[0], sorted[sorted.length - 1]];
  const jumps = sorted.flatMap((value, i) => (i > 0 && value > 1.2 * sorted[i - 1] ? [i] : []));
  const steps = [0, ...jumps].map(
    (from, k) =>
      `${(jumps[k] ?? sorted.length) - from} near ${told(sorted[Math.floor((from + (jumps[k] ?? sorted.length) - 1) / 2)])}`,
  );
  return figure(
    `${title}: ${values.length} values in order, from ${told(least)} to ${told(largest)}: ${steps.join(", ")}.`,
    [
      {
        type: "scatter",
        mode: "markers",
        x: sorted.map((_, i) => i + 1),
        y: sorted,
        marker: { color: colour.model, size: 6 },
        hovertemplate: `number %{x} of ${sorted.length}<br>%{y:.3~g}<extra></extra>`,
        showlegend: false,
      },
    ],
    {
      xaxis: axis("rank (1 is the least)", { range: [-1, sorted.length + 2] }),
      yaxis: axis(title, decades(least, largest)),
    },
  );
}
