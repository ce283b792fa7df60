import type { Annotation, Data as Trace } from "plotly.js-dist-min";
import { descend, type Run, type Step } from "../descent";
import type { Figure, Objective, Theta } from "../types";
import { beside } from "./beside";
import {
  axis,
  colour,
  decades,
  figure,
  fromStart,
  grouped,
  lossIn,
  range,
  START,
  short,
  solid,
  stroke,
  told,
} from "./figure";
import { remarked } from "./remark";

/**
 * The loss against the epoch for one or more descents, from the start (epoch 0), in the unit of the loss; its axis is
 * logarithmic where the loss falls or grows far.
 */
export function lossCurve(
  runs: Readonly<Record<string, Run>>,
  epochs: "log" | "linear" = "log",
  unit?: string,
): Figure {
  const losses = Object.values(runs).flatMap(({ history }) => history.map(({ loss }) => loss));
  const [least, largest] = [Math.min(...losses.filter((loss) => loss > 0)), Math.max(...losses)];
  const far = largest > 8 * least;
  const last = Math.max(...Object.values(runs).map((run) => run.epochs));
  const one = Object.keys(runs).length === 1;
  const shown = beside(
    figure(
      `The loss against the epoch${far ? ", on a logarithmic axis" : ""}: ${Object.entries(runs)
        .map(([name, run]) => `${name}, ${course(run)}`)
        .join("; ")}.`,
      Object.entries(runs).map(([name, { history }], i) => ({
        type: "scatter",
        mode: "lines",
        x: history.map(({ epoch }) => (epochs === "log" ? Math.max(epoch, START) : epoch)),
        y: history.map(({ loss }) => (far && loss <= 0 ? null : short([loss])[0])),
        name,
        showlegend: true,
        line: one ? { color: colour.descent, width: 2.5 } : stroke(i),
        hovertemplate: `${name}<br>epoch %{x:,d}: loss J = %{y:,.4~r}<extra></extra>`,
      })),
      {
        xaxis: axis("epoch", epochs === "log" ? fromStart(last) : {}),
        yaxis: axis(lossIn(unit), far ? decades(least, largest) : {}),
      },
    ),
  );
  const [seen, remark] = one ? fall(Object.values(runs)[0].history) : lowest(Object.values(runs));
  if (!seen || (far && seen.loss <= 0)) return shown;
  return remarked(shown, { x: epochs === "log" ? Math.max(seen.epoch, START) : seen.epoch, y: seen.loss }, remark);
}

/** Where nine tenths of a fall are done, in words; nowhere if the loss does not fall. */
export function fall(history: readonly Step[]): readonly [Step | undefined, string] {
  const [from, to] = [history[0], history[history.length - 1]];
  if (to.loss >= from.loss) return [undefined, ""];
  const low = history.find(({ loss }) => loss <= to.loss + 0.1 * (from.loss - to.loss)) ?? to;
  return [low, `nine tenths of the fall by epoch ${grouped(low.epoch)}`];
}

/** Which of several descents ends lowest, or that they end alike. */
function lowest(runs: readonly Run[]): readonly [Step, string] {
  const ends = runs.map(({ history }) => history[history.length - 1]);
  const losses = ends.map(({ loss }) => loss);
  const least = Math.min(...losses);
  const alike = Math.max(...losses) < 1.05 * least;
  return [ends[losses.indexOf(least)], alike ? `all end near ${told(least)}` : `ends lowest, at ${told(least)}`];
}

/**
 * What becomes of one quantity in several descents, against the epoch: one line a descent, from its start at epoch 0 to
 * its end, where `end` says what it has come to.
 */
export function tracks(
  runs: readonly Run[],
  quantity: (theta: Theta) => number,
  title: string,
  end: (run: Run) => string,
): Figure {
  const ends = [...new Set(runs.map(end))];
  const ways = runs.map(({ history }) => history.map(({ theta }) => quantity(theta)));
  const last = Math.max(...runs.map(({ epochs }) => epochs));
  const words = ends.map((name) => {
    const some = ways.filter((_, i) => end(runs[i]) === name).map((way) => [way[0], way[way.length - 1]]);
    const [starts, stops] = [0, 1].map((side) => some.map((way) => way[side]));
    return `from ${between(starts)} to ${between(stops)}: ${name}`;
  });
  return beside(
    figure(
      `${title} against the epoch, in ${runs.length} descents. They go ${words.join("; ")}.`,
      runs.map((run, i) => ({
        type: "scatter",
        mode: "lines",
        x: run.history.map(({ epoch }) => Math.max(epoch, START)),
        y: short(ways[i]),
        name: end(run),
        showlegend: runs.findIndex((other) => end(other) === end(run)) === i,
        legendgroup: end(run),
        line: { ...stroke(ends.indexOf(end(run))), width: 2 },
        hovertemplate: `${end(run)}<br>epoch %{x:,.0f}: %{y:.3f}<extra></extra>`,
      })),
      { xaxis: axis("epoch", fromStart(last)), yaxis: axis(title) },
    ),
  );
}

/** `1.8`, or `1 to 2`: where some values lie. */
function between(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)].map((value) => told(value));
  return low === high ? low : `${low} to ${high}`;
}

/**
 * More epochs of a descent, so many stretches of them: the band between the least and the largest loss of each. It shows
 * how a descent trembles, where a curve through a few epochs shows only some of it.
 *
 * @throws DivergenceError and RangeError as `descend` does.
 */
