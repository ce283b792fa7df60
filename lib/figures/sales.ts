import type { LayoutAxis, Data as Trace } from "plotly.js-dist-min";
import type { Run } from "../descent";
import type { Interval } from "../explained";
import type { Sales } from "../sales";
import type { Figure, Theta } from "../types";
import { curve } from "./curve";
import { animate, axis, colour, figure, floors, grouped, labels, range, short, stroke, told } from "./figure";
import { suffix } from "./panels";

const dollars = (value: number): string => `${grouped(Math.round(value))} USD`;
/** 200 k, 5 M */
const brief = (value: number): string => (value < 1e6 ? `${value / 1e3}k` : `${value / 1e6}M`);
const inUsd = labels(50_000, 10_000_000);
const prices: Partial<LayoutAxis> = { type: "log", tickvals: inUsd, ticktext: inUsd.map(brief) };

/** From few houses to many, in the colour of houses. */
const shades = [0.1, 0.9].map((alpha, i): [number, string] => [i, `rgba(213,94,0,${alpha})`]);

/** The ends of `n` bins, equally wide on a logarithmic axis, that hold all values. */
function bins(values: readonly number[], n: number): number[] {
  const logs = values.map(Math.log10);
  const [low, high] = logs.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [Infinity, -Infinity]);
  return range(low, high, n + 1).map((log) => 10 ** log);
}

/** The bin that a value lies in; the last one holds its upper end. */
function binOf(value: number, edges: readonly number[]): number {
  const above = edges.findIndex((edge) => edge > value);
  return above < 0 ? edges.length - 2 : Math.max(0, above - 1);
}

const middle = (edges: readonly number[], i: number): number => Math.sqrt(edges[i] * edges[i + 1]);

/** A histogram of the prices for each number of floors, on one logarithmic axis: every sale is counted in a bar. */
export function priceHistograms(sales: Sales): Figure {
  const groups = sales.groupBy("floors");
  const [x, price] = [sales.column("floors"), sales.column("price")];
  const edges = bins(price, 48);
  const traces = groups.flatMap(({ value, count, mean }, g): Trace[] => {
    const counts = new Array<number>(edges.length - 1).fill(0);
    x.forEach((floor, i) => {
      if (floor === value) counts[binOf(price[i], edges)]++;
    });
    const most = Math.max(...counts);
    const place = { yaxis: `y${suffix(g)}` as "y" };
    return [
      {
        type: "bar",
        x: short(counts.map((_, i) => middle(edges, i))),
        y: counts,
        width: short(counts.map((_, i) => edges[i + 1] - edges[i])),
        text: counts.map((n, i) => `${grouped(n)} sold for ${dollars(edges[i])} to ${dollars(edges[i + 1])}`),
        textposition: "none",
        marker: { color: colour.houses },
        opacity: 0.45,
        name: "sales",
        showlegend: false,
        hovertemplate: `${floors(value)}: %{text}<extra></extra>`,
        ...place,
      },
      {
        type: "scatter",
        mode: "lines",
        x: short([mean, mean]),
        y: [0, most],
        line: { color: colour.ink, width: 2.5 },
        name: "their mean",
        showlegend: false,
        hovertemplate: `${floors(value)}: the mean of ${grouped(count)} prices is ${dollars(mean)}<extra></extra>`,
        ...place,
      },
    ];
  });
  const axes = groups.map((_, g) => [
    `yaxis${suffix(g)}`,
    {
      domain: [1 - (g + 0.86) / groups.length, 1 - g / groups.length],
      showticklabels: false,
      showgrid: false,
      zeroline: true,
      fixedrange: true,
    },
  ]);
  const names = groups.map(({ value, mean }, g) => ({
    text: `${floors(value)}<br>mean ${brief(Number(mean.toPrecision(3)))}`,
    align: "left" as const,
    xref: "paper" as const,
    yref: "paper" as const,
    x: 0,
    y: 1 - g / groups.length,
    xanchor: "left" as const,
    yanchor: "top" as const,
    showarrow: false,
  }));
  return figure(
    `The prices of ${grouped(sales.size)} sales on a logarithmic axis, one histogram for each number of floors. ${groups
      .map(
        ({ value, count, mean, median }) =>
          `${floors(value)}: ${grouped(count)} sales, mean ${dollars(mean)}, median ${dollars(median)}`,
      )
      .join("; ")}. Each histogram is as high as its highest bar, and all of them overlap.`,
    traces,
    {
      ...Object.fromEntries(axes),
      xaxis: axis("price (USD)", { ...prices, anchor: "free", position: 0 }),
      annotations: names,
      bargap: 0,
      height: 620,
    },
  );
}

