import type { Data as Trace } from "plotly.js-dist-min";
import type { Run, Step } from "../descent";
import type { Model } from "../models";
import type { Data, Figure, Objective, Theta } from "../types";
import { beside } from "./beside";
import { type Curve, curve } from "./curve";
import {
  animate,
  axis,
  colour,
  decades,
  figure,
  floors,
  fromStart,
  grouped,
  houses,
  lossIn,
  range,
  START,
  short,
  told,
} from "./figure";
import { remarked } from "./remark";
import { moving, surface, walk } from "./surface";
import { pairOf, type Window, widened } from "./window";

const count = axis("number of floors", { dtick: 1 });
const price = axis("price (100,000 EUR)");

/**
 * The houses, the model's curve through them, and what it misses at each house; and by how much it misses most, where
 * one can see that.
 */
export function fit(model: Model, theta: Theta, data: Data): Figure {
  const h = data.x.map((x) => model.predict(theta, x));
  const missed = h.map((value, i) => value - data.y[i]);
  const worst = missed.reduce((at, residual, i) => (Math.abs(residual) > Math.abs(missed[at]) ? i : at), 0);
  const most = told(Math.abs(missed[worst]));
  const seen = Math.abs(missed[worst]) > 0.01 * Math.max(...data.y);
  const side = missed[worst] > 0 ? "high" : "low";
  const ends = [0, data.x.length - 1].map((i) => `${told(h[i])} at ${floors(data.x[i])}`);
  const shown = beside(
    figure(
      `The ${data.x.length} houses and the ${model.name}, prices in 100,000 EUR. The model says ${ends.join(" and ")}. It misses by at most ${most}, at ${floors(data.x[worst])}, where it is too ${side}.`,
      [residuals(data, h, missed), line(model, theta, data), houses(data)],
      { xaxis: count, yaxis: price },
    ),
  );
  const middle = { x: data.x[worst], y: (h[worst] + data.y[worst]) / 2 };
  return seen ? remarked(shown, middle, `${most} too ${side}`) : shown;
}

/** A dotted line from each house to what the model says of it. */
function residuals(data: Data, h: readonly number[], missed: readonly number[]): Trace {
  return {
    type: "scatter",
    mode: "lines",
    x: data.x.flatMap((x) => [x, x, null]),
    y: data.y.flatMap((y, i) => [...short([y, h[i]]), null]),
    text: data.x.flatMap((x, i) =>
      Array<string>(3).fill(
        `at ${floors(x)} the model is ${told(Math.abs(missed[i]))} × 100,000 EUR too ${missed[i] > 0 ? "high" : "low"}`,
      ),
    ),
    name: "residuals",
    showlegend: false,
    line: { color: colour.quiet, width: 2.5, dash: "dot" },
    hovertemplate: "%{text}<extra></extra>",
  };
}

/** The model's price against the floors. */
function line(model: Model, theta: Theta, data: Data): Trace {
  return {
    type: "scatter",
    mode: "lines",
    ...priced(model, theta, data),
    name: model.name,
    line: { color: colour.model, width: 3 },
    hovertemplate: `the ${model.name} says<br>%{y:.3~f} × 100,000 EUR for %{x:.2~f} floors<extra></extra>`,
  };
}

/**
 * Training as it happens: the curve among the houses, and beside it the parameters on their way over the surface of the
 * loss; without a window, below it the way down the loss against the epoch, for any number of parameters.
 */
export function training(model: Model, J: Objective, run: Run, data: Data, window?: Window): Figure {
  return window ? onSurface(model, J, run, data, window) : byEpoch(model, J, run, data);
}

