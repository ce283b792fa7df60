import type { Layout } from "plotly.js-dist-min";
import { secant } from "../limit";
import type { Figure } from "../types";
import { animate, axis, colour, figure, named, onColours, range, scale, short, stroke, told } from "./figure";

type F = (x: number) => number;

/** The secant of f through x and x + h, for each h in turn: it becomes the tangent. One h makes a picture that stands still. */
export function secants(f: F, x: number, hs: readonly number[], formula = "f(x)"): Figure {
  const [from, to] = [x - 1.5, x + 2.5];
  const xs = range(from, to, 81);
  const slope = (h: number) => told(secant(f, x, h), 5);
  const line = (h: number) => {
    const at = (t: number) => f(x) + secant(f, x, h) * (t - x);
    return [
      { x: [from, to], y: short([at(from), at(to)]), name: `secant, slope ${slope(h)}` },
      { x: short([x, x + h]), y: short([f(x), f(x + h)]) },
    ];
  };
  const said = (h: number): Partial<Layout> => {
    const text = `slope ${told(f(x + h) - f(x), 4)} / ${told(h)} = ${slope(h)}`;
    const corner = { xref: "paper", x: 0.03, yref: "paper", y: 0.96, xanchor: "left", yanchor: "top" } as const;
    return { annotations: [{ text, showarrow: false, ...corner, font: { color: colour.slope, size: 15 } }] };
  };
  const [first, points] = line(hs[0]);
  const [widest, narrowest] = [hs[0], hs[hs.length - 1]];
  const still = figure(
    `The curve ${formula} with the line through its points at x = ${told(x)} and x + h. ${hs.length === 1 ? `At h = ${told(widest)} the slope of the line is ${slope(widest)}.` : `As h shrinks from ${told(widest)} to ${told(narrowest)}, the slope of the line goes from ${slope(widest)} to ${slope(narrowest)}: the secant becomes the tangent.`}`,
    [
      {
        type: "scatter",
        mode: "lines",
        x: short(xs),
        y: short(xs.map(f)),
        name: formula,
        showlegend: false,
        line: { color: colour.model, width: 3 },
        hovertemplate: `${formula} = %{y:.3~f} at x = %{x:.2f}<extra></extra>`,
      },
      {
        type: "scatter",
        mode: "lines",
        ...first,
        showlegend: false,
        line: { color: colour.slope, width: 3 },
        hoverinfo: "name",
        hoverlabel: { namelength: -1 },
      },
      {
        type: "scatter",
        mode: "markers+text",
        ...points,
        text: ["x", "x + h"],
        textposition: ["top left", "bottom right"],
        marker: { color: colour.slope, size: 11 },
        showlegend: false,
        hovertemplate: `the point at %{text}<br>${formula} = %{y:.4~f} at %{x}<extra></extra>`,
      },
    ],
    {
      xaxis: axis("x", { range: [from, to] }),
      yaxis: axis(formula, { range: [Math.min(...xs.map(f)) - 1, Math.max(...xs.map(f))] }),
      ...said(hs[0]),
      height: 440,
    },
  );
  if (hs.length === 1) return still;
  return animate(
    still,
    "h =",
    hs.map((h) => ({
      label: String(h),
      spoken: `h = ${told(h)}: slope ${slope(h)}`,
      traces: [1, 2],
      data: line(h),
      layout: said(h),
    })),
    600,
  );
}

/** 1, 0.75, 0.56, ... 1e-16, eight a decade; read from their digits, because powers differ in the last bit from one Node to the next. */
const sizes = range(0, 15, 16)
  .flatMap((decade) =>
    ["10", "7.5", "5.6", "4.2", "3.2", "2.4", "1.8", "1.3"].map((digits) => Number(`${digits}e-${decade + 1}`)),
  )
  .concat(1e-16);

