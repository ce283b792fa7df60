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

test("there is a picture of each chart, and no other (npm run pictures draws them)", () => {
  expect(readdirSync(folder).sort()).toEqual([...wanted.keys()].sort());
  for (const file of wanted.keys()) expect(sizeOf(readFileSync(join(folder, file)))[0], file).toBe(1.5 * 720);
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
  const other = { ...figure, data: [{ ...figure.data[0], y: [4, 1] }] };
  await draw(browser, figure, join(place, "a.png"));
  await draw(browser, other, join(place, "b.png"));
  const [a, b] = ["a.png", "b.png"].map((file) => readFileSync(join(place, file)));
  expect(sizeOf(a)).toEqual([1080, 450]);
  expect(b.equals(a)).toBe(false);
  await browser.close();
  rmSync(place, { recursive: true });
});
