import { existsSync } from "node:fs";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { executeInto } from "../tools/execute";
import type { Notebook } from "../tools/notebook";
import { root } from "../tools/project";
import { tasksOf } from "../tools/tasks";
import { committed, label, names } from "./book";
import { followedBySolutions, marksUnder } from "./exercises";
import { type Workshop, workshop } from "./workshop";

// Every notebook is executed once, with the solutions of its exercises as further cells at its end.
let shop: Workshop;
let again: string;
let failure: unknown;
beforeAll(async () => {
  shop = await workshop();
  again = join(shop.folder, "again");
  await mkdir(again);
  await symlink(join(root, "notebooks/pictures"), join(shop.notebooks, "pictures"));
  const paths = names.map((name) => join(shop.notebooks, name));
  for (const [i, name] of names.entries())
    await writeFile(paths[i], JSON.stringify(followedBySolutions(committed(name))));
  await executeInto(paths, again).catch((reason: unknown) => (failure = reason));
}, 1_200_000);
afterAll(() => shop.remove());

/** What became of a notebook; fails as its execution did. */
function executed(name: string): Promise<string> {
  const path = join(again, name);
  if (!existsSync(path)) throw failure;
  return readFile(path, "utf8");
}

describe.each(names)("executing %s again", (name) => {
  const before = committed(name);

  test("changes no byte", async () => {
    const [old, now] = await Promise.all([readFile(join(root, "notebooks", name), "utf8"), executed(name)]);
    const end = old.lastIndexOf('\n ],\n "metadata"');
    if (now.slice(0, end) !== old.slice(0, end) || !now.endsWith(old.slice(end)))
      throw new Error(`${name} differs: ${difference(before, JSON.parse(now))}`);
  });

  test("and its exercises with their solutions, solves them", async () => {
    const { cells } = JSON.parse(await executed(name)) as Notebook;
    const solutions = cells.slice(before.cells.length);
    expect(tasksOf(before).map(({ title }, i) => [title, marksUnder(solutions[i])])).toEqual(
      tasksOf(before).map(({ title }) => [title, expect.stringMatching(/^✓+$/)]),
    );
  });
});

/** The first cell that differs, with the part of it where it does. */
function difference(before: Notebook, after: Notebook): string {
  const at = before.cells.findIndex((cell, i) => JSON.stringify(cell) !== JSON.stringify(after.cells[i]));
  if (at < 0) return "in its metadata or in the way it is written";
  const [old, now] = [before, after].map((notebook) => JSON.stringify(notebook.cells[at]) ?? "");
  const from = Math.max(0, [...old].findIndex((letter, i) => letter !== now[i]) - 40);
  return `${label(before.cells[at])}\n  committed: …${old.slice(from, from + 200)}\n  now:       …${now.slice(from, from + 200)}`;
}
