import { existsSync } from "node:fs";
import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { launch } from "./browser";
import { execute } from "./execute";
import { type Chart, chartsOf, coverFile, coverOf, notebooksIn, readNotebook, themes } from "./notebook";
import { main, root } from "./project";
import { inTurn } from "./turn";

const notebooks = join(root, "notebooks");
const folder = join(notebooks, "pictures");

interface Picture {
  readonly figure: Figure;
  readonly theme: (typeof themes)[number];
  /** in CSS pixels; the file has more */
  readonly width: number;
}

/**
 * Draws what has no picture yet into `notebooks/pictures`: each chart, named after its figure, and small ones for the
 * title page. Pictures that no chart needs any more go. Returns the files drawn.
 */
export async function drawPictures(): Promise<string[]> {
  const wanted = await wantedPictures();
  await mkdir(folder, { recursive: true });
  for (const file of await readdir(folder)) if (!wanted.has(file)) await rm(join(folder, file));
  const missing = [...wanted].filter(([file]) => !existsSync(join(folder, file)));
  if (missing.length === 0) return [];
  const browser = await launch();
  try {
    for (const [file, picture] of missing) await draw(browser, picture, join(folder, file));
  } finally {
    await browser.close();
  }
  return missing.map(([file]) => file);
}

/** The pictures that the charts of the book want, by the names of their files. */
export async function wantedPictures(): Promise<Map<string, Picture>> {
  const wanted = new Map<string, Picture>();
  for (const name of await notebooksIn(notebooks)) {
    const notebook = await readNotebook(join(notebooks, name));
    for (const { figure, picture } of chartsOf(notebook))
      wanted.set(`${picture}.png`, { figure: ended(figure), theme: "light", width: 720 });
    const cover = coverOf(notebook);
    if (cover)
      for (const theme of themes)
        wanted.set(coverFile(cover, theme), { figure: bare(ended(cover.figure)), theme, width: 540 });
  }
  return wanted;
}

type Figure = Chart["figure"];

/** A figure as its animation leaves it. */
function ended({ data, layout, frames }: Figure): Figure {
  const last = frames?.at(-1);
  const now = data.map((trace, i) => ({ ...trace, ...last?.data[last.traces.indexOf(i)] }));
  return { data: now, layout };
}

/** A figure without what is too small to read on the title page: titles, ticks, legend, notes; and a scene from nearer by. */
function bare({ data, layout }: Figure): Figure {
  const plain = (axes: Axes): Axes =>
    Object.fromEntries(
      Object.entries(axes).map(([key, value]) => [
        key,
        /^[xyz]axis\d*$/.test(key) ? { ...(value as object), title: { text: "" }, showticklabels: false } : value,
      ]),
    );
  const { scene, annotations = [] } = layout as {
    scene?: Axes & { camera?: { eye?: Record<string, number> } };
    annotations?: { text: string }[];
  };
  const nearer = Object.fromEntries(Object.entries(scene?.camera?.eye ?? {}).map(([axis, far]) => [axis, 0.7 * far]));
  return {
    data: data.map((trace) => ({ ...trace, showlegend: false, showscale: false })),
    layout: {
      ...plain(layout),
      height: 360,
      margin: { l: 12, r: 12, t: 12, b: 12 },
      annotations: annotations.filter(({ text }) => !text),
      ...(scene && { scene: { ...plain(scene), camera: { eye: nearer } } }),
    },
  };
}

type Axes = Readonly<Record<string, unknown>>;

/** Draws one picture into a file. */
export async function draw(browser: Browser, { figure, theme, width }: Picture, file: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, deviceScaleFactor: 1.5, colorScheme: theme });
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
