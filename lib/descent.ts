import { type Progress, progress } from "./progress";
import type { Objective, Theta } from "./types";

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
  const rate: Rate = typeof alpha === "number" ? () => alpha : alpha;
  const theta = [...start];
  const gradient = J.gradient(theta);
  if (gradient.length !== theta.length)
    throw new RangeError(
      `The start has ${theta.length} numbers and the model ${gradient.length} parameters: give one for each.`,
    );
  const history: Step[] = [];
  const best = { epoch: 0, theta: [...theta], loss: Number.POSITIVE_INFINITY };
  let loss = Number.NaN;
  let step = 0;
  const look = (epoch: number): number => {
    const now = J.value(theta);
    if (!Number.isFinite(now)) {
      const run = { theta, loss, alpha: step, epochs: epoch, best, history };
      throw new DivergenceError(
        `The descent diverged: at epoch ${epoch} the loss is ${now}. The rate ${Number(step.toPrecision(4))} is too large: try a smaller one.`,
        run,
      );
    }
    if (now < best.loss) {
      best.epoch = epoch;
      best.loss = now;
      for (let p = 0; p < theta.length; p++) best.theta[p] = theta[p];
    }
    return now;
  };
  for (let epoch = 0, next = 0; epoch < epochs; epoch++) {
    loss = look(epoch);
    if (epoch === next) {
      history.push({ epoch, theta: [...theta], loss });
      next = epoch < 100 ? epoch + 1 : Math.ceil(epoch * 1.05);
    }
    if (epoch % 256 === 0) watcher.passes(epoch, epochs, loss);
    step = rate(epoch, epochs);
    if (!Number.isFinite(step))
      throw new RangeError(`The learning rate is ${step} at epoch ${epoch}: give a finite number.`);
    J.gradient(theta, gradient);
    for (let p = 0; p < theta.length; p++) theta[p] -= step * gradient[p]; // theta := theta - alpha dJ/dtheta
  }
  history.push({ epoch: epochs, theta: [...theta], loss: look(epochs) });
  return { theta, loss, alpha: step, epochs, best, history };
}
