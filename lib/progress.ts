import type { Watcher } from "./descent";

/** A descent that is over sooner, in milliseconds, is not worth a line. */
const PATIENCE = 400;
/** The time between two lines, in milliseconds. */
const INTERVAL = 200;

/** Tells how far a long descent is, in one line that is given to `show` again and again, and null when it has ended. */
export function progress(show: (line: string | null) => void): Watcher {
  let next = 0;
  let shown = false;
  return {
    passes(epoch, epochs, loss) {
      const now = Date.now();
      if (epoch === 0) next = now + PATIENCE;
      if (now < next) return;
      next = now + INTERVAL;
      shown = true;
      show(
        `epoch ${count(epoch)} of ${count(epochs)} (${Math.floor((100 * epoch) / epochs)}%), loss ${loss.toPrecision(4)}`,
      );
    },
    ends() {
      if (shown) show(null);
      shown = false;
    },
  };
}

const count = (n: number): string => n.toLocaleString("en");
