import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";

/** tslab's side of the notebook; no cell runs while it displays nothing. */
interface Kernel {
  readonly lastWriteDisplayData: ((content: Content & { readonly transient: object }, update: boolean) => void) | null;
  /** Only the project's launcher can take a line away again, so that no notebook keeps it; plain tslab shows none. */
  readonly writePassingLine?: Host["tell"];
}

/** The kernel that runs this: it has loaded tslab's side before any cell. A plain program does not, and need not have tslab. */
function kernel(): Kernel | undefined {
  try {
    return require.cache[require.resolve("tslab/dist/jupyter")]?.exports as Kernel | undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

const CHART = "application/vnd.plotly.v1+json";

/** One output in several forms, by their MIME types. */
export interface Content {
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** What the place where the library runs does for it: a notebook, a plain program, or a page. */
export interface Host {
  /** Displays an output under the cell that runs. */
  display(content: Content): void;
  /** Shows a line that passes in place of the one before it; null takes it away. */
  tell(line: string | null): void;
  /**
   * The text of a file of the book.
   *
   * @throws Error when it cannot be had; the message is a sentence.
   */
  read(path: string): Promise<string>;
}

/** Node.js, with tslab as the kernel or without. The library knows nothing else of Node's, and a page has a host of its own. */
export const host: Host = {
  display(content) {
    const shown = withPicture(content);
    const write = kernel()?.lastWriteDisplayData;
    if (write) write({ ...shown, transient: {} }, false);
    else console.log(shown.data["text/plain"]);
  },
  tell(line) {
    kernel()?.writePassingLine?.(line);
  },
  async read(path) {
    try {
      return await readFile(path, "utf8");
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === "ENOENT")
        throw new Error(`There is no file "${path}": a path is relative to the notebook's folder.`);
      if (code === "EACCES")
        throw new Error(`"${path}" is closed to you: chmod u+r "${path}" opens it, if it is yours.`);
      if (code === "EISDIR") throw new Error(`"${path}" is a folder: name a file in it.`);
      throw new Error(`"${path}" cannot be read: ${message}.`);
    }
  },
};

/** A chart takes along its picture, if `pictures/` beside the notebook has one: for a preview that draws no charts. */
function withPicture(content: Content): Content {
  const { "text/plain": alt, ...figure } = content.data;
  if (!(CHART in figure)) return content;
  const picture = createHash("sha256").update(JSON.stringify(figure[CHART])).digest("hex").slice(0, 16);
  const file = `pictures/${picture}.png`;
  const drawn = existsSync(file) ? { "image/png": readFileSync(file, "base64") } : {};
  return { data: { ...figure, ...drawn, "text/plain": alt }, metadata: { ...content.metadata, picture } };
}
