import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { Notebook } from "../../tools/notebook";
import { committed, names } from "../book";
import { firefox, launchFirefox } from "./firefox";
import { outputsOfAll } from "./live";

let browser: Browser;

describe.skipIf(!firefox)("in Firefox (skipped where none is installed)", () => {
  beforeAll(async () => {
    browser = await launchFirefox();
  });
  afterAll(() => browser?.close());

  test.each(names)(
    "%s gives every output of the notebook",
    async (name) => {
      const page = await browser.newPage();
      await page.goto(pathToFileURL(join(inject("pages").book, name.replace("ipynb", "html"))).href);
      await page.locator("[data-do='run-all']").click();
      await page.waitForSelector("body[data-kernel='busy']");
      await page.waitForSelector("body[data-kernel='idle']", { timeout: 180_000 });
      const states = await page.$$eval("[data-cell]", (cells) => cells.map((cell) => cell.getAttribute("data-state")));
      expect(new Set(states)).toEqual(new Set(["done"]));
      const taken = await page.evaluate(async () => {
        const make = URL.createObjectURL;
        const file = new Promise<Blob>((resolve) => {
          URL.createObjectURL = (blob) => (resolve(blob as Blob), make(blob));
        });
        document.querySelector<HTMLElement>("[data-do='download']")!.click();
        return (await file).text();
      });
      expect(outputsOfAll(JSON.parse(taken) as Notebook)).toEqual(outputsOfAll(committed(name)));
      await page.close();
    },
    300_000,
  );
});
