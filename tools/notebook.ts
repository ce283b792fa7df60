import { readdir, readFile } from "node:fs/promises";
import { relative } from "node:path";
import { Problem, root } from "./project";

/** A cell, as far as the tools look at it. */
export interface Cell {
  readonly cell_type: "markdown" | "code" | "raw";
  readonly id?: string;
  readonly source: string | readonly string[];
  readonly execution_count?: number | null;
  readonly outputs?: readonly Output[];
  readonly metadata?: { readonly tags?: readonly string[] };
}

/** What a cell left under it. */
export interface Output {
  readonly output_type: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/** What an animation puts in place of some traces, and of some of the layout. */
interface Moment {
  readonly data: readonly object[];
  readonly traces: readonly number[];
  readonly layout?: object;
}

/** A chart among the outputs: its Plotly figure, and the name of its picture. */
export interface Chart {
  readonly figure: {
    readonly data: readonly object[];
    readonly layout: Readonly<Record<string, unknown>>;
    readonly frames?: readonly Moment[];
  };
  readonly picture: string;
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

const tagged = ({ cells }: Notebook, tag: string): Cell[] =>
  cells.filter(({ metadata }) => metadata?.tags?.includes(tag));

/** The charts of a notebook, in order. */
export const chartsOf = ({ cells }: Notebook): Chart[] => cells.flatMap(chartsIn);

const chartsIn = ({ outputs = [] }: Cell): Chart[] =>
  outputs.flatMap(({ data, metadata }) => {
    const figure = data?.["application/vnd.plotly.v1+json"] as Chart["figure"] | undefined;
    if (!figure) return [];
    return { figure, picture: String(metadata?.["picture"]) };
  });

/** The Markdown that the cells with this tag left under them. */
export const taggedText = (notebook: Notebook, tag: string): string =>
  tagged(notebook, tag)
    .flatMap(({ outputs = [] }) => outputs.map(({ data }) => [data?.["text/markdown"] ?? []].flat().join("")))
    .join("\n");

/** The names of the notebooks in a folder, in the order of the book. */
export async function notebooksIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.name.endsWith(".ipynb") && !entry.isDirectory() ? entry.name : [])).sort();
  } catch (error) {
    if (!/^(ENOENT|ENOTDIR)$/.test((error as NodeJS.ErrnoException).code ?? "")) throw error;
    throw new Problem(`There is no folder ${relative(root, folder)}: name one that has notebooks in it.`);
  }
}

/** The path of a notebook for nbconvert, which takes it for a pattern. */
export const asPattern = (path: string): string => path.replace(/[[*?]/g, "[$&]");

/** Reads a notebook; says in one sentence what is wrong with a file that is none. */
export async function readNotebook(path: string): Promise<Notebook> {
  const name = relative(root, path);
  const cure = `git checkout ${name} brings back its last version`;
  const text = await readFile(path, "utf8");
  let notebook: Notebook;
  try {
    notebook = JSON.parse(text) as Notebook;
  } catch (error) {
    const line = text.split("\n").findIndex((line) => /^(<{7}|={7}|>{7})/.test(line)) + 1;
    if (line > 0)
      throw new Problem(
        `${name} has conflict markers of git (line ${line}): resolve the conflict; git checkout --ours ${name} takes your side of it, --theirs the other.`,
      );
    if (text.trim() === "") throw new Problem(`${name} is empty: ${cure}.`);
    throw new Problem(`${name} is not a notebook: ${(error as Error).message}; ${cure}.`);
  }
  if (!Array.isArray(notebook?.cells) || notebook.nbformat !== 4 || !notebook.metadata)
    throw new Problem(`${name} is not a notebook in format 4: ${cure}.`);
  const bare = notebook.cells.findIndex((cell) => typeof cell?.source !== "string" && !Array.isArray(cell?.source));
  if (bare >= 0)
    throw new Problem(`${name}, cell ${bare + 1} of ${notebook.cells.length}, has no source: give it one; ${cure}.`);
  const odd = notebook.cells.findIndex(({ cell_type }) => !KINDS.has(cell_type));
  if (odd >= 0)
    throw new Problem(
      `${name}, cell ${odd + 1} of ${notebook.cells.length}, is no code, Markdown or raw text; ${cure}.`,
    );
  return notebook;
}

const KINDS: ReadonlySet<string> = new Set<Cell["cell_type"]>(["code", "markdown", "raw"]);
