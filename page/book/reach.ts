import { all } from "./all";

const BOXES = ".katex-display, .steps, .scroll, .outputs p:has(> small:only-child)";

/** What is wider than the column scrolls in its own box, by keyboard too. */
export function reach(): void {
  const look = (): void => {
    for (const box of all(BOXES))
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
  };
  addEventListener("resize", look);
  addEventListener("outputs", look); // a cell has run
  addEventListener("toggle", look, true); // what lay in a fold had no width
  void document.fonts.ready.then(look);
  look();
}
