import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { execute, executeInto } from "../tools/execute";
import { codeCells } from "../tools/notebook";
import { Problem, root, run } from "../tools/project";
import { type Workshop, workshop } from "./workshop";

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
    const good = await bad.write("1-[good]*.ipynb", [["# Good"], "const a = 1;", ["More"], "console.log(a);\na + 1"]);
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

  test.each<[string, string, string, number?]>([
    [
      "a timer that throws in the last cell",
      "setTimeout(() => { throw new Error('late') }, 200);\nundefined",
      "Error: late",
    ],
    [
      "a kernel that dies",
      "process.kill(process.pid, 'SIGKILL');\nawait new Promise(() => {})",
      "The kernel ended in the middle of this cell",
    ],
    ["a cell without end", "await new Promise(() => {})", "The cell did not end within 2 seconds.", 2],
  ])("fails for %s", async (_, code, reason, timeout?) => {
    const path = await bad.write("3-odd.ipynb", [["# Odd"], code]);
    const message = await problem(executeInto([path], bad.folder, timeout));
    expect(message).toContain(`notebooks/3-odd.ipynb, cell [1], which begins ${code.split("\n")[0]}\n${reason}`);
  });

  test.each([
    ["a file that is not JSON", '{ "cells": [', /^notebooks\/3-odd\.ipynb is not a notebook: .*JSON/],
    [
      "JSON that is no notebook",
      '{ "cells": 3 }',
      /^notebooks\/3-odd\.ipynb is not a notebook in format 4: git checkout /,
    ],
  ])("fails for %s", async (_, text, expected) => {
    await writeFile(join(bad.notebooks, "3-odd.ipynb"), text);
    expect(await problem(execute(bad.notebooks))).toMatch(expected);
  });
});
