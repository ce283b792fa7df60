import { parseHTML } from "linkedom";

/** A piece of the book that a search finds: what stands under a heading. */
export interface Found {
  /** where it stands: 02-linear.html#The-model */
  readonly id: string;
  readonly page: string;
  readonly title: string;
  readonly text: string;
}

const UNREAD = "script, pre, svg, .katex-html, annotation, .anchor-link";

/** The words of a page by its headings, without what cells print; formulas as a screen reader has them. */
export function textsOf(file: string, html: string): Found[] {
  const main = html.slice(html.indexOf("<main"), html.indexOf("</main>"));
  const written = main.match(/<section class="cell"[\s\S]*?<\/section>/g)?.join("") ?? main;
  const { document } = parseHTML(`<body>${written}</body>`);
  for (const each of document.querySelectorAll(UNREAD)) each.remove();
  const found: { id: string; page: string; title: string; text: string }[] = [];
  let page = "";
  for (const part of document.querySelectorAll("h1, h2, h3, p, li, td, th")) {
    const text = (part.textContent ?? "").replace(/\s+/g, " ").trim();
    if (/^H\d$/.test(part.tagName)) {
      page ||= text;
      found.push({ id: part.id && part.tagName !== "H1" ? `${file}#${part.id}` : file, page, title: text, text: "" });
    } else if (text && found.length && !part.querySelector("p, li")) found[found.length - 1].text += `${text} `;
  }
  return found;
}
