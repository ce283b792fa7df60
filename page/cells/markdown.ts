import createDOMPurify from "dompurify";
import type { KatexOptions } from "katex";
import { Marked, type TokenizerAndRendererExtension } from "marked";
import { rowsOf, steps } from "../book/steps";

declare const katex: { renderToString(tex: string, options: KatexOptions): string };

const clean = createDOMPurify(window);

/** Markdown as nbconvert would show it: math between dollars typeset, nothing in it that runs. KaTeX has been loaded. */
export function markdown(text: string): HTMLElement {
  const formulas: { tex: string; display: boolean }[] = [];
  const hold = (tex: string, display: boolean): string =>
    `<span data-math="${formulas.push({ tex, display }) - 1}"></span>`;
  const extensions = [math("block", hold), math("inline", hold)];
  const renderer = { html: (token: { text: string }) => inHtml(token.text, hold) };
  const html = new Marked({ gfm: true, extensions, renderer }).parse(text, { async: false });
  const prose = document.createElement("div");
  prose.className = "prose";
  prose.append(clean.sanitize(html, { RETURN_DOM_FRAGMENT: true, FORBID_TAGS: ["style", "form", "input", "button"] }));
  for (const place of prose.querySelectorAll<HTMLElement>("[data-math]")) {
    const { tex, display } = formulas[Number(place.dataset["math"])] ?? { tex: "", display: false };
    place.innerHTML = formula(tex, display);
    place.replaceWith(...place.childNodes);
  }
  for (const table of prose.querySelectorAll("table")) scrolls(table);
  return prose;
}

function formula(tex: string, displayMode: boolean): string {
  const rows = displayMode ? rowsOf(tex) : undefined;
  if (rows) return steps(rows, (part) => formula(part, false));
  return katex.renderToString(tex, { displayMode, throwOnError: false, strict: false });
}

/** Math between double dollars or single ones, which Markdown is not to read. */
function math(
  level: "block" | "inline",
  hold: (tex: string, display: boolean) => string,
): TokenizerAndRendererExtension {
  const display = /^\$\$([\s\S]+?)(?<!\\)\$\$/;
  const inline = /^\$(?!\s)((?:\\.|[^$\\])+?)(?<!\s)\$/;
  const block = /^\$\$([\s\S]+?)(?<!\\)\$\$(?:\n|$)/;
  const name = `${level}-math`;
  return {
    name,
    level,
    ...(level === "inline" ? { start: (text) => dollar(text) } : {}), // a paragraph goes on after a dollar
    tokenizer(text) {
      const shown = (level === "block" ? block : display).exec(text);
      const found = shown ?? (level === "inline" ? inline.exec(text) : null);
      return found ? { type: name, raw: found[0], tex: found[1], display: shown !== null } : undefined;
    },
    renderer: (token) => hold(token["tex"] as string, token["display"] as boolean),
  };
}

const SIGNS: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

/** HTML with its math held; Markdown leaves the inside of a block of HTML alone. */
const inHtml = (html: string, hold: (tex: string, display: boolean) => string): string =>
  html.replace(/\$(?!\s)((?:\\.|[^$\\])+?)(?<!\s)\$/g, (_, tex: string) =>
    hold(
      tex.replace(/&(?:lt|gt|amp);/g, (sign) => SIGNS[sign]),
      false,
    ),
  );

function dollar(text: string): number | undefined {
  const at = text.indexOf("$");
  return at < 0 ? undefined : at;
}

/** A wide table scrolls in its own box; its numbers stand on the right as in the book's pages. */
function scrolls(table: HTMLTableElement): void {
  for (const cell of table.querySelectorAll<HTMLElement>("[align]")) {
    cell.style.textAlign = cell.getAttribute("align")!;
    cell.removeAttribute("align");
  }
  const box = document.createElement("div");
  box.className = "scroll";
  table.replaceWith(box);
  box.append(table);
}
