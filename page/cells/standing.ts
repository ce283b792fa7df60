import { type Node, States, sources, standsOn } from "./graph";

/**
 * How a cell stands: `fresh` shows the right outputs without having run, `stale` shows those of another text,
 * `running` has its turn now or waits for it.
 */
export type State = "fresh" | "stale" | "running" | "done" | "failed";

/** Which cells have run as they are now, which show what is no longer right, and which run next; counted from 0. */
export class Standing {
  readonly #states = new States();
  /** For each cell, the cells that it reads from, and its state now and in the book. */
  #from: readonly ReadonlySet<number>[] = [];
  #now: readonly number[] = [];
  #book: readonly number[] = [];
  /** The state that the outputs of each cell belong to: at first the book's; and that in which it ran in this kernel. */
  #shown: number[] = [];
  #ran: (number | undefined)[] = [];
  readonly #failed = new Set<number>();
  readonly #wanted = new Set<number>();
  #running: { readonly cell: number; readonly state: number } | undefined;

  /** The cells as they are now. */
  read(cells: readonly Node[]): void {
    this.#from = sources(cells);
    this.#now = this.#states.of(cells, this.#from);
  }

  /** As they are now, they are the book's, and the book's outputs are shown. */
  begin(): void {
    this.#book = this.#now;
    this.#shown = [...this.#now];
  }

  of(i: number): State {
    if (i === this.#running?.cell || this.#wanted.has(i)) return "running";
    if (this.#shown[i] !== undefined && this.isOld(i)) return "stale";
    if (this.#failed.has(i)) return "failed";
    return this.#ran[i] === this.#now[i] ? "done" : "fresh";
  }

  /** Whether a cell shows the outputs of another state. */
  isOld(i: number): boolean {
    return this.#shown[i] !== this.#now[i];
  }

  /** Whether a cell and all that it stands on are as in the book. */
  isBook(i: number): boolean {
    return this.#now[i] === this.#book[i];
  }

  /** A cell shows the outputs that belong to it. */
  restored(i: number): void {
    this.#shown[i] = this.#now[i];
    this.#failed.delete(i);
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  want(i: number): void {
    this.#wanted.add(i);
  }

  /** The cell that runs next: the first that is wanted, or one that it stands on and that has not run as it is now. */
  next(): number | undefined {
    if (this.#wanted.size === 0) return undefined;
    const wanted = Math.min(...this.#wanted);
    const missing = [...standsOn(wanted, this.#from)].filter((i) => i !== wanted && this.#ran[i] !== this.#now[i]);
    return missing.length > 0 ? Math.min(...missing) : wanted;
  }

  start(i: number): void {
    this.#wanted.delete(i);
    this.#failed.delete(i);
    this.#running = { cell: i, state: this.#now[i] };
  }

  /** The cell that runs has ended; what stands on one that failed does not run. */
  end(done: boolean): void {
    const { cell, state } = this.#running!;
    this.#running = undefined;
    this.#shown[cell] = state;
    this.#ran[cell] = done ? state : undefined;
    if (done) return;
    this.#failed.add(cell);
    for (const wanted of this.#wanted) if (standsOn(wanted, this.#from).has(cell)) this.#wanted.delete(wanted);
  }

  /** What stands on a cell that has run, and shows the outputs of another state, runs again. */
  follow(i: number): void {
    for (let j = i + 1; j < this.#now.length; j++)
      if (this.isOld(j) && standsOn(j, this.#from).has(i)) this.#wanted.add(j);
  }

  /** What the kernel knew is gone, and nothing is wanted. */
  stop(): void {
    this.#wanted.clear();
    this.#ran = [];
  }

  /** No failure is remembered. */
  forgive(): void {
    this.#failed.clear();
  }
}