/** How far the slopes of secants are from the true slope, against h, on logarithmic axes; the best h of the first is marked. */
export function stepErrors(exact: number, slopes: Readonly<Record<string, F>>): Figure {
  const series = Object.entries(slopes).map(([name, slope]) => ({
    name,
    errors: sizes.map((h) => Math.abs(slope(h) - exact)),
  }));
  const best = bestStep(exact, Object.values(slopes)[0]);
  const words = Object.entries(slopes).map(([name, slope]) => {
    const { h, error } = bestStep(exact, slope);
    return `${name}: it falls with h as far as h = ${told(h, 2)}, where it is about ${told(error, 2)} (truncation), and then climbs again as h goes on falling (round-off)`;
  });
  return figure(
    `The error of the slope against h, both on logarithmic axes. ${words.join(". ")}.`,
    [
      ...series.map(({ name, errors }, i) => ({
        type: "scatter" as const,
        mode: "lines+markers" as const,
        x: short(sizes),
        y: errors.map(above0),
        name,
        line: { ...stroke(0), color: stroke(i).color, width: 1.5 },
        marker: { size: 5, symbol: (["circle", "diamond"] as const)[i % 2] },
        hovertemplate: `${name}<br>h = %{x}: error %{y}<extra></extra>`,
      })),
      {
        type: "scatter",
        mode: "markers",
        x: short([best.h]),
        y: [above0(best.error)],
        name: `best h of the first, about ${told(best.h, 2).replace(/\^(.+)/, "<sup>$1</sup>")}`,
        marker: { size: 14, symbol: "circle-open", color: colour.ink, line: { width: 3 } },
        hovertemplate: "the best h of the first: %{x}<br>its error is about %{y}<extra></extra>",
      },
    ],
    {
      xaxis: axis("size of the step h", { type: "log", exponentformat: "power", dtick: 4 }),
      yaxis: axis("error of the slope", { type: "log", exponentformat: "power", dtick: 2 }),
      annotations: [
        { x: -16, y: -10.5, xanchor: "left", text: "round-off", showarrow: false },
        { x: 0, y: -10.5, xanchor: "right", text: "truncation", showarrow: false },
      ],
      height: 460,
    },
  );
}

/** A logarithmic axis has no place for an error of 0. */
function above0(error: number): number | null {
  return error > 0 && Number.isFinite(error) ? Number(error.toPrecision(2)) : null;
}

/**
 * The h of 1, 0.75, 0.56, ... 1e-16 around which the slope is nearest to the true one, a few neighbours on either side
 * included, and the error there.
 */
export function bestStep(exact: number, slope: F): { readonly h: number; readonly error: number } {
  const errors = sizes.map((h) => Math.abs(slope(h) - exact));
  // One lucky h may hit the truth by chance: the typical error around an h is the largest of its neighbours.
  const typical = errors.map((_, i) => Math.max(...errors.slice(Math.max(0, i - 4), i + 5)));
  const i = typical.indexOf(Math.min(...typical));
  return { h: sizes[i], error: errors[i] };
}

/** A function of two numbers as a surface, with its slope in each direction at a point (D1, D2). */
export function partialSlopes(
  f: (x: number, y: number) => number,
  [x, y]: readonly [number, number],
  [fx, fy]: readonly [number, number],
  reach = 1,
): Figure {
  const xs = short(range(x - reach, x + reach, 41));
  const ys = short(range(y - reach, y + reach, 41));
  const lifted = f(x, y) + 0.02 * reach; // just above the surface, not half in it
  const along = [-reach * 0.8, reach * 0.8];
  const line = (name: string, color: string, dx: number, dy: number, slope: number) => ({
    type: "scatter3d" as const,
    mode: "lines" as const,
    x: along.map((t) => x + t * dx),
    y: along.map((t) => y + t * dy),
    z: short(along.map((t) => lifted + t * slope)),
    name: `slope ${name} = ${told(Number(slope.toFixed(6)))}`,
    showlegend: false,
    line: { color, width: 9 },
    hoverinfo: "name",
    hoverlabel: { namelength: -1 },
  });
  const lines = [line("f<sub>x</sub>", "#1d1f23", 1, 0, fx), line("f<sub>y</sub>", colour.other, 0, 1, fy)];
  return figure(
    `The surface f(x, y) with two straight lines that touch it above the point (${told(x)}, ${told(y)}), where its height is ${told(f(x, y))}: along x the slope is ${told(Number(fx.toFixed(6)))}, along y it is ${told(Number(fy.toFixed(6)))}.`,
    [
      {
        type: "surface",
        x: xs,
        y: ys,
        z: ys.map((v) => short(xs.map((u) => f(u, v)))),
        colorscale: scale,
        showscale: false,
        hovertemplate: "x = %{x:.2f}<br>y = %{y:.2f}<br>f(x, y) = %{z:.2f}<extra></extra>",
      },
      ...lines,
      {
        type: "scatter3d",
        mode: "markers",
        x: [x],
        y: [y],
        z: short([lifted]),
        marker: { size: 6, color: "white" },
        showlegend: false,
        hovertemplate: `the point (${told(x)}, ${told(y)})<extra></extra>`,
      },
    ],
    {
      scene: {
        xaxis: named("x"),
        yaxis: named("y"),
        zaxis: named("f(x, y)"),
        camera: { eye: { x: 1.2, y: -1.5, z: 1.1 } },
        annotations: lines.map(({ x, y, z, name, line: { color } }) => ({
          ...{ x: x[1], y: y[1], z: z[1], text: name, showarrow: false, yshift: 12 },
          ...{ ...onColours, font: { color } },
        })),
      },
      height: 480,
    },
  );
}
