import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Cell, type Output as Left, type Notebook, sourceOf } from "../tools/notebook";
import { root } from "../tools/project";

/** What a cell left under it, in the three shapes in which a kernel sends it. */
export interface Output extends Left {
  readonly text?: string | readonly string[];
  readonly evalue?: string;
}

const folder = join(root, "notebooks");

/** The notebooks of the book, in order. */
export const names = readdirSync(folder)
  .filter((name) => name.endsWith(".ipynb"))
  .sort();

/** A notebook with the outputs that are committed with it. */
export const committed = (name: string): Notebook => JSON.parse(readFileSync(join(folder, name), "utf8")) as Notebook;

/** How a test names a cell: by its number and its first line. */
export const label = (cell: Cell): string =>
  `${cell.cell_type} cell [${cell.execution_count ?? " "}] ${sourceOf(cell).split("\n")[0]}`;

export const outputsOf = (cell: Cell): readonly Output[] => (cell.outputs ?? []) as readonly Output[];

/** What an output says in words; a chart says what it shows, an error what is wrong. */
export function wordsOf({ data, text, evalue }: Output): string {
  const said = data?.["text/plain"] ?? text ?? evalue ?? "";
  return Array.isArray(said) ? said.join("") : String(said);
}

/** A cell of a made-up notebook: a string is a text, an array a cell's code with its outputs. */
export type Made = string | readonly [code: string, ...outputs: Output[]];

/** A made-up notebook, for testing what tests the real ones. */
export function madeUp(...cells: readonly Made[]): Notebook {
  const made = cells.map((cell): Cell => {
    if (typeof cell === "string") return { cell_type: "markdown", source: cell };
    const [source, ...outputs] = cell;
    return { cell_type: "code", source, outputs };
  });
  return { cells: made, metadata: {}, nbformat: 4 };
}

/** An output that says these words. */
export const printed = (text: string): Output => ({ output_type: "display_data", data: { "text/plain": text } });
