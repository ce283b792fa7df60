import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readNotebook, sourceOf } from "./notebook";
import { checkLinks, contents, eachProse, escape, overview, pager, plain, relink, section, type Section, typeset } from "./page";
import { Problem, root, venv as ownVenv } from "./project";

const template = join(root, "jupyter/nbconvert/templates/house");
const book = "House prices";
const pageOf = (notebook: string) => notebook.replace(/ipynb$/, "html");

/**
 * Makes the book's pages of the executed notebooks: one self-contained file each, and index.html. A page whose sources
 * did not change is kept as it is. Returns the pages made anew. If anything fails, the old pages stay.
 */
export async function exportBook(
  venv = ownVenv, notebooks = join(root, "notebooks"), site = join(root, "site"),
): Promise<string[]> {
  const names = (await readdir(notebooks)).filter((name) => name.endsWith(".ipynb")).sort();
  if (names.length === 0) throw new Problem(`There is no notebook in ${notebooks}.`);
  const old = await texts(site);
  const stamps = await stampsOf(notebooks, names, venv);
  const stale = names.filter((name) => !old.get(pageOf(name))?.includes(stampTag(stamps.get(name)!)));
  const fresh = stale.length ? await convert(stale, notebooks, venv) : new Map<string, string>();

  const pages = new Map(names.map((name) => {
    const html = fresh.get(name);
    return [pageOf(name), html === undefined ? old.get(pageOf(name))! : finish(html, name, stamps.get(name)!)];
  }));
  const sections = [...pages].map(([file, html]) => section(readable(html), file, file.replace(/html$/, "ipynb")));
  for (const name of stale) {
    const current = sections.find(({ file }) => file === pageOf(name))!;
    const html = pages.get(pageOf(name))!
      .replace(/<title>[^<]*<\/title>/, () => `<title>${escape(plain(current.title))} · ${book}</title>`)
      .replace(/<a class="book"[\s\S]*?<\/a>/, `<a class="book" href="index.html">${book}</a>`)
      .replace("<!--contents-->", () => contents(sections, current))
      .replace("<!--pager-->", () => pager(sections, current));
    pages.set(pageOf(name), html);
  }
  pages.set("index.html", await cover(sections, venv));
  checkLinks(new Map([...pages].map(([file, html]) => [file, readable(html)])));

  const same = pages.size === old.size && [...pages].every(([file, html]) => old.get(file) === html);
  if (!same) await replace(site, pages);
  return stale.map(pageOf);
}

/** What a page is made of, as one short word: it is made anew when this changes. */
async function stampsOf(notebooks: string, names: readonly string[], venv: string): Promise<Map<string, string>> {
  const sources = await Promise.all(names.map(async (name) => [name, await readNotebook(join(notebooks, name))] as const));
  const titles = sources.map(([name, { cells }]) => [name, cells[0] && sourceOf(cells[0])]); // the navigation shows them
  const common = createHash("sha256").update(JSON.stringify(titles));
  const assets = join(venv, "share/jupyter/nbconvert/templates/house-assets");
  for (const [folder, files] of [[template, /./], [assets, /./], [__dirname, /^(page|export)\.(js|ts)$/]] as const)
    for (const [file, text] of await texts(folder, files)) common.update(file).update(text);
  return new Map(sources.map(([name, notebook]) => [name, common.copy().update(JSON.stringify(notebook)).digest("hex").slice(0, 16)]));
}

const stampTag = (stamp: string) => `<meta name="made-from" content="${stamp}">`;

/** The notebooks as nbconvert makes them, by name. */
async function convert(names: readonly string[], notebooks: string, venv: string): Promise<Map<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), "house-prices-"));
  try {
    await run(join(venv, "bin/python"), [
      "-m", "nbconvert", "--to", "html", "--template", "house", "--HTMLExporter.embed_images=True", "--log-level", "ERROR",
      "--output-dir", folder, ...names.map((name) => join(notebooks, name)),
    ]);
    return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, pageOf(name)), "utf8")] as const)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a program; if it fails, throws the last thing it said. The reader's own Jupyter settings have no say. */
function run(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, JUPYTER_NO_CONFIG: "1", JUPYTER_PREFER_ENV_PATH: "1" };
    const child = spawn(program, args, { env, stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
    child.on("error", (error) => reject(new Problem(`${program} does not start (${error.message}): run npm start again.`)));
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new Problem(`nbconvert failed: ${said.trim().split("\n").at(-1) ?? `exit ${code}`}`));
    });
  });
}

/** Math typeset, links turned to pages, what a finished page does not need taken out. */
function finish(html: string, notebook: string, stamp: string): string {
  const linked = eachProse(html, relink);
  const { promise } = section(readable(linked), pageOf(notebook), notebook);
  const done = eachProse(linked, (text) => typeset(text, notebook)).replace(/<!--katex-->[\s\S]*?<!--\/katex-->/, "");
  const charts = done.includes('<figure class="chart"');
  return (charts ? done : done.replace(/<!--charts-->[\s\S]*?<!--\/charts-->/, ""))
    .replace("<!--head-->", () => `<meta name="description" content="${escape(promise)}">\n${stampTag(stamp)}`);
}

/** The part of a page that people read, after its description. */
const readable = (html: string): string =>
  (html.match(/<meta name="description"[^>]*>/)?.[0] ?? "") + html.slice(html.indexOf("<body"), html.indexOf("</main>"));

/** The title page. */
async function cover(sections: readonly Section[], venv: string): Promise<string> {
  const list = overview(sections);
  const assets = join(venv, "share/jupyter/nbconvert/templates/house-assets");
  const math = list.includes('class="katex"') ? [join(assets, "katex.css")] : [];
  const styles = await Promise.all([...math, join(template, "page.css")].map((file) => readFile(file, "utf8")));
  const head = `<style>\n${styles.join("\n")}</style>\n<script>\n${await readFile(join(template, "first.js"), "utf8")}</script>`;
  const html = await readFile(join(template, "cover.html"), "utf8");
  return html.replace("<!--head-->", () => head).replace("<!--contents-->", () => list);
}

/** The text files of a folder, by name; of those that `wanted` matches. */
async function texts(folder: string, wanted = /\.html$/): Promise<Map<string, string>> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => wanted.test(name)).sort();
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), "utf8")] as const)));
}

/** Puts `pages` in the place of the folder `site`, at once. */
async function replace(site: string, pages: ReadonlyMap<string, string>): Promise<void> {
  const [next, last] = [`${site}.next`, `${site}.last`];
  for (const left of [next, last]) await rm(left, { recursive: true, force: true });
  await mkdir(next, { recursive: true });
  for (const [file, html] of pages) await writeFile(join(next, file), html);
  await rename(site, last).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  await rename(next, site);
  await rm(last, { recursive: true, force: true });
}
