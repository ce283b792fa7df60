import type { Annotation, Layout, Data as Trace } from "plotly.js-dist-min";
import type { Figure } from "../types";
import { short, told } from "./figure";

/** A place in the plot, from 0 at the left and bottom to 1 at the right and top. */
type Place = readonly [u: number, v: number];

interface Box {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/** What of a trace is drawn: the points of its line, or of its markers. */
interface Drawn {
  readonly name: string | undefined;
  readonly color: string;
  readonly lines: boolean;
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly places: readonly (Place | undefined)[];
}

/** The size of a letter on a narrow phone, as a part of the plot. */
const letter = { width: 0.0225, height: 0.075 };
const gap = 0.012;

/**
 * The figure with the name of each curve beside it in place of a legend, if there is room for all of them: no name lies
 * on a curve, on a point, on another name or outside, and none where another curve is as near.
 */
export function beside(figure: Figure): Figure {
  const { layout, data } = figure as { layout: Partial<Layout>; data: readonly (Trace & Legend)[] };
  const wanted = data.filter(({ name, showlegend }) => name && (showlegend ?? data.length > 1));
  const { drawn } = drawnIn(data, layout);
  const obstacles = drawn.flatMap(({ places, lines }) => (lines ? dense(places) : places.filter(known)));
  const taken: Box[] = [];
  const labels: Partial<Annotation>[] = [];
  for (const one of drawn.filter((_, i) => wanted.includes(data[i]))) {
    const others = drawn.filter((other) => one.lines && other.lines && other.name !== one.name);
    const near = others.flatMap(({ places }) => dense(places));
    const found = candidates(one).find(
      ({ box, place }) =>
        inside(box) &&
        !near.some((other) => Math.hypot(other[0] - place[0], other[1] - place[1]) < 3 * gap) &&
        !obstacles.some((place) => holds(box, place)) &&
        !taken.some((other) => overlap(box, other)),
    );
    if (!found) return figure;
    taken.push(found.box);
    labels.push(found.label);
  }
  return {
    ...figure,
    data: data.map((trace) => ({ ...trace, showlegend: false })),
    layout: { ...layout, annotations: [...(layout.annotations ?? []), ...labels] },
  };
}

/**
 * The figure with a remark on a place of it, and an arrow from the one to the other. The remark stands as near as it can
 * without lying on a curve, on a point or on a name.
 */
export function noted(shown: Figure, place: { readonly x: number; readonly y: number }, remark: string): Figure {
  const { layout, data } = shown as { layout: Partial<Layout>; data: readonly Trace[] };
  const here: Trace = { type: "scatter", mode: "markers", x: [place.x], y: [place.y] };
  const { drawn, within, axes } = drawnIn([...data, here], layout);
  const point = drawn[drawn.length - 1];
  const [u, v] = point.places[0] ?? [0.5, 0.5];
  const obstacles = [
    ...drawn.flatMap(({ places, lines }) => (lines ? dense(places) : places.filter(known))),
    ...(layout.annotations ?? []).flatMap((label) => inked(label, within)),
  ];
  const wide = letter.width * remark.length;
  const spots = [0.14, 0.22, 0.3, 0.4].flatMap((far) =>
    [far, -far].flatMap((dv) => [0, -wide / 2, wide / 2].map((du): Place => [u + du, v + dv])),
  );
  const [su, sv] = spots.find((spot) => {
    const box = around(spot, wide);
    return inside(box) && !obstacles.some((other) => holds(box, other));
  }) ?? [u, v + 0.14];
  const [ax, ay] = axes([su, sv]);
  const axesOf = { xref: "x", yref: "y", axref: "x", ayref: "y" } as const;
  const arrow = { arrowhead: 2, arrowwidth: 1.5, standoff: 4 };
  const note = { x: point.x[0], y: point.y[0], ax, ay, ...axesOf, text: remark, ...arrow };
  return {
    ...shown,
    alt: `${shown.alt} Noted at ${told(place.x)}: ${remark}.`,
    layout: { ...layout, annotations: [...(layout.annotations ?? []), note] },
  };
}

/** Where a label of the chart has its letters. */
function inked(label: Partial<Annotation>, within: (x: number, y: number) => Place): Place[] {
  if (label.xref === "paper" || !label.text) return [];
  const wide = letter.width * label.text.length;
  const [u, v] = within(Number(label.x), Number(label.y));
  const left = u - { center: wide / 2, right: wide, left: 0, auto: wide / 2 }[label.xanchor ?? "center"];
  const middle = v + { bottom: 0.5, middle: 0, top: -0.5, auto: 0 }[label.yanchor ?? "middle"] * letter.height;
  return Array.from({ length: 21 }, (_, i): Place => [left + (i * wide) / 20, middle]);
}

const around = ([u, v]: Place, wide: number): Box => ({
  left: u - wide / 2,
  right: u + wide / 2,
  bottom: v - letter.height / 2,
  top: v + letter.height / 2,
});

interface Legend {
  readonly name?: string;
  readonly showlegend?: boolean;
}

/**
 * The traces as the plot shows them, in parts of its width and height; and the ways from a place on the axes, on a
 * logarithmic one its logarithm, to such parts and back.
 */
function drawnIn(data: readonly Trace[], layout: Partial<Layout>): Plot {
  const [along, up] = [layout.xaxis, layout.yaxis].map((axis) =>
    axis?.type === "log" ? (value: number) => (value > 0 ? Math.log10(value) : Number.NaN) : (value: number) => value,
  );
  const traces = data.map((trace) => {
    const { x = [], y = [], name, mode = "lines", line, marker } = trace as Scatter;
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
  return {
    within,
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

interface Plot {
  readonly drawn: readonly Drawn[];
  readonly within: (x: number, y: number) => Place;
  readonly axes: (place: Place) => number[];
}

interface Scatter {
  readonly x?: readonly (number | null)[];
  readonly y?: readonly (number | null)[];
  readonly name?: string;
  readonly mode?: string;
  readonly line?: { readonly color?: string };
  readonly marker?: { readonly color?: string };
}

const known = (place: Place | undefined): place is Place => place !== undefined;

/** The places of a line with so many between them that none passes a letter unseen. */
function dense(places: readonly (Place | undefined)[]): Place[] {
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

/** Where a name may stand, and the place of its curve that it then names. */
interface Candidate {
  readonly place: Place;
  readonly box: Box;
  readonly label: Partial<Annotation>;
}

/** Where the name of a trace may stand: above, below and at a side of it, from its right end to its left. */
function candidates({ name = "", color, x, y, places }: Drawn): Candidate[] {
  const wide = letter.width * name.replace(/<.*?>/g, "").length;
  const at = [0.97, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.03].map((part) =>
    Math.round(part * (places.length - 1)),
  );
  return [...new Set(at)].flatMap((i) => {
    const place = places[i];
    if (!place) return [];
    const [u, v] = place;
    return sides.map(([xanchor, yanchor]) => {
      const aside = yanchor === "middle" ? 3 * gap : 0;
      const left = u - { center: wide / 2, right: wide + aside, left: -aside }[xanchor];
      const bottom = v + { bottom: gap, middle: -letter.height / 2, top: -gap - letter.height }[yanchor];
      const xshift = aside === 0 ? 0 : xanchor === "left" ? 9 : -9;
      const yshift = { bottom: 3, middle: 0, top: -3 }[yanchor];
      return {
        place,
        box: { left, right: left + wide, bottom, top: bottom + letter.height },
        label: { x: x[i], y: y[i], text: name, showarrow: false, xanchor, yanchor, xshift, yshift, font: { color } },
      };
    });
  });
}

const sides = (["center", "right", "left"] as const).flatMap((xanchor) =>
  (["bottom", "top", "middle"] as const).flatMap((yanchor) =>
    xanchor === "center" && yanchor === "middle" ? [] : [[xanchor, yanchor] as const],
  ),
);

const inside = ({ left, right, bottom, top }: Box): boolean => left >= 0 && right <= 1 && bottom >= 0 && top <= 1;
const holds = ({ left, right, bottom, top }: Box, [u, v]: Place): boolean =>
  u > left && u < right && v > bottom - gap / 2 && v < top + gap / 2;
const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.bottom < b.top && b.bottom < a.top;
