import type { Output } from "../kernel/protocol";

/** A cell of the notebook that the page was made from. */
export interface BookCell {
  readonly cell_type: "code" | "markdown" | "raw";
  readonly id: string;
  readonly source: string;
  readonly metadata: object;
  readonly outputs?: readonly Output[];
}

/** The notebook that the page was made from; its charts lie in the page itself. */
export interface Book {
  readonly name: string;
  readonly metadata: object;
  readonly cells: readonly BookCell[];
}

const CHART = "application/vnd.plotly.v1+json";

/** Reads the notebook out of the page, and puts its charts back where they belong. */
export function readBook(): Book {
  const book = JSON.parse(document.querySelector("script#notebook")!.textContent!) as Book;
  const figures = [...document.querySelectorAll("figure.chart > script")].map(({ textContent }) => textContent!);
  const withChart = (output: Output): Output => {
    if (output.output_type !== "display_data" || !(CHART in output.data)) return output;
    return { ...output, data: { ...output.data, [CHART]: JSON.parse(figures.shift()!) } };
  };
  const cells = book.cells.map((cell) => (cell.outputs ? { ...cell, outputs: cell.outputs.map(withChart) } : cell));
  return { ...book, cells };
}

/** The text of the notebook as a short word: another edition of the book has another. */
export function editionOf({ cells }: Book): string {
  let hash = 0x811c9dc5; // FNV-1a
  for (const letter of cells.map(({ source }) => source).join("\0"))
    hash = Math.imul(hash ^ letter.codePointAt(0)!, 0x01000193);
  return (hash >>> 0).toString(36);
}

/** What the reader has of a cell: its text and its outputs. */
export type Own = Pick<BookCell, "source"> & { readonly outputs: readonly Output[] };

/** The notebook with the reader's cells, as a file that JupyterLab opens. */
export function notebookFile({ cells, metadata }: Book, own: ReadonlyMap<string, Own>): string {
  const count = { now: 0 };
  const written = cells.map(({ cell_type, id, source, metadata, outputs = [] }) => {
    const base = { cell_type, id, metadata, source: lines(own.get(id)?.source ?? source) };
    if (cell_type !== "code") return base;
    return { ...base, execution_count: ++count.now, outputs: (own.get(id)?.outputs ?? outputs).map(kept) };
  });
  return `${JSON.stringify({ cells: written, metadata, nbformat: 4, nbformat_minor: 5 }, null, 1)}\n`;
}

/** An output with its texts by lines, as notebooks have them. */
function kept(output: Output): object {
  if (output.output_type === "error") return output;
  if (output.output_type === "stream") return { ...output, text: lines(output.text) };
  const data = Object.entries(output.data).map(([type, value]) => [
    type,
    typeof value === "string" ? lines(value) : value,
  ]);
  return { ...output, data: Object.fromEntries(data) };
}

const lines = (text: string): string[] => text.split(/(?<=\n)/).filter(Boolean);
