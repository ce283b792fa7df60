import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import { Problem, root } from "./project";

/** A cell, as far as the tools look at it. */
export interface Cell {
  readonly cell_type: "markdown" | "code" | "raw";
  readonly id?: string;
  readonly source: string | readonly string[];
  readonly execution_count?: number | null;
  readonly outputs?: readonly { readonly output_type: string }[];
}

/** A notebook file. */
export interface Notebook {
  readonly cells: readonly Cell[];
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly nbformat: number;
}

/** The text of a cell; the file has it as one string or by lines. */
export const sourceOf = ({ source }: Cell): string => (typeof source === "string" ? source : source.join(""));

/** The cells that are executed, in order. */
export const codeCells = ({ cells }: Notebook): Cell[] =>
  cells.filter((cell) => cell.cell_type === "code" && sourceOf(cell).trim() !== "");

/** Reads a notebook; says in one sentence what is wrong with a file that is none. */
export async function readNotebook(path: string): Promise<Notebook> {
  const name = relative(root, path);
  const text = await readFile(path, "utf8");
  let notebook: Notebook;
  try {
    notebook = JSON.parse(text) as Notebook;
  } catch (error) {
    throw new Problem(`${name} is not a notebook: ${(error as Error).message}.`);
  }
  if (!Array.isArray(notebook?.cells) || notebook.nbformat !== 4) {
    throw new Problem(`${name} is not a notebook of format 4.`);
  }
  return notebook;
}
