import type { Annotation, Layout, Data as Trace } from "plotly.js-dist-min";
import type { Figure } from "../types";
import { type Moment, range, told } from "./figure";
import { type Box, dense, drawnIn, holds, inside, known, type Place, type Plot } from "./plot";

/** A place on the axes of a figure. */
interface Spot {
  readonly x: number;
  readonly y: number;
}

/** What an annotation is called that is a remark. */
const REMARK = "remark";

/**
 * The figure with a remark on a place of it in the place of its own, and an arrow from the one to the other. The remark stands as near as it can
 * without lying on a curve, on a point or on a name, at no moment of an animation.
 */
export function noted(shown: Figure, place: Spot, remark: string): Figure {
  const alt = `${shown.alt} Noted at ${told(place.x)}: ${remark}${/[?!]$/.test(remark) ? "" : "."}`;
  const { annotations = [] } = shown.layout as Partial<Layout>;
  const layout = { ...shown.layout, annotations: annotations.filter(({ name }) => name !== REMARK) };
  return { ...remarked({ ...shown, layout }, place, remark), alt };
}

/** The same, where the words of the figure tell it already. */
export function remarked(shown: Figure, place: Spot, remark: string): Figure {
  const { layout, data } = shown as { layout: Partial<Layout>; data: readonly Trace[] };
  const { annotations = [] } = layout;
  const here: Trace = { type: "scatter", mode: "markers", x: [place.x], y: [place.y] };
  const plot = drawnIn([...data, ...later(shown), here], layout);
  const { drawn, axes, high, letter } = plot;
  const point = drawn[drawn.length - 1];
  const [u, v] = point.places[0] ?? [0.5, 0.5];
  const obstacles = [
    ...drawn.flatMap(({ places, lines }) => (lines ? dense(places) : places.filter(known))),
    ...annotations.flatMap((label) => inked(label, plot)),
  ];
  const [wide, tall] = [letter.width * remark.length, letter.height];
  const away = ([su, sv]: Place): number =>
    Math.hypot(Math.max(0, Math.abs(su - u) - wide / 2), Math.max(0, Math.abs(sv - v) - tall / 2) * high);
  const spots = grid.filter((spot) => away(spot) > 0.06).sort((a, b) => away(a) - away(b));
  const [su, sv] = spots.find((spot) => {
    const box = around(spot, wide, tall);
    return inside(box) && !obstacles.some((other) => holds(box, other));
  }) ?? [u, v + 0.14];
  const [ax, ay] = axes([su, sv]);
  const axesOf = { xref: "x", yref: "y", axref: "x", ayref: "y" } as const;
  const arrow = { arrowhead: 2, arrowwidth: 1.5, standoff: 4 };
  const note = { x: point.x[0], y: point.y[0], ax, ay, ...axesOf, text: remark, name: REMARK, ...arrow };
  return { ...shown, layout: { ...layout, annotations: [...annotations, note] } };
}

/** Where the middle of a remark may stand. */
const grid = range(0, 1, 41).flatMap((u) => range(0, 1, 41).map((v): Place => [u, v]));

/** What the moments of an animation draw. */
const later = ({ data, frames = [] }: Figure): Trace[] =>
  (frames as readonly Partial<Moment>[]).flatMap(({ traces = [], data: parts = [] }) =>
    parts.map((part, i) => ({ ...data[traces[i]], ...part }) as Trace),
  );

/** Where a label of the chart has its letters. */
function inked(label: Partial<Annotation>, { within, letter }: Plot): Place[] {
  if (label.xref === "paper" || !label.text) return [];
  const wide = letter.width * label.text.length;
  const [u, v] = within(Number(label.x), Number(label.y));
  const left = u - { center: wide / 2, right: wide, left: 0, auto: wide / 2 }[label.xanchor ?? "center"];
  const middle = v + { bottom: 0.5, middle: 0, top: -0.5, auto: 0 }[label.yanchor ?? "middle"] * letter.height;
  return Array.from({ length: 21 }, (_, i): Place => [left + (i * wide) / 20, middle]);
}

const around = ([u, v]: Place, wide: number, tall: number): Box => ({
  left: u - wide / 2,
  right: u + wide / 2,
  bottom: v - tall / 2,
  top: v + tall / 2,
});
