import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../tools/project";

/** A folder like the project's own, with notebooks that a test may spoil; `../lib` is found from them. */
export interface Workshop {
  readonly folder: string;
  readonly notebooks: string;
  /** Writes a notebook: a string is a code cell, a string in an array a markdown cell. */
  write(name: string, cells: readonly (string | readonly [string])[]): Promise<string>;
  /** Puts a real notebook in its place again. */
  restore(name: string): Promise<void>;
  remove(): Promise<void>;
}

/** Makes such a folder beside the project's own, with links to lib and data; `copied` takes the real notebooks along. */
export async function workshop(copied = false): Promise<Workshop> {
  const folder = await mkdtemp(join(root, ".tmp-"));
  const notebooks = join(folder, "notebooks");
  for (const name of ["lib", "data", "README.md"]) await symlink(join(root, name), join(folder, name));
  await (copied ? cp(join(root, "notebooks"), notebooks, { recursive: true }) : mkdir(notebooks));
  const write: Workshop["write"] = async (name, cells) => {
    await writeFile(join(notebooks, name), notebook(cells));
    return join(notebooks, name);
  };
  const restore = (name: string) => cp(join(root, "notebooks", name), join(notebooks, name));
  return { folder, notebooks, write, restore, remove: () => rm(folder, { recursive: true }) };
}

const notebook = (cells: readonly (string | readonly [string])[]): string =>
  JSON.stringify(
    {
      cells: cells.map((source, i) => ({
        id: `cell-${i}`,
        metadata: {},
        source: typeof source === "string" ? source : source[0],
        ...(typeof source === "string"
          ? { cell_type: "code", execution_count: null, outputs: [] }
          : { cell_type: "markdown" }),
      })),
      metadata: { kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" } },
      nbformat: 4,
      nbformat_minor: 5,
    },
    null,
    1,
  );
