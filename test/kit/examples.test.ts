import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { executeInto } from "../../tools/execute";
import { exportBook } from "../../tools/export";
import { readNotebook } from "../../tools/notebook";
import { pdf } from "../../tools/pdf";
import { root, venv } from "../../tools/project";
import { addressOf, repositoryOf } from "../../tools/web";
import { button, download, idle, outputsOfAll } from "../pages/live";
import { open } from "../pages/reader";

const examples = join(root, "examples");
const folder = mkdtempSync(join(tmpdir(), "house-prices-examples-"));
const [plain, known] = ["plain", "known"].map((name) => join(folder, name));
const read = (site: string, file: string): string => readFileSync(join(site, file), "utf8");

beforeAll(async () => {
  await exportBook(venv, examples, plain);
  await exportBook(venv, examples, known, { owner: "Ada", name: "prices" });
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("a formula from outside the book", () => {
  test("is executed again without a changed byte", async () => {
    await executeInto([join(examples, "ridge.ipynb")], folder);
    expect(read(folder, "ridge.ipynb")).toBe(read(examples, "ridge.ipynb"));
  });

  test("has a page in which every cell gives the notebook's outputs", async () => {
    const { page, trouble } = await open(join(plain, "ridge.html"));
    await button(page, "Run all").click();
    await idle(page);
    expect(outputsOfAll(await download(page))).toEqual(outputsOfAll(await readNotebook(join(examples, "ridge.ipynb"))));
    expect(trouble).toEqual([]);
    await page.context().close();
  });
});

test("a site is printed as one PDF with contents, an outline and tags", async () => {
  const path = join(folder, "examples.pdf");
  await pdf(path, plain);
  const content = readFileSync(path, "latin1");
  expect(content.startsWith("%PDF-")).toBe(true);
  expect(content).toContain("/MarkInfo <</Type /MarkInfo\n/Marked true>>");
  const outline = [...content.matchAll(/\/Title (\(.*?\)|<[0-9A-F]+>)\n/g)].map(([, title]) =>
    title.replace(/ *\)$/, ")"),
  );
  for (const title of ["Ridge regression", "The formula", "What the fine does"])
    expect(outline).toContain(`(${title})`);
  const places = new Set([...content.matchAll(/\/(ridge[\w-]*) \[/g)].map(([, place]) => place));
  expect(places).toContain("ridge--The-formula");
});

describe("what a page tells the web", () => {
  test("is its title, what it is about, and an icon", () => {
    const page = read(plain, "ridge.html");
    expect(page).toContain('<meta property="og:title" content="Ridge regression">');
    expect(page).toContain(
      '<meta property="og:description" content="What does a fine on large numbers do to a line?">',
    );
    expect(page).toContain('<meta property="og:site_name" content="Examples">');
    expect(page).toContain('<link rel="icon" href="data:image/svg+xml,');
    expect(read(plain, "index.html")).toContain('<meta property="og:type" content="website">');
  });

  test("has no address, no map and no ways elsewhere while the book has none", () => {
    for (const file of ["ridge.html", "index.html", "single/ridge.html"])
      expect(read(plain, file)).not.toMatch(/og:url|og:image|mybinder|codespaces|rel="external"/);
    expect(() => read(plain, "sitemap.xml")).toThrow("ENOENT");
  });

  test("has all of them where package.json names the repository", () => {
    const page = read(known, "ridge.html");
    expect(page).toContain('<meta property="og:url" content="https://ada.github.io/prices/ridge.html">');
    expect(page).toContain('<meta property="og:image" content="https://ada.github.io/prices/assets/book.png">');
    expect(readFileSync(join(known, "assets/book.png"))).toEqual(readFileSync(join(root, "docs/page.png")));
    expect([...page.matchAll(/<a rel="external" href="([^"]+)"/g)].map(([, href]) => href)).toEqual([
      "https://mybinder.org/v2/gh/Ada/prices/HEAD?urlpath=lab/tree/examples/ridge.ipynb",
      "https://codespaces.new/Ada/prices",
      "https://github.com/Ada/prices/blob/HEAD/examples/ridge.ipynb",
    ]);
    expect([...read(known, "sitemap.xml").matchAll(/<loc>(.*?)<\/loc>/g)].map(([, place]) => place)).toEqual([
      "https://ada.github.io/prices/",
      "https://ada.github.io/prices/ridge.html",
    ]);
  });
});

describe("the setting", () => {
  const ada = { owner: "Ada", name: "prices" };
  test.each([
    "https://github.com/Ada/prices",
    "git+https://github.com/Ada/prices.git",
    "git@github.com:Ada/prices.git",
    "github:Ada/prices",
    "Ada/prices",
    { type: "git", url: "https://github.com/Ada/prices.git" },
  ])("may be %j", (field) => expect(repositoryOf(field)).toEqual(ada));

  test("may be empty", () => expect([repositoryOf(""), repositoryOf(undefined)]).toEqual([undefined, undefined]));

  test.each(["https://example.org/Ada/prices", 7, "prices"])("may not be %j", (field) => {
    expect(() => repositoryOf(field)).toThrow("write it as https://github.com/OWNER/NAME.");
  });

  test("gives the address of the pages", () => {
    expect(addressOf(ada)).toBe("https://ada.github.io/prices/");
    expect(addressOf({ owner: "Ada", name: "ada.github.io" })).toBe("https://ada.github.io/");
  });
});
