import type { KatexOptions } from "katex";
import { rowsOf, steps } from "../book/steps";

declare const katex: { renderToString(tex: string, options: KatexOptions): string };

/** The tags that may stand in Markdown, without attributes; other HTML is shown as the text that it is. */
const TAGS =
  "aside|b|blockquote|br|code|del|details|div|em|h[1-6]|hr|i|kbd|li|mark|ol|p|pre|s|small|strong|sub|summary|sup|ul";
const EMPTY: ReadonlySet<string> = new Set(["br", "hr"]);

/** A line that begins with one of these stands in no paragraph. */
const BLOCK = /^<\/?(?:aside|blockquote|details|div|h[1-6]|hr|ol|p|pre|summary|ul)>/;
const FENCE = /^```[^\n`]*\n([^]*?)\n?(?:^```$|(?![^]))/my;
const DISPLAY = /\$\$([^]+?)(?<!\\)\$\$/y;
const HEADING = /(#{1,6}) +(.+)/y;
const RULE = /(?:(?:- *){3,}|(?:\* *){3,})$/my;
const ITEM = /([-*+]|\d+\.) +(.+(?:\n(?: {2,}.+|(?![-*+] |\d+\. |\s*\n).+))*)\n?/y;
const QUOTE = /(?:>.*(?:\n|$))+/y;
const TABLE = /(.*\|.*)\n( *\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?)(?:\n|$)((?:.*\|.*(?:\n|$))*)/y;
const PARAGRAPH = /.+(?:\n(?!```|\$\$|#{1,6} |[-*+] |\d+\. |>|\s*\n).+)*/y;

/** What begins within a line, each kind with what it holds. */
const INLINE = new RegExp(
  [
    String.raw`\\(?<escaped>[!-/:-@[-\`{-~])`,
    String.raw`(?<ticks>\`+)(?<code>[^]+?)(?<!\`)\k<ticks>(?!\`)`,
    String.raw`\$\$(?<display>[^]+?)(?<!\\)\$\$`,
    String.raw`\$(?!\s)(?<math>(?:\\.|[^$\\])+?)(?<!\s)\$`,
    String.raw`\*\*(?!\s)(?<strong>(?:\\.|\$[^$]*\$|\`[^\`]*\`|[^\\$\`])+?)(?<!\s)\*\*`,
    String.raw`\*(?!\s)(?<em>(?:\\.|\$[^$]*\$|\`[^\`]*\`|[^\\*$\`])+?)(?<!\s)\*(?!\*)`,
    String.raw`(?<!\w)_(?!\s)(?<lined>(?:\\.|\$[^$]*\$|\`[^\`]*\`|[^\\_$\`])+?)(?<!\s)_(?!\w)`,
    String.raw`(?<picture>!?)\[(?<label>(?:\\.|[^\]\\])*)\]\((?<to>[^)\s]*)\)`,
    String.raw`<(?<end>/?)(?<tag>${TAGS})>`,
    String.raw`&(?<entity>lt|gt|amp|quot|nbsp|#39);`,
    String.raw`(?<break> {2,}\n)`,
  ].join("|"),
  "g",
);
const SIGNS: Readonly<Record<string, string>> = { lt: "<", gt: ">", amp: "&", quot: '"', nbsp: "\u00a0", "#39": "'" };

/**
 * The Markdown that the library writes, and what of it a reader is likely to: headings, lists, tables, quotes, code, math
 * between dollars. Each element is made here, by its name: no text is read as HTML. KaTeX has been loaded.
 */
export function markdown(text: string): HTMLElement {
  const prose = document.createElement("div");
  prose.className = "prose";
  blocks(text.replace(/\r\n?/g, "\n"), [prose]);
  return prose;
}

/** The elements that are open, the innermost last. */
type Open = HTMLElement[];

function blocks(text: string, open: Open): void {
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  };
  while (at < text.length) {
    if (match(/\s*\n|\s+$/y)) continue;
    const here = open.at(-1)!;
    let found: RegExpExecArray | null;
    if ((found = match(FENCE))) add(add(here, "pre"), "code").textContent = `${found[1]}\n`;
    else if ((found = match(DISPLAY))) formula(add(here, "p"), found[1], true);
    else if ((found = match(HEADING))) inline(found[2], [add(here, `h${found[1].length}`)]);
    else if (match(RULE)) add(here, "hr");
    else if ((found = match(QUOTE))) blocks(found[0].replace(/^> ?/gm, ""), [add(here, "blockquote")]);
    else if ((found = match(TABLE))) table(found[1], found[2], found[3], here);
    else if ((found = match(ITEM))) {
      const list = add(here, /\d/.test(found[1]) ? "ol" : "ul");
      do item(found![2], list);
      while ((found = match(ITEM)));
    } else if ((found = match(PARAGRAPH))) {
      if (BLOCK.test(found[0])) inline(found[0], open);
      else inline(found[0], [add(here, "p")]);
    }
  }
}

