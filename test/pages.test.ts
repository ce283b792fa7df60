import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch } from "../tools/browser";
import { exportBook } from "../tools/export";
import { root, venv } from "../tools/project";
import { names } from "./book";

const folder = mkdtempSync(join(tmpdir(), "house-prices-pages-"));
const notebooks = join(folder, "notebooks");
const site = join(folder, "site");
const book = join(folder, "book");
const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
let browser: Browser;

/** A notebook of Markdown cells, and of charts as `show` leaves them. */
function notebook(name: string, ...cells: readonly (string | object)[]): void {
  const written = cells.map((cell, i) =>
    typeof cell === "string"
      ? { cell_type: "markdown", id: `m${i}`, metadata: {}, source: cell }
      : {
          cell_type: "code",
          id: `c${i}`,
          metadata: {},
          execution_count: i,
          source: "show(figure); // a < b && $x$",
          outputs: [
            {
              output_type: "display_data",
              metadata: {},
              data: { "application/vnd.plotly.v1+json": cell, "text/plain": "A line that rises." },
            },
            { output_type: "stream", name: "stdout", text: "costs $5 or $6\n" },
          ],
        },
  );
  mkdirSync(notebooks, { recursive: true });
  writeFileSync(
    join(notebooks, name),
    JSON.stringify({
      cells: written,
      metadata: { language_info: { name: "typescript" } },
      nbformat: 4,
      nbformat_minor: 5,
    }),
  );
}

const line = {
  data: [{ type: "scatter", x: [1, 2, 3], y: [1, 4, 9], name: "squares", line: { color: "#0072B2" } }],
  layout: { xaxis: { title: { text: "x" } } },
};
const moving = {
  ...line,
  layout: {
    ...line.layout,
    sliders: [
      {
        currentvalue: { prefix: "h = " },
        steps: ["2", "1"].map((label) => ({ label, method: "animate", args: [[label], { mode: "immediate" }] })),
      },
    ],
  },
  frames: [
    { name: "2", data: [{ y: [1, 4, 9] }] },
    { name: "1", data: [{ y: [1, 2, 3] }] },
  ],
};
const bowl = {
  data: [
    {
      type: "surface",
      z: [
        [1, 2, 1],
        [2, 0, 2],
        [1, 2, 1],
      ],
    },
  ],
  layout: { height: 480 },
};
const first = "# One\n\nThe first sentence has $x_1 < 2$ in it. The second has not.";
const derivation =
  "## A *derivation* of $x$\n\n$$\n\\begin{aligned} a &= b \\\\ &< c \\end{aligned}\n$$\n\n| $x$ | `$raw$` |\n|--:|:--|\n| 1 | $\\sqrt{2}$ |";
const folded =
  "<details><summary>Solution</summary>\n\nIt is $x$ *here*.\n\n```ts\nconst found = 1;\n```\n\n</details>";