/** A model in training: its way, and what it says at a point of it, in 100,000 USD. */
export interface Learner {
  readonly run: Run;
  says(theta: Theta, floors: number): number;
}

/**
 * The mean price for each number of floors, as large as it has sales, and what models say while they learn; prices in
 * 100,000 USD. All of them train for the same number of epochs.
 */
export function groupMeans(sales: Sales, learners: Readonly<Record<string, Learner>>): Figure {
  const groups = sales.groupBy("floors");
  const largest = Math.max(...groups.map(({ count }) => count));
  const all = Object.entries(learners);
  const xs = range(0.75, 3.75, 31);
  const at = ({ run, says }: Learner, epoch: number) => {
    const { theta } = run.history.filter((step) => step.epoch <= epoch).at(-1)!;
    return (x: number): number => says(theta, x);
  };
  const last = Math.max(...all.map(([, { run }]) => run.epochs));
  const epochs = [0, ...labels(1, last).filter((epoch) => epoch < last), last];
  const lines = (epoch: number): Trace[] =>
    all.map(([name, learner], i) => ({
      type: "scatter",
      mode: "lines",
      ...curve(at(learner, epoch), xs),
      name,
      line: stroke(i),
      hovertemplate: `${name} says<br>%{y:.3~f} × 100,000 USD for %{x:.2~f} floors<extra></extra>`,
    }));
  const words = (epoch: number): string =>
    all
      .map(([name, learner]) => `${name}: ${groups.map(({ value }) => told(at(learner, epoch)(value))).join(", ")}`)
      .join("; ");
  const top = Math.max(...groups.map(({ mean }) => mean / 1e5), ...all.map(([, learner]) => at(learner, last)(xs[30])));
  const still = figure(
    `The mean price for each number of floors in 100,000 USD: ${groups
      .map(({ value, mean, count }) => `${told(mean / 1e5)} at ${floors(value)} (${grouped(count)} sales)`)
      .join(", ")}. What the models say of them after ${grouped(last)} epochs: ${words(last)}.`,
    [
      ...lines(0),
      {
        type: "scatter",
        mode: "markers",
        x: groups.map(({ value }) => value),
        y: short(groups.map(({ mean }) => mean / 1e5)),
        text: groups.map(
          ({ value, count, mean }) =>
            `${grouped(count)} sales of ${floors(value)}<br>cost ${dollars(mean)} in the mean`,
        ),
        marker: {
          color: colour.houses,
          size: short(groups.map(({ count }) => 7 + 21 * Math.sqrt(count / largest))),
          opacity: 0.8,
        },
        name: "group means",
        hovertemplate: "%{text}<extra></extra>",
      },
    ],
    {
      xaxis: axis("number of floors", { dtick: 0.5, range: [0.7, 3.8] }),
      yaxis: axis("price (100,000 USD)", { range: [-0.5, Math.ceil(top)] }),
    },
  );
  const moments = epochs.map((epoch) => ({
    label: String(epoch),
    spoken: `epoch ${grouped(epoch)}: ${words(epoch)}`,
    traces: all.map((_, i) => i),
    data: all.map(([, learner]) => curve(at(learner, epoch), xs)) as Partial<Trace>[],
  }));
  return animate(still, "epoch", moments, 600);
}

