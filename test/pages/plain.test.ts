import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, inject, test } from "vitest";
import { installed } from "../../tools/project";
import { drawAll, expectReadable, open, overflow, phone } from "./reader";

const folder = mkdtempSync(join(tmpdir(), "house-prices-plain-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a page made by plain nbconvert looks and works alike", async () => {
  const notebook = join(inject("pages").notebooks, "01-one.ipynb");
  const options = ["nbconvert", "--to", "html", "--output-dir", folder, notebook];
  await promisify(execFile)(installed("jupyter"), options);
  const { page, trouble } = await open(join(folder, "01-one.html"), phone);
  expect(await drawAll(page)).toBe(3);
  await expectReadable(page);
  expect(await page.locator(".katex").count()).toBeGreaterThan(4);
  const contents = await page.locator(".contents a").allTextContents();
  expect(contents.slice(1)).toEqual(["Much more", "Even more", "Where next"]);
  expect(await page.getByText("It is").isVisible()).toBe(false);
  expect(await overflow(page)).toBe(0);
  expect(trouble).toEqual([]);
  await page.context().close();
});
