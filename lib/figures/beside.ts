import type { Annotation, Layout, Data as Trace } from "plotly.js-dist-min";
import type { Figure } from "../types";
import {
  type Box,
  type Drawn,
  dense,
  drawnIn,
  gap,
  holds,
  inside,
  known,
  letter,
  overlap,
  type Place,
  type Plot,
} from "./plot";

/** The longest name that stands behind the plot, where it takes a quarter of a narrow phone. */
const LONGEST = 12;
/** How near to each other names stand behind the plot. */
const apart = 0.05;

/**
 * The figure with the name of each curve beside it in place of a legend, if there is room for all of them: no name lies
 * on a curve, on a point, on another name or outside, and none where another curve is as near. Where there is none,
 * short names stand behind the plot, at the ends of their curves, if these lie far enough from each other.
 */
export function beside(figure: Figure): Figure {
  const { layout, data } = figure as { layout: Partial<Layout>; data: readonly (Trace & Legend)[] };
  const wanted = data.filter(({ name, showlegend }) => name && (showlegend ?? data.length > 1));
  const plot = drawnIn(data, layout);
  const named = plot.drawn.filter((_, i) => wanted.includes(data[i]));
  const within = placed(named, plot);
  if (within) return labelled(figure, within);
  const curves = named.filter(({ lines }) => lines);
  const [points, behind] = [
    placed(
      named.filter(({ lines }) => !lines),
      plot,
    ),
    atEnds(curves, plot),
  ];
  if (!points || !behind) return figure;
  const longest = Math.max(...curves.map(({ name = "" }) => name.length));
  return labelled(figure, [...points, ...behind], { margin: { r: 12 + 7 * longest } });
}

function labelled(figure: Figure, labels: readonly Partial<Annotation>[], more: Partial<Layout> = {}): Figure {
  const { annotations = [] } = figure.layout as Partial<Layout>;
  return {
    ...figure,
    data: figure.data.map((trace) => ({ ...trace, showlegend: false })),
    layout: { ...figure.layout, ...more, annotations: [...annotations, ...labels] },
  };
}

/** Names within the plot, each beside its own curve or point. */
function placed(named: readonly Drawn[], { drawn }: Plot): Partial<Annotation>[] | undefined {
  const obstacles = drawn.flatMap(({ places, lines }) => (lines ? dense(places) : places.filter(known)));
  const taken: Box[] = [];
  const labels: Partial<Annotation>[] = [];
  for (const one of named) {
    const others = drawn.filter((other) => one.lines && other.lines && other.name !== one.name);
    const near = others.flatMap(({ places }) => dense(places));
    const found = candidates(one).find(
      ({ box, place }) =>
        inside(box) &&
        !near.some((other) => Math.hypot(other[0] - place[0], other[1] - place[1]) < 3 * gap) &&
        !obstacles.some((place) => holds(box, place)) &&
        !taken.some((other) => overlap(box, other)),
    );
    if (!found) return undefined;
    taken.push(found.box);
    labels.push(found.label);
  }
  return labels;
}

/** Names behind the plot, each where its curve ends, and moved a little where two of them would touch. */
function atEnds(curves: readonly Drawn[], { axes }: Plot): Partial<Annotation>[] | undefined {
  const ends = curves.map(({ places }) => places[places.length - 1]).filter(known);
  const behind = ends.length === curves.length && ends.every(([u, v]) => u > 0.99 && v >= 0 && v <= 1);
  if (!behind || curves.some(({ name = "" }) => name.length > LONGEST)) return undefined;
  const heights = ends.map(([, v]) => v);
  const order = heights.map((_, i) => i).sort((a, b) => heights[a] - heights[b]);
  for (let round = 0; round < 20; round++)
    for (let i = 1; i < order.length; i++) {
      const [low, high] = [order[i - 1], order[i]];
      const missing = Math.max(0, apart - (heights[high] - heights[low]));
      heights[low] -= missing / 2;
      heights[high] += missing / 2;
    }
  if (heights.some((height, i) => Math.abs(height - ends[i][1]) > 0.7 * apart)) return undefined;
  return curves.map(({ name = "", color }, i) => ({
    xref: "paper",
    x: 1,
    y: axes([1, heights[i]])[1],
    text: name,
    showarrow: false,
    xanchor: "left",
    yanchor: "middle",
    xshift: 6,
    font: { color },
  }));
}

interface Legend {
  readonly name?: string;
  readonly showlegend?: boolean;
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