function byEpoch(model: Model, J: Objective, run: Run, data: Data): Figure {
  const steps = milestones(run.history, 36);
  const [first, last] = [steps[0], steps[steps.length - 1]];
  const losses = run.history.map(({ loss }) => loss);
  const [least, largest] = [Math.min(...losses.filter((loss) => loss > 0)), Math.max(...losses)];
  const far = largest > 8 * least;
  const ball = ({ epoch, loss }: Step) => ({
    x: [Math.max(epoch, START)],
    y: far && loss <= 0 ? [null] : short([loss]),
  });
  const start = priced(model, first.theta, data).y.filter((price) => price !== null);
  const still = figure(
    `Training of the ${model.name} in ${steps.length} moments. In one plot its curve turns towards the houses; below it the loss falls from ${told(first.loss, 4)} to ${told(last.loss, 4)} in ${grouped(run.epochs)} epochs.`,
    [
      line(model, first.theta, data),
      houses(data),
      {
        type: "scatter",
        mode: "lines",
        x: run.history.map(({ epoch }) => Math.max(epoch, START)),
        y: losses.map((loss) => (far && loss <= 0 ? null : short([loss])[0])),
        xaxis: "x2",
        yaxis: "y2",
        showlegend: false,
        line: { color: colour.descent, width: 1.5 },
        hovertemplate: "epoch %{x:,d}: loss J = %{y:,.4~r}<extra></extra>",
      },
      {
        type: "scatter",
        mode: "markers",
        ...ball(first),
        xaxis: "x2",
        yaxis: "y2",
        name: "descent",
        cliponaxis: false,
        marker: { color: colour.descent, size: 12 },
        hovertemplate: "epoch %{x:,d}: loss J = %{y:,.4~r}<extra></extra>",
      },
    ],
    {
      xaxis: { ...count, anchor: "y" },
      yaxis: { ...price, range: holding(padded(data.y, 0.35), start), domain: [0.48, 1] },
      xaxis2: { ...axis("epoch", fromStart(run.epochs)), anchor: "y2" },
      yaxis2: { ...axis(lossIn(J.unit), far ? decades(least, largest) : {}), domain: [0, 0.32] },
      height: 600,
    },
  );
  const moments = steps.map((step) => ({
    label: String(step.epoch),
    spoken: `epoch ${grouped(step.epoch)}: loss ${told(step.loss, 4)} at (${model.parameters.join(", ")}) = (${at(step)})`,
    traces: [0, 3],
    data: [priced(model, step.theta, data), ball(step)] as Partial<Trace>[],
  }));
  return animate(still, "epoch", moments);
}

function onSurface(model: Model, J: Objective, run: Run, data: Data, window: Window): Figure {
  const pair = pairOf(J, window, [run]);
  const steps = milestones(run.history, 36);
  const [first, last] = [steps[0], steps[steps.length - 1]];
  const on = surface(J, pair, widened(window, pair, steps), first, last);
  const start = priced(model, first.theta, data).y.filter((price) => price !== null);
  const names = pair.join(", ");
  const still = figure(
    `Training of the ${model.name} in ${steps.length} moments. In one plot its curve turns towards the houses. In the other the point (${names}) goes down the surface of the loss from (${at(first)}) to (${at(last)}); the loss falls from ${told(first.loss, 4)} to ${told(last.loss, 4)}.`,
    [line(model, first.theta, data), houses(data), ...on.data, ...moving(pair, on.ceiling, [first])],
    {
      xaxis: { ...count, domain: [0, 0.42] },
      yaxis: { ...price, range: holding(padded(data.y, 0.35), start) },
      scene: { ...on.scene, domain: { x: [0.46, 1], y: [0, 1] } },
      height: 500,
    },
  );
  const moments = steps.map((step, k) => ({
    label: String(step.epoch),
    spoken: `epoch ${grouped(step.epoch)}: loss ${told(step.loss, 4)} at (${names}) = (${at(step)})`,
    traces: [0, 3, 4],
    data: [priced(model, step.theta, data), ...walk(on.ceiling, steps.slice(0, k + 1))],
  }));
  return animate(still, "epoch", moments);
}

function at({ theta }: Step): string {
  return theta.map((value) => told(value)).join(", ");
}

/** A range made as wide as it takes to hold these values, too. */
function holding([low, high]: readonly [number, number], values: readonly number[]): [number, number] {
  return [Math.min(low, ...values), Math.max(high, ...values)];
}

/** Some moments of a descent, evenly along its way: many where the parameters move, few where they rest. */
export function milestones(history: readonly Step[], n: number): Step[] {
  const way = [0];
  for (let i = 1; i < history.length; i++)
    way[i] = way[i - 1] + Math.hypot(...history[i].theta.map((value, p) => value - history[i - 1].theta[p]));
  const total = way[way.length - 1] || 1; // at rest there is no way, only a start and an end
  const last = history.length - 1;
  return history.filter(
    (_, i) =>
      i === 0 || i === last || Math.floor((way[i] / total) * (n - 1)) > Math.floor((way[i - 1] / total) * (n - 1)),
  );
}

/** The model's curve from a little before the first house to a little behind the last. */
function priced(model: Model, theta: Theta, data: Data): Curve {
  return curve((x) => model.predict(theta, x), range(...padded(data.x, 0.1), 61));
}

function padded(values: readonly number[], part: number): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low || 1) * part;
  return [low - room, high + room];
}
