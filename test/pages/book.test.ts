import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { names } from "../book";
import { barriers, drawAll, expectReadable, type Opened, open, overflow, phone, places, wide } from "./reader";

const { book } = inject("pages");
const sections = names.map((name) => name.replace(/ipynb$/, "html"));
const pages = ["index.html", ...sections];

/** What depends on the colours and the width of a page; all the rest is looked for on the phone. */
const RULES = ["color-contrast", "link-in-text-block", "scrollable-region-focusable"];

const views = { "wide and dark": { ...wide, colorScheme: "dark" }, "on a phone": { ...phone, charts: true } } as const;

// charts are drawn on the phone, where they are most likely to be too wide or to move what stands around them
describe.each(pages.flatMap((name) => Object.entries(views).map(([view, options]) => ({ name, view, options }))))(
  "$name, $view",
  ({ name, options }) => {
    let opened: Opened;
    let page: Page;
    beforeAll(async () => {
      opened = await open(join(book, name), options);
      page = opened.page;
    });
    afterAll(() => page.context().close());

    test.runIf("charts" in options)("weighs under 1.2 MB, and moves nothing while its charts are drawn", async () => {
      expect(statSync(join(book, name)).size).toBeLessThan(1.2e6);
      const before = await places(page);
      if ((await drawAll(page)) > 0) expect(await textFirst(page)).toBe(true);
      expect(await places(page)).toEqual(before);
      expect(await jumps(page)).toBeLessThan(0.01); // a chart that came late would count at least ten times as much
    });

    test("is readable, and as wide as its window", async () => {
      await expectReadable(page);
      expect(await overflow(page)).toBe(0);
      expect(await page.locator("h1").count()).toBe(1);
      expect(await page.locator(".contents [aria-current='page']").count()).toBe(name === "index.html" ? 0 : 1);
    });

    test("bars nobody who listens to it or has no mouse, and asks for nothing", async () => {
      expect(await barriers(page, "html", "charts" in options ? undefined : RULES)).toEqual([]);
      expect(opened.trouble).toEqual([]);
    });

    test.runIf(name !== "index.html" && !("charts" in options))("is black on white on paper", () => expectPaper(page));
  },
);

/** Expects a page of charts, printed, to be black on white, with a picture of each chart and nothing to click. */
async function expectPaper(page: Page): Promise<void> {
  await page.setViewportSize({ width: 642, height: 900 });
  await page.emulateMedia({ media: "print" });
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).color)).toBe("rgb(29, 31, 35)");
  const grounds = await page
    .locator("html, main *:not(figure *)")
    .evaluateAll((all) => [
      ...new Set(all.filter((each) => each.checkVisibility()).map((each) => getComputedStyle(each).backgroundColor)),
    ]);
  expect(grounds.sort()).toEqual(["rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"]);
  const seen = await page
    .locator("button, summary")
    .evaluateAll((all) =>
      all.filter(
        (each) => each.checkVisibility({ visibilityProperty: true }) && each.getBoundingClientRect().width > 0,
      ),
    );
  expect(seen).toHaveLength(0);
  const pictures = await page.locator(".chart .picture").evaluateAll((all) =>
    all
      .filter((each) => !each.closest(".chart")!.querySelector("[data-drawn]"))
      .map((each) => each.getBoundingClientRect())
      .map(({ width, height }) => ({ width, height })),
  );
  expect(pictures.length).toBeGreaterThan(0);
  for (const { height } of pictures) expect(height).toBeGreaterThan(100);
  expect(new Set(pictures.map(({ width }) => Math.round(width))).size).toBe(1);
  const gaps = await page
    .locator(".code[open] .highlight")
    .evaluateAll((all) =>
      all.map((each) => each.querySelector("pre")!.getBoundingClientRect().top - each.getBoundingClientRect().top),
    );
  for (const gap of gaps) expect(gap).toBeLessThan(8); // no empty line stands over code
}

