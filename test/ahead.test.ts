import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { root } from "../tools/project";
import { Kernel, type Result } from "./client";

const tslab = join(root, "jupyter/kernels/tslab");
let folder: string;
const kept: string[] = [];
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "ahead-")));
});
afterEach(async () => {
  for (const path of [folder, ...kept.splice(0)]) await rm(path, { recursive: true });
});

const outcome = ({ outputs }: Result): string =>
  stripVTControlCharacters(
    outputs.map(({ content }) => content["text"] ?? content["traceback"]?.join("\n") ?? "").join(""),
  );

/** Runs Node in the folder and returns what it printed, to either stream. */
function node(...args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  return stdout + stderr;
}

/** Prints the files of such cells that were kept, the first ones up to one that was not. */
const LOOK = `
const { fileOf, keptBefore } = require(${JSON.stringify(join(tslab, "kept.cjs"))});
let declarations = "";
for (const code of process.argv.slice(1)) {
  const found = keptBefore(declarations, code);
  if (!found) break;
  console.log(fileOf(declarations, code));
  declarations = found.declOutput;
}`;

/** Compiles a notebook of such cells ahead; returns the files of what was kept. */
async function compile(...sources: string[]): Promise<string[]> {
  const file = join(folder, "own.ipynb");
  await writeFile(file, JSON.stringify({ cells: sources.map((source) => ({ cell_type: "code", source })) }));
  expect(node(join(tslab, "ahead.cjs"), file)).toBe(`${file}\n`);
  const files = node("-e", LOOK, "--", ...sources)
    .split("\n")
    .filter(Boolean);
  kept.push(...files);
  return files;
}

/** What a new kernel in the folder says of cells. */
async function run(...sources: string[]): Promise<string[]> {
  const kernel = await Kernel.start([join(tslab, "launch.cjs")], folder);
  try {
    const said: string[] = [];
    for (const source of sources) said.push(outcome(await kernel.execute(source, false)));
    return said;
  } finally {
    await kernel.stop();
  }
}

/** Puts another word into what was kept, so that it can be seen where a kernel has a cell from. */
async function mark(files: readonly string[]): Promise<void> {
  for (const file of files) await writeFile(file, (await readFile(file, "utf8")).replaceAll("fresh", "kept"));
}

describe("a cell that was compiled ahead", () => {
  test("is not compiled again, and the compiler is made only for one that was not", async () => {
    const first = "const { length } = [1, 2];\nconst said = 'fresh';\nconsole.log(said, length);";
    const second = "console.log({ said, length });";
    await mark(await compile(first, second));
    expect(await run(first, second, "console.log(said + said);")).toEqual([
      "kept 2\n",
      "{ said: 'kept', length: 2 }\n",
      "keptkept\n",
    ]);
  });

  test("tells errors by its own lines", async () => {
    const code = "interface P {\n  a: 1;\n}\nfunction f() {\n  throw new Error('fresh');\n}\nf()";
    await mark(await compile(code));
    expect(await run(code)).toEqual(["Error: kept\n    at f (cell [1], line 5)\n    at cell [1], line 7"]);
  });

  test("waits for a promise, and shows its last value", async () => {
    const code = "const word = await Promise.resolve('fresh');\nword + '!'";
    await mark(await compile(code));
    expect(await run(code)).toEqual(["kept!\n"]);
  });

  test("is compiled anew after another cell than before, and where what was kept is damaged", async () => {
    const code = "console.log('fresh', typeof n);";
    const [first, second] = ["const n = 1;", "const n = '1';"];
    const files = await compile(first, code);
    await mark(files);
    expect(await run(second, code)).toEqual(["", "fresh string\n"]);
    expect(await run(first, code)).toEqual(["", "kept number\n"]);
    for (const file of files) await writeFile(file, "half of it");
    expect(await run(first, code)).toEqual(["", "fresh number\n"]);
  });
});

test("a kernel of which nothing is asked makes its compiler ready", async () => {
  const kernel = await Kernel.start([join(tslab, "launch.cjs")], folder);
  const megabytes = () =>
    Number(spawnSync("ps", ["-o", "rss=", "-p", `${kernel.process.pid}`], { encoding: "utf8" }).stdout) / 1024;
  try {
    const before = megabytes();
    await expect.poll(megabytes).toBeGreaterThan(before + 40);
  } finally {
    await kernel.stop();
  }
});

test.each([
  ["with an error of types", ["const n: string = 1;", "console.log('fresh');"], 0],
  ["after one with an error", ["const n = 1;", "n.length", "console.log(n);"], 1],
  ["with sources of its own", ["import { own } from './own';", "console.log(own);"], 0],
  ["of declarations beside it", ["import { told } from './told';"], 0],
  ["that is a module", ["/** @module more */\nexport const n = 1;", "console.log('fresh');"], 0],
])("a cell %s is left to its kernel", async (_, sources, count) => {
  await writeFile(join(folder, "own.ts"), "export const own = 1;");
  await writeFile(join(folder, "told.d.ts"), "export const told: number;");
  expect(await compile(...sources)).toHaveLength(count);
});

test("what is no notebook is left to whoever executes it", async () => {
  await writeFile(join(folder, "none.ipynb"), "<<<<<<< ours");
  const said = node(join(tslab, "ahead.cjs"), "none.ipynb", "missing.ipynb");
  expect(said).toBe("none.ipynb\nmissing.ipynb\n");
});
