import { all } from "./all";
import { heldScript } from "./held";

/** How long a preview stays when the pointer has left, in milliseconds: time to reach it. */
const STAYS = 250;

/** A number of the notes shows what they say there: to a pointer, to the focus, and to a finger, whose second touch follows it. */
export function marks(): void {
  if (!document.querySelector("script#claims")) return;
  const preview = document.createElement("div");
  Object.assign(preview, { id: "preview", className: "preview-card", hidden: true });
  preview.setAttribute("role", "tooltip");
  const text = document.querySelector("main")!;
  text.append(preview);
  let shown: HTMLElement | undefined;
  let leaving: ReturnType<typeof setTimeout> | undefined;

  const hide = (): void => {
    shown?.removeAttribute("aria-describedby");
    shown = undefined;
    preview.hidden = true;
  };
  const show = async (mark: HTMLElement): Promise<void> => {
    clearTimeout(leaving);
    if (shown === mark) return;
    hide();
    shown = mark;
    await heldScript("claims");
    if (shown !== mark) return;
    preview.innerHTML = window.housePrices.claims![mark.textContent!];
    preview.hidden = false;
    mark.setAttribute("aria-describedby", preview.id);
    const place = mark.getBoundingClientRect();
    const left = Math.max(8, Math.min(place.left, document.documentElement.clientWidth - preview.offsetWidth - 8));
    const below = place.bottom + 6 + preview.offsetHeight < innerHeight;
    const top = below ? place.bottom + 6 : place.top - preview.offsetHeight - 6;
    const origin = text.getBoundingClientRect();
    preview.style.left = `${left - origin.left}px`;
    preview.style.top = `${top - origin.top}px`;
  };
  const leave = (): void => {
    clearTimeout(leaving);
    leaving = setTimeout(hide, STAYS);
  };

  for (const mark of all("a.mark")) {
    let byFinger = false;
    mark.addEventListener("pointerdown", ({ pointerType }) => (byFinger = pointerType === "touch" && shown !== mark));
    mark.addEventListener("click", (event) => {
      if (!byFinger) return;
      event.preventDefault();
      byFinger = false;
      void show(mark);
    });
    mark.addEventListener("pointerenter", ({ pointerType }) => pointerType !== "touch" && void show(mark));
    mark.addEventListener("pointerleave", ({ pointerType }) => pointerType !== "touch" && leave());
    mark.addEventListener("focus", () => byFinger || void show(mark));
    mark.addEventListener("blur", leave);
  }
  preview.addEventListener("pointerenter", () => clearTimeout(leaving));
  preview.addEventListener("pointerleave", leave);
  addEventListener("keydown", ({ key }) => key === "Escape" && hide());
}
