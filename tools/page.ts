import { createHash } from "node:crypto";
import katex from "katex";
import { lackingFont } from "./fonts";
import { parts } from "./parts";
import { Problem } from "./project";

/** A section of the book as its page shows it. */
export interface Section {
  /** the page's file, 02-linear.html */
  readonly file: string;
  /** 02 */
  readonly number: string;
  /** the first heading, as HTML */
  readonly title: string;
  /** the first sentence, as it is written: its math between dollars */
  readonly promise: string;
  /** the second-level headings */
  readonly parts: readonly { readonly id: string; readonly title: string }[];
}

const prose = /<!--prose-->([\s\S]*?)<!--\/prose-->/g;
const codeOrTag = /(<pre[\s>][\s\S]*?<\/pre>|<code[\s>][\s\S]*?<\/code>|<[^>]*>)/;
const math = /\$\$([\s\S]+?)(?<!\\)\$\$|\$(?!\s)((?:\\.|[^$\\])+?)(?<!\s)\$([,.;:!?)]+)?/g;

/** The text of HTML that holds no tags. */
export const unescape = (html: string): string =>
  html
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, "&");

export const escape = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

export const plain = (html: string): string =>
  unescape(html.replace(/<[^>]*>/g, ""))
    .replace(/\s+/g, " ")
    .trim();

/** `html` with what stands between dollars typeset; code is left alone. `where` names the notebook in an error. */
export function typeset(html: string, where: string): string {
  const pieces = html.split(codeOrTag); // the odd ones are code and tags
  return pieces.map((piece, i) => (i % 2 ? piece : typesetText(piece, where))).join("");
}

function typesetText(text: string, where: string): string {
  const done = text.replace(math, (_, display?: string, inline?: string, mark?: string) => {
    const tex = unescape(display ?? inline ?? "");
    const set = formula(tex, display !== undefined, where);
    if (!mark) return set;
    return tex.length > 24 ? set + mark : `<span class="joined">${set}${mark}</span>`; // no line begins with a comma
  });
  const left = text.replace(math, "").match(/.{0,40}(\$|\\begin\{|\\\(|\\\[).{0,40}/)?.[0];
  if (left !== undefined)
    throw new Problem(
      `${where}: "${unescape(left.trim())}" looks like half a formula: math stands between $ and $ or $$ and $$, without spaces just inside a single $.`,
    );
  return done;
}

function formula(tex: string, displayMode: boolean, where: string): string {
  const rows = displayMode ? parts().rowsOf(tex) : undefined;
  if (rows) return parts().steps(rows, (part) => formula(part, false, where));
  const refuse = (why: string) => new Problem(`${where}: this formula cannot be typeset (${why}):\n  ${tex.trim()}`);
  let set: string;
  try {
    set = katex.renderToString(tex, { displayMode, throwOnError: true, strict: false });
  } catch (error) {
    throw refuse(error instanceof katex.ParseError ? error.rawMessage : String(error));
  }
  const font = lackingFont(set);
  if (font)
    throw refuse(`it needs the font ${font}, which pages do not carry: tools/fonts.ts names those that they do`);
  const number = displayMode && /\\tag\{([\d.]+)\}/.exec(tex)?.[1];
  return number ? set.replace("<span ", `<span id="equation-${number}" `) : set;
}

/** `html`, every run of prose in it changed by `change`. */
export const eachProse = (html: string, change: (prose: string) => string): string =>
  html.replace(prose, (_, text: string) => `<!--prose-->${change(text)}<!--/prose-->`);

/** What the rest of the book shows of a page. `html` is its text, typeset or not. */
export function section(html: string, file: string, notebook: string): Section {
  const headings = [...html.matchAll(/<h([1-6]) id="([^"]*)">([\s\S]*?)<\/h\1>/g)].map(([, level, id, text]) => ({
    level: Number(level),
    id,
    title: text.replace(/<a [^>]*class="anchor-link"[\s\S]*?<\/a>/g, "").trim(),
  }));
  const first = headings[0];
  if (first?.level !== 1)
    throw new Problem(`${notebook} does not begin with a heading of its own (# Title): the contents need one.`);
  headings.reduce((above, { level, title }) => {
    if (level > above + 1 || (level === 1 && above > 0))
      throw new Problem(
        `${notebook}: the heading "${plain(title)}" has level ${level} but stands under one of level ${above}: a level between them is missing.`,
      );
    return level;
  }, 0);
  const said = html.match(/<meta name="description" content="([^"]*)">/)?.[1];
  const paragraph = html.slice(html.indexOf("</h1>")).match(/<p>([\s\S]*?)<\/p>/)?.[1] ?? "";
  const sentence = plain(paragraph).match(/^(?:\$[^$]*\$|[^.!?$]|[.!?](?!\s|$))*[.!?]?/)?.[0] ?? "";
  return {
    file,
    number: file.match(/^\d+/)?.[0] ?? "",
    title: first.title,
    promise: said === undefined ? sentence : unescape(said),
    parts: headings.filter(({ level }) => level === 2).map(({ id, title }) => ({ id, title })),
  };
}

