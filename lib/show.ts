import jupyter = require("tslab/dist/jupyter");
import { watchDescents } from "./descent";
import type { Figure } from "./figures/figure";
import { progress } from "./progress";
import type { Text } from "./text";

/** Displays a figure or a text under the cell; where no notebook runs, it prints the words. */
export function show(what: Figure | Text): void {
  const data = "data" in what ? chart(what) : { "text/markdown": what.markdown, "text/plain": what.text };
  if (jupyter.lastWriteDisplayData === null) console.log(data["text/plain"]);
  else jupyter.lastWriteDisplayData({ data, metadata: {}, transient: {} }, false);
}

function chart({ alt, ...figure }: Figure): Record<string, string> {
  const json = figure as unknown as string; // tslab sends an object as well, though its type says text
  return { "application/vnd.plotly.v1+json": json, "text/plain": alt };
}

// the project's launcher can take a line away again, so that no notebook keeps it; plain tslab cannot, and shows none
watchDescents(progress((line) => (jupyter as { writePassingLine?: (line: string | null) => void }).writePassingLine?.(line)));
