import { readFile } from "node:fs/promises";
import type { Locator, Page } from "playwright-core";
import { codeCells, type Notebook } from "../../tools/notebook";
import { type Output, outputsOf } from "../book";

export const button = (within: Page | Locator, name: string): Locator =>
  within.getByRole("button", { name, exact: true });

/** The code cell of this number, from 1. */
export const cell = (page: Page, number: number): Locator => page.locator("[data-cell]").nth(number - 1);

/** Waits until nothing runs. */
export const idle = (page: Page): Promise<unknown> =>
  page.locator('body[data-kernel="idle"]:not(:has([data-state="running"]))').waitFor();

/** Runs a cell as it stands, until it is done and nothing runs that stands on it. */
export async function runCell(page: Page, number: number): Promise<void> {
  await button(cell(page, number), "Run").click();
  await idle(page);
  await cell(page, number).and(page.locator('[data-state="done"]')).waitFor();
}

/** Opens the code of a cell, if it is folded. */
export async function unfold(page: Page, number: number): Promise<void> {
  const folded = cell(page, number).locator("details.code:not([open]) > summary");
  if (await folded.isVisible()) await folded.click();
}

/** Puts a text in the place of a cell's, as a reader would. */
export async function write(page: Page, number: number, text: string): Promise<void> {
  await unfold(page, number);
  const edit = button(cell(page, number), "Edit");
  if (await edit.isVisible()) await edit.click();
  await typeOver(cell(page, number).getByRole("textbox"), text);
}

/** Types over all that stands in an editor. It is selected by a key: what is selected in another way the editor takes back. */
export async function typeOver(editor: Locator, text: string): Promise<void> {
  await editor.press("ControlOrMeta+a");
  await editor.page().keyboard.insertText(text);
}

/** Writes a text into a cell and runs it; what stands under it then. */
export async function run(page: Page, number: number, text: string): Promise<string> {
  await write(page, number, text);
  await button(cell(page, number), "Run").click();
  await idle(page);
  return (await cell(page, number).locator(".outputs").innerText()).trim();
}

/** The notebook that the page gives the reader to take along. */
export async function download(page: Page): Promise<Notebook> {
  const [file] = await Promise.all([page.waitForEvent("download"), button(page, "Download notebook").click()]);
  return JSON.parse(await readFile(await file.path(), "utf8")) as Notebook;
}

/** The outputs of each code cell, without the pictures, which only Node draws into a notebook. */
export const outputsOfAll = (notebook: Notebook): unknown[] =>
  codeCells(notebook).map((cell) => outputsOf(cell).map(({ data, text }: Output) => plain(data, text)));

function plain(data: Output["data"], text: Output["text"]): unknown {
  if (!data) return [text].flat().join("");
  const kept = Object.entries(data).filter(([type]) => type !== "image/png");
  return Object.fromEntries(kept.map(([type, value]) => [type, Array.isArray(value) ? value.join("") : value]));
}
