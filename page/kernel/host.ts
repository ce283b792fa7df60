import files from "carried-files";
import type { Host } from "../../lib/host";

/** What a page does for the library; it takes the place of the library's own host when the page is bundled. */
export const host: Host = { display: refuse, tell: refuse, read };

/** No cell runs. */
function refuse(): void {}

const held: Record<string, string> = { ...files };

/** Takes further files, which only this page holds. */
export function hold(more: Readonly<Record<string, string>>): void {
  Object.assign(held, more);
}

async function read(path: string): Promise<string> {
  const text = held[path];
  if (text !== undefined) return text;
  const carried = Object.keys(held)
    .map((name) => `"${name}"`)
    .join(", ");
  throw new Error(`There is no file "${path}" in this page, which carries ${carried}: run the notebook in JupyterLab.`);
}
