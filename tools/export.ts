import { createHash } from "node:crypto";
import { existsSync, renameSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, dirname, join } from "node:path";
import { searchScript, titleScript } from "./bundle";
import { reasonOutside } from "./failure";
import { asPattern, type Notebook, notebooksIn, readNotebook, sourceOf, taggedText } from "./notebook";
import {
  alone,
  checkLinks,
  compact,
  contents,
  eachProse,
  escape,
  nameOf,
  overview,
  pager,
  plain,
  relink,
  type Section,
  searchBar,
  section,
  sharing,
  typeset,
} from "./page";
import { parts } from "./parts";
import { inScratch, venv as ownVenv, Problem, passing, root, run } from "./project";
import { type Claims, claims, equations, type Reference, references, referring } from "./reference";
import { textsOf } from "./texts";
import { head, ownRepository, PICTURE, type Repository, sitemap, type Told, ways } from "./web";

const settings = join(root, "jupyter/jupyter_config.json");
const template = join(root, "jupyter/nbconvert/templates/house");
const pageOf = (notebook: string) => notebook.replace(/ipynb$/, "html");
const notebookOf = (page: string) => page.replace(/html$/, "ipynb");

/** Files by their paths in the folder that holds them. */
type Files = Map<string, Buffer>;

/**
 * Makes the book of the executed notebooks: index.html, a page a notebook, what these share in `assets`, and in `single`
 * each page once more as one file that stands alone. A page whose sources did not change is kept as it is. Returns the
 * pages made anew. If anything fails, the old book stays.
 */
