import type { Output } from "../kernel/protocol";
import { type Node, States, sources, standsOn } from "./graph";
import type { End, Runner } from "./runner";

/** How long formulas, and a cell that they stand on, may take, in milliseconds. */
const SHORT = 3_000;
const LONG = 20_000;

/** Runs the formulas of a cell while it is typed, in a kernel of their own: that of the cells does not know of it. */
export class Drafts {
  readonly #states = new States();
  /** The state in which each cell ran in this kernel, and the states that took too long. */
  readonly #ran = new Map<number, number>();
  readonly #slow = new Set<number>();
  #asked = 0;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(readonly kernel: Runner) {}

  /**
   * What the formulas of a cell show with this text, an error as its own words; nothing where there are none, where the
   * text or a cell before it has a fault, or where it was asked again before its turn.
   */
  of(place: number, text: string, cells: readonly Node[]): Promise<readonly Output[] | undefined> {
    const asked = ++this.#asked;
    const turn = this.#turn.then(() => (asked === this.#asked ? this.#run(place, text, cells) : undefined));
    this.#turn = turn;
    return turn;
  }

  async #run(place: number, text: string, cells: readonly Node[]): Promise<readonly Output[] | undefined> {
    const [reading] = await this.#within(SHORT, this.kernel.read([text]));
    if (!reading || "failure" in reading || !reading.formulas) return undefined;
    const names = { ...reading.names, reads: reading.formulas };
    const now = cells.map((cell, i) => (i === place - 1 ? { text, names } : { text: cell.text, names: cell.names }));
    const from = sources(now);
    const states = this.#states.of(now, from);
    const before = [...standsOn(place - 1, from)].filter((i) => i !== place - 1).sort((a, b) => a - b);
    for (const i of before) {
      if (this.#ran.get(i) === states[i]) continue;
      if (this.#slow.has(states[i])) return undefined;
      const end = await this.#within(LONG, this.kernel.run({ place: i + 1, text: now[i].text, draft: false }, silent));
      if (end === "stopped") this.#slow.add(states[i]);
      if (end !== "done") return undefined;
      this.#ran.set(i, states[i]);
    }
    const outputs: Output[] = [];
    const end: End = await this.#within(
      SHORT,
      this.kernel.run({ place, text, draft: true }, { output: (output) => outputs.push(inWords(output)), line() {} }),
    );
    return end === "stopped" ? [words("This is taking long: run the cell to see the result.")] : outputs;
  }

  /** What takes longer is ended, with the kernel. */
  async #within<T>(limit: number, asked: Promise<T>): Promise<T> {
    const clock = setTimeout(() => {
      this.kernel.stop();
      this.#ran.clear();
    }, limit);
    const answer = await asked;
    clearTimeout(clock);
    return answer;
  }
}

const silent = { output() {}, line() {} };

const words = (text: string): Output => ({ output_type: "stream", name: "stdout", text: `${text}\n` });

/** An error, as long as the cell was not run, is no alarm. */
const inWords = (output: Output): Output => (output.output_type === "error" ? words(output.evalue) : output);
