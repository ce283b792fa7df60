import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { open, phone, Reader, wide } from "./reader";

const { site, book } = inject("pages");
const one = join(site, "01-one.html");

test("code is shown and folded again, and the next page remembers", async () => {
  const reader = await Reader.come(wide);
  const page = await reader.open(join(book, "01-derivatives.html"), "02-linear.html");
  const code = () => page.locator(".code .highlight").first().isVisible();
  const on = async (way: "next" | "prev", to: string) => {
    await page.locator(`a[rel=${way}]`).click();
    await page.waitForURL(`**/${to}`);
  };
  expect(await code()).toBe(false);
  await page.getByRole("button", { name: "Show code" }).click();
  expect(await code()).toBe(true);
  await on("next", "02-linear.html");
  expect(await code()).toBe(true);
  await page.getByRole("button", { name: "Fold code" }).click();
  expect(await code()).toBe(false);
  await on("prev", "01-derivatives.html");
  expect(await code()).toBe(false);
  expect(reader.trouble).toEqual([]);
  await reader.leave();
});

test("the choice of light or dark is remembered by the next page", async () => {
  const reader = await Reader.come(wide);
  const page = await reader.open(join(site, "02-two.html"), "01-one.html", "index.html");
  const pressed = () => page.getByRole("button", { name: "Dark colours" }).getAttribute("aria-pressed");
  expect(await pressed()).toBe("false");
  await page.getByRole("button", { name: "Dark colours" }).click();
  await page.locator("a[rel=prev]").click();
  await page.waitForURL("**/01-one.html");
  expect(await pressed()).toBe("true");
  await reader.leave();
});

test("what is being read stays where it is when code is shown or folded", async () => {
  const { page } = await open(one, wide);
  await page.addStyleTag({ content: "html { overflow-anchor: none }" }); // not every browser holds the place by itself
  const words = "A paragraph that is here to be read, number 5.";
  const read = page.getByText(words, { exact: true }).last();
  const place = () => read.evaluate((each) => each.getBoundingClientRect().top);
  await read.evaluate((each) => scrollBy({ top: each.getBoundingClientRect().top - 54, behavior: "instant" }));
  const before = await place();
  for (const name of ["Show code", "Fold code"]) {
    const { x, y } = (await page.getByRole("button", { name }).boundingBox())!;
    await page.mouse.click(x + 5, y + 5); // Playwright's own click scrolls before
    expect(Math.abs((await place()) - before), name).toBeLessThan(2);
  }
  await page.context().close();
});

test("the contents follow the reader", async () => {
  const { page } = await open(one, wide);
  const here = () => page.locator(".contents [aria-current=location]").allInnerTexts();
  const go = (heading: string) =>
    page
      .getByRole("heading", { name: heading })
      .evaluate((each) => scrollBy({ top: each.getBoundingClientRect().top - 100, behavior: "instant" }));
  for (const heading of ["Much more", "Even more", "Much more"]) {
    await go(heading);
    await expect.poll(here).toEqual([heading]);
  }
  await page.evaluate(() => scrollTo({ top: 0, behavior: "instant" }));
  await expect.poll(here).toEqual([expect.stringContaining("A derivation of")]);
  await page.context().close();
});

test("the line of the contents where the reader is stays in sight", async () => {
  const { page } = await open(one, { viewport: { width: 1440, height: 220 } });
  const inSight = (line: string) =>
    page.locator(".contents").evaluate((nav, text) => {
      const { top, bottom } = [...nav.querySelectorAll("a")]
        .find((link) => link.textContent === text)!
        .getBoundingClientRect();
      const frame = nav.getBoundingClientRect();
      return top >= frame.top && bottom <= frame.bottom;
    }, line);
  expect(await inSight("Where next")).toBe(false);
  for (const heading of ["Where next", "Much more"]) {
    await page
      .getByRole("heading", { name: heading })
      .evaluate((each) => scrollBy({ top: each.getBoundingClientRect().top - 20, behavior: "instant" }));
    await expect.poll(() => inSight(heading)).toBe(true);
  }
  await page.context().close();
});

test("above the text the contents are folded, and fold again behind who follows them; beside it they stand open", async () => {
  const { page } = await open(one, phone);
  const link = page.locator(".contents").getByRole("link", { name: "Much more" });
  expect(await link.isVisible()).toBe(false);
  await page.locator(".contents summary").click();
  await link.click();
  await page.waitForURL("**/01-one.html#Much-more");
  await link.waitFor({ state: "hidden" });
  await page.setViewportSize(wide.viewport);
  await link.waitFor();
  await page.context().close();
});

test("a heading's link says where it leads", async () => {
  const { page } = await open(one, wide);
  const link = page.getByRole("link", { name: "Link to Much more", exact: true });
  expect(await link.getAttribute("href")).toBe("#Much-more");
  await page.context().close();
});

test("code is copied, and where the browser forbids it, marked for the reader to copy", async () => {
  const { page } = await open(one, { permissions: ["clipboard-read", "clipboard-write"] });
  const copy = page.getByRole("button", { name: "Copy code 1" });
  const code = "const found = 1;";
  await page.getByText("Solution").click();
  await copy.click();
  await page.getByRole("button", { name: "Copied code 1" }).waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code);

  await copy.waitFor(); // it says so for a while
  await page.evaluate(() => (navigator.clipboard.writeText = () => Promise.reject(new Error("forbidden"))));
  await copy.click();
  await page.getByRole("button", { name: "Press Ctrl+C to copy code 1" }).waitFor();
  expect((await page.evaluate(() => String(getSelection()))).trim()).toBe(code);
  await page.context().close();
});