export async function exportBook(
  venv = ownVenv,
  notebooks = join(root, "notebooks"),
  site = join(root, "site"),
  repository?: Repository,
): Promise<string[]> {
  const names = await notebooksIn(notebooks);
  if (names.length === 0) throw new Problem(`There is no notebook in ${notebooks}.`);
  for (const name of names) {
    const [sign] = name.match(/[#%?&"<>\\]/) ?? [];
    if (sign) throw new Problem(`${name} cannot become a page: in an address ${sign} means something else. Rename it.`);
  }
  await tidy(site);
  const sources = new Map(
    await Promise.all(names.map(async (name) => [name, await readNotebook(join(notebooks, name))] as const)),
  );
  const cover = await coverOf(notebooks);
  const web: Web = { book: titleOf(cover), repository: repository ?? (await ownRepository()) };
  const ours = cover === (await ownCover()); // only the book's title page leads to its pages of reference
  const said: Claims = new Map([...(ours ? await claims() : []), ...equations(sources)]);
  const [old, stamps] = await Promise.all([filesIn(site), stampsOf(sources, venv, [cover, web])]);
  const stale = names.filter((name) => !isMadeFrom(stamps.get(name)!, pageOf(name), old));
  const files: Files = new Map();
  const pages = new Map(names.map((name) => [pageOf(name), old.get(pageOf(name))?.toString() ?? ""]));
  for (const name of names.filter((name) => !stale.includes(name)))
    for (const path of [`single/${pageOf(name)}`, ...needs(pages.get(pageOf(name))!)]) files.set(path, old.get(path)!);
  const whole = new Map<string, string>();
  const take: Take = (name, html) => {
    const finished = finish(html, name, stamps.get(name)!, web, said);
    const { html: shared, assets } = sharing(finished);
    whole.set(pageOf(name), finished);
    pages.set(pageOf(name), shared);
    for (const [path, content] of assets) files.set(path, content);
  };
  const [cards] = await Promise.all([
    parts().cards(join(root, "data"), names.map(pageOf).map(nameOf)),
    convert(stale, notebooks, venv, take),
  ]);

  const sections = [...pages].map(([file, html]) => section(readable(html), file, notebookOf(file)));
  const others = ours ? await references(sections) : [];
  for (const [page, html] of whole) {
    const current = sections.find(({ file }) => file === page)!;
    files.set(`single/${page}`, Buffer.from(alone(placed(html, [current], current, web, []))));
    pages.set(
      page,
      placed(pages.get(page)!, sections, current, web, others)
        .replace(/<a class="book"[\s\S]*?<\/a>/, `<a class="book" href="index.html">${web.book}</a>`)
        .replace("<!--search-->", searchBar)
        .replace(
          "<!--pager-->",
          () =>
            ways(`${basename(notebooks)}/${notebookOf(page)}`, web.repository) +
            pager(sections, current) +
            (said.size ? claimsTag : ""),
        ),
    );
  }
  const [frame, reference] = await Promise.all(["frame.html", "reference.html"].map(partOfTemplate));
  for (const other of others)
    pages.set(
      other.file,
      framed(frame, web.book, `<title>${other.title} · ${web.book}</title>`, reference)
        .replace("<!--contents-->", () => contents(sections, other, others))
        .replace("<!--text-->", () => other.html),
    );
  const [script, search] = await Promise.all([readFile(titleScript), readFile(searchScript, "utf8")]);
  files.set("assets/title.js", script);
  const texts = [...pages].flatMap(([file, html]) => textsOf(file, html));
  files.set("assets/search.js", Buffer.from(`window.housePrices.texts=${JSON.stringify(texts)};\n${search}`));
  const lines = JSON.stringify(Object.fromEntries(said));
  if (said.size) files.set("assets/claims.js", Buffer.from(`window.housePrices.claims=${lines};\n`));
  pages.set(
    "index.html",
    framed(frame, web.book, `${headOf(cover)}\n${head(toldOf(cover), web.book, web.repository)}`, textOf(cover))
      .replace('href="index.html">', 'href="index.html" aria-current="page">')
      .replace("<!--hook-->", parts().hook)
      .replace("<!--sample-->", () => sample(sources))
      .replace("<!--contents-->", () => overview(sections, cards)),
  );
  checkLinks(new Map([...pages].map(([file, html]) => [file, readable(html)])), new Set(files.keys()));
  for (const [file, html] of pages) files.set(file, Buffer.from(html));
  const map = sitemap([...pages.keys()].sort(), web.repository);
  if (map !== undefined) {
    files.set("sitemap.xml", Buffer.from(map));
    files.set(PICTURE, await readFile(join(root, "docs/page.png")));
  }

  const same = files.size === old.size && [...files].every(([path, content]) => old.get(path)?.equals(content));
  if (!same) await replace(site, files);
  return stale.map(pageOf);
}

/** What a page is made of, as one short word: it is made anew when this changes. */
async function stampsOf(
  sources: ReadonlyMap<string, Notebook>,
  venv: string,
  more: unknown,
): Promise<Map<string, string>> {
  const titles = [...sources].map(([name, { cells }]) => [name, cells[0] && sourceOf(cells[0])]); // the navigation shows them
  const common = createHash("sha256")
    .update(JSON.stringify([titles, more]))
    .update(await readFile(settings));
  const assets = join(venv, "share/jupyter/nbconvert/templates/house-assets");
  for (const [folder, wanted] of [
    [template, /./],
    [assets, /./],
    [__dirname, /^(page|export|fonts|parts|reference|web)\.(js|ts)$/],
    [join(root, "docs"), /^(notes|symbols)\.md$/],
  ] as const)
    for (const [file, content] of await filesIn(folder)) if (wanted.test(file)) common.update(file).update(content);
  return new Map(
    [...sources].map(([name, notebook]) => [
      name,
      common.copy().update(JSON.stringify(notebook)).digest("hex").slice(0, 16),
    ]),
  );
}

const stampTag = (stamp: string) => `<meta name="made-from" content="${stamp}">`;

/** The shared files that a page asks for. */
const needs = (html: string): string[] => [...html.matchAll(/(?:src|href)="(assets\/[^"]+)"/g)].map(([, path]) => path);

function isMadeFrom(stamp: string, page: string, old: Files): boolean {
  const html = old.get(page)?.toString();
  return (
    html !== undefined &&
    html.includes(stampTag(stamp)) &&
    [`single/${page}`, ...needs(html)].every((path) => old.has(path))
  );
}

/** Takes a notebook's page as nbconvert made it, while the next is being converted. */
type Take = (name: string, html: string) => void;

/** Has nbconvert make pages of notebooks, shared out among the processors. */
async function convert(names: readonly string[], notebooks: string, venv: string, take: Take): Promise<void> {
  const workers = Math.min(availableParallelism(), names.length);
  const shares = Array.from({ length: workers }, (_, worker) => names.filter((_, i) => i % workers === worker));
  const outcomes = await Promise.allSettled(shares.map((share) => convertShare(share, notebooks, venv, take)));
  const failed = outcomes.find((outcome): outcome is PromiseRejectedResult => outcome.status === "rejected");
  if (failed) throw failed.reason;
}

/** Converts notebooks one after the other. Of Jupyter's settings only the project's own have a say. */
const convertShare = (names: readonly string[], notebooks: string, venv: string, take: Take): Promise<void> =>
  inScratch(async (folder) => {
    const options = [
      "-m",
      "nbconvert",
      `--config=${settings}`,
      ..."--to html --log-level INFO --output-dir".split(" "),
    ];
    const left = [...names];
    const taken: Promise<void>[] = [];
    const takeNext = (): void => {
      const name = left.shift()!;
      const work = readFile(join(folder, pageOf(name)), "utf8").then((html) => take(name, html));
      work.catch(() => {}); // it is waited for below
      taken.push(work);
    };
    const outcome = await run(
      join(venv, "bin/python"),
      [...options, folder, ...names.map((name) => asPattern(join(notebooks, name)))],
      (line) => {
        if (left[1] && line.startsWith(`[NbConvertApp] Converting notebook ${join(notebooks, left[1])} `)) takeNext();
      },
      { ...process.env, JUPYTER_NO_CONFIG: "1", JUPYTER_PREFER_ENV_PATH: "1" },
    );
    if (outcome.code !== 0) {
      const last = outcome.lines.filter((line) => line.trim()).at(-1) ?? `exit ${outcome.code}`;
      throw (await reasonOutside(outcome)) ?? new Problem(`nbconvert failed: ${last}`);
    }
    while (left.length > 0) takeNext();
    await Promise.all(taken);
  });

/** Math typeset, links turned to pages, what a finished page does not need taken out. */
function finish(html: string, notebook: string, stamp: string, { book, repository }: Web, said: Claims): string {
  const linked = eachProse(compact(html), relink);
  const { title, promise } = section(readable(linked), pageOf(notebook), notebook);
  const set = eachProse(linked, (text) => typeset(referring(text, said), notebook));
  const done = set.replace(/<!--katex-->[\s\S]*?<!--\/katex-->/, "");
  const description = escape(promise);
  const told = { file: pageOf(notebook), title: escape(plain(title)), description };
  const live = done.includes("data-cell=");
  const charts = live || done.includes('<figure class="chart"');
  const without = (part: string, html: string) => html.replace(new RegExp(`<!--${part}-->[^]*?<!--/${part}-->`), "");
  const needed = live ? done : without("live", done);
  return (charts ? needed : without("charts", needed)).replace(
    "<!--head-->",
    () => `<meta name="description" content="${description}">\n${head(told, book, repository)}\n${stampTag(stamp)}`,
  );
}

/** What the notes say, and the numbered equations, wait beside the page until a reader asks. */
const claimsTag = '<script type="text/plain" id="claims" src="assets/claims.js"></script>';

/** A page with its title and its contents. */
const placed = (
  html: string,
  sections: readonly Section[],
  current: Section,
  { book }: Web,
  others: readonly Reference[],
): string =>
  html
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escape(plain(current.title))} · ${book}</title>`)
    .replace(/(<!--book-->)[\s\S]*?(<!--\/book-->)/, `$1${book}$2`)
    .replace("<!--contents-->", () => contents(sections, current, others));

/** A page that is no notebook's: a head and a text in the frame that they all have. */
const framed = (frame: string, book: string, head: string, text: string): string =>
  frame
    .replace("<!--head-->", () => head)
    .replace(/(<a class="book"[^>]*>)[^<]*/, `$1${book}`)
    .replace("<!--search-->", searchBar)
    .replace("<!--text-->", () => text.trimEnd());

/** What the title page is called, and whose it is. */
interface Web {
  readonly book: string;
  readonly repository: Repository | undefined;
}

const partOfTemplate = (name: string): Promise<string> => readFile(join(template, name), "utf8");

const ownCover = (): Promise<string> => partOfTemplate("cover.html");

/** The title page that is to be filled in, its title and its description first: the folder's own, or the book's. */
const coverOf = async (notebooks: string): Promise<string> =>
  readFile(join(notebooks, "cover.html"), "utf8").catch(ownCover);

const headOf = (cover: string): string => cover.slice(0, cover.indexOf("<main")).trim();
const textOf = (cover: string): string => cover.slice(cover.indexOf("<main"));

const titleOf = (cover: string): string => cover.match(/<title>([^<]*)</)![1];

const toldOf = (cover: string): Told => ({
  file: "index.html",
  title: titleOf(cover),
  description: cover.match(/<meta name="description" content="([^"]*)"/)![1],
});

/** The part of a page that people read, after its description. */
const readable = (html: string): string =>
  (html.match(/<meta name="description"[^>]*>/)?.[0] ?? "") +
  html.slice(html.indexOf("<body"), html.indexOf("</main>"));

/** The checked derivation that stands on the title page: the formula under the cell with the tag "sample". */
function sample(sources: ReadonlyMap<string, Notebook>): string {
  const [name, text] =
    [...sources].map(([name, notebook]) => [name, taggedText(notebook, "sample")]).find(([, text]) => text) ?? [];
  const formula = text?.match(/\$\$[\s\S]*?\$\$/)?.[0];
  if (!name || !formula) return "";
  return `<figure class="sample">${typeset(escape(formula), name)}<figcaption>Each mark ✓ is a computation: both sides of that “=” were run with 64 digits, and agreed. Change a sign, and you are told where it no longer does.</figcaption></figure>`;
}

/** The files of a folder and of those in it; none if there is no such folder. */
async function filesIn(folder: string): Promise<Files> {
  const entries = (await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])).filter(
    (entry) => !entry.isDirectory(),
  );
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(
    await Promise.all(paths.map(async (path) => [path.slice(folder.length + 1), await readFile(path)] as const)),
  );
}

const nextOf = (site: string) => `${site}.next`;
const lastOf = (site: string) => `${site}.last`;

/** Sets right what an export left that was killed. */
async function tidy(site: string): Promise<void> {
  if (!existsSync(site) && existsSync(lastOf(site))) renameSync(lastOf(site), site);
  for (const left of [nextOf(site), lastOf(site)]) await rm(left, { recursive: true, force: true });
}

/** Puts `files` in the place of the folder `site`, at once: no signal comes between the two names. */
const replace = (site: string, files: Files): Promise<void> =>
  passing(nextOf(site), async () => {
    for (const [path, content] of files) {
      await mkdir(dirname(join(nextOf(site), path)), { recursive: true });
      await writeFile(join(nextOf(site), path), content);
    }
    if (existsSync(site)) renameSync(site, lastOf(site));
    renameSync(nextOf(site), site);
    await rm(lastOf(site), { recursive: true, force: true });
  });
