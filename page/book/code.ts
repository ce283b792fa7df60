import { all } from "./all";
import { keep, kept } from "./kept";

const folds = (): HTMLDetailsElement[] => all<HTMLDetailsElement>("details.code");
const cellOf = (fold: HTMLElement): string => fold.closest("[id]")?.id ?? "";

/** Code is folded where it is not the point; one button opens all of it, on all pages, and each cell has its own. */
export function code(): void {
  const own = `code/${document.body.dataset["notebook"]}`;
  const opened = JSON.parse(kept(own) ?? "{}") as Record<string, boolean>;
  const button = document.querySelector<HTMLElement>(".coding")!;
  let shown = kept("code") === "shown";
  const set = (): void => {
    for (const fold of folds()) fold.open = opened[cellOf(fold)] ?? (shown || "open" in fold.dataset);
    button.textContent = shown ? "Fold code" : "Show code";
  };
  button.hidden = folds().length === 0;
  button.onclick = () => {
    shown = !shown;
    for (const id of Object.keys(opened)) delete opened[id];
    keep("code", shown ? "shown" : null);
    keep(own, null);
    holdingPlace(set);
  };
  for (const fold of folds())
    fold.querySelector("summary")!.addEventListener("click", () => {
      opened[cellOf(fold)] = !fold.open;
      keep(own, JSON.stringify(opened));
    });
  set();
  for (const [i, text] of all(".highlight").entries()) text.append(copyButton(text, i + 1));
}

/** Does what changes heights; what is being read stays where it is. */
function holdingPlace(change: () => void): void {
  const parts = all("main .cell > :not(.code), main .prose > *");
  const here = parts.find((each) => each.getBoundingClientRect().bottom > 54 && each.offsetHeight);
  const top = here?.getBoundingClientRect().top ?? 0;
  change();
  if (here) scrollBy({ top: here.getBoundingClientRect().top - top, behavior: "instant" });
}

function copyButton(code: HTMLElement, number: number): HTMLElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  const say = (words: string): void => {
    button.textContent = words;
    button.setAttribute("aria-label", `${words} code ${number}`);
  };
  say("Copy");
  button.onclick = async () => {
    const text = code.querySelector("pre")!;
    try {
      await navigator.clipboard.writeText(text.textContent!.trimEnd());
      say("Copied");
    } catch {
      getSelection()!.selectAllChildren(text); // the browser does not let us: the reader can
      say("Press Ctrl+C to copy");
    }
    setTimeout(() => say("Copy"), 2500);
  };
  return button;
}
