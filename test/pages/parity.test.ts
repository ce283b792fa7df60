import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { codeCells, type Notebook, sourceOf } from "../../tools/notebook";
import { committed, names } from "../book";
import { withSolutions } from "../exercises";
import { button, download, idle, outputsOfAll, runCell, write } from "./live";
import { open } from "./reader";

const pageOf = (name: string, place = ""): string => join(inject("pages").book, place, name.replace("ipynb", "html"));

/** Runs all cells of a page. */
async function runAll(page: Page): Promise<void> {
  await button(page, "Run all").click();
  await idle(page);
  expect(await page.locator('[data-cell]:not([data-state="done"])').count()).toBe(0);
}

test.each(names)(
  "%s, solved and run in its page, gives every output of the notebook, and so do its tasks",
  async (name) => {
    const { page, trouble } = await open(pageOf(name));
    const [before, solved] = [committed(name), withSolutions(committed(name))].map((book) =>
      codeCells(book).map(sourceOf),
    );
    const tasks = solved.flatMap((text, i) => (text === before[i] ? [] : [i + 1]));
    expect(tasks.length).toBeGreaterThan(2);
    for (const task of tasks) await write(page, task, solved[task - 1]);
    await runAll(page);
    const others = (notebook: Notebook) => outputsOfAll(notebook).filter((_, i) => !tasks.includes(i + 1));
    const taken = await download(page);
    expect(codeCells(taken).map(sourceOf)).toEqual(solved);
    expect(others(taken)).toEqual(others(committed(name)));
    expect(await page.locator(".contents .solved").count()).toBe(tasks.length);

    for (const task of tasks) await write(page, task, before[task - 1]);
    for (const task of tasks) await runCell(page, task);
    const again = await download(page);
    expect(codeCells(again).map(sourceOf)).toEqual(before);
    expect(outputsOfAll(again)).toEqual(outputsOfAll(committed(name)));
    expect(await page.locator(".contents .solved").count()).toBe(0);
    expect(trouble).toEqual([]);
    await page.context().close();
  },
);

// every page that stands alone is opened by book.test.ts; this one carries all that any does, the sales too
test(`${names.at(-1)}, run in its page that stands alone, gives every output of the notebook`, async () => {
  const name = names.at(-1)!;
  const { page, trouble } = await open(pageOf(name, "single"));
  await runAll(page);
  expect(outputsOfAll(await download(page))).toEqual(outputsOfAll(committed(name)));
  expect(trouble).toEqual([]);
  await page.context().close();
});

test("the browser keeps from a page on disk what a reader's browser keeps from it", async () => {
  const { page } = await open(pageOf(names[0]));
  const asked = page.evaluate(() =>
    fetch(location.href).then(
      () => "may be read",
      () => "may not be read",
    ),
  );
  expect(await asked).toBe("may not be read");
  await page.context().close();
});
