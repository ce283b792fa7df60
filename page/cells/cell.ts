import type { Editor, Settings } from "../editor/interface";
import type { NumberAt } from "../kernel/numbers";
import type { Names, Reading } from "../kernel/protocol";
import { namesOfSliders, setNumber } from "../sliders/slider";
import type { BookCell } from "./book";
import { Draft } from "./draft";
import { Outputs } from "./outputs";
import type { State } from "./standing";

/** What a cell tells the notebook of. */
export interface Listener {
  changed(cell: Cell): void;
  run(cell: Cell, next: boolean): void;
  /** What the cells before this one define. */
  namesBefore(cell: Cell): readonly string[];
}

/** A code cell as the reader sees it: its text, which can be edited, its buttons and its outputs. */
export class Cell {
  readonly id: string;
  /** its place among the code cells, from 1 */
  readonly place: number;
  readonly outputs: Outputs;
  readonly draft: Draft;
  /** the names of the last text that could be read */
  names: Names = { declares: [], reads: [] };
  /** where the numbers of its sliders stand, if its text can be read */
  #sliders: readonly (NumberAt | null)[] = [];

  readonly #book: string;
  readonly #code: HTMLElement;
  readonly #still: HTMLElement;
  #editor: Editor | undefined;
  #text: string;

  constructor(
    { id, source, outputs = [] }: BookCell,
    place: number,
    readonly element: HTMLElement,
    readonly listener: Listener,
  ) {
    this.id = id;
    this.place = place;
    this.#book = source;
    this.#text = source;
    this.#code = element.querySelector<HTMLElement>(".highlight")!;
    this.#still = this.#code.querySelector("pre")!.cloneNode(true) as HTMLElement;
    const shown = element.querySelector<HTMLElement>(".outputs") ?? element.appendChild(document.createElement("div"));
    shown.className = "outputs";
    this.outputs = new Outputs(shown, outputs, (slider) => namesOfSliders(this.#text)[slider]);
    this.draft = new Draft(place, this.outputs);
  }

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
    if (this.#editor && this.#editor.value !== text) this.#editor.value = text;
    const pre = this.#code.querySelector("pre")!;
    if (this.edited) pre.textContent = text;
    else pre.replaceWith(this.#still.cloneNode(true));
    this.button("reset").hidden = !this.edited;
  }

  /** Writes a number in the place of the one that this slider stands for; false where there is none, or another. */
  move(slider: number, number: string): boolean {
    const place = this.#sliders[slider];
    const whole = this.#sliders.length === this.outputs.sliders.length;
    if (!whole || !place) return false;
    const { from, to } = place;
    const pre = this.#code.querySelector("pre")!;
    const coloured = pre.textContent!.startsWith(this.#text);
    this.#text = this.#text.slice(0, from) + number + this.#text.slice(to);
    if (this.#editor) this.#editor.value = this.#text;
    if (coloured) replaceText(pre, from, to, number);
    else pre.textContent = this.#text;
    this.button("reset").hidden = !this.edited;
    const shift = number.length - (to - from);
    this.#sliders = this.#sliders.map((each) => {
      if (!each || each.from < from) return each;
      return { from: each.from === from ? from : each.from + shift, to: each.to + shift };
    });
    return true;
  }

  /** Whether the text is not the book's. */
  get edited(): boolean {
    return this.#text !== this.#book;
  }

  get state(): State {
    return this.element.dataset["state"] as State;
  }

  set state(state: State) {
    this.element.dataset["state"] = state;
    const [run, stop] = [this.button("run"), this.button("stop")];
    const focused = document.activeElement;
    run.hidden = state === "running";
    stop.hidden = !run.hidden;
    if (focused === run && run.hidden) stop.focus();
    if (focused === stop && stop.hidden) run.focus();
  }

  button(name: "run" | "stop" | "edit" | "reset"): HTMLElement {
    return this.element.querySelector<HTMLElement>(`[data-do="${name}"]`)!;
  }

  /** Opens the editor in the place of the text that stands still; it offers the symbols of these texts. */
  async edit(texts: Settings["texts"]): Promise<void> {
    (this.element.querySelector("details.code") as HTMLDetailsElement).open = true;
    await window.housePrices.load("editor");
    if (!this.#editor) {
      this.#editor = window.housePrices.createEditor!({
        value: this.#text,
        label: `Code of cell ${this.place}`,
        names: () => this.listener.namesBefore(this),
        texts,
        changed: (text) => {
          this.#text = text;
          this.button("reset").hidden = !this.edited;
          this.listener.changed(this);
        },
        run: (next) => this.listener.run(this, next),
        leave: () => this.#focusButton(),
      });
      this.#code.after(this.#editor.element);
      this.#code.hidden = true;
      this.button("edit").hidden = true;
    }
    this.#editor.focus();
  }

  /** The book's text again, standing still. */
  reset(): void {
    this.draft.clear();
    this.text = this.#book;
    this.#editor?.element.remove();
    this.#editor = undefined;
    this.#code.hidden = false;
    this.button("edit").hidden = false;
  }

  /** What was found when the text was read. */
  read(reading: Reading): void {
    this.#sliders = "failure" in reading ? [] : reading.sliders;
    this.#sliders.forEach((place, i) => {
      const shown = this.outputs.sliders[i];
      if (place && shown) setNumber(shown, Number(this.#text.slice(place.from, place.to)));
    });
    if ("failure" in reading) {
      const [, line, column, message] = /^line (\d+), column (\d+): (.*)$/s.exec(reading.failure.evalue) ?? [];
      const place = { line: Number(line ?? 1), column: Number(column ?? 1) };
      this.#editor?.setDiagnostics([{ ...place, message: message ?? reading.failure.evalue }]);
    } else {
      this.names = reading.names;
      this.#editor?.setDiagnostics([]);
    }
  }

  focus(): void {
    if (this.#editor) this.#editor.focus();
    else this.#focusButton();
  }

  /** Run, or Stop in its place. */
  #focusButton(): void {
    this.button(this.state === "running" ? "stop" : "run").focus();
  }
}

/** Puts letters in the place of others in the text of an element, whose colours stay. */
function replaceText(element: HTMLElement, from: number, to: number, by: string): void {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let start = 0;
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    const end = start + node.length;
    const [first, last] = [Math.max(from, start), Math.min(to, end)];
    if (first < last) node.replaceData(first - start, last - first, last === to ? by : "");
    start = end;
  }
}
