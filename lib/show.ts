import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";

import jupyter = require("tslab/dist/jupyter");

import { watchDescents } from "./descent";
import type { Figure } from "./figures/figure";
import { progress } from "./progress";
import type { Text } from "./text";

/**
 * Displays a figure or a text under the cell; where no notebook runs, it prints the words. A figure takes along its
 * picture, if `pictures/` beside the notebook has one: for a preview that draws no charts.
 */
export function show(what: Figure | Text): void {
  const content =
    "data" in what ? chart(what) : { data: { "text/markdown": what.markdown, "text/plain": what.text }, metadata: {} };
  if (jupyter.lastWriteDisplayData === null) console.log(content.data["text/plain"]);
  else jupyter.lastWriteDisplayData({ ...content, transient: {} }, false);
}

interface Content {
  readonly data: Record<string, string>;
  readonly metadata: Record<string, string>;
}

function chart({ alt, ...figure }: Figure): Content {
  const json = figure as unknown as string; // tslab sends an object as well, though its type says text
  const picture = createHash("sha256").update(JSON.stringify(figure)).digest("hex").slice(0, 16);
  const file = `pictures/${picture}.png`;
  const drawn: Record<string, string> = existsSync(file) ? { "image/png": readFileSync(file, "base64") } : {};
  return { data: { "application/vnd.plotly.v1+json": json, ...drawn, "text/plain": alt }, metadata: { picture } };
}

// the project's launcher can take a line away again, so that no notebook keeps it; plain tslab cannot, and shows none
watchDescents(
  progress((line) => (jupyter as { writePassingLine?: (line: string | null) => void }).writePassingLine?.(line)),
);
