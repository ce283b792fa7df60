import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { expectReadable, open } from "./reader";

describe("a page without JavaScript", () => {
  let page: Page;
  beforeAll(async () => {
    ({ page } = await open(join(inject("pages").site, "01-one.html"), { javaScriptEnabled: false }));
  });
  afterAll(() => page.context().close());

  test("keeps code, money in outputs and what JavaScript would draw readable", async () => {
    const shown = (await page.locator("main").textContent())!;
    for (const part of ["show(figure); // a < b && $x$", "costs $5 or $6", "A line that rises.", "$raw$"])
      expect(shown).toContain(part);
    expect(await page.locator(".steps .katex-html").first().isVisible()).toBe(true);
    await expectReadable(page);
  });

  test("hides what is folded until it is asked for", async () => {
    const parts = [
      page.getByText("It is"),
      page.getByText("const found = 1;"),
      page.getByText("show(figure);").first(),
    ];
    const seen = () => Promise.all(parts.map((each) => each.isVisible()));
    expect(await seen()).toEqual([false, false, false]);
    await page.getByText("Solution").click();
    await page.locator(".code summary").first().click();
    expect(await seen()).toEqual([true, true, true]);
  });
});
