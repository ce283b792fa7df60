import { statSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
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
