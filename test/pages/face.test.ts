import { statSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { names } from "../book";
import { open, phone, wide } from "./reader";

const { book } = inject("pages");
const page02 = join(book, "02-linear.html");

test.each([page02, join(book, "single/02-linear.html"), join(book, "index.html")])(
  "%s brings the faces of its text",
  async (file) => {
    const { page, trouble } = await open(file, wide);
    const loaded = await page.evaluate(async () => {
      await document.fonts.ready;
      return [...document.fonts]
        .filter(({ status }) => status === "loaded")
        .map(({ family, weight, style }) => `${family.replaceAll('"', "")} ${weight} ${style}`);
    });
    expect(loaded).toEqual(
      expect.arrayContaining(["Source Serif 4 400 normal", "Source Serif 4 600 normal", "Source Sans 3 400 normal"]),
    );
    expect(await page.locator("h1").evaluate((each) => getComputedStyle(each).fontFamily)).toMatch(/^"Source Serif 4"/);
    expect(trouble).toEqual([]);
    await page.context().close();
  },
);

test("the faces weigh under 130 kB", () => {
  expect(statSync(join(book, "assets/text.css")).size).toBeLessThan(130_000);
});

test.each([wide, phone])("text, code and charts begin at one edge", async (view) => {
  const { page } = await open(page02, view);
  await page.getByRole("button", { name: "Show code" }).click();
  const edges = await lefts(page, "main .cell > .prose > p, .code .highlight pre, main figure.chart");
  expect(edges.length).toBeGreaterThan(30);
  for (const edge of edges) expect(Math.abs(edge - edges[0])).toBeLessThan(2);
  await page.context().close();
});

const lefts = (page: Page, selector: string): Promise<number[]> =>
  page.locator(selector).evaluateAll((all) => all.map((each) => each.getBoundingClientRect().left));

test.each(names)("on paper %s is black on white, with a picture of each chart and nothing to click", async (name) => {
  const { page } = await open(join(book, name.replace("ipynb", "html")), {
    viewport: { width: 642, height: 900 },
    colorScheme: "dark",
  });
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
  const pictures = await page.locator(".chart:not(:has([data-drawn])) .picture").evaluateAll(
    (all) =>
      all
        .map((each) => each.getBoundingClientRect())
        .map(({ width, height }) => ({ width, height }))
        .filter(({ height }) => height > 0), // that of a chart which is just being drawn is gone
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
  await page.context().close();
});
