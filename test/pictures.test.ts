import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { launch } from "../tools/browser";
import { draw, wantedPictures } from "../tools/pictures";
import { root } from "../tools/project";
import { committed, names, outputsOf } from "./book";

const folder = join(root, "notebooks/pictures");
const wanted = await wantedPictures();

/** The width and the height that a PNG file says it has. */
const sizeOf = (png: Buffer): number[] => [png.readUInt32BE(16), png.readUInt32BE(20)];

test("there is a picture of each chart and of each section, and no other (npm run pictures draws them)", () => {
  expect(readdirSync(folder).sort()).toEqual([...wanted.keys()].sort());
  for (const [file, { width }] of wanted) expect(sizeOf(readFileSync(join(folder, file)))[0], file).toBe(1.5 * width);
});

test.each(names)("the charts of %s carry their pictures", (name) => {
  const charts = committed(name)
    .cells.flatMap(outputsOf)
    .filter(({ data }) => data?.["application/vnd.plotly.v1+json"]);
  expect(charts.length).toBeGreaterThan(0);
  for (const { data, metadata } of charts) {
    const kept = readFileSync(join(folder, `${metadata?.["picture"]}.png`), "base64");
    expect(data?.["image/png"] === kept, String(data?.["text/plain"])).toBe(true);
  }
});

test("a picture is drawn of a figure", async () => {
  const [browser, place] = [await launch(), mkdtempSync(join(tmpdir(), "house-prices-"))];
  const figure = { data: [{ type: "scatter", x: [1, 2], y: [1, 4] }], layout: { height: 300 } };
  await draw(browser, { figure, theme: "light", width: 400 }, join(place, "a.png"));
  await draw(browser, { figure, theme: "dark", width: 400 }, join(place, "b.png"));
  const [light, dark] = ["a.png", "b.png"].map((file) => readFileSync(join(place, file)));
  expect(sizeOf(light)).toEqual([600, 450]);
  expect(dark.equals(light)).toBe(false);
  await browser.close();
  rmSync(place, { recursive: true });
});
