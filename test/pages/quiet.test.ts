import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import type { Locator, Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { codeCells, sourceOf } from "../../tools/notebook";
import { committed, names } from "../book";
import { barriers, open, overflow, phone, wide } from "./reader";

const { book, site } = inject("pages");
const page02 = join(book, "02-linear.html");
const fold = (page: Page, i: number): Locator => page.locator("details.code").nth(i);
const isOpen = (each: Locator): Promise<boolean> => each.evaluate((details: HTMLDetailsElement) => details.open);

test.each(names)("%s folds its code, but no task, nothing to drag, and nothing that a tag calls open", async (name) => {
  const { document } = parseHTML(await readFile(join(book, name.replace("ipynb", "html")), "utf8"));
  const { cells } = committed(name);
  const tasks = cells.findIndex((cell) => sourceOf(cell).includes("## Exercises"));
  const wanted = codeCells({ ...committed(name), cells }).map((cell) => {
    const place = cells.findIndex(({ id }) => id === cell.id);
    const point = sourceOf(cell).includes("slider(") || cell.metadata?.tags?.includes("open") === true;
    return point || (tasks >= 0 && place > tasks);
  });
  const shown = [...document.querySelectorAll("[data-cell] > details.code")].map((each) => each.hasAttribute("open"));
  expect(shown).toEqual(wanted);
  expect(shown).toContain(false);
});

test("a cell has its own button, and the page remembers it until all are told otherwise", async () => {
  const { page, trouble } = await open(join(site, "01-one.html"), wide);
  const [first, second] = [fold(page, 0), fold(page, 1)];
  await first.locator("summary").press("Enter");
  expect([await isOpen(first), await isOpen(second)]).toEqual([true, false]);
  await page.reload();
  expect([await isOpen(first), await isOpen(second)]).toEqual([true, false]);
  await page.getByRole("button", { name: "Show code" }).click();
  await second.locator("summary").click();
  await page.reload();
  expect([await isOpen(first), await isOpen(second)]).toEqual([true, false]);
  await page.getByRole("button", { name: "Fold code" }).click();
  await page.reload();
  expect([await isOpen(first), await isOpen(second)]).toEqual([false, false]);
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("where everything is shown nothing bars a reader", async () => {
  const { page } = await open(page02, phone);
  await page.getByRole("button", { name: "Show code" }).click();
  expect(await barriers(page)).toEqual([]);
  expect(await overflow(page)).toBe(0);
  await page.context().close();
});

test.each([
  ["beside its line on a wide page", wide],
  ["beneath its line on a phone", phone],
])("the reason of a step stands %s", async (_, view) => {
  const { page } = await open(page02, view);
  const lines = page.locator(".step:has(.reason)");
  expect(await lines.count()).toBeGreaterThan(5);
  for (const line of (await lines.all()).slice(0, 8)) {
    const [right, reason] = await Promise.all([".right", ".reason"].map((part) => line.locator(part).boundingBox()));
    if (view === phone) {
      expect(reason!.y).toBeGreaterThanOrEqual(right!.y + right!.height - 1);
      expect(reason!.x).toBeLessThan(100);
    } else expect(reason!.x).toBeGreaterThan(right!.x + right!.width);
  }
  await page.context().close();
});

test("the signs of a derivation stand under each other", async () => {
  const { page } = await open(page02, wide);
  const derivation = page
    .locator(".steps")
    .filter({ has: page.locator(".step:nth-child(4)") })
    .first();
  const edges = await derivation
    .locator(".right")
    .evaluateAll((all) => all.map((each) => each.getBoundingClientRect().left));
  expect(new Set(edges).size).toBe(1);
  await page.context().close();
});
