import { inspect } from "node-inspect-extracted";
import type { Failure } from "./protocol";
import { Misread } from "./syntax";

const BOLD = "\u001b[1m";
const DIM = "\u001b[2m";
const PLAIN = "\u001b[0m";

/** How much of a line is shown, so that it does not break and part the caret from its place. */
const WIDTH = 90;

/** What is wrong with a text that is no TypeScript: the words, its line, and a caret. */
export function misread({ message, line, column }: Misread, text: string): Failure {
  const place = `line ${line}, column ${column}`;
  const traceback = [`${BOLD}TypeScript${PLAIN}: ${place}: ${message}`];
  traceback.push(...pointed(text.split("\n")[line - 1] ?? "", column));
  return { ename: "TypeScript", evalue: `${place}: ${message}`, traceback };
}

function pointed(line: string, column: number): string[] {
  const from = column > WIDTH ? column - WIDTH / 2 : 0;
  const start = from > 0 ? "… " : "";
  const end = line.length > from + WIDTH ? " …" : "";
  const caret = " ".repeat(start.length + column - 1 - from);
  return [`${DIM}  ${start}${line.slice(from, from + WIDTH)}${end}${PLAIN}`, `  ${caret}^`];
}

/** What was thrown, as a Jupyter error; `library` has the names that can be imported. */
export function describe(error: unknown, library: object): Failure {
  if (error instanceof Misread) return misread(error, "");
  if (!(error instanceof Error)) {
    const evalue = typeof error === "string" ? error : inspect(error);
    return { ename: "Thrown", evalue, traceback: [`${BOLD}Thrown${PLAIN}: ${evalue}`] };
  }
  const endless =
    (error instanceof RangeError && error.message === "Maximum call stack size exceeded") ||
    error.message === "too much recursion";
  const long = TOO_LONG.test(error.message);
  const message = endless ? "A function calls itself without end." : long ? tooLong(error.message) : error.message;
  const name = endless || long ? "RangeError" : error.name; // Firefox has a name of its own
  const traceback = [`${BOLD}${name}${PLAIN}: ${message}`, ...frames(error), ...advice(error, library)];
  const inner = error instanceof AggregateError ? error.errors : error.cause === undefined ? [] : [error.cause];
  for (const cause of inner) traceback.push("caused by", ...describe(cause, library).traceback);
  return { ename: name, evalue: message, traceback };
}

/** What browsers say of a list, a text or a buffer that is longer than can be. */
const TOO_LONG =
  /^(?:invalid (?:string|array|typed array|array buffer) length|array buffer allocation failed|invalid count value|allocation size overflow|out of memory|array length must be|repeat count must be|length too large)/i;
const tooLong = (words: string): string =>
  `This is longer than a page can hold, or no length at all: ask for less (${words}).`;

/** Where in the cells an error came about, by their own lines; what lies between them is left out. */
function frames(error: Error): string[] {
  const found = (error.stack ?? "").split("\n").flatMap((line) => {
    // Chromium and Safari: "at f (cell-2:4:7)" or "at cell-2:4:7"; Firefox: "f@cell-2:4:7"
    const [, place, row] = /cell-(\d+):(\d+)/.exec(line) ?? [];
    if (place === undefined) return [];
    const name = /at (?:async )?(?:(?:Proxy|Object)\.)?([\w$.]+) \(/.exec(line)?.[1] ?? /^([\w$.]+)@/.exec(line)?.[1];
    const where = `cell [${place}], line ${Number(row) - 1}`;
    return name === undefined || name === "eval" ? `    at ${where}` : `    at ${name} (${where})`;
  });
  return [...new Set(found)].map((line) => `${DIM}${line}${PLAIN}`);
}

/** What the engine's words for an unknown name do not say. */
function advice(error: Error, library: object): string[] {
  const name = error instanceof ReferenceError && /^(\S+) is not defined$/.exec(error.message)?.[1];
  if (!name) return [];
  if (name in library) return [`  It is in lib: import { ${name} } from "../lib";`];
  return ["  Is it spelt right, and has the cell that defines it been run?"];
}
