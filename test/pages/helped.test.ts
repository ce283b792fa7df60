import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { parseHTML } from "linkedom";
import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { barriers, expectReadable, overflow, phone, Reader, wide } from "./reader";

const { book } = inject("pages");
const PLACES = ["02-linear.html", "notes.html", "symbols.html", "index.html", "07-looking-back.html"];
/** By its role it would be sought among all elements of a long page, at each look. */
const SEARCH = "input[type=search][aria-label='Search the book']";
const come = async (file: string, options = wide): Promise<{ reader: Reader; page: Page }> => {
  const reader = await Reader.come(options);
  return { reader, page: await reader.open(join(book, file), ...PLACES) };
};
const leave = async (reader: Reader): Promise<void> => {
  expect(reader.trouble).toEqual([]);
  await reader.leave();
};

test.each([
  ["index.html", wide],
  ["02-linear.html", phone],
  ["symbols.html", wide],
])("a search from %s finds a place of the book, by keys, and goes there", async (file, options) => {
  const { reader, page } = await come(file, options);
  expect(await page.evaluate(() => "find" in (window as never as { housePrices: object }).housePrices)).toBe(false);
  const field = page.locator(SEARCH);
  await field.fill("residuals");
  const hits = page.locator(".hits a");
  await hits.first().waitFor();
  expect(await page.locator(".search [aria-live]").innerText()).toMatch(/^[1-8] found$/);
  expect(await hits.first().locator("mark").innerText()).toMatch(/^residuals?$/i);
  expect(await overflow(page)).toBe(0);
  expect(await barriers(page, ".search")).toEqual([]);
  await field.press("Escape");
  expect(await hits.first().isVisible()).toBe(false);
  await field.fill("where does that 2 come from");
  await hits.first().waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.waitForURL(/02-linear\.html#Where-does-that-2-come-from/);
  await leave(reader);
});

test("a search that finds nothing says so, and one with a slip finds what was meant", async () => {
  const { reader, page } = await come("02-linear.html");
  const field = page.locator(SEARCH);
  await field.fill("zzzzqqq");
  await expect.poll(() => page.locator(".search [aria-live]").innerText()).toBe("Nothing found");
  await field.fill("eigenvalu");
  await expect.poll(() => page.locator(".hits a").count()).toBeGreaterThan(0);
  await field.fill("sigmod");
  await expect
    .poll(() => page.locator(".hits a").allInnerTexts())
    .toEqual(expect.arrayContaining([expect.stringMatching(/sigmoid/i)]));
  await page.mouse.click(1, 400); // beside the text
  expect(await page.locator(".hits a").first().isVisible()).toBe(false);
  await leave(reader);
});

test("the search weighs under 60 kB on its way", () => {
  expect(gzipSync(readFileSync(join(book, "assets/search.js"))).length).toBeLessThan(60_000);
});

test("a number of the notes shows what they say, to the focus and to a pointer, and goes away", async () => {
  const { reader, page } = await come("02-linear.html");
  const mark = page.locator('a.mark[href="notes.html#L11"]').first();
  const preview = page.locator("[role=tooltip]");
  await mark.focus();
  await preview.waitFor();
  expect(await preview.locator("math").count()).toBeGreaterThan(0);
  expect(await mark.getAttribute("aria-describedby")).toBe(await preview.getAttribute("id"));
  expect(await barriers(page, "[role=tooltip]")).toEqual([]);
  await page.keyboard.press("Escape");
  expect(await preview.isVisible()).toBe(false);
  await mark.hover();
  await preview.waitFor();
  await preview.hover(); // it can be reached
  await page.waitForTimeout(400);
  expect(await preview.isVisible()).toBe(true);
  await page.mouse.move(5, 5);
  await preview.waitFor({ state: "hidden" });
  await mark.click();
  await page.waitForURL("**/notes.html#L11");
  expect(await page.locator("#L11").innerText()).toContain("right");
  await leave(reader);
});

test.each([wide, phone])("a number of an equation shows it, and leads to it where it stands", async (options) => {
  const { reader, page } = await come("04-cubic.html", options);
  const mark = page.locator('a.mark[href="02-linear.html#equation-2.4"]').first();
  await mark.focus();
  const preview = page.locator("[role=tooltip]");
  await preview.waitFor();
  expect(await preview.locator("annotation").textContent()).toContain("\\alpha_{\\mathrm{max}}");
  expect(await barriers(page, "[role=tooltip]")).toEqual([]);
  await mark.press("Enter");
  await page.waitForURL("**/02-linear.html#equation-2.4");
  const number = page.locator("#equation-2\\.4 .katex-tag");
  await expect.poll(() => number.innerText()).toBe("(2.4)");
  const [box, formula] = await Promise.all([
    number.boundingBox(),
    page.locator("#equation-2\\.4 .mfrac").boundingBox(),
  ]);
  expect(box!.x + box!.width).toBeLessThanOrEqual(page.viewportSize()!.width);
  expect(box!.x).toBeGreaterThan(formula!.x + formula!.width);
  await leave(reader);
});

test("to a finger it shows at the first touch, and leads there at the second", async () => {
  const { reader, page } = await come("02-linear.html", phone);
  const mark = page.locator('a.mark[href="notes.html#L11"]').first();
  await mark.tap();
  await page.locator("[role=tooltip]").waitFor();
  expect(await overflow(page)).toBe(0);
  await mark.tap();
  await page.waitForURL("**/notes.html#L11");
  await leave(reader);
});

test("on a phone what is shown of a number stays within the window, wherever that stands", async () => {
  const { reader, page } = await come("02-linear.html", phone);
  const { width } = page.viewportSize()!;
  const right = await page
    .locator("main a.mark:visible")
    .evaluateAll((marks) => marks.map((mark) => mark.getBoundingClientRect().right));
  const mark = page.locator("main a.mark:visible").nth(right.indexOf(Math.max(...right)));
  await mark.focus();
  const preview = page.locator("[role=tooltip]");
  await preview.waitFor();
  const box = (await preview.boundingBox())!;
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width).toBeLessThanOrEqual(width);
  await leave(reader);
});

test.each([wide, phone])("the pages of reference are readable, and bar nobody", async (options) => {
  for (const file of ["symbols.html", "notes.html"]) {
    const { reader, page } = await come(file, options);
    await expectReadable(page);
    expect(await page.locator("td .katex").count()).toBeGreaterThan(10);
    expect(await page.locator(".contents [aria-current='page']").count()).toBe(1);
    expect(await overflow(page)).toBe(0);
    expect(await barriers(page)).toEqual([]);
    await leave(reader);
  }
});

test("the notes have a line for each number that the sections name", () => {
  const [section, lines] = ["07-looking-back.html", "notes.html"].map((name) => readFileSync(join(book, name), "utf8"));
  const { document } = parseHTML(section);
  const named = [...document.querySelectorAll("a.mark")].map((each) => each.textContent!);
  expect(named.length).toBeGreaterThan(5);
  for (const mark of named) expect(lines).toContain(`<tr id="${mark}">`);
});

test("a page that stands alone has no search, and no ways to the notes", () => {
  const alone = readFileSync(join(book, "single/02-linear.html"), "utf8");
  expect(alone).not.toContain('class="search"');
  expect(alone).not.toContain("notes.html");
});
