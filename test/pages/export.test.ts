import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { exportBook } from "../../tools/export";
import { checkLinks, section, typeset } from "../../tools/page";
import { venv } from "../../tools/project";
import { notebook, two } from "./made";
import { drawAll, expectReadable, open } from "./reader";

const folder = mkdtempSync(join(tmpdir(), "house-prices-export-"));
const [notebooks, site] = ["notebooks", "site"].map((name) => join(folder, name));
beforeAll(() => {
  const made = inject("pages");
  cpSync(made.notebooks, notebooks, { recursive: true });
  cpSync(made.site, site, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (name: string): string => readFileSync(join(site, name), "utf8");
const filesIn = (place: string): string[] => readdirSync(place, { recursive: true, encoding: "utf8" }).sort();

describe("an exported book", () => {
  test("carries titles, contents and ways on", () => {
    expect(readdirSync(site).sort()).toEqual([
      "01-one.html",
      "02-two.html",
      "assets",
      "index.html",
      "notes.html",
      "single",
      "symbols.html",
    ]);
    expect(readdirSync(join(site, "single")).sort()).toEqual(["01-one.html", "02-two.html"]);
    expect(read("01-one.html")).toContain("<title>One · House prices</title>");
    expect(read("01-one.html")).toContain('href="02-two.html#Nothing-else"');
    expect(read("02-two.html")).toMatch(/<a rel="prev" href="01-one.html"><small>Previous<\/small>One<\/a>/);
    expect(read("index.html")).toMatch(
      /01-one\.html[^]* One<\/h2><p>The first sentence has <span class="katex">[^]* in it\.<\/p>[^]*02-two\.html/,
    );
    expect(read("02-two.html")).not.toContain("plotly"); // it has no chart
    expect(read("02-two.html").length).toBeLessThan(10_000);
  });

  test("has each page once more as one file without ways to others", async () => {
    const alone = read("single/01-one.html");
    expect(alone).not.toMatch(/assets\/|02-two\.html|rel="prev"/);
    expect(alone).toContain('<p>To two, or <a href="#Where-next">up</a>.</p>');
    const { page, trouble } = await open(join(site, "single/01-one.html"));
    expect(await drawAll(page)).toBe(3);
    await expectReadable(page);
    expect(trouble).toEqual([]);
    await page.context().close();
  });

  test("is made again where a file of it is gone", async () => {
    for (const gone of ["single/02-two.html", "assets/katex.css"]) {
      const before = readFileSync(join(site, gone));
      rmSync(join(site, gone));
      await exportBook(venv, notebooks, site);
      expect(readFileSync(join(site, gone)).equals(before), gone).toBe(true);
    }
  });

  test("is the same when made again, and only made when something changed", async () => {
    expect(await exportBook(venv, notebooks, site)).toEqual([]);
    const again = join(folder, "again");
    const settings = join(folder, "settings"); // of somebody's own Jupyter: they have no say
    mkdirSync(settings);
    writeFileSync(join(settings, "jupyter_config.json"), '{ "TemplateExporter": { "exclude_markdown": true } }');
    vi.stubEnv("JUPYTER_CONFIG_DIR", settings);
    expect(await exportBook(venv, notebooks, again)).toEqual(["01-one.html", "02-two.html"]);
    vi.unstubAllEnvs();
    const files = filesIn(site);
    expect(filesIn(again)).toEqual(files);
    for (const name of files.filter((name) => name.includes(".")))
      expect(readFileSync(join(again, name)).equals(readFileSync(join(site, name))), name).toBe(true);
  });

  test("takes the place of the old one at once, whatever lies there", async () => {
    const before = statSync(site).ino;
    const files = filesIn(site);
    // a folder in the place of a file, and a file of nobody: written into the old folder, the book would stop halfway, or keep them
    rmSync(join(site, "index.html"));
    mkdirSync(join(site, "index.html/within"), { recursive: true });
    writeFileSync(join(site, "old.html"), "");
    await exportBook(venv, notebooks, site);
    expect(filesIn(site)).toEqual(files);
    expect(statSync(site).ino).not.toBe(before);
    expect(readdirSync(folder).filter((name) => name.startsWith("site"))).toEqual(["site"]);
  });

  test("is refused with a wrong formula, and the old pages stay", async () => {
    const before = read("02-two.html");
    notebook(notebooks, "02-two.ipynb", "# Two\n\n$\\frac{1$");
    const message = /02-two\.ipynb: this formula cannot be typeset[^]*\\frac\{1/;
    await expect(exportBook(venv, notebooks, site)).rejects.toThrow(message);
    notebook(notebooks, "02-two.ipynb", ...two);
    expect(read("02-two.html") === before).toBe(true);
    expect(readdirSync(site)).toHaveLength(7);
  });

  test("has a page of a notebook whose name is a pattern, and refuses one that no address can hold", async () => {
    const [odd, pages] = [join(folder, "odd"), join(folder, "pages")];
    mkdirSync(odd);
    notebook(odd, "01 [draft]*.ipynb", "# One");
    expect(await exportBook(venv, odd, pages)).toEqual(["01 [draft]*.html"]);
    expect(readFileSync(join(pages, "index.html"), "utf8")).toContain('href="01 [draft]*.html"');
    notebook(odd, "02-50%.ipynb", "# Two");
    await expect(exportBook(venv, odd, pages)).rejects.toThrow(
      "02-50%.ipynb cannot become a page: in an address % means something else. Rename it.",
    );
  });

  test("a notebook that is none is refused by name", async () => {
    writeFileSync(join(notebooks, "03-torn.ipynb"), "{");
    await expect(exportBook(venv, notebooks, site)).rejects.toThrow(/03-torn\.ipynb/);
    rmSync(join(notebooks, "03-torn.ipynb"));
  });
});

describe("a page is refused", () => {
  const name = "02-two.ipynb";
  const linked = (html: string) => checkLinks(new Map([["02-two.html", html]]), new Set(["assets/x.png"]));

  test.each<[string, () => unknown, RegExp]>([
    [
      "with a formula in a font that pages do not carry",
      () => typeset("<p>$\\mathfrak{g}$</p>", name),
      /02-two\.ipynb: this formula cannot be typeset \(it needs the font KaTeX_Fraktur-Regular, which pages do not carry/,
    ],
    [
      "with half a formula",
      () => typeset("<p>It costs $5.</p>", name),
      /02-two\.ipynb: "It costs \$5\." looks like half a formula/,
    ],
    [
      "with a dead link to a page",
      () => linked('<p><a href="03-three.html">x</a></p>'),
      /02-two\.ipynb links to 03-three\.html, which is not a page/,
    ],
    [
      "with a link that is none",
      () => linked('<p><a href="50%.html">x</a></p>'),
      /02-two\.ipynb links to 50%\.html, which is no address: write %25/,
    ],
    [
      "with a dead link to a heading",
      () => linked('<h2 id="here">Here</h2><p><a href="02-two.html#there">x</a></p>'),
      /02-two\.ipynb links to 02-two\.html#there, but no heading/,
    ],
    [
      "with a picture from elsewhere",
      () => linked('<p><img alt="x" src="https://example.org/x.png"></p>'),
      /02-two\.ipynb shows https:\/\/example\.org\/x\.png/,
    ],
    [
      "with a skipped heading",
      () => section('<h1 id="Two">Two</h1><h3 id="Deep">Deep</h3>', "02-two.html", name),
      /02-two\.ipynb: the heading "Deep" has level 3 but stands under one of level 1/,
    ],
    [
      "without a title",
      () => section("<p>Two</p>", "02-two.html", name),
      /02-two\.ipynb does not begin with a heading/,
    ],
  ])("%s", (_, make, message) => {
    expect(make).toThrow(message);
  });

  test("for nothing else", () => {
    expect(typeset("<p>$g$ and <code>$5</code></p>", name)).toContain("katex");
    linked('<p id="here"><a href="#here">x</a> <img alt="x" src="assets/x.png"></p>');
    expect(section('<h1 id="Two">Two</h1>', "02-two.html", name).title).toBe("Two");
  });
});
