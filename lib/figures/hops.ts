import type { Layout, Data as Trace } from "plotly.js-dist-min";
import type { Run } from "../descent";
import type { Figure, Objective, Theta } from "../types";
import { animate, axis, colour, figure, range, short, told } from "./figure";
import { panelTitle, suffix } from "./panels";

/**
 * The loss seen from the side, along its first parameter, with the others at `rest`; and in it the steps of two descents,
 * side by side, one more at each moment. Where a step leaves the picture, the picture becomes as wide as it takes.
 */
export function hops(J: Objective, rest: Theta, runs: Readonly<Record<string, Run>>): Figure {
  const names = Object.keys(runs);
  const name = J.parameters?.[0] ?? "parameter 1";
  const height = (value: number): number => J.value([value, ...rest.slice(1)]);
  const steps = Math.max(...Object.values(runs).map(({ history }) => history.length));
  const at = (run: Run, k: number): Panel => {
    const way = run.history.slice(0, k + 1).map(({ theta }) => theta[0]);
    const far = 1.25 * Math.max(...way.map((value) => Math.abs(value - rest[0])), Math.abs(0.5 * rest[0]) || 1);
    const xs = range(rest[0] - far, rest[0] + far, 81);
    const top = 1.1 * Math.max(...xs.map(height));
    return {
      data: [
        { x: short(xs), y: short(xs.map(height)) },
        { x: short(way), y: short(way.map(height)) },
        { x: short(way.slice(-1)), y: short(way.slice(-1).map(height)) },
      ],
      x: short([rest[0] - far, rest[0] + far]),
      y: short([-0.04 * top, top]),
    };
  };
  const place = (i: number) => ({ xaxis: `x${suffix(i)}` as "x", yaxis: `y${suffix(i)}` as "y", showlegend: false });
  const traces = Object.values(runs).flatMap((run, i): Trace[] => {
    const [bowl, way, ball] = at(run, 0).data;
    const hovertemplate = `${name} = %{x:.4~r}<br>loss J = %{y:.4~r}<extra></extra>`;
    return [
      { type: "scatter", mode: "lines", ...bowl, line: { color: colour.quiet, width: 2 }, name: "loss", hovertemplate },
      {
        type: "scatter",
        mode: "lines+markers",
        ...way,
        line: { color: colour.descent, width: 1.5 },
        marker: { color: colour.descent, size: 5 },
        name: "steps",
        hovertemplate,
      },
      {
        type: "scatter",
        mode: "markers",
        ...ball,
        marker: { color: colour.descent, size: 13 },
        name: "descent",
        hovertemplate,
      },
    ].map((trace) => ({ ...trace, ...place(i) }) as Trace);
  });
  const axes = (k: number) =>
    Object.fromEntries(
      Object.values(runs).flatMap((run, i) => {
        const { x, y } = at(run, k);
        const domain = [(i + (i > 0 ? 0.2 : 0)) / names.length, (i + 0.85) / names.length];
        return [
          [
            `xaxis${suffix(i)}`,
            {
              ...axis(J.parameters ? `parameter ${name}` : name),
              range: x,
              domain,
              anchor: `y${suffix(i)}`,
              nticks: 4,
            },
          ],
          [
            `yaxis${suffix(i)}`,
            { title: { text: "loss J", standoff: 4 }, range: y, anchor: `x${suffix(i)}`, nticks: 5 },
          ],
        ];
      }),
    );
  const titles = (k: number): Partial<Layout> => ({
    annotations: names.map((text, i) => panelTitle(i, `<b>${text}</b>${further(runs[text], k)}`)),
  });
  const further = ({ history }: Run, k: number): string => {
    if (k === 0 || k >= history.length) return "";
    const [before, now] = [k - 1, k].map((i) => Math.abs(history[i].theta[0] - rest[0]));
    const times = now / before;
    return Math.abs(times - 1) < 0.05 ? "<br>almost at rest" : `<br>now ${told(times, 2)} times as far out`;
  };
  const state = ({ history }: Run, k: number): string => {
    const { theta, loss } = history[Math.min(k, history.length - 1)];
    return `${name} = ${told(theta[0])}, loss ${told(loss)}`;
  };
  const words = (k: number): string => names.map((text) => `${text}: ${state(runs[text], k)}`).join("; ");
  const still = figure(
    `The loss along ${name} as a bowl seen from the side, with the first ${steps - 1} steps of ${names.length} descents. They start at ${words(0)}. They come to ${words(steps - 1)}.`,
    traces,
    { ...axes(0), ...titles(0), margin: { l: 56, r: 12, t: 48, b: 48 }, height: 430 },
  );
  return animate(
    still,
    "step",
    Array.from({ length: steps }, (_, k) => ({
      label: String(k),
      spoken: `step ${k}: ${words(k)}`,
      traces: traces.map((_, i) => i),
      data: Object.values(runs).flatMap((run) => at(run, k).data),
      layout: { ...axes(k), ...titles(k) },
    })),
    900,
  );
}

interface Panel {
  readonly data: Partial<Trace>[];
  readonly x: readonly number[];
  readonly y: readonly number[];
}
