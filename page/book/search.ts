import { heldScript } from "./held";

/** A place of the book that a search found, with the words around the first match. */
export interface Hit {
  readonly href: string;
  readonly page: string;
  readonly title: string;
  readonly before: string;
  readonly match: string;
  readonly after: string;
}

/** The search in the bar, where the page has one: what finds comes at its first focus. */
export function search(): void {
  const place = document.querySelector<HTMLElement>(".search");
  if (!place) return;
  const input = place.querySelector("input")!;
  const list = place.querySelector<HTMLElement>(".hits")!;
  const said = place.querySelector<HTMLElement>("[aria-live]")!;
  const links = (): HTMLElement[] => [...list.querySelectorAll("a")];

  const close = (): void => {
    list.hidden = true;
    said.textContent = "";
  };
  const look = async (): Promise<void> => {
    await heldScript("search");
    const query = input.value.trim();
    if (query.length < 2) return close();
    const hits = window.housePrices.find!(query);
    list.replaceChildren(...hits.map(item));
    list.hidden = hits.length === 0;
    said.textContent = hits.length === 0 ? "Nothing found" : `${hits.length} found`;
  };
  place.hidden = false;
  input.addEventListener("focus", () => void look());
  input.addEventListener("input", () => void look());
  place.addEventListener("keydown", (event) => {
    const all = [input, ...links()];
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
    if (to !== undefined && !list.hidden) {
      all[Math.min(Math.max(to, 0), all.length - 1)].focus();
      event.preventDefault();
    }
    if (event.key === "Enter" && document.activeElement === input) links()[0]?.click();
    if (event.key === "Escape") {
      input.focus();
      close();
    }
  });
  list.addEventListener("click", ({ target }) => (target as Element).closest("a") && close());
  document.addEventListener("focusin", ({ target }) => place.contains(target as Node) || close());
  document.addEventListener("pointerdown", ({ target }) => place.contains(target as Node) || close());
}

function item({ href, page, title, before, match, after }: Hit): HTMLElement {
  const link = document.createElement("a");
  link.href = href;
  const mark = document.createElement("mark");
  mark.textContent = match;
  const words = document.createElement("small");
  words.append(before, mark, after);
  link.append(element("b", title), title === page ? "" : element("span", ` ${page}`), words);
  const entry = document.createElement("li");
  entry.append(link);
  return entry;
}

function element(name: string, text: string): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
