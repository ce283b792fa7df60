import type { KatexOptions } from "katex";
import { lexer, type MarkedToken, type Token, type Tokens } from "marked";
import { rowsOf, steps } from "../book/steps";

declare const katex: { renderToString(tex: string, options: KatexOptions): string };

/** A tag that may stand in Markdown, without attributes; any other is shown as the text that it is. */
const TAG =
  /<(\/?)(aside|b|blockquote|br|code|del|details|div|em|h[1-6]|hr|i|kbd|li|mark|ol|p|pre|s|small|strong|sub|summary|sup|ul)>/;
const EMPTY: ReadonlySet<string> = new Set(["br", "hr"]);

/** Code, in which a dollar is one, or a formula. */
const HELD = /(`+)[^]+?\1|\$\$([^]+?)(?<!\\)\$\$|(?<!\\)\$(?!\s)((?:\\.|[^$\\])+?)(?<!\s)\$/g;
/** What stands for a formula while marked reads the text, for it would find signs of its own in one. */
const PLACE = /\ue000(\d+)\ue001/;
const SIGN = /&(?:lt|gt|amp|quot|nbsp|#39);/g;
const SIGNS: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&amp;": "&",
  "&quot;": '"',
  "&nbsp;": "\u00a0",
  "&#39;": "'",
};

/** The elements that are open, the innermost last. */
type Open = HTMLElement[];

/**
 * Markdown with formulas between dollars, as elements. Each is made here, by its name, of what marked found; only links,
 * pictures and the cells of tables have an attribute. So no text is read as HTML, but for what KaTeX makes of a formula.
 * KaTeX has been loaded.
 */
export function markdown(text: string): HTMLElement {
  const formulas: HTMLElement[] = [];
  const held = text.replace(HELD, (whole, _, display?: string, math?: string) => {
    const tex = display ?? math;
    if (tex === undefined) return whole;
    const formula = document.createElement("span");
    formula.innerHTML = typeset(tex, display !== undefined); // of KaTeX's making
    return `\ue000${formulas.push(formula) - 1}\ue001`;
  });
  const prose = document.createElement("div");
  prose.className = "prose";
  write(lexer(held), [prose]);
  return prose;

  function write(tokens: readonly Token[], open: Open): void {
    for (const token of tokens as MarkedToken[]) {
      const here = open.at(-1)!;
      const name = nameOf(token);
      if (name) write("items" in token ? token.items : "tokens" in token ? token.tokens! : [], [add(here, name)]);
      else if (token.type === "table") table(token, here);
      else if (token.type === "code") words(`${token.text}\n`, add(add(here, "pre"), "code"));
      else if (token.type === "codespan") words(token.text, add(here, "code"));
      else if (token.type === "link" || token.type === "image") link(token, here);
      else if (token.type === "html") tags(token.text, open);
      else if (token.type === "text" && token.tokens) write(token.tokens, open);
      else if (token.type === "text") words(plain(token.text), here);
      else if (token.type === "escape") here.append(token.text);
      else if (token.type !== "space") words(token.raw, here);
    }
  }

  /** A wide table scrolls in its own box. */
  function table({ header, rows }: Tokens.Table, into: HTMLElement): void {
    const box = add(into, "div");
    box.className = "scroll";
    const element = add(box, "table");
    const row = (cells: readonly Tokens.TableCell[], place: HTMLElement, name: "th" | "td"): void => {
      const line = add(place, "tr");
      for (const { align, tokens } of cells) {
        const cell = add(line, name);
        cell.style.textAlign = align ?? "";
        write(tokens, [cell]);
      }
    };
    row(header, add(element, "thead"), "th");
    const body = rows.length > 0 && add(element, "tbody");
    if (body) for (const cells of rows) row(cells, body, "td");
  }

  /** A link that leads to the web or within the page, or a picture that is its own data; anything else stays as it is written. */
  function link({ type, href, raw, text, tokens }: Tokens.Link | Tokens.Image, into: HTMLElement): void {
    if (type === "image" && /^data:image\/(?:png|jpeg|gif|webp);/.test(href))
      Object.assign(add(into, "img"), { alt: text, src: href });
    else if (type === "link" && /^(?:https?:|mailto:|#)/.test(href)) {
      const element = add(into, "a");
      element.setAttribute("href", href);
      write(tokens, [element]);
    } else words(raw, into);
  }

  /** Tags open and close elements within the one that holds them. */
  function tags(text: string, open: Open): void {
    const [tag, ends, name] = TAG.exec(text) ?? [];
    if (tag === undefined) return words(plain(text), open.at(-1)!);
    const at = text.indexOf(tag);
    words(plain(text.slice(0, at)), open.at(-1)!);
    const place = open.map(({ localName }) => localName).lastIndexOf(name);
    if (ends && place > 0) open.length = place;
    if (!ends) {
      const element = add(open.at(-1)!, name);
      if (!EMPTY.has(name)) open.push(element);
    }
    tags(text.slice(at + tag.length), open);
  }

  function words(text: string, into: HTMLElement): void {
    text.split(PLACE).forEach((piece, i) => {
      if (i % 2 === 0) into.append(piece);
      else into.append(...(formulas[Number(piece)]?.childNodes ?? []));
    });
  }
}

/** The element that a block or a piece of a line becomes where its kind is all there is to it. */
function nameOf(token: MarkedToken): string | undefined {
  if (token.type === "heading") return `h${token.depth}`;
  if (token.type === "list") return token.ordered ? "ol" : "ul";
  return {
    paragraph: "p",
    list_item: "li",
    blockquote: "blockquote",
    strong: "strong",
    em: "em",
    del: "del",
    hr: "hr",
    br: "br",
  }[token.type as string];
}

const plain = (text: string): string => text.replace(SIGN, (name) => SIGNS[name]);

function typeset(tex: string, displayMode: boolean): string {
  const rows = displayMode ? rowsOf(tex) : undefined;
  if (rows) return steps(rows, (part) => typeset(part, false));
  return katex.renderToString(tex, { displayMode, throwOnError: false, strict: false });
}

function add(into: HTMLElement, name: string): HTMLElement {
  return into.appendChild(document.createElement(name));
}
