import { all } from "./all";
import { heldScript } from "./held";

declare const renderMathInElement: (element: HTMLElement, options: object) => void;

/** A plain export brings what typesets its formulas; the book's pages are typeset already. */
export async function formulas(): Promise<void> {
  if (!document.querySelector("script#auto-render")) return;
  await Promise.all(["katex", "auto-render"].map(heldScript));
  const delimiters = [
    { left: "$$", right: "$$", display: true },
    { left: "$", right: "$", display: false },
  ];
  for (const prose of all(".prose")) renderMathInElement(prose, { delimiters, throwOnError: false });
}