export function lossBand(J: Objective, from: Step, { epochs, alpha }: { epochs: number; alpha: number }): Figure {
  const stretches = 100;
  const ends = range(0, epochs, stretches + 1).map(Math.round);
  let theta = from.theta;
  const bands = ends.slice(1).map((end, k) => {
    const run = descend(J, theta, { epochs: end - ends[k], alpha });
    theta = run.theta;
    const losses = run.history.map(({ loss }) => loss);
    return { epoch: from.epoch + ends[k], low: run.best.loss, high: Math.max(...losses) };
  });
  const [first, last] = [bands[0], bands[bands.length - 1]];
  const edge = (name: string, at: "low" | "high"): Trace => ({
    type: "scatter",
    mode: "lines",
    x: bands.map(({ epoch }) => epoch),
    y: short(bands.map((band) => band[at])),
    name,
    showlegend: true,
    line: { color: at === "high" ? colour.other : colour.descent, width: 2 },
    ...(at === "high" ? { fill: "tonexty", fillcolor: "rgba(138,138,138,0.3)" } : {}),
    hovertemplate: `from epoch %{x:,d} on: ${name} %{y:.3~g}<extra></extra>`,
  });
  return beside(
    figure(
      `The least and the largest loss in each of ${stretches} stretches of ${grouped(Math.round(epochs / stretches))} epochs, on a logarithmic axis. From epoch ${grouped(first.epoch)} on they are ${told(first.low)} and ${told(first.high)}, from epoch ${grouped(last.epoch)} on ${told(last.low)} and ${told(last.high)}.`,
      [edge("least loss", "low"), edge("largest loss", "high")],
      {
        xaxis: axis("epoch", { tickformat: "~s" }),
        yaxis: axis(
          lossIn(J.unit),
          decades(Math.min(...bands.map(({ low }) => low)), Math.max(...bands.map(({ high }) => high))),
        ),
      },
    ),
  );
}

/** From where to where the loss goes, and by way of what, if it was lower or higher on the way. */
function course({ history }: Run): string {
  const losses = history.map(({ loss }) => loss);
  const [first, last] = [losses[0], losses[losses.length - 1]];
  const [least, most] = [Math.min(...losses), Math.max(...losses)];
  const low = least < 0.99 * Math.min(first, last) ? `, at least ${told(least, 4)}` : "";
  const high = most > 1.01 * Math.max(first, last) ? `, at most ${told(most, 4)}` : "";
  return `from ${told(first, 4)} to ${told(last, 4)} in ${grouped(history[history.length - 1].epoch)} epochs${low}${high}`;
}

/** The loss along one parameter with its slope at some places, and which way descent goes there (L9). */
export function slopes(
  J: Objective,
  theta: Theta,
  j: number,
  name: string,
  places: readonly number[],
  window: readonly [number, number],
): Figure {
  const at = (value: number): Theta => theta.map((other, k) => (k === j ? value : other));
  const xs = range(...window, 81);
  const reach = (window[1] - window[0]) / 12;
  const tangents = places.map((x) => {
    const slope = J.gradient(at(x))[j];
    return { x, y: J.value(at(x)), slope: Math.abs(slope) < 1e-9 ? 0 : slope };
  });
  const moves = tangents
    .filter(({ slope }) => slope !== 0)
    .map(({ x, y, slope }) => ({ x, y, to: x - Math.sign(slope) * 1.6 * reach }));
  return figure(
    `The loss along ${name}. ${tangents.map(({ x, slope }) => `At ${name} = ${told(x)} the slope is ${told(slope)}, so descent ${slope === 0 ? "stays" : slope > 0 ? `makes ${name} smaller` : `makes ${name} larger`}`).join(". ")}.`,
    [
      {
        type: "scatter",
        mode: "lines",
        x: short(xs),
        y: short(xs.map((x) => J.value(at(x)))),
        name: `loss along ${name}`,
        showlegend: false,
        line: { color: colour.model, width: 3 },
        hovertemplate: `${name} = %{x:.2f}<br>loss J = %{y:.3~f}<extra></extra>`,
      },
      ...tangents.map(
        ({ x, y, slope }, i): Trace => ({
          type: "scatter",
          mode: "lines+markers",
          x: short([x - reach, x, x + reach]),
          y: short([y - slope * reach, y, y + slope * reach]),
          name: `slope ${told(slope)}`,
          showlegend: false,
          line: { ...solid(i + 1), width: 4 },
          marker: { size: [0, 11, 0] },
          hovertemplate: `at ${name} = ${told(x)} the loss is ${told(y)}<br>and its slope ${told(slope)}<extra></extra>`,
        }),
      ),
    ],
    {
      xaxis: axis(`parameter ${name}`),
      yaxis: axis(lossIn(J.unit)),
      annotations: [
        ...tangents.map(
          ({ x, y, slope }, i): Partial<Annotation> => ({
            x,
            y,
            text: `slope ${told(slope)}`,
            font: { color: solid(i + 1).color },
            showarrow: false,
            ...beneath[Math.sign(slope) + 1],
          }),
        ),
        ...moves.flatMap(({ x, y, to }): Partial<Annotation>[] => [
          {
            x: to,
            y,
            ax: x,
            ay: y,
            xref: "x",
            yref: "y",
            axref: "x",
            ayref: "y",
            text: "",
            startstandoff: 8,
            arrowhead: 2,
            arrowwidth: 3,
            arrowcolor: colour.quiet,
          },
          { x: (x + to) / 2, y, text: "descent", showarrow: false, yshift: 14 },
        ]),
      ],
    },
  );
}

/** Where the word for a slope stands: outside the bowl on its falling and on its rising side, above its bottom. */
const beneath = [
  { xanchor: "right", yanchor: "top", xshift: -10, yshift: -4 },
  { xanchor: "center", yanchor: "bottom", yshift: 10 },
  { xanchor: "left", yanchor: "top", xshift: 10, yshift: -4 },
] as const;
