import type { Output } from "../kernel/protocol";
import { Outputs } from "./outputs";

/** What the formulas of a cell come to while it is typed: it stands where the derivations of the last run stood. */
export class Draft {
  readonly #element = document.createElement("div");
  readonly #outputs: Outputs;
  /** What stood in each place when it could last be read. */
  #readable: readonly (Output | undefined)[] = [];

  constructor(
    place: number,
    readonly ran: Outputs,
  ) {
    this.#element.className = "draft";
    this.#element.setAttribute("role", "group");
    this.#element.setAttribute("aria-label", `Draft of cell ${place}, not run yet`);
    const note = this.#element.appendChild(document.createElement("p"));
    note.textContent = "as you type, not run yet";
    const shown = this.#element.appendChild(document.createElement("div"));
    shown.className = "outputs";
    this.#outputs = new Outputs(shown, [], () => undefined);
  }

  /** Shows what came of the formulas; over words about one that cannot be read stays what it was before. */
  show(outputs: readonly Output[]): void {
    if (outputs.length === 0) return this.clear();
    const before = this.#element.isConnected ? this.#readable : this.ran.derivations;
    const inWords = ({ output_type }: Output): boolean => output_type === "stream";
    this.#outputs.begin();
    outputs.forEach((output, i) => {
      const old = before[i];
      if (inWords(output) && old) this.#outputs.add(old);
      this.#outputs.add(output);
    });
    this.#outputs.end();
    this.#readable = outputs.map((output, i) => (inWords(output) ? before[i] : output));
    this.ran.place.before(this.#element);
    this.ran.hideDerivations(true);
  }

  clear(): void {
    if (!this.#element.isConnected) return;
    this.#element.remove();
    this.ran.hideDerivations(false);
  }
}
