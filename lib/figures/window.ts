import type { Run, Step } from "../descent";
import type { Objective } from "../types";

/** From where to where each of two parameters goes in a picture of the loss over both: `{ W: [-1, 5], b: [-6, 3] }`. */
export type Window = Readonly<Record<string, readonly [number, number]>>;

/** The names of the two parameters that a loss is drawn over. */
export type Pair = readonly [string, string];

/**
 * The two parameters of an objective, by their names.
 *
 * @throws RangeError when it has not two, or the window is over others or has no width.
 */
export function pairOf({ parameters }: Objective, window: Window, runs: readonly Run[]): Pair {
  const given = Object.keys(window);
  const number = parameters?.length ?? runs[0]?.theta.length ?? given.length;
  if (number !== 2)
    throw new RangeError(
      `The loss can be drawn over two parameters, and this one has ${number}${parameters ? ` (${parameters.join(", ")})` : ""}: draw it against the epoch, with lossCurve, or along one of them, with slopes.`,
    );
  const names = parameters ?? given;
  if (given.length !== 2 || !names.every((name) => given.includes(name)))
    throw new RangeError(
      `The window is over ${given.join(" and ") || "nothing"}, but the parameters are ${names.join(" and ")}: give from where to where each of them goes.`,
    );
  const [u, v] = names;
  for (const [low, high] of [window[u], window[v]])
    if (!(high - low > 0 && Number.isFinite(high - low)))
      throw new RangeError(`The window goes from ${low} to ${high}: give two numbers, the smaller first.`);
  return [u, v];
}

/** The window, made wider where a path leaves it. */
export function widened(window: Window, pair: Pair, history: readonly Step[]): Window {
  const side = ([low, high]: readonly [number, number], p: number): [number, number] => {
    const values = history.map(({ theta }) => theta[p]);
    const room = 0.05 * (high - low);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    return [least < low ? least - room : low, most > high ? most + room : high];
  };
  return Object.fromEntries(pair.map((name, p) => [name, side(window[name], p)]));
}
