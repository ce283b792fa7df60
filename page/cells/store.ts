/** What the browser keeps of a cell: the reader's text, where it is not the book's, and whether a task is solved. */
export interface Kept {
  readonly text?: string;
  readonly solved?: true;
}

/** The reader's edits and progress, in this browser, for one edition of one notebook, cell by cell. */
export class Store {
  readonly #prefix: string;

  /** `refused` is told once, in a sentence, when the browser keeps nothing. */
  constructor(
    notebook: string,
    edition: string,
    readonly refused: (why: string) => void,
  ) {
    this.#prefix = `house-prices/${notebook}/${edition}/`;
  }

  get(cell: string): Kept {
    try {
      return JSON.parse(localStorage.getItem(this.#prefix + cell) ?? "{}") as Kept;
    } catch {
      return {};
    }
  }

  set(cell: string, kept: Kept): void {
    try {
      if (Object.keys(kept).length === 0) localStorage.removeItem(this.#prefix + cell);
      else localStorage.setItem(this.#prefix + cell, JSON.stringify(kept));
    } catch {
      if (!this.#told) this.refused("This browser does not keep what you edit here: download the notebook to keep it.");
      this.#told = true;
    }
  }

  #told = false;
}
