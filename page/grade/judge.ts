import libraryNames from "library-names";
import { sources, standsOn } from "../cells/graph";
import { Kernel } from "../cells/kernel";
import type { End } from "../cells/runner";
import type { Names, Output, Reading } from "../kernel/protocol";
import { doubt, numbered } from "./answer";

/** A task of the book and somebody's answer to it. */
export interface Question {
  /** The code cells of the book before the task, those of other tasks solved. */
  readonly cells: readonly string[];
  readonly task: string;
  readonly solution: string;
  readonly answer: string;
  /** How long the answer may run. */
  readonly seconds: number;
}

/** `look`: the marks are right, but a person should look whether the check is still the book's. */
export interface Judgement {
  readonly verdict: "solved" | "not solved" | "look";
  /** Why, in a few words; empty if there is nothing to say. */
  readonly why: string;
}

/** How long the book's own cells may run. */
const PATIENCE = 300;
/** More outputs than this are not kept. */
const MANY = 200;

/** Runs an answer in a kernel of its own, after the book's cells that it stands on, whatever the hand-in made of those. */
export async function judge({ cells, task, solution, answer, seconds }: Question): Promise<Judgement> {
  const kernel = new Kernel();
  try {
    const readings = await within(kernel, seconds, kernel.read([...cells, answer]));
    const own = readings.at(-1);
    if (!own) return no(`it could not be read within ${seconds} seconds`);
    if ("failure" in own) return no(own.failure.evalue);
    const nodes = [...cells, answer].map((text, i) => ({ text, names: namesOf(readings[i]) }));
    for (const i of [...standsOn(cells.length, sources(nodes))].sort((a, b) => a - b).slice(0, -1)) {
      const { end, said } = await run(kernel, i + 1, cells[i], PATIENCE);
      if (end !== "done") throw new Error(`the book's own cell ${i + 1} fails: ${said}`);
    }
    const before = nodes.slice(0, -1).flatMap(({ names }) => names.declares);
    const known = new Set([...before, ...libraryNames]);
    const why = doubt(task, solution, answer, known);
    const { end, said, marks } = await run(kernel, cells.length + 1, why ? answer : numbered(answer), seconds);
    if (end === "stopped") return no(said || `it did not end within ${seconds} seconds`);
    if (end === "failed") return no(said);
    if (!/^✓+$/.test(marks)) return no(marks ? "" : "it shows no mark");
    return why ? { verdict: "look", why } : { verdict: "solved", why: "" };
  } finally {
    kernel.stop();
  }
}

const no = (why: string): Judgement => ({ verdict: "not solved", why });

const namesOf = (reading: Reading): Names => ("failure" in reading ? { declares: [], reads: [] } : reading.names);

async function run(
  kernel: Kernel,
  place: number,
  text: string,
  seconds: number,
): Promise<{ end: End; said: string; marks: string }> {
  let [said, marks, many] = ["", "", 0];
  const output = (output: Output): void => {
    if (++many > MANY) return;
    if (output.output_type === "error") said = `${output.ename}: ${output.evalue}`;
    if (output.output_type !== "display_data") return;
    const words = String(output.data["text/plain"]);
    marks += words.replace(/[^✓✗]/g, "") + (words.includes("not decided") ? "✗" : "");
  };
  const end = await within(kernel, seconds, kernel.run({ place, text, draft: false }, { output, line() {} }));
  return { end, said: many > MANY ? `it shows more than ${MANY} outputs` : said, marks: many > MANY ? "✗" : marks };
}

/** Ends the kernel if it does not answer in time. */
async function within<T>(kernel: Kernel, seconds: number, answer: Promise<T>): Promise<T> {
  const timer = setTimeout(() => kernel.stop(), seconds * 1000);
  return answer.finally(() => clearTimeout(timer));
}
