import type { Locator, Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { button, cell, idle, unfold, write } from "./live";
import { barriers, expectReadable, open } from "./reader";
import { smallBook } from "./small";

let page: Page;
let trouble: string[];

const code = [
  "import { check, derive, show, where } from '../lib';\nconst f = where`f(x) = x^2`;",
  "console.log('before');\nshow(f.derive`f(x) = x \\cdot x`);\nshow(check`x + x = 2 x`);\nconst after = 1;",
  "console.log('after', after);",
];

const file = smallBook("Drafts", code);
beforeEach(async () => {
  ({ page, trouble } = await open(file));
});
afterEach(async () => {
  expect(trouble).toEqual([]);
  await page.context().close();
});

const draft = (number: number): Locator => cell(page, number).getByRole("group", { name: `Draft of cell ${number}` });
const marks = async (within: Locator): Promise<string> =>
  (await within.locator("summary").allInnerTexts()).join("").replace(/[^✓✗]/g, "");
const runCell = async (number: number): Promise<void> => {
  await unfold(page, number);
  await button(cell(page, number), "Run").click();
  await idle(page);
};

test("a derivation answers while it is typed: what is false has its mark, and nothing else of the cell runs", async () => {
  await runCell(2);
  const ran = cell(page, 2).locator(":scope > .outputs");
  expect(await marks(ran)).toBe("✓✓");
  await write(page, 2, code[1].replace("= 2 x", "= 3 x"));
  await expect.poll(() => marks(draft(2))).toBe("✓✗");
  expect(await draft(2).innerText()).toContain("This does not hold. Hint: the right side is always 1.5 times");
  expect(await draft(2).innerText()).not.toContain("before");
  expect(await ran.locator(".prose:visible").count()).toBe(0); // the draft stands in their place
  expect(await cell(page, 2).getAttribute("data-state")).toBe("stale");
  await write(page, 2, code[1].replace("x \\cdot x", "x"));
  await expect.poll(() => marks(draft(2))).toBe("✗✓"); // derive would throw: that is for the run
  await expectReadable(page); // its formulas are typeset
  expect(await barriers(page)).toEqual([]);
  await runCell(2);
  expect(await draft(2).count()).toBe(0);
  expect(await ran.innerText()).toMatch(/DerivationError: This does not hold/);
});

test("a derivation whose tag is taken out of its scope answers, too", async () => {
  await write(page, 2, "const { derive } = where`g(x) = x^3`;\nshow(derive`g(x) = x^2 = x \\cdot x`);");
  await expect.poll(() => marks(draft(2))).toBe("✗");
  expect(await draft(2).locator("pre").count()).toBe(0);
});

test("goes when the text is again what the cell shows", async () => {
  await runCell(2);
  await write(page, 2, code[1].replace("= 2 x", "= 3 x"));
  await expect.poll(() => marks(draft(2))).toBe("✓✗");
  await write(page, 2, code[1]);
  await expect.poll(() => draft(2).count()).toBe(0);
  expect(await marks(cell(page, 2).locator(":scope > .outputs"))).toBe("✓✓");
  expect(await cell(page, 2).locator(".prose:visible").count()).toBe(2);
});

test("a formula that is half typed shows its place quietly, and the others", async () => {
  await write(page, 2, code[1].replace("= 2 x", "= \\frac{x"));
  await expect.poll(() => draft(2).locator("pre").innerText()).toMatch(/^This \{ is never closed.*\n.*\n +\^/);
  expect(await marks(draft(2))).toBe("✓");
  expect(await draft(2).locator(".warning").count()).toBe(0);
  await write(page, 2, code[1].replace("= 2 x", "= \\frac{x}{1} \\cdot 2"));
  await expect.poll(() => marks(draft(2))).toBe("✓✓");
  expect(await draft(2).locator("pre").count()).toBe(0);
  await write(page, 2, code[1].replace("= 2 x", "= \\frac{x}{1} \\cdot"));
  await expect.poll(() => draft(2).locator("pre").innerText()).toMatch(/^Expected .*\n.*\n +\^/);
  expect(await marks(draft(2))).toBe("✓✓"); // what could be read last stays above the words
  expect(await barriers(page)).toEqual([]);
});

test("definitions may change, and what stands on them in other cells does not see the draft", async () => {
  await write(page, 1, code[0].replace("x^2", "x^3"));
  await write(page, 2, `${code[1]}\nshow(f.check\`f(2) = 8\`);`);
  await expect.poll(() => marks(draft(2))).toBe("✗✓✓");
  await write(page, 2, "const after = 2;\nshow(check`1 = 1`);");
  await expect.poll(() => marks(draft(2))).toBe("✓");
  await write(page, 2, code[1]);
  await expect.poll(() => marks(draft(2))).toBe("✗✓");
  await button(cell(page, 1), "Reset").click();
  await runCell(3);
  expect(await cell(page, 3).locator(".outputs").innerText()).toContain("after 1");
});

test("a draft without end is ended, and the next one is shown", async () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a cell
  await write(page, 2, "const turn = (): number => {\n  for (;;);\n};\nshow(check`1 = ${turn()}`);");
  await expect.poll(() => draft(2).innerText()).toContain("This is taking long: run the cell to see the result.");
  await write(page, 2, "for (;;);\nshow(check`1 = 1`);");
  await expect.poll(() => marks(draft(2))).toBe("✓");
});

test("a draft does not wait for a cell that runs", async () => {
  await write(page, 3, "for (;;);");
  await button(cell(page, 3), "Run").click();
  await write(page, 2, "show(check`1 = 1`);");
  await expect.poll(() => marks(draft(2))).toBe("✓");
  await button(cell(page, 3), "Stop").click();
});
