import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { launch } from "./browser";
import { inScratch, main, Problem, root } from "./project";

const FILE = "house-prices.pdf";

/** A page of the site by its name without .html, and what it has between the tags of its main part. */
interface Leaf {
  readonly name: string;
  readonly body: string;
}

/** All pages as one, in the order of the book, with contents; links between the pages lead to places in it. */
function bound(leaves: readonly Leaf[], title: string, promise: string, base: string): string {
  const names = new Set(leaves.map(({ name }) => name));
  const entries = leaves.map(({ name, body }) => {
    const parts = [...headings(body, 2)].map(([id, text]) => `<li><a href="#${name}--${id}">${text}</a></li>`);
    const [[, text] = ["", name]] = headings(body, 1);
    return `<li><a href="#${name}">${text}</a><ol>${parts.join("")}</ol></li>`;
  });
  const sections = leaves.map(({ name, body }) => `<section id="${name}">${within(name, names, body)}</section>`);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${title}</title>
<base href="${base}">
<link rel="stylesheet" href="assets/katex.css">
<link rel="stylesheet" href="assets/text.css">
<link rel="stylesheet" href="assets/page.css">
<style>
main > section { break-before: page; }
.index ol { list-style: none; padding-left: 1.5em; }
.index > ol { padding: 0; columns: 3; font-size: 0.8em; }
.index > ol > li { break-inside: avoid; margin-bottom: 0.8em; }
</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p><em>${promise}</em></p>
<nav class="index" aria-label="Contents"><ol>${entries.join("\n")}</ol></nav>
${sections.join("\n")}
</main>
</body>
</html>`;
}

/** The headings of a level, by their ids, as they are set. */
const headings = (body: string, level: number): [id: string, text: string][] =>
  [...body.matchAll(new RegExp(`<h${level}[^>]* id="([^"]*)"[^>]*>([^]*?)</h${level}>`, "g"))].map(([, id, text]) => [
    id,
    text.replace(/<a [^>]*class="anchor-link"[^]*?<\/a>/g, ""),
  ]);

/** A page's main part without its scripts; its ids and its links are those of one document. */
const within = (name: string, names: ReadonlySet<string>, body: string): string =>
  body
    .replace(/<script[^]*?<\/script>/g, "")
    .replace(/ id="([^"]*)"/g, ` id="${name}--$1"`)
    .replace(/ href="#([^"]*)"/g, ` href="#${name}--$1"`)
    .replace(/ href="([^"#:/]+)\.html(?:#([^"]*))?"/g, (link, page: string, id?: string) =>
      names.has(page) ? ` href="#${page}${id ? `--${id}` : ""}"` : link,
    );

async function leafOf(site: string, file: string): Promise<Leaf> {
  const html = await readFile(join(site, file), "utf8");
  const start = html.indexOf(">", html.indexOf("<main")) + 1;
  return { name: file.replace(".html", ""), body: html.slice(start, html.indexOf("</main>")) };
}

/** Prints the pages of a site as one PDF, with contents, an outline for the reader's margin, and tags for screen readers. */
export async function pdf(path: string, site = join(root, "site")): Promise<void> {
  const files = (await readdir(site).catch(() => [])).filter((file) => /(?<!^index)\.html$/.test(file)).sort();
  if (files.length === 0) throw new Problem("There are no pages in site/ to print: run npm start first.");
  const cover = await readFile(join(site, "index.html"), "utf8");
  const said = (tag: RegExp): string => tag.exec(cover)?.[1] ?? "";
  const leaves = await Promise.all(files.map((file) => leafOf(site, file)));
  const base = pathToFileURL(`${site}/`).href;
  const html = bound(leaves, said(/<title>([^<]*)</), said(/<meta name="description" content="([^"]*)"/), base);
  const browser = await launch();
  try {
    await inScratch(async (folder) => {
      const whole = join(folder, "book.html");
      await writeFile(whole, html);
      const page = await browser.newPage();
      await page.goto(pathToFileURL(whole).href);
      await page.evaluate("document.fonts.ready");
      const content = await page.pdf({
        format: "A4",
        margin: { top: "18mm", bottom: "18mm", left: "20mm", right: "20mm" },
        outline: true,
        tagged: true,
        displayHeaderFooter: true,
        headerTemplate: "<span></span>",
        footerTemplate: `<p style="font-size: 8pt; width: 100%; text-align: center"><span class="pageNumber"></span></p>`,
      });
      await writeFile(path, once(content));
    });
  } finally {
    await browser.close();
  }
}

/** Chromium names a heading twice in the outline where a page was broken before it; the length must stay as it is. */
function once(content: Buffer): Buffer {
  const text = content
    .toString("latin1")
    .replace(
      /(\/Title \()([^()\n]+)\2\)/g,
      (_, start: string, title: string) => `${start}${title.padEnd(2 * title.length)})`,
    )
    .replace(
      /(\/Title <FEFF)((?:[0-9A-F]{4})+)\2>/g,
      (_, start: string, title: string) => `${start}${title.padEnd(2 * title.length, "0020")}>`,
    );
  return Buffer.from(text, "latin1");
}

async function tool(): Promise<void> {
  await pdf(join(root, FILE));
  console.log(`The book is ${FILE}.`);
}

if (require.main === module) void main(tool);
