import type { Data } from "../types";
import { axis, colours, type Figure, figure, houses, range, short } from "./figure";

/** Functions of one number over a window, on the same axes, and the houses if they are given. */
export function curves(
  functions: Readonly<Record<string, (x: number) => number>>,
  [from, to]: readonly [number, number],
  titles: { readonly x: string; readonly y: string },
  data?: Data,
): Figure {
  const xs = short(range(from, to, 121));
  const told = Object.entries(functions).map(([name, f]) => `${name} goes from ${f(from).toPrecision(3)} to ${f(to).toPrecision(3)}`);
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
