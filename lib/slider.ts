import { host } from "./host";

/** The bounds of a slider, both included, how finely it moves, and what it is called. */
export interface Bounds {
  readonly from: number;
  readonly to: number;
  /** The numbers are `from`, `from + step`, …; without it there are 100 to 250 of them, at round steps. */
  readonly step?: number;
  /** What is moved; without it, the name that the number gets in the cell. */
  readonly label?: string;
}

/**
 * The number `value`, which the reader of a page moves with a finger: that rewrites the number in the cell, runs the cell
 * and then what stands on it. In JupyterLab it is edited and run.
 *
 * In a notebook, give it a cell with its name and nothing else, `const rate = slider(0.005, { from: 0, to: 0.15 });`,
 * and put what depends on it into cells below: only those run again, at every move. The value is a plain number, not an
 * expression. Charts that are animated begin anew at every move, so let none depend on it.
 *
 * @throws RangeError when the bounds are none, or `value` lies outside.
 */
export function slider(value: number, bounds: Bounds): number {
  const { from, to, step = roundStep(to - from), label } = bounds ?? {}; // a page checks no types
  if (!(Number.isFinite(from) && Number.isFinite(to) && from < to))
    throw new RangeError(`A slider goes from a number to a larger one, and not from ${from} to ${to}.`);
  if (!(step > 0 && step <= to - from))
    throw new RangeError(
      `The step of a slider from ${from} to ${to} is above 0 and at most ${to - from}, not ${step}.`,
    );
  if (!(from <= value && value <= to))
    throw new RangeError(
      `This slider goes from ${from} to ${to}: its number lies between them, and ${value} does not.`,
    );
  const shown = { value, from, to, step, ...(label === undefined ? {} : { label }) };
  host.display({
    data: { "application/vnd.house-prices.slider+json": shown, "text/plain": `${value} (edit and run)` },
    metadata: {},
  });
  return value;
}

/** The largest of 1, 2 and 5, times a power of ten, that fits a hundred times into `way`. */
function roundStep(way: number): number {
  const power = Math.floor(Math.log10(way / 100));
  const times = [5, 2, 1].find((digit) => Number(`${digit}e${power}`) <= way / 100) ?? 1;
  return Number(`${times}e${power}`);
}
