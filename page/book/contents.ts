import { all } from "./all";

/** The contents: a page that stands alone lists its own headings; and they follow the reading. */
export function contents(): void {
  const nav = document.querySelector<HTMLElement>(".contents")!;
  const fold = nav.querySelector("details")!;
  const headings = all(":is(h2, h3)[id]", document.getElementById("text")!);
  if (!nav.querySelector("a")) list(nav, fold, headings);
  const wide = matchMedia("(min-width: 80rem)");
  const unfold = (): void => void (fold.open = wide.matches);
  wide.addEventListener("change", unfold);
  fold.addEventListener("click", ({ target }) => (target as Element).closest("a") && unfold());
  follow(nav, headings);
}

function list(nav: HTMLElement, fold: HTMLElement, headings: readonly HTMLElement[]): void {
  const links = document.createElement("ol");
  for (const heading of headings.filter(({ tagName }) => tagName === "H2")) {
    const link = document.createElement("a");
    link.href = `#${heading.id}`;
    const copy = heading.cloneNode(true) as HTMLElement;
    copy.querySelector(".anchor-link")?.remove();
    link.append(...copy.childNodes);
    links.appendChild(document.createElement("li")).append(link);
  }
  if (links.children.length) fold.append(links);
  else nav.hidden = true;
}

/** The last heading above the upper third of the window is where the reader is. */
function follow(nav: HTMLElement, headings: readonly HTMLElement[]): void {
  const links = new Map(
    all<HTMLAnchorElement>("a[href^='#']:not([aria-current='page'])", nav).map((link) => [
      decodeURIComponent(link.hash.slice(1)),
      link,
    ]),
  );
  const marks = headings.filter(({ id }) => links.has(id));
  const look = (): void => {
    const here = marks.filter((heading) => heading.getBoundingClientRect().top < innerHeight / 3).pop();
    for (const [id, link] of links)
      if (id === here?.id) {
        link.setAttribute("aria-current", "location");
        const outside = link.getBoundingClientRect().bottom - nav.getBoundingClientRect().bottom;
        const above = nav.getBoundingClientRect().top - link.getBoundingClientRect().top;
        nav.scrollTop += outside > 0 ? outside + 40 : above > 0 ? -above - 40 : 0;
      } else link.removeAttribute("aria-current");
  };
  let asked = false;
  const soon = (): void => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      look();
    });
  };
  addEventListener("scroll", soon, { passive: true });
  look();
}