test("how a derivation was run stands behind its mark, for a pointer, a keyboard and a finger", async () => {
  for (const options of [wide, phone]) {
    const { page } = await open(join(book, "01-derivatives.html"), options);
    const mark = page.locator(".outputs .prose > details").first();
    const told = mark.locator("p");
    expect(await told.evaluate((text) => text.checkVisibility({ contentVisibilityAuto: true }))).toBe(false);
    if (options === phone) await mark.locator("summary").tap();
    else {
      await mark.hover();
      expect((await told.boundingBox())?.height).toBeGreaterThan(10);
      await mark.locator("summary").focus();
      await page.keyboard.press("Enter");
    }
    expect(await mark.getAttribute("open")).toBe("");
    expect(await told.innerText()).toMatch(/points? with 64 digits/);
    await page.context().close();
  }
});

test("what a derivation stands on is told once, until it changes", () => {
  const { document } = parseHTML(readFileSync(join(book, "05-backpropagation.html"), "utf8"));
  const parts = [...document.querySelectorAll("h2, .outputs p:has(> small)")];
  const all = parts.map((part) => (part.tagName === "H2" ? "" : (part.textContent ?? "")));
  expect(all.filter((text) => text.startsWith("where")).length).toBeGreaterThan(5);
  expect(all.filter((text, i) => text !== "" && text === all[i - 1])).toEqual([]);
});

// that it runs is seen in export.test.ts and parity.test.ts: each is the page of the book with all that lies beside it
test.each(sections)("%s stands alone in one file of under 11 MB, and shows all without JavaScript", async (name) => {
  expect(statSync(join(book, "single", name)).size).toBeLessThan(11e6);
  const { page, trouble } = await open(join(book, "single", name), { javaScriptEnabled: false, ...phone });
  expect(await page.locator("a:not([href^='#']):not([href^='http'])").count()).toBe(0);
  expect(await page.locator("script[src]").count()).toBe(0);
  expect(await page.locator("figure.chart").count()).toBeGreaterThan(0);
  await expectAll(page);
  expect(trouble).toEqual([]);
  await page.context().close();
});

test.each(pages.slice(0, 2))("%s shows all without JavaScript", async (name) => {
  const { page } = await open(join(book, name), { javaScriptEnabled: false, ...phone });
  await expectAll(page);
  await page.context().close();
});

/** Expects a page without JavaScript to show its text, its math and a picture of each chart. */
async function expectAll(page: Page): Promise<void> {
  await expectReadable(page);
  const charts = await page.locator("figure.chart").count();
  expect(await heights(page, "figure.chart p")).toHaveLength(charts);
  const pictures = await heights(page, "figure.chart img");
  expect(pictures).toHaveLength(charts);
  for (const height of pictures) expect(height).toBeGreaterThan(100);
  expect(await overflow(page)).toBe(0);
}

/** How high each of these is that can be seen, asked in one go: a page has hundreds. */
const heights = (page: Page, selector: string): Promise<number[]> =>
  page.locator(selector).evaluateAll((all) =>
    all
      .filter((each) => each.checkVisibility({ visibilityProperty: true }) && each.getBoundingClientRect().width > 0)
      .map((each) => each.getBoundingClientRect().height)
      .filter((height) => height > 0),
  );

/** Whether text was painted before what draws charts was loaded. */
const textFirst = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const [paint] = performance.getEntriesByName("first-contentful-paint");
    const [plotly] = performance.getEntriesByName("plotly");
    return paint.startTime < plotly.startTime;
  });

/** How much of the page moved although nobody did anything: the sum of its layout shifts. */
const jumps = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const seen = new PerformanceObserver(() => {});
    seen.observe({ type: "layout-shift", buffered: true });
    return new Promise<number>((resolve) =>
      requestAnimationFrame(() =>
        setTimeout(() => {
          type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean };
          const shifts = (seen.takeRecords() as Shift[]).filter(({ hadRecentInput }) => !hadRecentInput);
          resolve(shifts.reduce((sum, { value }) => sum + value, 0));
        }),
      ),
    );
  });
