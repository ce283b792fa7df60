import { existsSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { launch } from "./browser";
import { execute } from "./execute";
import { type Chart, chartsOf, notebooksIn, readNotebook } from "./notebook";
import { main, root } from "./project";
import { inTurn } from "./turn";

const notebooks = join(root, "notebooks");
const folder = join(notebooks, "pictures");

/** The width of a picture in CSS pixels; the file has more. */
const WIDTH = 720;

/**
 * Draws each chart that has no picture yet into `notebooks/pictures`, named after its figure. Pictures that no chart
 * needs any more go. Returns the files drawn.
 */
export async function drawPictures(): Promise<string[]> {
  const wanted = await wantedPictures();
  await mkdir(folder, { recursive: true });
  for (const file of await readdir(folder)) if (!wanted.has(file)) await rm(join(folder, file));
  const missing = [...wanted].filter(([file]) => !existsSync(join(folder, file)));
  if (missing.length === 0) return [];
  const browser = await launch();
  try {
    for (const [file, figure] of missing) await draw(browser, figure, join(folder, file));
  } finally {
    await browser.close();
  }
  return missing.map(([file]) => file);
}

/** The figures that are to be drawn, by the names of their pictures' files. */
export async function wantedPictures(): Promise<Map<string, Figure>> {
  const wanted = new Map<string, Figure>();
  for (const name of await notebooksIn(notebooks))
    for (const { figure, picture } of chartsOf(await readNotebook(join(notebooks, name))))
      wanted.set(`${picture}.png`, ended(figure));
  return wanted;
}

type Figure = Chart["figure"];

/** A figure as its animation leaves it. */
function ended({ data, layout, frames }: Figure): Figure {
  const last = frames?.at(-1);
  const now = data.map((trace, i) => ({ ...trace, ...last?.data[last.traces.indexOf(i)] }));
  return { data: now, layout: { ...layout, ...last?.layout } };
}

/** Draws one picture into a file. */
export async function draw(browser: Browser, figure: Figure, file: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: WIDTH, height: 900 }, deviceScaleFactor: 1.5 });
  try {
    await page.setContent("<body><div></div>");
    await page.addStyleTag({ path: join(root, "jupyter/nbconvert/templates/house/page.css") });
    for (const script of ["jupyter/player.js", "jupyter/draw.js", "node_modules/plotly.js-dist-min/plotly.min.js"])
      await page.addScriptTag({ path: join(root, script) });
    await page.evaluate(
      `void housePrices.draw(document.querySelector("div"), ${JSON.stringify(figure)}, "", async () => {})`,
    );
    await page.locator(".house-plot[data-drawn]").screenshot({ path: file });
  } finally {
    await page.close();
  }
}

if (require.main === module)
  void main(() =>
    inTurn(async () => {
      await execute();
      for (const file of await drawPictures()) console.log(`  ${file}`);
      await execute();
    }),
  );
