import type { Data, Figure } from "../types";
import { beside } from "./beside";
import { curve, jump } from "./curve";
import { axis, figure, houses, range, short, stroke, told } from "./figure";

/** Functions of one number over a window, on the same axes, and the houses if they are given. */
export function curves(
  functions: Readonly<Record<string, (x: number) => number>>,
  [from, to]: readonly [number, number],
  titles: { readonly x: string; readonly y: string },
  data?: Data,
): Figure {
  const xs = short(range(from, to, 121));
  const words = Object.entries(functions).map(([name, f]) => `${name} ${course(f, xs)}`);
  return beside(
    figure(
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
    ),
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
