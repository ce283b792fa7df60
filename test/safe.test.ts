import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch } from "../tools/browser";
import { exportBook } from "../tools/export";
import { venv } from "../tools/project";
import { vectors } from "./vectors";

const folder = mkdtempSync(join(tmpdir(), "house-prices-safe-"));
const chart = "application/vnd.plotly.v1+json";
const quoted = `x"><img src="x:" onerror="ran('an attribute')">`;
/** Cleaned, these are links to pages of strange names, and the book has none. */
const refused = ["a javascript with entities", "a javascript with a tab"];
let browser: Browser;

const markdown = (source: string, i: number) => ({ cell_type: "markdown", id: `m${i}`, metadata: {}, source });
const data = (content: object) => ({ output_type: "display_data", metadata: {}, data: content });
const code = (source: string, outputs: readonly object[]) => ({
  cell_type: "code",
  id: `c${source.length}`,
  metadata: {},
  execution_count: 1,
  source,
  outputs,
});

/** Everything that a notebook can put on a page, with these vectors in all of it. */
const hostile = (all: readonly string[]) => ({
  cells: [
    markdown("# Somebody else's\n\nA first sentence.", 0),
    ...all.map((vector, i) => markdown(`Before.\n\n${vector}\n\nAfter *it*.`, i + 2)),
    ...all.map((vector, i) => markdown(`In a line: ${vector.replaceAll("\n", " ")}.`, i + 1000)),
    markdown("[a link](javascript:ran('a link')), ![a picture](javascript:ran('a picture))", 2000),
    markdown("## plotly\n\n## text", 2001),
    markdown("| a |\n|--:|\n| 1 |\n\n<details><summary>Open</summary>\n\nfolded\n\n</details>", 2002),
    { cell_type: "raw", id: "raw", metadata: { raw_mimetype: "text/html" }, source: all.join("\n") },
    code(
      all.join("\n"),
      all.flatMap((vector) => [
        data({ "text/markdown": vector }),
        data({ "text/html": vector }),
        data({ "text/latex": vector }),
        data({ "text/plain": vector }),
        data({ "application/javascript": `ran("application/javascript")` }),
        { output_type: "stream", name: "stdout", text: vector },
        { output_type: "error", ename: "Error", evalue: vector, traceback: [vector] },
      ]),
    ),
    code("pictures", [
      data({
        "image/svg+xml": `<svg xmlns="http://www.w3.org/2000/svg" onload="parent.ran('svg')"><script>1</script></svg>`,
      }),
      data({ "image/png": quoted }),
      data({ "image/jpeg": quoted }),
      data({
        [chart]: {
          data: [{ x: [1, 2], y: [1, 2], name: `</script><script>ran("the name of a trace")</script>` }],
          layout: { height: quoted, title: { text: `<a href="javascript:ran('a chart')">a chart</a>` } },
        },
        "image/png": quoted,
        "text/plain": quoted,
      }),
    ]),
  ],
  metadata: { title: `</title>${quoted}`, language_info: { name: "typescript" } },
  nbformat: 4,
  nbformat_minor: 5,
});

