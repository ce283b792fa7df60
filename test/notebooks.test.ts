import { mkdir, readFile, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { execute, executeInto } from "../tools/execute";
import { type Cell, codeCells, type Notebook, sourceOf } from "../tools/notebook";
import { Problem, root, run } from "../tools/project";
import { committed, names } from "./book";
import { typeErrors } from "./cells";
import { type Workshop, workshop } from "./workshop";

const folder = join(root, "notebooks");

let shop: Workshop;
beforeAll(async () => {
  shop = await workshop();
});
afterAll(() => shop.remove());

const label = (cell: Cell) =>
  `${cell.cell_type} cell [${cell.execution_count ?? " "}] ${sourceOf(cell).split("\n")[0]}`;

describe.each(names)("%s", (name) => {
  const { cells, metadata } = committed(name);

  test("begins with a title, and says something before each code cell", () => {
    expect(sourceOf(cells[0])).toMatch(/^# \S/);
    const bare = cells.filter((cell, i) => cell.cell_type === "code" && cells[i - 1]?.cell_type !== "markdown");
    expect(bare.map(label)).toEqual([]);
  });

  test("was executed from top to bottom, without an error", () => {
    const code = cells.filter((cell) => cell.cell_type === "code");
    expect(code.map((cell) => cell.execution_count)).toEqual(code.map((_, i) => i + 1));
    const failed = code.filter((cell) => cell.outputs?.some((output) => output.output_type === "error"));
    expect(failed.map(label)).toEqual([]);
  });

  test("tells nothing of the machine that executed it", () => {
    const told = [root, homedir(), "/home/", "/Users/", "node_modules", "evalmachine"];
    const telling = cells.filter((cell) => told.some((text) => JSON.stringify(cell.outputs ?? []).includes(text)));
    expect(telling.map(label)).toEqual([]);
  });

  test("names the kernel, and nothing that changes from run to run", () => {
    expect(Object.keys(metadata).sort()).toEqual(["kernelspec", "language_info"]);
    expect(metadata["kernelspec"]).toEqual({ display_name: "TypeScript", language: "typescript", name: "tslab" });
    const ids = cells.map(({ id }) => id);
    expect(new Set(ids).size).toBe(cells.length);
    expect(ids).not.toContain(undefined);
  });
});

describe("executing again", () => {
  let again: string;
  beforeAll(async () => {
    again = join(shop.folder, "again");
    await mkdir(again);
    if (names.length > 0)
      await executeInto(
        names.map((name) => join(folder, name)),
        again,
      );
  }, 1_200_000);

  test.each(names)("changes no byte of %s", async (name) => {
    const [before, after] = await Promise.all([folder, again].map((place) => readFile(join(place, name), "utf8")));
    if (before !== after) throw new Error(`${name} differs: ${difference(JSON.parse(before), JSON.parse(after))}`);
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

describe("the cells under strict TypeScript", () => {
  test("have no error", async () => {
    expect(
      await typeErrors(
        names.map((name) => [name, committed(name)]),
        join(shop.folder, "cells"),
      ),
    ).toEqual([]);
  }, 60_000);

  test("are really checked", async () => {
    const cell = (source: string): Cell => ({ cell_type: "code", source });
    const cells = [
      "import { descend } from '../lib';\nconst a = 1;",
      "const a = 'again';\nawait null;",
      "import { descend } from '../lib';\nconst f = (x) => x;\nconst s: string = a;",
      "descend.nothing",
    ];
    expect(
      await typeErrors(
        [["wrong.ipynb", { cells: cells.map(cell), metadata: {}, nbformat: 4 }]],
        join(shop.folder, "cells"),
      ),
    ).toEqual([
      expect.stringMatching(/^wrong\.ipynb, cell \[3\], line 2: .*implicitly has an 'any' type/),
      expect.stringMatching(/^wrong\.ipynb, cell \[4\], line 1: .*'nothing'/),
    ]);
  }, 60_000);
});

describe("a notebook that fails", () => {
  let bad: Workshop;
  beforeAll(async () => {
    bad = await workshop();
  });
  afterAll(() => bad.remove());

  const problem = async (promise: Promise<unknown>): Promise<string> => {
    const error = await promise.then(
      () => new Error("it did not fail"),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(Problem);
    return stripVTControlCharacters((error as Problem).message).replace(/^\.tmp-\w+\//, "");
  };

  test("is named with the cell and the error, and stays as it was; those before it are done", async () => {
    const good = await bad.write("1-good.ipynb", [["# Good"], "const a = 1;", ["More"], "console.log(a);\na + 1"]);
    const cells = [
      ["# Bad"],
      "const a = 1;",
      ["b"],
      "function f() {\n  throw new RangeError('too big');\n}\nconsole.log('----');\nf()",
    ] as const;
    const broken = await bad.write("2-bad.ipynb", cells as never);
    const before = await readFile(broken);
    const { code, lines } = await run(process.execPath, [join(root, "tools/dist/execute.js"), bad.notebooks]);
    expect(code).toBe(1);
    expect(
      lines
        .filter((line) => line.trim())
        .slice(1)
        .map((line) => line.replace(/^\.tmp-\w+\//, "")),
    ).toEqual([
      "notebooks/2-bad.ipynb, cell [2], which begins function f() {",
      "RangeError: too big",
      "    at f (cell [2], line 2)",
      "    at cell [2], line 5",
    ]);
    expect(await readFile(broken)).toEqual(before);
    expect(codeCells(JSON.parse(await readFile(good, "utf8"))).map((cell) => cell.execution_count)).toEqual([1, 2]);

    await bad.write("2-bad.ipynb", [["# Mended"], "1"]);
    expect(await execute(bad.notebooks)).toEqual(["2-bad.ipynb"]);
    expect(await execute(bad.notebooks)).toEqual([]);
  });

  test.each([
    [
      "a timer that throws in the last cell",
      "setTimeout(() => { throw new Error('late') }, 200);\nundefined",
      "Error: late",
    ],
    ["a floating rejection in the last cell", "void Promise.reject(new Error('floating'));", "Error: floating"],
    [
      "a kernel that dies",
      "process.kill(process.pid, 'SIGKILL');\nawait new Promise(() => {})",
      "The kernel ended in the middle of this cell",
    ],
    ["a cell without end", "await new Promise(() => {})", "The cell did not end within 2 seconds."],
  ])("fails for %s", async (_, code, reason) => {
    const path = await bad.write("3-odd.ipynb", [["# Odd"], code]);
    const message = await problem(executeInto([path], bad.folder, 2));
    expect(message).toContain(`notebooks/3-odd.ipynb, cell [1], which begins ${code.split("\n")[0]}\n${reason}`);
  });

  test.each([
    ["a file that is not JSON", '{ "cells": [', /^notebooks\/3-odd\.ipynb is not a notebook: .*JSON/],
    [
      "JSON that is no notebook",
      '{ "cells": 3 }',
      /^notebooks\/3-odd\.ipynb is not a notebook of format 4: git checkout /,
    ],
  ])("fails for %s", async (_, text, expected) => {
    await writeFile(join(bad.notebooks, "3-odd.ipynb"), text);
    expect(await problem(execute(bad.notebooks))).toMatch(expected);
  });
});