beforeAll(async () => {
  notebook(
    "01-one.ipynb",
    first,
    derivation,
    folded,
    line,
    moving,
    bowl,
    "## Where next\n\nTo [two](02-two.ipynb#Nothing-else), or [up](#Where-next).",
  );
  notebook("02-two.ipynb", "# Two\n\nShort.", "## Nothing else\n\nAn end.");
  await exportBook(venv, notebooks, site);
  await exportBook(venv, join(root, "notebooks"), book);
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

const read = (name: string): string => readFileSync(join(site, name), "utf8");
const text = (page: Page): Promise<string> => page.locator("main").innerText();

/** Opens a file with the network cut and nothing to ask for but `assets` beside it. Its requests and complaints are `trouble`. */
async function open(file: string, options: BrowserContextOptions = {}): Promise<{ page: Page; trouble: string[] }> {
  const context = await browser.newContext(options);
  const url = pathToFileURL(file).href;
  const trouble: string[] = [];
  await context.route(/.*/, (route) => {
    const asked = route.request().url();
    if (asked === url || asked.startsWith(new URL("assets/", url).href) || /^(data|blob):/.test(asked))
      return route.continue();
    trouble.push(`asks for ${asked}`);
    return route.abort();
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => trouble.push(error.message));
  page.on("console", (message) => message.type() === "error" && trouble.push(message.text()));
  await page.goto(url);
  return { page, trouble };
}

/** Scrolls to each chart in turn and waits until it is drawn. */
async function drawAll(page: Page): Promise<number> {
  const charts = await page.locator("figure.chart").all();
  for (const chart of charts) {
    await chart.scrollIntoViewIfNeeded();
    await chart.locator(".house-plot[data-drawn] .main-svg").first().waitFor({ state: "attached", timeout: 30_000 });
    expect(await chart.getByRole("img").first().getAttribute("aria-label")).toMatch(/\w{3}/);
  }
  return charts.length;
}

/** How far the page reaches over the right edge of its window. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function expectReadable(page: Page): Promise<void> {
  const prose = await page.locator(".prose").evaluateAll((all) =>
    all.map((each) => {
      const copy = each.cloneNode(true) as Element;
      copy.querySelectorAll("pre, code, .katex").forEach((left) => left.remove());
      return copy.textContent;
    }),
  );
  expect(prose.join(" ")).not.toMatch(/\$|\\[a-z]+/);
  expect(prose.join("\n")).not.toMatch(/^\s*\|.*\|/m); // a table that was not recognised
  expect(await page.locator(".katex-error").count()).toBe(0);
}

describe("an exported book", () => {
  test("carries titles, contents and ways on", () => {
    expect(readdirSync(site).sort()).toEqual(["01-one.html", "02-two.html", "assets", "index.html", "single"]);
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
    expect(await exportBook(venv, notebooks, again)).toEqual(["01-one.html", "02-two.html"]);
    const files = readdirSync(site, { recursive: true, encoding: "utf8" }).sort();
    expect(readdirSync(again, { recursive: true, encoding: "utf8" }).sort()).toEqual(files);
    for (const name of files.filter((name) => name.includes(".")))
      expect(readFileSync(join(again, name)).equals(readFileSync(join(site, name))), name).toBe(true);
  });

  test.each([
    ["a wrong formula", "# Two\n\n$\\frac{1$", /02-two\.ipynb: this formula cannot be typeset[^]*\\frac\{1/],
    ["half a formula", "# Two\n\nIt costs $5.", /02-two\.ipynb: "It costs \$5\." looks like half a formula/],
    [
      "a dead link to a page",
      "# Two\n\n## Nothing else\n\n[x](03-three.ipynb)",
      /02-two\.ipynb links to 03-three\.html, which is not a page/,
    ],
    [
      "a dead link to a heading",
      "# Two\n\n## Nothing else\n\n[x](01-one.ipynb#Gone)",
      /02-two\.ipynb links to 01-one\.html#Gone, but no heading/,
    ],
    [
      "a picture from elsewhere",
      "# Two\n\n## Nothing else\n\n![x](https://example.org/x.png)",
      /02-two\.ipynb shows https:\/\/example\.org\/x\.png/,
    ],
    ["no title", "Two", /02-two\.ipynb does not begin with a heading/],
    ["a skipped heading", "# Two\n\n### Deep", /02-two\.ipynb: the heading "Deep"/],
  ])("%s is refused, and the old pages stay", async (_, cell, message) => {
    const before = read("02-two.html");
    notebook("02-two.ipynb", cell);
    await expect(exportBook(venv, notebooks, site)).rejects.toThrow(message);
    notebook("02-two.ipynb", "# Two\n\nShort.", "## Nothing else\n\nAn end.");
    expect(read("02-two.html") === before).toBe(true);
    expect(readdirSync(site)).toHaveLength(5);
  });

  test("a notebook that is none is refused by name", async () => {
    writeFileSync(join(notebooks, "03-torn.ipynb"), "{");
    await expect(exportBook(venv, notebooks, site)).rejects.toThrow(/03-torn\.ipynb/);
    rmSync(join(notebooks, "03-torn.ipynb"));
  });
});

describe("a page", () => {
  test("draws its charts when they come near, in the colours of the page", async () => {
    const { page, trouble } = await open(join(site, "01-one.html"), { colorScheme: "dark" });
    expect(await drawAll(page)).toBe(3);
    const colours = () =>
      page
        .locator(".house-plot .scatterlayer .js-line")
        .first()
        .evaluate((each) => getComputedStyle(each).stroke);
    expect(await colours()).toBe("rgb(79, 168, 224)");
    await page.getByRole("button", { name: "Dark colours" }).click();
    await expect.poll(colours).toBe("rgb(0, 114, 178)");
    expect(trouble).toEqual([]);
    await page.context().close();
  });

  test("plays an animation, and its slider obeys the keyboard", async () => {
    const { page } = await open(join(site, "01-one.html"));
    await drawAll(page);
    const slider = page.getByRole("slider", { name: "h" });
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    expect(await slider.getAttribute("aria-valuetext")).toBe("h = 1");
    await page.getByRole("button", { name: "Play" }).click();
    await expect.poll(() => slider.getAttribute("aria-valuetext")).toBe("h = 2");
    await expect.poll(() => slider.getAttribute("aria-valuetext")).toBe("h = 1");
    await page.context().close();
  });

  test("scrolls although the wheel turns over a surface", async () => {
    const { page } = await open(join(site, "01-one.html"));
    await drawAll(page);
    const surface = page.locator(".house-plot canvas").first();
    await surface.hover({ force: true });
    const before = await page.evaluate(() => scrollY);
    await page.mouse.wheel(0, -150);
    await expect.poll(() => page.evaluate(() => scrollY)).toBe(before - 150);
    await page.context().close();
  });

  test("hides its code and shows it again, and the next page remembers", async () => {
    const { page } = await open(join(site, "01-one.html"));
    const code = page.locator(".code").first();
    await page.getByRole("button", { name: "Hide code" }).click();
    expect(await code.isVisible()).toBe(false);
    await page.reload();
    expect(await code.isVisible()).toBe(false);
    await page.getByRole("button", { name: "Show code" }).click();
    expect(await code.isVisible()).toBe(true);
    await page.context().close();
  });

  test("keeps code, money in outputs and what JavaScript would draw readable without JavaScript", async () => {
    const { page } = await open(join(site, "01-one.html"), { javaScriptEnabled: false });
    const shown = await text(page);
    for (const part of ["show(figure); // a < b && $x$", "costs $5 or $6", "A line that rises.", "$raw$"])
      expect(shown).toContain(part);
    expect(await page.locator(".katex-display .katex-html").isVisible()).toBe(true);
    await expectReadable(page);
    await page.context().close();
  });

  test("hides what is folded until it is asked for", async () => {
    const { page } = await open(join(site, "01-one.html"), { javaScriptEnabled: false });
    const [text, code, after] = [
      page.getByText("It is"),
      page.getByText("const found = 1;"),
      page.getByText("show(figure);").first(),
    ];
    const seen = () => Promise.all([text, code, after].map((each) => each.isVisible()));
    expect(await seen()).toEqual([false, false, true]);
    await page.getByText("Solution").click();
    expect(await seen()).toEqual([true, true, true]);
    await page.context().close();
  });

  test("made by plain nbconvert looks and works alike", async () => {
    await promisify(execFile)(join(venv, "bin/jupyter"), [
      "nbconvert",
      "--to",
      "html",
      "--output-dir",
      join(folder, "plain"),
      join(notebooks, "01-one.ipynb"),
    ]);
    const { page, trouble } = await open(join(folder, "plain/01-one.html"), phone);
    expect(await drawAll(page)).toBe(3);
    await expectReadable(page);
    expect(await page.locator(".katex").count()).toBeGreaterThan(4);
    expect(await page.locator(".contents a").count()).toBe(2);
    expect(await page.getByText("It is").isVisible()).toBe(false);
    expect(await overflow(page)).toBe(0);
    expect(trouble).toEqual([]);
    await page.context().close();
  });
});

describe("every page of the book", () => {
  const sections = names.map((name) => name.replace(/ipynb$/, "html"));
  const pages = ["index.html", ...sections];

  test.each(pages)(
    "%s works offline, wide and narrow, without a jump, without a fault that axe finds, and weighs under 1 MB",
    async (name) => {
      expect(statSync(join(book, name)).size).toBeLessThan(1e6);
      for (const options of [{ viewport: { width: 1440, height: 900 } }, phone]) {
        const { page, trouble } = await open(join(book, name), options);
        expect(await firstText(page)).toBeLessThan(1000);
        await drawAll(page);
        expect(await jumps(page)).toBeLessThan(0.01); // a chart that came late would count at least ten times as much
        await expectReadable(page);
        expect(await overflow(page)).toBe(0);
        expect(await page.locator("h1").count()).toBe(1);
        expect(await page.locator(".contents [aria-current='page']").count()).toBe(name === "index.html" ? 0 : 1);
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          expect(await faults(page)).toEqual([]);
        }
        expect(trouble).toEqual([]);
        await page.context().close();
      }
    },
  );

  test.each(sections)("%s stands alone in one file of under 9 MB", async (name) => {
    expect(statSync(join(book, "single", name)).size).toBeLessThan(9e6);
    const { page, trouble } = await open(join(book, "single", name), phone);
    expect(await firstText(page)).toBeLessThan(1000);
    expect(await page.locator("a:not([href^='#']):not([href^='http'])").count()).toBe(0);
    const first = page.locator(".house-plot").first();
    await first.scrollIntoViewIfNeeded();
    await first.and(page.locator("[data-drawn]")).waitFor();
    expect(trouble).toEqual([]);
    await page.context().close();
  });

  test.each(pages)("%s shows its text, its math and a picture of each chart without JavaScript", async (name) => {
    const { page } = await open(join(book, name), { javaScriptEnabled: false, ...phone });
    await expectReadable(page);
    for (const chart of await page.locator("figure.chart").all()) {
      expect(await chart.locator("p").isVisible()).toBe(true);
      expect((await chart.locator("img").boundingBox())!.height).toBeGreaterThan(100);
    }
    expect(await overflow(page)).toBe(0);
    await page.context().close();
  });

  test.each(pages)("%s prints a picture of each chart in light colours, and nothing to click", async (name) => {
    const { page } = await open(join(book, name), { colorScheme: "dark", viewport: { width: 900, height: 900 } });
    await page.emulateMedia({ media: "print" });
    for (const button of await page.locator("button, summary").all()) expect(await button.isVisible()).toBe(false);
    for (const picture of await page.locator(".chart:not(:has([data-drawn])) .picture").all())
      expect((await picture.boundingBox())!.height).toBeGreaterThan(100);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).color)).toBe("rgb(29, 31, 35)");
    await page.context().close();
  });
});

/** What axe finds that bars readers, each with the first place of it. */
async function faults(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: join(root, "node_modules/axe-core/axe.min.js") });
  const { violations } = (await page.evaluate("axe.run()")) as {
    violations: { id: string; nodes: { html: string }[] }[];
  };
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`);
}

/** When the first text was painted, in milliseconds since the page was asked for. */
const firstText = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    for (;;) {
      const [paint] = performance.getEntriesByName("first-contentful-paint");
      if (paint) return paint.startTime;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  });

/** How much of the page moved although nobody did anything: the sum of its layout shifts. */
const jumps = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
            if (!entry.hadRecentInput) sum += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(() => resolve(sum), 300);
      }),
  );
