import type { Locator, Page } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { codeCells, sourceOf } from "../../tools/notebook";
import { button, cell, download, idle, run, write } from "./live";
import { barriers, type Opened, open, phone, type View } from "./reader";
import { printed, smallBook } from "./small";

const output = (value: number, from: number, to: number, step: number) => ({
  output_type: "display_data",
  data: {
    "application/vnd.house-prices.slider+json": { value, from, to, step },
    "text/plain": `${value} (edit and run)`,
  },
  metadata: {},
});

/** A slider, what stands on it, quickly and slowly, a chart, and sliders that no one number stands for. */
const code: [source: string, ...outputs: object[]][] = [
  ["import { curves, secants, show, slider } from '../lib';"],
  ["const rate = slider(0.5, { from: -1, to: 2, step: 0.1 }); // slider(a, b)", output(0.5, -1, 2, 0.1)],
  ["console.log('twice', 2 * rate);", printed("twice 1\n")],
  ["show(curves({ line: (x) => rate * x }, [0, 1], { x: 'x', y: 'y' }));"],
  ["const end = Date.now() + 300;\nwhile (Date.now() < end);\nconsole.log('slow', rate);", printed("slow 0.5\n")],
  ["for (const n of [1, 2]) slider(n, { from: 0, to: 3 });", output(1, 0, 3, 0.02), output(2, 0, 3, 0.02)],
  ["show(secants((x) => rate * x * x, 1, [2, 1, 0.5]));"],
];

const file = smallBook("Sliders", code);

let opened: Opened | undefined;
afterEach(async () => {
  expect(opened?.trouble).toEqual([]);
  await opened?.page.context().close();
  opened = undefined;
});
const come = async (view: View = {}): Promise<Page> => {
  opened = await open(file, view);
  return opened.page;
};

const rate = (page: Page): Locator => page.getByRole("slider", { name: "rate" });
const codeOf = async (page: Page, number: number): Promise<string> =>
  (await cell(page, number).locator(".highlight pre").textContent())!.trim();
const outputOf = async (page: Page, number: number): Promise<string> =>
  (await cell(page, number).locator(".outputs").innerText()).trim();

/** The place at this part of the way of a range input. */
async function placeOn(slider: Locator, part: number): Promise<[x: number, y: number]> {
  const { x, y, width, height } = (await slider.boundingBox())!;
  return [x + 8 + part * (width - 16), y + height / 2];
}

test("a slider is there before anything is touched, large enough for a finger, and bars nobody", async () => {
  for (const options of [{}, phone]) {
    const page = await come(options);
    const slider = rate(page);
    expect(await slider.inputValue()).toBe("0.5");
    expect(await slider.getAttribute("aria-valuetext")).toBe("0.5");
    expect(await slider.evaluate((input: HTMLInputElement) => [input.min, input.max, input.step])).toEqual([
      "-1",
      "2",
      "0.1",
    ]);
    expect((await slider.boundingBox())!.height).toBeGreaterThanOrEqual(44);
    expect(await page.locator("body").getAttribute("data-kernel")).toBe("none");
    expect(await barriers(page)).toEqual([]);
    await page.context().close();
  }
});

test("without JavaScript it is the number, and says what to do with it", async () => {
  const page = await come({ javaScriptEnabled: false });
  expect(await outputOf(page, 2)).toBe("0.5 (edit and run)");
  expect(await page.getByRole("slider").count()).toBe(0);
});

test("an arrow key writes the number into the cell and runs what stands on it; the slider keeps the focus", async () => {
  const page = await come();
  const slider = rate(page);
  await slider.evaluate((input) => input.setAttribute("data-same", ""));
  const colours = await cell(page, 2).locator(".highlight pre span").count();
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => outputOf(page, 5)).toBe("slow 0.6");
  expect(await outputOf(page, 3)).toBe("twice 1.2");
  expect(await codeOf(page, 2)).toBe(code[1][0].replace("0.5", "0.6"));
  expect(await cell(page, 2).locator(".highlight pre span").count()).toBe(colours);
  expect(await slider.getAttribute("aria-valuetext")).toBe("0.6");
  await page.keyboard.press("Home");
  await expect.poll(() => outputOf(page, 5)).toBe("slow -1");
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => outputOf(page, 5)).toBe("slow -0.9");
  expect(await codeOf(page, 2)).toBe(code[1][0].replace("0.5", "-0.9"));
  expect(await slider.evaluate((input) => [input === document.activeElement, "same" in input.dataset])).toEqual([
    true,
    true,
  ]);
  await idle(page);
  expect(await cell(page, 6).getAttribute("data-state")).toBe("fresh"); // nothing in it stands on the number
});

test("while it is dragged, what stands on it follows, and its chart stays the same chart", async () => {
  const page = await come({ charts: true });
  await write(page, 5, "console.log('quick', rate);");
  await button(page, "Run all").click();
  await idle(page);
  const plot = cell(page, 4).locator(".house-plot[data-drawn]");
  await plot.scrollIntoViewIfNeeded();
  await plot.evaluate((element) => element.setAttribute("data-same", ""));
  const ends = () => plot.evaluate((element) => (element as never as { data: { y: number[] }[] }).data[0].y.at(-1));
  const slider = rate(page);
  await slider.scrollIntoViewIfNeeded();
  await slider.evaluate((input) => input.setAttribute("data-same", ""));
  await page.mouse.move(...(await placeOn(slider, 0.5)));
  await page.mouse.down();
  for (const part of [0.6, 0.7, 0.8]) {
    await page.mouse.move(...(await placeOn(slider, part)), { steps: 4 });
    const number = Math.round((-1 + 3 * part) * 10) / 10;
    await expect.poll(() => outputOf(page, 5)).toBe(`quick ${number}`); // the finger is still down
    expect(await slider.inputValue()).toBe(String(number));
    await expect.poll(ends).toBe(number);
  }
  await page.mouse.up();
  await idle(page);
  expect(await plot.getAttribute("data-same")).toBe("");
  expect(await slider.getAttribute("data-same")).toBe("");
  expect(await codeOf(page, 2)).toBe(code[1][0].replace("0.5", "1.4"));
});

