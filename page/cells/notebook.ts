import { endedIn, note } from "../book/underway";
import { type Book, editionOf, notebookFile, readBook } from "./book";
import { Cell } from "./cell";
import { Drafts } from "./drafts";
import { Exercises } from "./exercises";
import { Following } from "./following";
import { ended, Kernel } from "./kernel";
import type { End } from "./runner";
import { Standing } from "./standing";
import { Store } from "./store";

/** How long after the last key the names of a text are read, in milliseconds. */
const PAUSE = 150;
/** And how long after it its formulas are tried. */
const REST = 300;

/** The cells of the page, alive: what its buttons, its sliders and typing in it do. */
export class Notebook {
  readonly #book: Book = readBook();
  readonly #cells: readonly Cell[];
  readonly #store = new Store(this.#book.name, editionOf(this.#book), (why) => this.#say(why));
  readonly #kernel = new Kernel();
  readonly #drafts = new Drafts(new Kernel());
  readonly #standing = new Standing();
  readonly #exercises: Exercises;
  readonly #sliders: Following;
  #turn: Promise<void> = Promise.resolve();

  private constructor() {
    const listener = {
      changed: (cell: Cell) => this.#changed(cell),
      run: (cell: Cell, next: boolean) => this.#go(cell, next),
      namesBefore: ({ place }: Cell) => this.#cells.slice(0, place - 1).flatMap(({ names }) => names.declares),
    };
    const code = new Map(this.#book.cells.map((cell) => [cell.id, cell]));
    const elements = [...document.querySelectorAll<HTMLElement>("[data-cell]:has(.highlight)")];
    this.#cells = elements.map((element, i) => new Cell(code.get(element.dataset["cell"]!)!, i + 1, element, listener));
    this.#exercises = new Exercises(this.#cells);
    this.#sliders = new Following(this.#cells, {
      changed: (cell) => {
        this.#edited.add(cell);
        this.#keep(cell);
        this.#standing.want(cell.place - 1);
      },
      work: () => this.#work(),
      refresh: () => this.#refresh(),
      say: (words) => this.#say(words),
    });
  }

  /** Brings the page's cells to life, with what the reader left in this browser. */
  static async start(): Promise<Notebook> {
    const notebook = new Notebook();
    const { load } = window.housePrices;
    await Promise.all([load("katex"), load("markdown"), notebook.#begin()]);
    notebook.#tell("idle");
    return notebook;
  }

  async #begin(): Promise<void> {
    this.#tell("starting");
    await this.#read(this.#cells);
    this.#standing.begin();
    for (const cell of this.#cells) {
      const { text, solved } = this.#store.get(cell.id);
      if (text !== undefined) cell.text = text;
      if (solved) this.#exercises.solved(cell);
    }
    await this.#read(this.#cells.filter(({ edited }) => edited));
    const fell = this.#cells.find(({ id }) => id === endedIn());
    if (fell) await this.#tellEnd(fell);
    addEventListener("pagehide", () => note(undefined)); // whoever leaves a page ends its cell himself
  }

  /** Tells under a cell that the page ended in the middle of it, when it was open the last time. */
  async #tellEnd(cell: Cell): Promise<void> {
    this.#standing.start(cell.place - 1);
    cell.outputs.begin();
    cell.outputs.add({ output_type: "error", ...ended("the page") });
    await this.#hasRun(cell, "failed");
  }

  /** Does what a button says. */
  act(button: HTMLElement): void {
    const cell = this.#cells.find(({ element }) => element.contains(button));
    const does: Readonly<Record<string, () => void>> = {
      run: () => cell && this.run([cell]),
      edit: () => cell && void this.#edit(cell),
      reset: () => cell && this.reset([cell]),
      stop: () => this.stop(),
      "run-all": () => this.run(this.#cells),
      restart: () => this.restart(),
      "reset-page": () => this.reset(this.#cells),
      download: () => this.download(),
    };
    does[button.dataset["do"]!]?.();
  }

  /** Runs these cells, before them what they stand on, and after them what has become wrong by them. */
  run(cells: readonly Cell[]): void {
    for (const { place } of cells) this.#standing.want(place - 1);
    this.#tell("busy");
    this.#refresh();
    this.#turn = this.#turn.then(() => this.#work());
  }

  /** A slider of a cell was moved: its number is taken as soon as what stands on the number before has run. */
  move(slider: HTMLElement): void {
    if (!this.#sliders.add(slider)) return;
    this.#turn = this.#turn.then(() => this.#readEdited()).then(() => this.#sliders.follow());
  }

  /** Ends whatever runs; what the kernel knew is gone, so that the next cell that runs brings along what it stands on. */
  stop(): void {
    const waits = this.#standing.isRunning ? undefined : this.#standing.next();
    this.#standing.stop();
    this.#sliders.stop();
    this.#kernel.stop(stopped);
    this.#readSoon();
    this.#refresh();
    if (waits !== undefined) this.#say(`Cell ${waits + 1} was stopped before it ran.`);
  }

  restart(): void {
    this.stop();
    this.#standing.forgive();
    this.#refresh();
    this.#tell("none");
    this.#say("The kernel is new: nothing has run in it.");
  }

  /** Gives these cells the book's text again, and its outputs to all that are as in the book. */
  reset(cells: readonly Cell[]): void {
    if (this.#standing.isRunning) this.stop();
    const edited = cells.filter((cell) => cell.edited);
    const focused = cells.find(({ element }) => element.contains(document.activeElement));
    for (const cell of cells) {
      cell.reset();
      this.#keep(cell);
    }
    focused?.button("edit").focus();
    this.#turn = this.#turn.then(async () => {
      await this.#read(edited);
      this.#cells.forEach((cell, i) => {
        if (!this.#standing.isBook(i) || !(this.#standing.isOld(i) || cells.includes(cell))) return;
        cell.outputs.restore();
        this.#standing.restored(i);
      });
      this.#refresh();
      this.#say(cells.length === 1 ? `Cell ${cells[0].place} is the book's again.` : "The page is the book's again.");
    });
  }

  download(): void {
    const own = new Map(this.#cells.map(({ id, text, outputs }) => [id, { source: text, outputs: outputs.all }]));
    const file = new Blob([notebookFile(this.#book, own)], { type: "application/x-ipynb+json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `${this.#book.name}.ipynb`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  async #edit(cell: Cell): Promise<void> {
    try {
      await cell.edit(this.#cells.map(({ text }) => text));
    } catch (error) {
      this.#say(`The editor does not open: ${(error as Error).message}.`);
    }
  }

  #go(cell: Cell, next: boolean): void {
    this.run([cell]);
    if (next) this.#cells[cell.place]?.focus();
  }

  #pause: ReturnType<typeof setTimeout> | undefined;
  readonly #edited = new Set<Cell>();

  #changed(cell: Cell): void {
    this.#edited.add(cell);
    this.#keep(cell);
    this.#readSoon();
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.#draft(cell), REST);
  }

  #readSoon(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      this.#turn = this.#turn.then(() => this.#readEdited());
    }, PAUSE);
  }

  #rest: ReturnType<typeof setTimeout> | undefined;

  /** Shows what the formulas of a cell come to, unless it shows it already. */
  async #draft(cell: Cell): Promise<void> {
    const { place, text } = cell;
    const outputs = await this.#drafts.of(place, text, this.#cells);
    if (!outputs || cell.text !== text || !this.#isOld(place - 1)) return;
    cell.draft.show(outputs);
    dispatchEvent(new Event("outputs"));
  }

  /** Whether a cell shows the outputs of another text. */
  #isOld(i: number): boolean {
    return this.#edited.has(this.#cells[i]) || this.#standing.isOld(i);
  }

  #keep(cell: Cell): void {
    const { solved } = this.#store.get(cell.id);
    this.#store.set(cell.id, {
      ...(cell.edited ? { text: cell.text } : {}),
      ...(solved && cell.edited ? { solved } : {}),
    });
    if (!cell.edited) this.#exercises.unsolved(cell);
  }

  async #readEdited(): Promise<void> {
    clearTimeout(this.#pause);
    const cells = [...this.#edited];
    this.#edited.clear();
    if (cells.length > 0) await this.#read(cells);
  }

  /** Reads the names of these cells; what follows from them is brought up to date. */
  async #read(cells: readonly Cell[]): Promise<void> {
    const readings = await this.#kernel.read(cells.map(({ text }) => text));
    if (readings.length < cells.length) for (const cell of cells) this.#edited.add(cell); // the kernel has ended
    readings.forEach((reading, i) => cells[i].read(reading));
    this.#standing.read(this.#cells);
    this.#refresh();
  }

  #refresh(): void {
    if (this.#sliders.hushed) return;
    this.#cells.forEach((cell, i) => {
      if (!this.#isOld(i)) cell.draft.clear();
      cell.state = this.#standing.of(i);
    });
  }

  async #work(): Promise<void> {
    await this.#readEdited();
    for (let i = this.#standing.next(); i !== undefined; i = this.#standing.next()) await this.#runCell(i);
    this.#tell(this.#kernel.started ? "idle" : "none");
  }

  async #runCell(i: number): Promise<void> {
    const cell = this.#cells[i];
    this.#standing.start(i);
    this.#tell("busy");
    this.#refresh();
    cell.outputs.begin();
    note(cell.id);
    const { place, text, outputs } = cell;
    const end = await this.#kernel.run(
      { place, text, draft: false },
      {
        output: (output) => {
          cell.draft.clear();
          outputs.add(output);
        },
        line: (line) => outputs.line(line),
      },
    );
    cell.draft.clear();
    await this.#hasRun(cell, end);
  }

  /** What a cell had to say is whole: what follows from its end is brought up to date. */
  async #hasRun(cell: Cell, end: End): Promise<void> {
    note(undefined);
    cell.outputs.end();
    dispatchEvent(new Event("outputs"));
    this.#standing.end(end === "done");
    await this.#readEdited();
    if (end === "done") this.#standing.follow(cell.place - 1);
    this.#refresh();
    this.#judge(cell, end === "done");
    this.#say(`Cell ${cell.place} ${{ done: "has run", failed: "failed", stopped: "was stopped" }[end]}.`);
  }

  #judge(cell: Cell, ran: boolean): void {
    if (!ran || !cell.edited) return;
    const solved = this.#exercises.judge(cell);
    this.#store.set(cell.id, { text: cell.text, ...(solved ? { solved: true } : {}) });
  }

  #tell(kernel: "none" | "starting" | "idle" | "busy"): void {
    document.body.dataset["kernel"] = kernel;
  }

  #say(words: string): void {
    const said = document.querySelector(".said");
    if (said) said.textContent = words;
  }
}

const stopped = {
  ename: "Interrupted",
  evalue: "the cell was stopped",
  traceback: ["\u001b[1mInterrupted\u001b[0m: the cell was stopped"],
};
