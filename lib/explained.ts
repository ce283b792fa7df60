import { meanOf, sumOf } from "./mean";
import { random } from "./random";

/**
 * R²: which part of the variance of y the predictions h explain, 1 - sum (h_i - y_i)^2 / sum (y_i - mean(y))^2. It is 1
 * for perfect ones and 0 for those that always say the mean; below 0 they are worse than that.
 *
 * @throws RangeError when there is not one prediction for each y, or all y are equal.
 */
export function explained(h: readonly number[], y: readonly number[]): number {
  const part = 1 - sumOf(squaresOf(h, y)) / sumOf(squaresOf(new Array<number>(y.length).fill(meanOf(y)), y));
  if (!Number.isFinite(part))
    throw new RangeError("All prices are equal (or there are none): there is nothing to explain.");
  return part;
}

/** A value, and the two ends between which it is in 95 of 100 samples. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * R² of several models on the same data, and how far each leads the first of them, with intervals of 95% by the
 * bootstrap: from samples of the same size, drawn from the data with repetition, the same ones for all models and for the
 * same seed.
 *
 * @throws RangeError as `explained` does, and when there is no model.
 */
export function bootstrap(
  predictions: Readonly<Record<string, readonly number[]>>,
  y: readonly number[],
  { seed, samples = 1000 }: { readonly seed: number; readonly samples?: number },
): Readonly<Record<string, Interval & { readonly lead: Interval }>> {
  const models = Object.entries(predictions).map(([name, h]) => ({
    name,
    value: explained(h, y),
    squares: squaresOf(h, y),
    drawn: [] as number[],
  }));
  if (models.length === 0) throw new RangeError("There is no model to compare: give at least one.");
  const N = y.length;
  const mean = meanOf(y);
  const apart = Float64Array.from(y, (price) => price - mean);
  const next = random(seed);
  const rows = new Int32Array(N);
  for (let sample = 0; sample < samples; sample++) {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < N; i++) {
      const row = Math.floor(next() * N);
      rows[i] = row;
      sum += apart[row];
      squares += apart[row] * apart[row];
    }
    const spread = squares - (sum * sum) / N; //   sum (y_i - mean)^2 = sum y_i^2 - N mean^2
    for (const model of models) {
      let missed = 0;
      for (let i = 0; i < N; i++) missed += model.squares[rows[i]];
      if (spread > 0) model.drawn.push(1 - missed / spread);
    }
  }
  const [first] = models;
  return Object.fromEntries(
    models.map(({ name, value, drawn }) => [
      name,
      {
        ...between(value, drawn),
        lead: between(
          value - first.value,
          drawn.map((part, i) => part - first.drawn[i]),
        ),
      },
    ]),
  );
}

/** (h_i - y_i)^2 */
function squaresOf(h: readonly number[], y: readonly number[]): Float64Array {
  if (h.length !== y.length)
    throw new RangeError(`Each price needs one prediction: there are ${y.length}, and ${h.length} to explain them.`);
  return Float64Array.from(h, (value, i) => (value - y[i]) ** 2);
}

function between(value: number, drawn: readonly number[]): Interval {
  const sorted = [...drawn].sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.round(part * (sorted.length - 1))];
  return { value, low: at(0.025), high: at(0.975) };
}
