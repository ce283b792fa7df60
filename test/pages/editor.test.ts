import type { BrowserContextOptions, Locator } from "playwright-core";
import { afterEach, describe, expect, test } from "vitest";
import { button, cell, typeOver, unfold } from "./live";
import { barriers, type Opened, open, overflow, phone } from "./reader";
import { smallBook } from "./small";

const file = smallBook("Formulas", ["show(check`\\theta_0 = \\frac{x}{y}`);"]);

let opened: Opened;
afterEach(async () => {
  expect(opened.trouble).toEqual([]);
  await opened.page.context().close();
});

/** The open editor with this text, the cursor at its end. */
async function edit(text: string, options: BrowserContextOptions = {}): Promise<Locator> {
  opened = await open(file, options);
  await unfold(opened.page, 1);
  await button(cell(opened.page, 1), "Edit").click();
  const field = cell(opened.page, 1).getByRole("textbox");
  await typeOver(field, text);
  return field;
}
const type = (text: string): Promise<void> => opened.page.keyboard.type(text);
const press = (key: string): Promise<void> => opened.page.keyboard.press(key);
const list = (): Locator => opened.page.getByRole("listbox");

describe("LaTeX is helped along", () => {
  test.each([
    ["\\fr", "\\frac{a}{}"],
    ["\\sq", "\\sqrt{a}"],
    ["\\arta", "\\operatorname{artanh}a"],
  ])("%s and Tab, with the cursor in it", async (typed, expected) => {
    const field = await edit("check`");
    await type(typed);
    await list().waitFor();
    expect(await list().locator(".katex-error, [style*='color:#cc0000'], [style*='rgb(204, 0, 0)']").count()).toBe(0);
    expect(await barriers(opened.page)).toEqual([]);
    await opened.page.waitForTimeout(100); // CodeMirror takes no key in the first moment of a list, lest it was meant for the text
    await press("Tab");
    await type("a");
    expect(await field.innerText()).toContain(expected);
  });

  test("signs that are pasted become commands in a formula, and stay elsewhere", async () => {
    const field = await edit("// θ\ncheck`x`");
    const paste = (text: string) =>
      field.evaluate((element, pasted) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", pasted);
        element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
      }, text);
    await press("ArrowLeft");
    await paste(" − θ₀·y² + ∂J");
    expect(await field.innerText()).toContain("check`x - \\theta_0\\cdot y^2 + \\partial J`");
    await press("Control+Home");
    await paste("// Σ²\n");
    expect(await field.innerText()).toMatch(/^\/\/ Σ²\n\/\/ θ\n/);
  });

  test("the brace that belongs to the one at the cursor is shown", async () => {
    await edit("check`\\frac{x^{2}}{y}");
    const shown = () => opened.page.locator(".cm-matchingBracket").allInnerTexts();
    await expect.poll(shown).toEqual(["{", "}"]);
    await edit("check`\\frac{x^{2}}{y}}");
    await expect.poll(() => opened.page.locator(".cm-nonmatchingBracket").count()).toBe(1);
  });

  test("nothing is offered after a number, a space or a semicolon", async () => {
    await edit("");
    for (const text of ["const n = 4", "2", ";", " "]) {
      await type(text);
      await opened.page.waitForTimeout(300);
      expect(await list().count(), text).toBe(0);
    }
    await type("des");
    await list().waitFor(); // descend
  });
});

test("on a phone a row of the section's symbols can be tapped, in a formula and nowhere else", async () => {
  const field = await edit("check`x = `", phone);
  const row = opened.page.getByRole("toolbar", { name: "Symbols of this section" });
  expect(await row.isVisible()).toBe(false); // after the last backtick
  await press("ArrowLeft");
  await row.waitFor();
  const symbols = row.getByRole("button");
  for (const symbol of await symbols.all()) {
    const { width, height } = (await symbol.boundingBox())!;
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
  }
  await row.getByRole("button", { name: "\\frac" }).tap();
  await type("a");
  await row.getByRole("button", { name: "\\theta_0" }).tap();
  expect(await field.innerText()).toContain("check`x = \\frac{a\\theta_0}{}`");
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await overflow(opened.page)).toBe(0);
  expect(await barriers(opened.page)).toEqual([]);
});

test("what cannot be read is underlined while it is typed, with the reason, until it can", async () => {
  const field = await edit("const n = 1);");
  const wrong = opened.page.locator(".wrong");
  await expect.poll(() => field.getAttribute("aria-invalid")).toBe("true");
  expect(await wrong.innerText()).toBe(")");
  expect(await wrong.getAttribute("title")).toBe("This ) closes nothing.");
  expect(await wrong.evaluate((element) => getComputedStyle(element).textDecorationLine)).toBe("underline");
  await typeOver(field, "const n = 1;");
  await expect.poll(() => field.getAttribute("aria-invalid")).toBe("false");
  expect(await wrong.count()).toBe(0);
});