test("an animated chart stays the same chart, and where the reader has brought it", async () => {
  const page = await come({ charts: true });
  await button(cell(page, 7), "Run").click();
  await idle(page);
  const plot = cell(page, 7).locator(".house-plot[data-drawn]");
  await plot.scrollIntoViewIfNeeded();
  await plot.evaluate((element) => element.setAttribute("data-same", ""));
  const place = cell(page, 7).getByRole("slider", { name: "h" });
  await place.focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => plot.textContent()).toContain("slope 1.5");
  await rate(page).focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => plot.textContent()).toContain("slope 1.8"); // at h = 1 still
  expect([await place.inputValue(), await plot.getAttribute("data-same")]).toEqual(["1", ""]);
});

test("what is too slow for the finger takes the newest number each time, and ends with the last", async () => {
  const page = await come();
  const slider = rate(page);
  await slider.focus();
  const seen = page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const output = document.querySelectorAll("[data-cell]")[4].querySelector(".outputs")!;
        const all: string[] = [];
        new MutationObserver(() => {
          if (all.at(-1) !== output.textContent) all.push(output.textContent!);
          if (output.textContent === "slow 2\n") resolve(all);
        }).observe(output, { childList: true, subtree: true, characterData: true });
      }),
  );
  for (let i = 0; i < 15; i++) await page.keyboard.press("ArrowRight");
  const shown = await seen;
  expect(shown.length).toBeLessThan(15);
  await idle(page);
  expect(await outputOf(page, 3)).toBe("twice 4");
  expect(await codeOf(page, 2)).toBe(code[1][0].replace("0.5", "2"));
});

test("it follows the number that is typed, is kept and reset with its cell, and taken along", async () => {
  const page = await come();
  const slider = rate(page);
  await write(page, 2, code[1][0].replace("0.5", "1.5"));
  await expect.poll(() => slider.inputValue()).toBe("1.5");
  await slider.focus();
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => outputOf(page, 3)).toBe("twice 2.8");
  expect(await cell(page, 2).getByRole("textbox").innerText()).toContain("slider(1.4,");
  await page.reload();
  await idle(page);
  await expect.poll(() => slider.inputValue()).toBe("1.4");
  const taken = codeCells(await download(page))[1];
  expect(sourceOf(taken)).toBe(code[1][0].replace("0.5", "1.4"));
  await button(cell(page, 2), "Reset").click();
  await expect.poll(() => slider.inputValue()).toBe("0.5");
  expect(await codeOf(page, 2)).toBe(code[1][0]);
});

test("each of two sliders in a cell moves its own number, however long it becomes", async () => {
  const page = await come();
  await run(
    page,
    2,
    "const rate = slider(0, { from: 0, to: 2, step: 0.125 }), other = slider(5, { from: 0, to: 9, step: 1 });",
  );
  for (const [name, number] of [
    ["rate", "0.125"],
    ["other", "6"],
    ["rate", "0.25"],
  ]) {
    await page.getByRole("slider", { name }).focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => cell(page, 2).getByRole("textbox").innerText()).toContain(`slider(${number},`);
  }
  await idle(page);
  expect(await cell(page, 2).getByRole("textbox").innerText()).toBe(
    "const rate = slider(0.25, { from: 0, to: 2, step: 0.125 }), other = slider(6, { from: 0, to: 9, step: 1 });",
  );
  expect(await outputOf(page, 3)).toBe("twice 0.5");
});

test("a finger moves it", async () => {
  const page = await come(phone);
  await rate(page).scrollIntoViewIfNeeded();
  await page.touchscreen.tap(...(await placeOn(rate(page), 1)));
  await expect.poll(() => outputOf(page, 3)).toBe("twice 4");
});

test("a slider that no one number stands for says so, and goes back", async () => {
  const page = await come();
  const second = cell(page, 6).getByRole("slider").nth(1);
  await second.focus();
  await page.keyboard.press("ArrowRight");
  await expect
    .poll(() => page.getByRole("status").innerText())
    .toBe("Cell 6 has no single number that this slider stands for: edit the cell.");
  expect(await second.inputValue()).toBe("2");
  expect(await codeOf(page, 6)).toBe(code[5][0]);
});

test("wrong bounds are told in a sentence, and a cell that cannot be read moves nothing", async () => {
  const page = await come();
  expect(await run(page, 2, "const rate = slider(0.5, { from: 1, to: 2 });")).toMatch(
    /^RangeError: This slider goes from 1 to 2: its number lies between them, and 0\.5 does not\.\n +at cell \[2\], line 1$/,
  );
  expect(await run(page, 2, "const rate = slider(0.5);")).toMatch(/^RangeError: A slider goes from a number/);
  expect(await run(page, 2, "const speed = slider(0.5, { from: 0, to: 1 });\nconst rate = speed;")).toMatch(/^speed/);
  await write(page, 2, "const speed = = slider(0.5, { from: 0, to: 1 });");
  await page.getByRole("slider", { name: "speed" }).focus();
  await page.keyboard.press("ArrowRight");
  await expect
    .poll(() => page.getByRole("status").innerText())
    .toMatch(/^Cell 2 has no single number that this slider stands for/);
});
