import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import { launch } from "../../tools/browser";
import { root } from "../../tools/project";

export const wide = { viewport: { width: 1440, height: 900 } };
export const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** After so long, in milliseconds, what is waited for will not come any more, however busy the machine is. */
const HANGS = 200_000;

/** A page that is open, and what it asked for or complained of. */
export interface Opened {
  readonly page: Page;
  readonly trouble: string[];
}

/** How a reader looks at pages: with `charts`, Plotly draws them; else it is only played, for half the cost. */
export interface View extends BrowserContextOptions {
  readonly charts?: boolean;
}

/** What of Plotly the pages ask for, without a drawing. */
const PLAYED = `window.Plotly = {
  react: async (plot) => { plot.innerHTML = '<svg class="main-svg"></svg>'; plot.on = () => {}; },
  purge() {},
};`;

/** One for all files of tests that a worker runs; it ends with the worker. */
let browser: Promise<Browser> | undefined;

/** A reader of pages, who keeps what was chosen on one page for the next; the network is cut. */
export class Reader {
  readonly trouble: string[] = [];
  readonly #folders: string[] = [];

  private constructor(readonly page: Page) {}

  static async come({ charts = false, ...options }: View = {}): Promise<Reader> {
    browser ??= launch();
    const context = await (await browser).newContext(options);
    const reader = new Reader(await context.newPage());
    context.setDefaultTimeout(HANGS);
    await context.addInitScript(markPlotly);
    await context.route(/.*/, (route) => {
      const asked = route.request().url();
      if (!charts && asked.endsWith("/plotly.min.js")) return route.fulfill({ body: PLAYED });
      if (reader.#folders.some((folder) => asked.startsWith(folder)) || /^(data|blob):/.test(asked))
        return route.continue();
      reader.trouble.push(`asks for ${asked}`);
      return route.abort();
    });
    reader.page.on("pageerror", (error) => reader.trouble.push(error.message));
    reader.page.on("console", (message) => message.type() === "error" && reader.trouble.push(message.text()));
    return reader;
  }

  /** Opens a file; it may ask for what lies in `assets` beside it, and lead to what `ways` name. */
  async open(file: string, ...ways: readonly string[]): Promise<Page> {
    const url = pathToFileURL(file);
    this.#folders.push(url.href, ...["assets/", ...ways].map((way) => new URL(way, url).href));
    await this.page.goto(url.href);
    return this.page;
  }

  leave(): Promise<void> {
    return this.page.context().close();
  }
}

/** Runs in the page before its own scripts: marks in its timeline when Plotly came. */
function markPlotly(): void {
  let plotly: unknown;
  const set = (value: unknown) => (performance.mark("plotly"), (plotly = value));
  Object.defineProperty(window, "Plotly", { get: () => plotly, set, configurable: true });
}

/** Opens one file. */
export async function open(file: string, view: View = {}): Promise<Opened> {
  const reader = await Reader.come(view);
  return { page: await reader.open(file), trouble: reader.trouble };
}

/** Waits until a chart is drawn. */
export const drawn = (chart: ReturnType<Page["locator"]>): Promise<void> =>
  chart.locator(".house-plot[data-drawn] .main-svg").first().waitFor({ state: "attached" });

/** Scrolls to each chart in turn and waits until it is drawn. */
export async function drawAll(page: Page): Promise<number> {
  const charts = await page.locator("figure.chart").all();
  for (const chart of charts) {
    await chart.scrollIntoViewIfNeeded();
    await drawn(chart);
    expect(await chart.locator("[role=img]").first().getAttribute("aria-label")).toMatch(/\w{3}/);
  }
  return charts.length;
}

/** How far the page reaches over the right edge of its window. */
export const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Where each chart and each paragraph begins, from the top of the page, and where the page ends. */
export const places = (page: Page): Promise<number[]> =>
  page.evaluate(async () => {
    await document.fonts.ready;
    const parts = [...document.querySelectorAll("figure.chart, .prose > *")];
    const tops = parts.map((part) => Math.round(part.getBoundingClientRect().top + scrollY));
    return [...tops, document.documentElement.scrollHeight];
  });

export async function expectReadable(page: Page): Promise<void> {
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
  const broken = await page.evaluate(() => {
    const scripts = [...document.querySelectorAll("math :is(msub, msup, munder, mover)")];
    return scripts.filter(({ children }) => children.length !== 2).map(({ textContent }) => textContent);
  });
  expect(broken).toEqual([]); // each has a base and a script, or its MathML is invalid
}

/**
 * What axe finds that bars readers in a part of a page, each with the first place of it; `rules` names those to look for,
 * if not all. What is within a formula or a drawing, most of a page's elements, has no part of its own for who listens:
 * axe passes no judgement on it, and is spared it.
 */
export async function barriers(page: Page, part = "html", rules?: readonly string[]): Promise<string[]> {
  await page.evaluate(readFileSync(join(root, "node_modules/axe-core/axe.min.js"), "utf8"));
  const options = { resultTypes: ["violations"], preload: false, ...(rules && { runOnly: rules }) };
  const asked = async ([part, options]: readonly [string, object]) => {
    const within = document.querySelectorAll(
      ".katex-html[aria-hidden='true'], math > *, [role='img'] svg > *, .house-plot svg > *",
    );
    const held = [...within].map((each) => [each, new Text()] as const);
    for (const [each, place] of held) each.replaceWith(place);
    const { axe } = window as never as { axe: Axe };
    const { violations } = await axe.run(part, options);
    for (const [each, place] of held) place.replaceWith(each);
    return violations;
  };
  const found = await page.evaluate(asked, [part, options] as const);
  return found.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`);
}

/** What of axe is used here. */
interface Axe {
  run(part: string, options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}