/** An item of a list; what is indented under it belongs to it. */
function item(text: string, list: HTMLElement): void {
  const [first, ...rest] = text.split("\n").map((line) => line.replace(/^ {2,4}/, ""));
  const element = add(list, "li");
  const nested = rest.findIndex((line) => /^(?:[-*+]|\d+\.) /.test(line));
  const own = nested < 0 ? rest : rest.slice(0, nested);
  inline([first, ...own].join("\n"), [element]);
  if (nested >= 0) blocks(rest.slice(nested).join("\n"), [element]);
}

/** A wide table scrolls in its own box. */
function table(head: string, marks: string, rows: string, into: HTMLElement): void {
  const box = add(into, "div");
  box.className = "scroll";
  const element = add(box, "table");
  const sides = cellsOf(marks).map(
    (mark) => ["", "left", "right", "center"][+mark.startsWith(":") + 2 * +mark.endsWith(":")],
  );
  const row = (text: string, place: HTMLElement, name: "th" | "td"): void => {
    const line = add(place, "tr");
    const cells = cellsOf(text);
    sides.forEach((side, i) => {
      const cell = add(line, name);
      cell.style.textAlign = side;
      inline(cells[i] ?? "", [cell]);
    });
  };
  row(head, add(element, "thead"), "th");
  const lines = rows.split("\n").filter((line) => line.trim());
  const body = lines.length > 0 && add(element, "tbody");
  if (body) for (const line of lines) row(line, body, "td");
}

/** The cells of a row; a bar in math, in code or after a backslash parts none. */
const cellsOf = (row: string): string[] =>
  [
    ...row
      .trim()
      .replace(/^\|/, "")
      .matchAll(/((?:\\.|\$[^$]*\$|`[^`]*`|[^|\\])*)(?:\||$)/g),
  ]
    .filter(([whole]) => whole !== "")
    .map(([, cell]) => cell.trim().replace(/\\\|/g, "|"));

/** The inside of a block, put into the innermost of the elements that are open; tags open and close further ones. */
function inline(text: string, open: Open): void {
  let at = 0;
  for (const found of text.matchAll(INLINE)) {
    const here = open.at(-1)!;
    if (found.index > at) here.append(text.slice(at, found.index));
    at = found.index + found[0].length;
    const { escaped, code, display, math, strong, em, lined, picture, label, to, end, tag, entity } = found.groups!;
    if (escaped !== undefined) here.append(escaped);
    else if (code !== undefined) add(here, "code").textContent = code.replace(/\n/g, " ").replace(/^ (.*\S.*) $/, "$1");
    else if (display ?? math) formula(here, display ?? math, display !== undefined);
    else if (strong ?? em ?? lined) inline(strong ?? em ?? lined, [add(here, strong === undefined ? "em" : "strong")]);
    else if (label !== undefined) link(here, found[0], picture !== "", label, to);
    else if (tag !== undefined) tagged(tag, end !== "", open);
    else if (entity !== undefined) here.append(SIGNS[entity]);
    else add(here, "br");
  }
  if (at < text.length) open.at(-1)!.append(text.slice(at));
}

function tagged(tag: string, ends: boolean, open: Open): void {
  if (!ends) {
    const element = add(open.at(-1)!, tag);
    if (!EMPTY.has(tag)) open.push(element);
    return;
  }
  const place = open.map(({ localName }) => localName).lastIndexOf(tag);
  if (place > 0) open.length = place;
}

/** A link that leads to the web or within the page, or a picture that is its own data; anything else stays as it is written. */
function link(into: HTMLElement, written: string, picture: boolean, label: string, to: string): void {
  if (picture ? !/^data:image\/(?:png|jpeg|gif|webp);/.test(to) : !/^(?:https?:|mailto:|#)/.test(to))
    into.append(written);
  else if (picture) Object.assign(add(into, "img"), { alt: label, src: to });
  else {
    const element = add(into, "a");
    element.setAttribute("href", to);
    inline(label, [element]);
  }
}

function formula(into: HTMLElement, tex: string, display: boolean): void {
  const place = document.createElement("span");
  place.innerHTML = typeset(tex, display); // of KaTeX's making
  into.append(...place.childNodes);
}

function typeset(tex: string, displayMode: boolean): string {
  const rows = displayMode ? rowsOf(tex) : undefined;
  if (rows) return steps(rows, (part) => typeset(part, false));
  return katex.renderToString(tex, { displayMode, throwOnError: false, strict: false });
}

function add(into: HTMLElement, name: string): HTMLElement {
  return into.appendChild(document.createElement(name));
}
