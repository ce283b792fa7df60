import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Cell, Notebook } from "../tools/notebook";
import { root } from "../tools/project";
import { committed, names } from "./book";
import { typeErrors } from "./cells";
import { withSolutions } from "./exercises";
import { type Workshop, workshop } from "./workshop";

let shop: Workshop;
beforeAll(async () => {
  shop = await workshop();
});
afterAll(() => shop.remove());

describe("the cells under strict TypeScript", () => {
  test("have no error, and neither have the solutions of the exercises", async () => {
    const solved = (name: string) => name.replace(".ipynb", " with its solutions.ipynb");
    const notebooks = names.flatMap((name): [string, Notebook][] => [
      [name, committed(name)],
      [solved(name), withSolutions(committed(name))],
    ]);
    expect(await typeErrors(notebooks, join(shop.folder, "cells"))).toEqual([]);
  });

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
  });
});

/** What a declaration file of the library stands on: its own path, those of others, and packages by their names. */
function declared(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, from] of readFileSync(file, "utf8").matchAll(/(?:from|import\()\s*"([^"]+)"/g))
    if (from.startsWith("."))
      declared(`${join(dirname(file), from).replace(/derivation$/, "derivation/index")}.d.ts`, seen);
    else seen.add(from);
  return seen;
}

test("what a cell imports asks for no types of Plotly, whose megabyte each kernel would read", () => {
  const all = declared(join(root, "lib/dist/index.d.ts"));
  expect(all.size).toBeGreaterThan(30);
  expect([...all].filter((name) => !name.endsWith(".d.ts"))).toEqual([]);
});
