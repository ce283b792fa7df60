import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Locator, Page } from "playwright-core";
import { describe, expect, inject, test } from "vitest";
import { type Data, descend, leastSquares, linear, mse, objective, readHouses } from "../../lib";
import { root } from "../../tools/project";
import { barriers, open, overflow, phone, wide } from "./reader";

const { book } = inject("pages");
const title = join(book, "index.html");
const houses: Data = await readHouses(join(root, "data/house-prices.csv"));
const J = objective(mse, linear, houses);

const handle = (page: Page, name: string): Locator => page.getByRole("slider", { name });
const says = (page: Page, name: string): Promise<string> => page.locator(`[data-says="${name}"]`).innerText();
/** W and b as the page tells them. */
async function theta(page: Page): Promise<number[]> {
  const [W, sign, b] = (await says(page, "formula"))
    .replace("−", "-")
    .match(/^(-?[\d.]+) · floors (.) ([\d.]+)$/)!
    .slice(1);
  return [Number(W), sign === "+" ? Number(b) : -Number(b)];
}

describe.each([
  ["a mouse", wide],
  ["a finger", phone],
])("the line of the title page, by %s", (_, options) => {
  test("is dragged by its ends, and says what it costs", async () => {
    const { page, trouble } = await open(title, options);
    const right = handle(page, "The line at five floors");
    await right.scrollIntoViewIfNeeded();
    const { x, y, width, height } = (await right.boundingBox())!;
    expect(Math.min(width, height)).toBeGreaterThan(43); // room for a finger
    const before = Number(await says(page, "loss"));
    await drag(page, options === phone, [x + width / 2, y + height / 2], -40);
    expect(Number(await right.getAttribute("aria-valuenow"))).toBeGreaterThan(7.5);
    expect(Number(await says(page, "loss"))).toBeLessThan(before);
    const [W, b] = await theta(page);
    expect(Math.abs(J.value([W, b]) - Number(await says(page, "loss")))).toBeLessThan(0.1); // of rounded numbers
    expect(await overflow(page)).toBe(0);
    expect(trouble).toEqual([]);
    await page.context().close();
  });
});

test("by keys its ends go up and down and to their limits, and say so", async () => {
  const { page, trouble } = await open(title, wide);
  const left = handle(page, "The line at half a floor");
  await left.focus();
  for (const [key, price] of [
    ["ArrowUp", "2.60"],
    ["PageDown", "1.60"],
    ["ArrowLeft", "1.50"],
    ["End", "13.00"],
    ["Home", "-2.50"],
  ]) {
    await page.keyboard.press(key);
    expect(await left.getAttribute("aria-valuenow"), key).toBe(price);
  }
  expect(await left.getAttribute("aria-valuetext")).toMatch(/^−€250,000; the line is wrong by \d+\.\d\d$/);
  expect(await barriers(page)).toEqual([]);
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("the machine goes down by the library's gradient, to where the library's descent ends", async () => {
  const run = descend(J, [1, 2], { epochs: 500, alpha: 0.04 });
  const { page, trouble } = await open(title, { ...wide, reducedMotion: "reduce" });
  await page.getByRole("button", { name: "Now let the machine do it" }).click();
  expect((await theta(page)).map((value) => value.toFixed(2))).toEqual(run.theta.map((value) => value.toFixed(2)));
  expect(await says(page, "loss")).toBe(J.value(run.theta).toFixed(2));
  expect(J.value(run.theta) - J.value(leastSquares(houses))).toBeLessThan(0.001); // it has arrived
  expect(await page.locator(".hook").getByRole("status").innerText()).toContain(
    "wrong by 1.10, where yours was wrong by 6.01",
  );
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("the way down is seen, and a hand on the line ends it", async () => {
  const { page } = await open(title, { ...wide, reducedMotion: "no-preference" });
  await page.getByRole("button", { name: "Now let the machine do it" }).click();
  const step = page.locator(".hook .step");
  await expect.poll(() => step.innerText()).toMatch(/^step [1-9]\d* of 500$/);
  await handle(page, "The line at five floors").press("ArrowUp");
  const held = await says(page, "loss");
  expect(await step.innerText()).toBe("");
  await page.waitForTimeout(100); // a few frames, in which nothing is to move
  expect(await says(page, "loss")).toBe(held);
  await page.getByRole("button", { name: "Now let the machine do it" }).click();
  await expect.poll(() => says(page, "loss")).toBe("1.10");
  await page.context().close();
});

test("without JavaScript the line is a picture, and offers nothing that does not work", async () => {
  const { page } = await open(title, { ...wide, javaScriptEnabled: false });
  expect((await page.locator(".hook svg .square").first().boundingBox())!.width).toBeGreaterThan(10);
  expect(await page.locator(".hook .handle").first().isVisible()).toBe(false);
  expect(await page.locator(".hook button").isVisible()).toBe(false);
  expect(await says(page, "loss")).toBe(J.value([1, 2]).toFixed(2));
  await page.context().close();
});

test("each section has a picture, no row of them is left with one, and the script is small", async () => {
  const { page } = await open(title, wide);
  const cards = page.locator("nav li");
  for (const card of await cards.all()) expect(await card.locator("svg :is(path, circle)").count()).toBeGreaterThan(1);
  const tops = await cards.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top));
  for (const top of tops) expect(tops.filter((other) => other === top).length).toBeGreaterThan(1);
  expect(gzipSync(readFileSync(join(book, "assets/title.js"))).length).toBeLessThan(6000);
  await page.context().close();
});

test("on a phone the picture of a section stands beside its words, so that the sections fit three screens", async () => {
  const { page } = await open(title, phone);
  const card = page.locator("nav li").first();
  const [picture, words] = [(await card.locator("svg").boundingBox())!, (await card.locator("h2").boundingBox())!];
  expect(words.x).toBeGreaterThan(picture.x + picture.width);
  expect((await page.locator("nav").boundingBox())!.height).toBeLessThan(3 * 740);
  await page.context().close();
});

/** Drags from a place by so many pixels down. */
async function drag(page: Page, finger: boolean, [x, y]: readonly [number, number], by: number): Promise<void> {
  if (!finger) {
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x, y + by, { steps: 4 });
    await page.mouse.up();
    return;
  }
  const session = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", at?: number) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: at === undefined ? [] : [{ x, y: at }] });
  await touch("touchStart", y);
  for (const part of [0.25, 0.5, 0.75, 1]) await touch("touchMove", y + part * by);
  await touch("touchEnd");
}