/** R² of models with their intervals, and the ceiling above which none of them can come on the data it belongs to. */
export function ranked(parts: Readonly<Record<string, Interval>>, ceiling: number): Figure {
  const all = Object.entries(parts).sort(([, a], [, b]) => a.value - b.value);
  const percent = (part: number): number => short([100 * part])[0];
  return figure(
    `How much of the variance of the held-out prices each model explains, with its interval of 95%: ${[...all]
      .reverse()
      .map(
        ([name, { value, low, high }]) => `${name} ${told(100 * value)}% (${told(100 * low)}% to ${told(100 * high)}%)`,
      )
      .join("; ")}. A dashed line stands at the ceiling of ${told(100 * ceiling)}%.`,
    [
      {
        type: "scatter",
        mode: "markers",
        x: all.map(([, { value }]) => percent(value)),
        y: all.map(([name]) => name),
        error_x: {
          type: "data",
          symmetric: false,
          array: all.map(([, { value, high }]) => percent(high - value)),
          arrayminus: all.map(([, { value, low }]) => percent(value - low)),
          color: colour.model,
          thickness: 2,
          width: 6,
        },
        marker: { color: colour.model, size: 10 },
        name: "R² on held-out sales",
        hovertemplate: "%{y}<br>explains %{x:.2f}%<extra></extra>",
      },
      {
        type: "scatter",
        mode: "lines",
        x: [percent(ceiling), percent(ceiling)],
        y: [all[0][0], all[all.length - 1][0]],
        line: { color: colour.quiet, width: 2.5, dash: "dash" },
        name: "ceiling",
        hovertemplate: `no function of floors explains more than ${told(100 * ceiling)}%<extra></extra>`,
      },
    ],
    {
      showlegend: false,
      xaxis: axis("explained variance (%)", { rangemode: "tozero" }),
      yaxis: { automargin: true, showgrid: false },
      annotations: [
        {
          x: percent(ceiling),
          yref: "paper",
          y: 0.02,
          text: `ceiling ${told(100 * ceiling)}%`,
          showarrow: false,
          xanchor: "left",
          yanchor: "bottom",
          xshift: 6,
        },
      ],
    },
  );
}

/** How many sales lie where, by living area and price on logarithmic axes, and what a model says for some numbers of floors. */
export function areasAndPrices(
  sales: Sales,
  model: (floors: number, area: number) => number,
  lines: readonly number[],
): Figure {
  const [area, price] = [sales.column("sqft_living"), sales.column("price")];
  const [across, up] = [bins(area, 36), bins(price, 36)];
  const counts = up.slice(1).map(() => across.slice(1).map(() => 0));
  area.forEach((value, i) => {
    counts[binOf(price[i], up)][binOf(value, across)]++;
  });
  const most = Math.max(...counts.flat());
  const xs = short(range(Math.log10(across[0]), Math.log10(across[across.length - 1]), 61).map((log) => 10 ** log));
  const ends = [xs[0], xs[xs.length - 1]];
  const marks = labels(200, 20_000);
  return figure(
    `${grouped(sales.size)} sales by living area and price, both on logarithmic axes: pale to strong, up to ${grouped(most)} sales a field. The larger the area, the higher the price, and the wider the prices spread. ${lines
      .map(
        (x) =>
          `For ${floors(x)} the model goes from ${told(model(x, ends[0]))} to ${told(model(x, ends[1]))} × 100,000 USD`,
      )
      .join("; ")}.`,
    [
      {
        type: "heatmap",
        x: short(across.slice(1).map((_, i) => middle(across, i))),
        y: short(up.slice(1).map((_, i) => middle(up, i))),
        z: counts.map((row) => row.map((n) => (n === 0 ? null : short([Math.log10(n)])[0]))),
        text: counts.map((row) => row.map((n) => `${grouped(n)} sale${n === 1 ? "" : "s"}`)) as unknown as string[],
        colorscale: shades,
        showscale: false,
        hoverongaps: false,
        hovertemplate: "%{text} near %{x:.3~s} sq ft, %{y:.3~s} USD<extra></extra>",
      } as Trace,
      ...lines.map((x, i): Trace => {
        const drawn = xs.filter((s) => model(x, s) * 1e5 >= up[0]); // a logarithm has no place for less
        return {
          type: "scatter",
          mode: "lines",
          x: drawn,
          y: short(drawn.map((s) => model(x, s) * 1e5)),
          name: `the model for ${floors(x)}`,
          line: stroke(i),
          hovertemplate: `${floors(x)}, %{x:.3~s} sq ft: the model says %{y:.3~s} USD<extra></extra>`,
        };
      }),
    ],
    {
      xaxis: axis("living area (square feet)", { type: "log", tickvals: marks, ticktext: marks.map(grouped) }),
      yaxis: axis("price (USD)", prices),
      height: 480,
    },
  );
}
