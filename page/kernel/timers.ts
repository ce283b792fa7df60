/** Counts the timers that are under way: from now on those of this worker are counted. */
export class Timers {
  readonly #set = setTimeout;
  readonly #waiting = new Set<number>();

  constructor() {
    const { setInterval: every, clearTimeout: clear } = globalThis;
    const start = (timer: typeof setTimeout, once: boolean) =>
      ((task: TimerHandler, ...rest: [number?, ...unknown[]]) => {
        const run = (...values: unknown[]): void => {
          if (once) this.#waiting.delete(id);
          if (typeof task === "function") task(...values);
          else throw new TypeError("A timer needs a function to call.");
        };
        const id = timer(run, ...rest);
        this.#waiting.add(id);
        return id;
      }) as typeof setTimeout;
    const stop = (id?: number): void => {
      this.#waiting.delete(id ?? -1);
      clear(id);
    };
    const timers = { setTimeout: start(this.#set, true), setInterval: start(every, false) };
    Object.assign(globalThis, { ...timers, clearTimeout: stop, clearInterval: stop });
  }

  get pending(): number {
    return this.#waiting.size;
  }

  /** Waits, and is not counted. */
  readonly pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => this.#set.call(globalThis, resolve, milliseconds));
}