/** Links from notebook to notebook become links from page to page. */
export const relink = (html: string): string =>
  html.replace(/href="(?:\.\/)?([^"#:/]+)\.ipynb(#[^"]*)?"/g, 'href="$1.html$2"');

/** Throws if a link of a page leads to no page, or to no place on it; or if a picture is none of the book's `files`. */
export function checkLinks(pages: ReadonlyMap<string, string>, files: ReadonlySet<string>): void {
  const places = new Map(
    [...pages].map(([file, html]) => [
      file,
      new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => unescape(id))),
    ]),
  );
  for (const [file, html] of pages) {
    const notebook = file.replace(/html$/, "ipynb");
    for (const [, href] of html.matchAll(/<a\s[^>]*?href="([^"]*)"/g)) {
      if (/^(https?|mailto):/.test(href) || files.has(href)) continue;
      const [path, anchor] = decoded(unescape(href), notebook).split("#");
      const target = places.get(path === "" ? file : path);
      if (target === undefined) throw new Problem(`${notebook} links to ${path}, which is not a page of the book.`);
      if (anchor && !target.has(anchor))
        throw new Problem(`${notebook} links to ${path}#${anchor}, but no heading or equation there has that name.`);
    }
    const shown = [
      ...html.matchAll(/<(?:img|iframe|video|audio|source|link|script)\s[^>]*?(?:src|href)="(?!data:)([^"]*)"/g),
    ];
    const outside = shown.find(([, path]) => !files.has(path))?.[1];
    if (outside !== undefined)
      throw new Problem(
        `${notebook} shows ${outside}, which the page cannot carry inside it: put the picture beside the notebook.`,
      );
  }
}

function decoded(href: string, notebook: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    throw new Problem(`${notebook} links to ${href}, which is no address: write %25 for the sign %.`);
  }
}

/** The list of all sections, with pages of reference after them; the one being read shows its parts. */
export function contents(
  sections: readonly Section[],
  current: Pick<Section, "file">,
  references: readonly Pick<Section, "file" | "title">[],
): string {
  const items = sections.map((each) => {
    const here = each.file === current.file;
    const parts =
      here && each.parts.length
        ? `<ol>${each.parts.map(({ id, title }) => `<li><a href="#${id}">${title}</a></li>`).join("")}</ol>`
        : "";
    return `<li><a href="${here ? "#text" : each.file}"${here ? ' aria-current="page"' : ""}>${each.title}</a>${parts}</li>`;
  });
  const others = references.map(({ file, title }) => {
    const here = file === current.file;
    return `<li><a href="${here ? "#text" : file}"${here ? ' aria-current="page"' : ""}>${title}</a></li>`;
  });
  return `<ol>${items.join("\n")}</ol>${others.length ? `<ol>${others.join("\n")}</ol>` : ""}`;
}

