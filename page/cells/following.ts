import { setRange, taken } from "../sliders/slider";
import type { Cell } from "./cell";

/** A pass over what stands on a slider that is shorter, in milliseconds, shows no states: they would only flicker. */
const SHORT = 400;

/** What a slider asks of the notebook. */
export interface Asked {
  /** Its cell has another number, and is to run. */
  changed(cell: Cell): void;
  /** Runs what is to run. */
  work(): Promise<void>;
  /** Shows how the cells stand. */
  refresh(): void;
  say(words: string): void;
}

/** Follows the sliders that are moved: for the newest numbers it has run what stands on them, pass after pass. */
export class Following {
  readonly #moved = new Set<HTMLElement>();
  #hush: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly cells: readonly Cell[],
    readonly notebook: Asked,
  ) {}

  /** Whether a pass is under way that is still short. */
  get hushed(): boolean {
    return this.#hush !== undefined;
  }

  /** A slider was moved; true when none was before, so that somebody has to `follow`. */
  add(slider: HTMLElement): boolean {
    this.#moved.add(slider);
    return this.#moved.size === 1;
  }

  /** Runs pass after pass until the sliders rest. */
  async follow(): Promise<void> {
    while (this.#moved.size > 0) {
      this.#hush = setTimeout(() => this.#loud(), SHORT);
      const sliders = [...this.#moved];
      this.#moved.clear();
      for (const slider of sliders) this.#take(slider);
      await this.notebook.work();
      this.#loud();
      await new Promise(requestAnimationFrame);
    }
  }

  /** Forgets those that were moved. */
  stop(): void {
    for (const slider of this.#moved) taken(slider);
    this.#moved.clear();
  }

  #take(slider: HTMLElement): void {
    const cell = this.cells.find(({ element }) => element.contains(slider));
    if (!cell) return; // its output has gone
    if (cell.move(cell.outputs.sliders.indexOf(slider), taken(slider))) this.notebook.changed(cell);
    else {
      this.notebook.say(`Cell ${cell.place} has no single number that this slider stands for: edit the cell.`);
      setRange(slider, cell.outputs.shownBy(slider)!, slider.firstElementChild!.textContent!);
    }
  }

  /** States are shown again. */
  #loud(): void {
    clearTimeout(this.#hush);
    this.#hush = undefined;
    this.notebook.refresh();
  }
}
