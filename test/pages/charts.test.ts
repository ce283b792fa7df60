import { join } from "node:path";
import { inflateSync } from "node:zlib";
import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { drawn, type Opened, open as openPage, phone, type View } from "./reader";

const one = join(inject("pages").site, "01-one.html");
const open = (file: string, view: View = {}): Promise<Opened> => openPage(file, { ...view, charts: true });

test("charts are drawn when they come near, and not before", async () => {
  const { page } = await open(one);
  const charts = page.locator("figure.chart");
  await page.evaluate(() => scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" }));
  await drawn(charts.nth(2)); // they are drawn in the order of the page, so the one before would be drawn by now
  expect(await charts.nth(1).locator("[data-drawn]").count()).toBe(0);
  await charts.nth(1).scrollIntoViewIfNeeded();
  await drawn(charts.nth(1));
  await page.context().close();
});

/** Draws one chart of the page: a line, the line that moves, and a surface, which takes longest. */
async function draw(page: Page, which: number): Promise<void> {
  const chart = page.locator("figure.chart").nth(which);
  await chart.scrollIntoViewIfNeeded();
  await drawn(chart);
}

/** The colour of the first line that a chart draws. */
const colour = (page: Page): Promise<string> =>
  page
    .locator(".house-plot .scatterlayer .js-line")
    .first()
    .evaluate((each) => getComputedStyle(each).stroke);

test("charts take the colours of the page, and on paper those of light pages", async () => {
  const { page, trouble } = await open(one, { colorScheme: "dark" });
  await draw(page, 0);
  expect(await colour(page)).toBe("rgb(79, 168, 224)");
  const paper = colours(await page.pdf());
  expect(paper).toContain("0 0.447 0.698");
  expect(paper).not.toContain("0.31 0.659 0.878");
  await expect.poll(() => colour(page)).toBe("rgb(79, 168, 224)");
  await page.getByRole("button", { name: "Dark colours" }).click();
  await expect.poll(() => colour(page)).toBe("rgb(0, 114, 178)");
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("what was chosen is there again after printing, and on paper charts are as wide as the paper", async () => {
  const { page } = await open(one, phone);
  const chart = page.locator("figure.chart").first();
  await chart.scrollIntoViewIfNeeded();
  await drawn(chart);
  await page.getByRole("button", { name: "Dark colours" }).click();
  const theme = () => page.evaluate(() => document.documentElement.dataset["theme"]);
  const width = () =>
    chart
      .locator(".main-svg")
      .first()
      .evaluate((each) => each.clientWidth);
  const narrow = await width();
  expect([await theme(), narrow < 360]).toEqual(["dark", true]);
  await chart.evaluate(
    (figure) =>
      new Promise<void>((done) => {
        new MutationObserver(() => {
          if (figure.querySelector(".main-svg")?.clientWidth === 640) done();
        }).observe(figure, { subtree: true, childList: true, attributes: true });
        dispatchEvent(new Event("beforeprint"));
      }),
  );
  expect(await theme()).toBe("light");
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  expect(await theme()).toBe("dark");
  await expect.poll(width).toBe(narrow);
  await page.context().close();
});

test("a chart that cannot be drawn says in words what there is to see", async () => {
  const { page } = await open(one);
  await page.route("**/plotly.min.js", (route) => route.abort());
  await page.reload();
  const chart = page.locator("figure.chart").first();
  await chart.scrollIntoViewIfNeeded();
  await expect.poll(() => chart.locator(".house-plot").innerText()).toBe("A line that rises.");
  await page.context().close();
});

/** The colours that a PDF draws its lines in: red, green and blue between 0 and 1, to three digits. */
function colours(pdf: Buffer): string[] {
  const found = new Set<string>();
  for (let at = pdf.indexOf("stream\n"); at >= 0; at = pdf.indexOf("stream\n", pdf.indexOf("endstream", at) + 9)) {
    const piece = pdf.subarray(at + 7, pdf.indexOf("endstream", at));
    if (piece[0] !== 0x78) continue; // not compressed: a font or a picture
    const content = inflateSync(piece).toString("latin1");
    for (const [, ...rgb] of content.matchAll(/([\d.]+) ([\d.]+) ([\d.]+) RG/g))
      found.add(rgb.map((part) => Number(Number(part).toFixed(3))).join(" "));
  }
  return [...found];
}

test("an animation plays, and its slider obeys the keyboard", async () => {
  const { page } = await open(one);
  await draw(page, 1);
  const slider = page.getByRole("slider", { name: "h" });
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  expect(await slider.getAttribute("aria-valuetext")).toBe("h = 1");
  const seen = slider.evaluate(
    (range) =>
      new Promise<string[]>((done) => {
        const told: string[] = [];
        new MutationObserver(() => {
          const now = range.getAttribute("aria-valuetext")!;
          if (now !== told.at(-1)) told.push(now);
          if (told.includes("h = 2") && now === "h = 1") done(told);
        }).observe(range, { attributeFilter: ["aria-valuetext"] });
      }),
  );
  await page.getByRole("button", { name: "Play" }).click();
  expect((await seen).slice(-2)).toEqual(["h = 2", "h = 1"]);
  await page.context().close();
});

test("who wants little motion gets a second for each frame, and none when the chart is out of sight", async () => {
  const { page } = await open(one, { reducedMotion: "reduce" });
  await draw(page, 1);
  const slider = page.getByRole("slider", { name: "h" });
  await slider.press("End");
  const shown = slider.evaluate(
    (range) =>
      new Promise<number>((done) => {
        let before = 0;
        new MutationObserver(() => {
          const now = range.getAttribute("aria-valuetext");
          if (now === "h = 2" && before === 0) before = performance.now();
          if (now === "h = 1" && before > 0) done(performance.now() - before);
        }).observe(range, { attributeFilter: ["aria-valuetext"] });
      }),
  );
  const play = page.getByRole("button", { name: "Play" });
  await play.click();
  expect(await shown).toBeGreaterThan(900);
  await play.evaluate((button: HTMLElement) => {
    button.click();
    scrollTo({ top: 0, behavior: "instant" });
  });
  await expect.poll(() => slider.getAttribute("aria-valuetext")).toBe("h = 2");
  await page.waitForTimeout(1500);
  expect(await slider.getAttribute("aria-valuetext")).toBe("h = 2");
  await page.context().close();
});

test("the page scrolls although the wheel turns over a surface", async () => {
  const { page } = await open(one);
  await draw(page, 2);
  const surface = page.locator(".house-plot canvas").first();
  await surface.hover({ force: true });
  const before = await page.evaluate(() => scrollY);
  await page.mouse.wheel(0, -150);
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(before - 150);
  await page.context().close();
});
