import type { Data, Figure } from "../types";
import { beside } from "./beside";
import { curve, jump } from "./curve";
import { axis, figure, floors, houses, range, short, stroke, told } from "./figure";
import { remarked } from "./remark";

/** Functions of one number over a window, on the same axes, and the houses if they are given. */
export function curves(
  functions: Readonly<Record<string, (x: number) => number>>,
  [from, to]: readonly [number, number],
  titles: { readonly x: string; readonly y: string },
  data?: Data,
): Figure {
  const xs = short(range(from, to, 121));
  const words = Object.entries(functions).map(([name, f]) => `${name} ${course(f, xs)}`);
  const shown = beside(
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
  const all = Object.values(functions);
  const remark = data ? beyond(all, data, to) : peak(all, xs);
  return remark ? remarked(shown, ...remark) : shown;
}

type Remark = readonly [place: { readonly x: number; readonly y: number }, remark: string];

/** What is said of the largest house in the window where it is larger than any in the data: one price, or how many. */
function beyond(functions: readonly ((x: number) => number)[], { x }: Data, to: number): Remark | undefined {
  if (to < Math.max(...x) + 1) return undefined;
  const prices = functions.map((f) => f(to));
  const [low, high] = [Math.min(...prices), Math.max(...prices)];
  const said = prices.length === 1 ? told(low) : `${told(high - low)} apart`;
  return [{ x: to, y: (low + high) / 2 }, `${said} at ${floors(to)}`];
}

/** The top of the first function that has one between the ends of the window. */
function peak(functions: readonly ((x: number) => number)[], xs: readonly number[]): Remark | undefined {
  for (const f of functions) {
    const values = xs.map(f);
    const top = Math.max(...values);
    const at = values.flatMap((value, i) => (value === top ? i : []));
    if (at.length === 1 && at[0] > 0 && at[0] < xs.length - 1)
      return [{ x: xs[at[0]], y: top }, `at most ${told(top)}`];
  }
  return undefined;
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
