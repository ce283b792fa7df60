import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContextOptions, Page } from "playwright-core";
import { launch } from "./browser";
import { main, Problem, root } from "./project";

const site = join(root, "site");
const folder = join(root, "screenshots");

const wide = { width: 1440, height: 900 };
const phone = { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 };
const views: Readonly<Record<string, BrowserContextOptions>> = {
  wide: { viewport: wide },
  dark: { viewport: wide, colorScheme: "dark" },
  phone,
  "phone-dark": { ...phone, colorScheme: "dark" },
  print: { viewport: { width: 700, height: 990 } },
};

/** Photographs each page of `site/` from top to bottom, wide, dark, on a phone and as printed, into `screenshots/`. */
async function screenshots(wanted: readonly string[]): Promise<void> {
  const pages = (await readdir(site).catch(() => [])).filter((name) => name.endsWith(".html"));
  if (pages.length === 0) throw new Problem("There are no pages in site/ to photograph: run npm start first.");
  await mkdir(folder, { recursive: true });
  const browser = await launch();
  try {
    for (const name of pages.filter((page) => wanted.every((part) => page.includes(part))))
      for (const [view, options] of Object.entries(views)) {
        const page = await browser.newPage(options);
        await page.goto(pathToFileURL(join(site, name)).href);
        await (view === "print" ? page.emulateMedia({ media: "print" }) : drawn(page));
        const pieces = await photograph(page, join(folder, `${name.replace(".html", "")}-${view}`));
        await page.close();
        console.log(`  ${name}, ${view}: ${pieces}`);
      }
  } finally {
    await browser.close();
  }
}

/** Photographs a page from top to bottom, in pieces, because a browser repeats itself in a picture that is too long. */
async function photograph(page: Page, path: string): Promise<number> {
  const height = 2400;
  await page.setViewportSize({ ...page.viewportSize()!, height });
  const pieces = Math.ceil(Number(await page.evaluate("document.documentElement.scrollHeight")) / height);
  for (let piece = 0; piece < pieces; piece++) {
    await page.evaluate(`scrollTo(0, ${piece * height})`);
    await page.waitForTimeout(200);
    await page.screenshot({ path: `${path}-${piece + 1}.png` });
  }
  return pieces;
}

/** Goes down the page, so that all its charts are drawn. */
async function drawn(page: Page): Promise<void> {
  for (const chart of await page.locator("figure.chart").all()) {
    await chart.scrollIntoViewIfNeeded();
    await chart.locator(".house-plot[data-drawn]").waitFor({ timeout: 30_000 });
  }
}

if (require.main === module) void main(() => screenshots(process.argv.slice(2)));