/** The search in the bar of a page, and the script that finds, which waits beside the page. */
export const searchBar = `<search class="search" hidden><input type="search" aria-label="Search the book" placeholder="Search" autocomplete="off" spellcheck="false">
<ul class="hits" hidden></ul><p aria-live="polite"></p>
<script type="text/plain" id="search" src="assets/search.js"></script></search>`;

/** Links to the section before and the section after, and to this one as a single file. */
export function pager(sections: readonly Section[], current: Section): string {
  const i = sections.findIndex(({ file }) => file === current.file);
  const before = sections[i - 1] ?? { file: "index.html", title: "Contents" };
  const after = sections[i + 1];
  return `<p class="keep"><a href="single/${current.file}" download>This section as one file</a>, to keep or to mail</p>
<nav class="pager" aria-label="Previous and next">
<a rel="prev" href="${before.file}"><small>Previous</small>${before.title}</a>
${after ? `<a rel="next" href="${after.file}"><small>Next</small>${after.title}</a>` : ""}
</nav>`;
}

/** The name of a section by its page: linear of 02-linear.html. */
export const nameOf = (file: string): string => file.replace(/^\d+-|\.html$/g, "");

/** The list of sections on the title page; `pictures` has an SVG for those that have one, by their names. */
export function overview(sections: readonly Section[], pictures: Readonly<Record<string, string>>): string {
  const items = sections.map(({ file, number, title, promise }) => {
    const picture = pictures[nameOf(file)] ?? "";
    return `<li><a href="${file}">${picture}<h2><span class="number">${number.replace(/^0+/, "")}</span> ${title.replace(/^\d+\s+/, "")}</h2><p>${typeset(escape(promise), file)}</p></a></li>`;
  });
  return `<ol>\n${items.join("\n")}\n</ol>`;
}

/** The charts and the notebook in a page as short as JSON can be; nothing in them ends the script that holds them. */
export const compact = (html: string): string =>
  html.replace(
    /(<script (?=[^>]*type="application\/json")[^>]*>)([\s\S]*?)(?=<\/script>)/g,
    (_, tag: string, json: string) => tag + JSON.stringify(JSON.parse(json)).replaceAll("<", "\\u003c"),
  );

const asset = /<!--asset (\S+)-->\s*<(style|script)([^>]*)>\n?([\s\S]*?)<\/\2>\s*<!--\/asset-->/g;
const embedded = /src="data:image\/(png|jpeg);base64,([^"]+)"/g;

/**
 * A page that carries all it needs, as one that shares with the others what lies in the folder `assets`; its
 * Content-Security-Policy changes from the scripts that it carries to those beside it.
 */
export function sharing(html: string): { readonly html: string; readonly assets: ReadonlyMap<string, Buffer> } {
  const assets = new Map<string, Buffer>();
  const keep = (name: string, content: Buffer): string => (assets.set(`assets/${name}`, content), `assets/${name}`);
  const linked = html
    .replace(/script-src [^;"]*(?='unsafe-eval')/, "script-src 'self' ")
    .replace(/(?:style|img|font)-src /g, "$&'self' ")
    .replace(asset, (_, name: string, kind: string, attributes: string, text: string) => {
      const path = keep(name, Buffer.from(text));
      if (kind === "style") return `<link rel="stylesheet" href="${path}">`;
      return `<script ${attributes.trim()} src="${path}"></script>`.replace("  ", " ");
    })
    .replace(embedded, (_, type: string, data: string) => {
      const content = Buffer.from(data, "base64");
      return `src="${keep(`${createHash("sha256").update(content).digest("hex").slice(0, 16)}.${type}`, content)}"`;
    });
  return { html: linked, assets };
}

/** A page without ways to the others: it may stand alone. */
export const alone = (html: string): string =>
  eachProse(html, (text) => text.replace(/<a href="(?!#|https?:|mailto:)[^"]*"[^>]*>([\s\S]*?)<\/a>/g, "$1"));
