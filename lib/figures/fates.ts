import type { Data as Trace } from "plotly.js-dist-min";
import type { Run } from "../descent";
import type { Model } from "../models";
import type { Data, Figure } from "../types";
import { curve } from "./curve";
import { figure, floors, houses, named, range, solid, told } from "./figure";
import { panelTitle, suffix } from "./panels";

/** What becomes of many descents: the curves that they draw among the houses, side by side by their fates, counted. */
export function fates(model: Model, runs: readonly Run[], data: Data, fate: (run: Run) => string): Figure {
  const names = [...new Set([...runs].sort((a, b) => a.loss - b.loss).map(fate))];
  const groups = names.map((name) => runs.filter((run) => fate(run) === name));
  const [first, last] = [Math.min(...data.x), Math.max(...data.x)];
  const xs = range(first - 0.3, last + 0.3, 41);
  const most = Math.max(...data.y);
  const width = 1 / names.length;
  const axes = names.map((_, g) => [
    `xaxis${suffix(g)}`,
    { ...named("floors"), domain: [(g + 0.04) * width, (g + 0.96) * width], dtick: 1, fixedrange: true },
  ]);
  const titles = names.map((name, g) => ({
    ...panelTitle(g, `<b>${groups[g].length}</b><br>${name}`),
    font: { color: solid(g).color },
  }));
  const words = groups.map((group, g) => {
    const ends = [first, last].map((x) => told(Number(model.predict(group[0].theta, x).toFixed(3)), 2));
    return `${group.length} ${names[g]}: one of them says ${ends[0]} at ${floors(first)} and ${ends[1]} at ${floors(last)}`;
  });
  return figure(
    `The curves of the ${model.name} after ${runs.length} descents, in ${names.length} groups. ${words.join("; ")}.`,
    groups.flatMap((group, g): Trace[] => {
      const place = { xaxis: `x${suffix(g)}` as "x", showlegend: false };
      return [
        ...group.map(
          ({ theta, loss }): Trace => ({
            type: "scatter",
            mode: "lines",
            ...curve((x) => model.predict(theta, x), xs),
            name: names[g],
            line: { color: solid(g).color, width: 1.5 },
            opacity: group.length > 10 ? 0.5 : 0.9,
            hovertemplate: `${names[g]}: loss ${told(loss)}<extra></extra>`,
            ...place,
          }),
        ),
        { ...houses(data), ...place } as Trace,
      ];
    }),
    {
      ...Object.fromEntries(axes),
      yaxis: { ...named("price (100,000 EUR)"), range: [-0.15 * most, 1.2 * most], fixedrange: true },
      annotations: titles,
      margin: { l: 44, r: 8, t: 44, b: 48 },
      height: 340,
    },
  );
}
