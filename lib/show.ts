import type { Verdict } from "./derivation";
import { type Content, host } from "./host";
import type { Text } from "./text";
import type { Figure } from "./types";

/** Displays a figure or a text under the cell; where no notebook runs, it prints the words. */
export function show(what: Figure | Text): void {
  host.display("data" in what ? chart(what) : text(what));
}

function chart({ alt, ...figure }: Figure): Content {
  return { data: { "application/vnd.plotly.v1+json": figure, "text/plain": alt }, metadata: {} };
}

/** What a derivation stands on, and how it was run, go along for whoever lays the output out. */
function text({ markdown, text, ...more }: Text & Partial<Verdict>): Content {
  const metadata = more.given && more.how ? { derivation: { given: more.given, how: more.how } } : {};
  return { data: { "text/markdown": markdown, "text/plain": text }, metadata };
}
