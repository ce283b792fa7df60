import { host } from "./host";

/** A descent that is over sooner, in milliseconds, is not worth a line. */
const PATIENCE = 400;
/** The time between two lines, in milliseconds. */
const INTERVAL = 200;

/** Looks on while a descent runs. */
export interface Progress {
  /** Now and then, the first time at epoch 0; `loss` is that before the update of this epoch. */
  passes(epoch: number, epochs: number, loss: number): void;
  /** When the descent has ended, well or not. */
  ends(): void;
}

/** Tells how far a long descent is, in one line that passes. */
export function progress(): Progress {
  let next = Date.now() + PATIENCE;
  let shown = false;
  return {
    passes(epoch, epochs, loss) {
      const now = Date.now();
      if (now < next) return;
      next = now + INTERVAL;
      shown = true;
      const part = Math.floor((100 * epoch) / epochs);
      host.tell(`epoch ${count(epoch)} of ${count(epochs)} (${part}%), loss ${loss.toPrecision(4)}`);
    },
    ends() {
      if (shown) host.tell(null);
    },
  };
}

const count = (n: number): string => n.toLocaleString("en");
