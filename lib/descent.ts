import { type Progress, progress } from "./progress";
import type { Course, Objective, Theta } from "./types";

/** The learning rate of an epoch (0, 1, ...) out of so many. */
export type Rate = (epoch: number, epochs: number) => number;

/** A moment of a descent: the parameters before the update of this epoch, and the loss there. */
export interface Step {
  readonly epoch: number;
  readonly theta: Theta;
  readonly loss: number;
}

/** How a descent went. */
export interface Run {
  /** The parameters after the last update. */
  readonly theta: Theta;
  /** The loss before the last update: the one that the notes print. */
  readonly loss: number;
  /** The last learning rate used. */
  readonly alpha: number;
  readonly epochs: number;
  /** The moment of the least loss. */
  readonly best: Step;
  /** Each of the first hundred epochs, then ever fewer (each 5% later than the one before); the last is the end. */
  readonly history: readonly Step[];
}

/** A descent that left the finite numbers: the rate was too large. `run` is how far it came. */
export class DivergenceError extends Error {
  override readonly name = "DivergenceError";
  constructor(
    message: string,
    readonly run: Run,
  ) {
    super(message);
  }
}

/** A rate that falls on a straight line from `from` to `to`, refreshed every 100 epochs as in the notes. */
export function linearly(from: number, to: number, every = 100): Rate {
  return (epoch, epochs) => from - (from - to) * ((epoch - (epoch % every)) / epochs);
}

/**
 * Gradient descent: `theta := theta - alpha * dJ/dtheta`, so many times, all parameters at once (L6 to L8).
 * It knows a gradient and nothing of models.
 *
 * @throws RangeError when the start, the rate or the number of epochs makes no sense.
 * @throws DivergenceError when the loss is no longer a finite number.
 */
export function descend(
  J: Objective,
  start: Theta,
  settings: { readonly epochs: number; readonly alpha: number | Rate },
): Run {
  const watcher = progress();
  try {
    return walk(J, start, settings, watcher);
  } finally {
    watcher.ends();
  }
}

function walk(J: Objective, start: Theta, { epochs, alpha }: Parameters<typeof descend>[2], watcher: Progress): Run {
  if (!Number.isInteger(epochs) || epochs < 1)
    throw new RangeError(`epochs is ${epochs}: give a whole number from 1 on.`);
  if (start.length === 0 || !start.every(Number.isFinite))
    throw new RangeError(`The start is [${start.join(", ")}]: give a finite number for each parameter.`);
  const parameters = J.gradient(start).length;
  if (parameters !== start.length)
    throw new RangeError(
      `The start needs one number for each parameter of the model: it has ${start.length} for ${parameters}.`,
    );
  if (typeof alpha === "number" && !Number.isFinite(alpha)) throw unfit(alpha, 0);
  const course = J.train?.(start) ?? byGradient(J, start);
  const { rates } = course;
  if (typeof alpha === "number") rates.fill(alpha);
  const history: Step[] = [];
  let best: Step = { epoch: 0, theta: [...start], loss: Number.POSITIVE_INFINITY };
  let step = 0;
  const end = (epoch: number): Omit<Run, "best"> => ({
    theta: course.theta,
    loss: course.last,
    alpha: step,
    epochs: epoch,
    history,
  });
  const diverged = (epoch: number, loss: number): DivergenceError => {
    const why =
      epoch === 0
        ? `The descent cannot begin: at the start the loss is ${loss}. Try another start.`
        : `The descent diverged: at epoch ${epoch} the loss is ${loss}. The rate ${Number(step.toPrecision(4))} is too large: try a smaller one.`;
    return new DivergenceError(why, { ...end(epoch), best });
  };
  for (let epoch = 0, next = 0; epoch < epochs; ) {
    const recorded = epoch === next ? [...course.theta] : null;
    if (recorded) next = epoch < 100 ? epoch + 1 : Math.ceil(epoch * 1.05);
    const asked = Math.min(next, epochs, epoch + rates.length) - epoch;
    const given = typeof alpha === "number" ? asked : fill(rates, alpha, epoch, asked, epochs);
    const made = course.run(given, typeof alpha !== "number");
    if (course.best.epoch >= 0) best = { ...course.best, epoch: epoch + course.best.epoch };
    if (recorded && made > 0) history.push({ epoch, theta: recorded, loss: course.first });
    if (made > 0) step = rates[made - 1];
    if (made < given) throw diverged(epoch + made, course.now);
    if (given < asked) throw unfit(rates[given], epoch + given);
    watcher.passes(epoch, epochs, course.first);
    epoch += made;
  }
  const loss = J.value(course.theta);
  if (!Number.isFinite(loss)) throw diverged(epochs, loss);
  const last: Step = { epoch: epochs, theta: course.theta, loss };
  history.push(last);
  return { ...end(epochs), best: loss < best.loss ? last : best };
}

/** Writes the rates of the next epochs, up to one that is no finite number; returns how many. */
function fill(rates: Float64Array, rate: Rate, epoch: number, count: number, epochs: number): number {
  for (let k = 0; k < count; k++) {
    rates[k] = rate(epoch + k, epochs);
    if (!Number.isFinite(rates[k])) return k;
  }
  return count;
}

function unfit(rate: number, epoch: number): RangeError {
  return new RangeError(`The learning rate is ${rate} at epoch ${epoch}: give a finite number.`);
}

/** A descent by nothing but the value and the gradient. */
function byGradient(J: Objective, start: Theta): Course {
  const theta = doubles(start);
  const gradient = doubles(start);
  const both =
    J.both ??
    ((at: Theta, out: number[]): number => {
      const given = J.gradient(at, out);
      for (let p = 0; p < out.length; p++) out[p] = given[p]; // a gradient may write to out, or return an array of its own
      return J.value(at);
    });
  const best = { epoch: -1, theta: doubles(start), loss: Number.POSITIVE_INFINITY };
  const rates = new Float64Array(256);
  const course = {
    rates,
    theta,
    best,
    first: Number.NaN,
    last: Number.NaN,
    now: Number.NaN,
    run(epochs: number): number {
      best.epoch = -1;
      let [epoch, last, least] = [0, course.last, best.loss];
      for (; epoch < epochs; epoch++) {
        const loss = both(theta, gradient);
        if (epoch === 0) course.first = loss;
        if (!Number.isFinite(loss)) {
          course.now = loss;
          break;
        }
        if (loss < least) {
          best.epoch = epoch;
          least = loss;
          for (let p = 0; p < theta.length; p++) best.theta[p] = theta[p];
        }
        last = loss;
        for (let p = 0; p < theta.length; p++) theta[p] -= rates[epoch] * gradient[p]; // theta - alpha dJ/dtheta
      }
      course.last = last;
      best.loss = least;
      return epoch;
    },
  };
  return course;
}

/** A copy that is an array of doubles from its first moment, even of whole numbers: what runs often is compiled for one kind. */
function doubles(values: readonly number[]): number[] {
  const copy = values.map(() => 0.5);
  values.forEach((value, i) => {
    copy[i] = value;
  });
  return copy;
}
