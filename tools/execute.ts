import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, join, relative, resolve } from "node:path";
import { codeCells, type Notebook, notebooksIn, readNotebook, sourceOf } from "./notebook";
import { installed, main, Problem, root, run } from "./project";

const CACHE = join(root, "node_modules/.cache/house-prices");
const STAMPS = join(CACHE, "executed.json");

/** What the outputs of every notebook come from, besides its own cells. */
const SOURCES = [
  "lib/dist",
  "data",
  "notebooks/pictures",
  "jupyter/kernels",
  "jupyter/jupyter_config.json",
  "requirements.txt",
  "package-lock.json",
];

/**
 * Executes the notebooks of a folder in place, except those that are as their last execution left them and whose sources
 * have not changed since. A notebook that fails stays as it was. Returns the names of those executed.
 */
export async function execute(folder: string = join(root, "notebooks")): Promise<string[]> {
  const names = await notebooksIn(folder);
  if (names.length === 0) throw new Problem(`There is no notebook in ${relative(root, folder)}.`);
  const stamps = await readStamps();
  const common = await digest(SOURCES.map((path) => join(root, path)));
  const paths = names.map((name) => join(folder, name));
  const fresh = new Set<string>();
  for (const path of paths) {
    const notebook = await readNotebook(path);
    if (stamps[relative(root, path)] === stamp(notebook, common)) fresh.add(path);
  }
  const stale = paths.filter((path) => !fresh.has(path));
  if (stale.length > 0) await executeInPlace(stale, common, stamps);
  return stale.map((path) => basename(path));
}

async function executeInPlace(paths: readonly string[], common: string, stamps: Record<string, string>): Promise<void> {
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(join(CACHE, "executed-"));
  const before = new Map(await Promise.all(paths.map(async (path) => [path, await readFile(path)] as const)));
  try {
    await executeInto(paths, folder);
  } finally {
    for (const path of paths) {
      const result = join(folder, basename(path));
      if (!existsSync(result)) continue;
      await replace(path, result, before.get(path)!);
      stamps[relative(root, path)] = stamp(await readNotebook(path), common);
    }
    await writeFile(STAMPS, JSON.stringify(stamps, null, 1));
    await rm(folder, { recursive: true });
  }
}

/** Puts an executed notebook in the place of the old one, unless nothing changed or somebody saved it meanwhile. */
async function replace(path: string, result: string, before: Buffer): Promise<void> {
  if (!(await readFile(path)).equals(before)) {
    throw new Problem(`${relative(root, path)} was saved while it was executed, and is left as saved. Run again.`);
  }
  if (!(await readFile(result)).equals(before)) await rename(result, path);
}

/**
 * Executes notebooks, each in a kernel of its own and in its own folder, and writes the results to another folder.
 * `timeout` is for one cell, in seconds; without it, what jupyter_config.json says holds.
 */
export async function executeInto(paths: readonly string[], folder: string, timeout?: number): Promise<void> {
  let current = paths[0];
  let cell = 0;
  let start = Date.now();
  const { code, lines } = await run(installed("python"), nbconvert(paths, folder, timeout), (line) => {
    const opened = paths.find((path) => line.startsWith(`[NbConvertApp] Converting notebook ${path} `));
    if (opened) [current, cell, start] = [opened, 0, Date.now()];
    if (line === "[NbConvertApp] Executing cell:") cell += 1;
    if (line.startsWith("[NbConvertApp] Writing "))
      console.log(`  ${basename(current)}: ${cell} cells in ${seconds(start)} s`);
  });
  if (code !== 0) throw await failure(current, cell, lines);
}

const seconds = (start: number) => ((Date.now() - start) / 1000).toFixed(1);

// its debug log is the only place where nbconvert says which cell it is at
const nbconvert = (paths: readonly string[], folder: string, timeout?: number) => [
  ..."-m nbconvert --to notebook --execute --log-level DEBUG --output-dir".split(" "),
  folder,
  ...(timeout === undefined ? [] : [`--ExecutePreprocessor.timeout=${timeout}`]),
  ...paths,
];

/** The reason of a failure, without the Python traceback around it. */
async function failure(path: string, cell: number, lines: readonly string[]): Promise<Problem> {
  const at = lines.findIndex((line) => /^nbclient\.exceptions\.\w+: /.test(line));
  const place = relative(root, path);
  if (at < 0 || cell === 0)
    return new Problem(`${place} could not be executed: ${lines.filter((line) => line.trim()).at(-1) ?? ""}`);
  const source = sourceOf(codeCells(await readNotebook(path))[cell - 1]);
  return new Problem(
    `${place}, cell [${cell}], which begins ${source.trim().split("\n")[0]}\n${reason(lines.slice(at))}`,
  );
}

function reason(lines: readonly string[]): string {
  if (lines[0].includes("DeadKernelError"))
    return "The kernel ended in the middle of this cell (was it out of memory?).";
  const timeout = /after (\d+) seconds/.exec(lines[0]);
  if (timeout) return `The cell did not end within ${timeout[1]} seconds.`;
  const rule = lines.lastIndexOf("------------------");
  return lines
    .slice(rule + 1)
    .join("\n")
    .trim();
}

/** The inputs of a notebook together with what became of them: source, count and outputs of each code cell. */
function stamp(notebook: Notebook, common: string): string {
  const cells = codeCells(notebook).map((cell) => [sourceOf(cell), cell.execution_count, cell.outputs]);
  return createHash("sha256").update(common).update(JSON.stringify(cells)).digest("hex");
}

async function digest(paths: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const path of paths.filter(existsSync)) {
    const inner = (await readdir(path, { recursive: true, withFileTypes: true }).catch(() => null)) ?? [];
    const files = inner
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    for (const file of inner.length > 0 ? files : [path]) {
      if (!file.endsWith(".tsbuildinfo")) hash.update(relative(root, file)).update(await readFile(file));
    }
  }
  return hash.digest("hex");
}

async function readStamps(): Promise<Record<string, string>> {
  try {
    return JSON.parse(await readFile(STAMPS, "utf8")) as Record<string, string>;
  } catch {
    return {};
  }
}

if (require.main === module) void main(async () => void (await execute(process.argv[2] && resolve(process.argv[2]))));