beforeAll(async () => {
  const notebooks = join(folder, "notebooks");
  mkdirSync(notebooks);
  const write = (names: readonly string[]) =>
    writeFileSync(join(notebooks, "01-hostile.ipynb"), JSON.stringify(hostile(names.map((name) => vectors[name]))));
  for (const name of refused) {
    write([name]);
    await expect(exportBook(venv, notebooks, join(folder, "site"))).rejects.toThrow(/which is not a page of the book/);
  }
  write(Object.keys(vectors).filter((name) => !refused.includes(name)));
  await exportBook(venv, notebooks, join(folder, "site"));
  write(Object.keys(vectors));
  const plain = ["nbconvert", "--to", "html", "--output-dir", join(folder, "plain")];
  await promisify(execFile)(join(venv, "bin/jupyter"), [...plain, join(notebooks, "01-hostile.ipynb")]);
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Opens a page in which `ran` takes down what ran; `guarded` by the page's Content-Security-Policy, or without it. */
async function open(file: string, guarded: boolean): Promise<{ page: Page; ran: string[] }> {
  const context = await browser.newContext({ bypassCSP: !guarded });
  const ran: string[] = [];
  await context.exposeFunction("ran", (what: string) => void ran.push(what));
  const page = await context.newPage();
  page.on("pageerror", ({ message }) => ran.push(`a script of the page fails: ${message}`));
  await page.goto(pathToFileURL(file).href);
  return { page, ran };
}

/** Does to everything under `main` what a reader might. */
const touchAll = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (const each of document.querySelectorAll<HTMLElement>("main *:not(.copy)")) {
      for (const kind of ["mouseover", "pointerrawupdate", "focus", "toggle"]) each.dispatchEvent(new Event(kind));
      const link = each.closest("a");
      if (link && /^(https?|file|mailto):/.test(link.href) && !link.hash) continue; // leaves the page
      each.click?.();
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  });

/** What a browser would run, or take for a part of the page, among the elements that it made of the notebook. */
const suspects = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const known = "application/json, text/plain";
    const found: string[] = [];
    for (const each of document.querySelectorAll("main *")) {
      if (each.closest(".katex, .house-frame, .house-player")) continue;
      const runs =
        "script, iframe, object, embed, form, input, select, textarea, base, link, meta, style, svg, math, area";
      if (each.matches(runs) && !known.includes(each.getAttribute("type") ?? "?")) found.push(each.outerHTML);
      for (const { name, value } of each.attributes)
        if (
          /^on|^srcdoc$|^formaction$/.test(name) ||
          /^[\u0000-\u0020]*(javascript:|vbscript:|data:text)/i.test(value.replace(/[\t\n\r]/g, ""))
        )
          found.push(each.outerHTML);
    }
    return found.map((html) => html.slice(0, 200));
  });

const pages = ["site/01-hostile.html", "site/single/01-hostile.html", "plain/01-hostile.html"];

describe.each(pages)("somebody else's notebook as %s", (file) => {
  test("runs nothing of it, even where the browser would let it", async () => {
    const { page, ran } = await open(join(folder, file), false);
    expect(await suspects(page)).toEqual([]);
    await touchAll(page);
    expect(ran).toEqual([]);
    expect(page.url()).toMatch(/01-hostile\.html(#.*)?$/);
    await page.context().close();
  });

  test("shows its text, its table and its chart", async () => {
    const { page, ran } = await open(join(folder, file), true);
    const figure = page.locator("figure.chart");
    await figure.scrollIntoViewIfNeeded();
    await figure.locator("[data-drawn]").waitFor();
    expect(await page.getByText("folded").isVisible()).toBe(false);
    expect(
      await page
        .locator("td")
        .first()
        .evaluate((cell) => getComputedStyle(cell).textAlign),
    ).toBe("right");
    expect(await page.getByText(`<script>ran("script")</script>`).count()).toBeGreaterThan(3); // as the text that it is
    expect(ran).toEqual([]);
    await page.context().close();
  });

  test("is kept by its policy from running what slipped through", async () => {
    const torn = join(folder, file).replace(".html", "-torn.html");
    const slipped = `<script>ran("a script")</script><svg onload="ran('a handler')"></svg>
<a id="way" href="javascript:ran('a link')">x</a><img src="https://example.org/x.png"><iframe src="data:text/html,x"></iframe>`;
    const whole = readFileSync(join(folder, file), "utf8");
    writeFileSync(
      torn,
      whole.replace(/<main[^>]*>/, (main) => main + slipped),
    );
    const { page, ran } = await open(torn, true);
    const refusals: string[] = [];
    page.on("requestfailed", (request) => refusals.push(`${request.url()}: ${request.failure()?.errorText}`));
    await page.reload();
    await page.locator("#way").evaluate((link: HTMLElement) => link.click());
    await page.waitForTimeout(300);
    expect(ran).toEqual([]);
    const forbidden = await page.evaluate(async () => {
      const said = new Promise((resolve) =>
        addEventListener("securitypolicyviolation", ({ effectiveDirective }) => resolve(effectiveDirective)),
      );
      await fetch("https://example.org").catch(() => {});
      return said;
    });
    expect(forbidden).toBe("connect-src");
    expect(refusals).toEqual(["https://example.org/x.png: csp"]);
    await page.context().close();
  });
});
