// What a page brings along for its cells before anybody touches them: the way to what runs them.
import type { CreateEditor } from "../editor/interface";
import type { LibraryName } from "../editor/library";
import { moved, namesOfSliders, type Range, sliderElement } from "../sliders/slider";
import type { Draws } from "./drawing";
import { heldScript } from "./held";
import type { Hit } from "./search";
import { endedIn } from "./underway";

/** What `live.js` offers once it is loaded. */
export interface Live {
  /** Does what the button says. */
  act(button: HTMLElement): Promise<void>;
  /** Runs what stands on a slider that was moved. */
  move(slider: HTMLElement): Promise<void>;
}

declare global {
  interface Window {
    housePrices: Draws & {
      /** Runs a script that the page holds as text or beside it, once. */
      load(id: string): Promise<void>;
      live?: Live;
      /** What `search.js` offers once it is loaded: where the book speaks of something; and the book's words. */
      find?(query: string): Hit[];
      texts?: readonly object[];
      /** What the notes say, by number, as HTML, once it is loaded. */
      claims?: Readonly<Record<string, string>>;
      /** What `markdown.js` offers once it is loaded. */
      markdown?(text: string): HTMLElement;
      /** What `editor.js` offers once it is loaded. */
      createEditor?: CreateEditor;
      /** What the library exports, once it is loaded. */
      libraryNames?: readonly LibraryName[];
      /** Files that only this page holds, once they are loaded, by the paths that its cells know them by. */
      files?: Readonly<Record<string, string>>;
    };
  }
}

const live = async (): Promise<Live> => {
  if (typeof Worker === "undefined" || !("findLast" in Array.prototype))
    throw new Error("this browser is from before 2023, and a newer one is needed");
  await heldScript("live");
  return window.housePrices.live!;
};

/** Tells the reader in the page's own line. */
const say = (words: string): void => {
  const said = document.querySelector(".said");
  if (said) said.textContent = words;
};

const failed = ({ message }: Error): void => say(`The cells do not run here: ${message}.`);

/** Makes ready for the first touch. */
export function touch(): void {
  window.housePrices = { ...window.housePrices, load: heldScript };
  document.addEventListener("click", ({ target }) => {
    const button = (target as Element).closest<HTMLElement>("button[data-do]");
    if (button)
      live()
        .then((page) => page.act(button))
        .catch(failed);
  });

  document.addEventListener("input", ({ target }) => {
    const slider = (target as Element).closest<HTMLElement>(".slider");
    if (!slider) return;
    moved(slider);
    live()
      .then((page) => page.move(slider))
      .catch(failed);
  });

  // Sliders stand in the place of their words before anything is touched.
  for (const cell of document.querySelectorAll("[data-cell]")) {
    const names = namesOfSliders(cell.querySelector(".highlight pre")?.textContent ?? "");
    cell.querySelectorAll<HTMLElement>("[data-slider]").forEach((words, i) => {
      words.replaceWith(sliderElement(JSON.parse(words.dataset["slider"]!) as Range, names[i]));
    });
  }
  if ((edited() || endedIn() !== null) && document.querySelector("script#live")) live().catch(failed);
}

/** Whether the reader edited something earlier, which is shown at once. */
function edited(): boolean {
  try {
    const prefix = `house-prices/${document.body.dataset["notebook"]}/`;
    return Object.keys(localStorage).some((key) => key.startsWith(prefix));
  } catch {
    return false; // storage may be closed to a page opened from disk
  }
}
