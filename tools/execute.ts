import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, dirname, join, relative, resolve } from "node:path";
import { reasonOutside } from "./failure";
import { asPattern, codeCells, type Notebook, notebooksIn, readNotebook, sourceOf } from "./notebook";
import { cache, inScratch, installed, main, type Outcome, Problem, root, run, told } from "./project";
import { inTurn } from "./turn";

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

/** What compiles cells before a kernel asks for them. */
const AHEAD = join(root, "jupyter/kernels/tslab/ahead.cjs");

/**
 * Executes the notebooks of a folder in place, except those that are as their last execution left them and whose sources
 * have not changed since. Each result is put in its place as soon as it is whole; a notebook that fails stays as it was,
 * and costs no other's. Returns the names of those executed.
 */
export async function execute(folder: string = join(root, "notebooks")): Promise<string[]> {
  const names = await notebooksIn(folder);
  if (names.length === 0) throw new Problem(`There is no notebook in ${relative(root, folder)}.`);
  await forgetMissing();
  const common = await digest(SOURCES.map((path) => join(root, path)));
  const stale: string[] = [];
  for (const path of names.map((name) => join(folder, name)))
    if ((await stampOf(path)) !== stamp(await readNotebook(path), common)) stale.push(path);
  await inScratch((folder) =>
    shareOut(stale, folder, async (path, result, before) => {
      if (!(await readFile(result)).equals(before)) await rename(result, path);
      await writeStamp(path, stamp(await readNotebook(path), common));
    }),
  );
  return stale.map((path) => basename(path));
}

/**
 * Executes notebooks, each in a kernel of its own and in its own folder, and writes the results to another folder.
 * `timeout` is for one cell, in seconds; without it, what jupyter_config.json says holds.
 */
export const executeInto = (paths: readonly string[], folder: string, timeout?: number): Promise<void> =>
  shareOut(paths, folder, async () => {}, timeout);

/** Takes the result of a notebook, which is whole, as soon as it is there; `before` is what the notebook was. */
type Take = (path: string, result: string, before: Buffer) => Promise<void>;

/** Executes as many notebooks at once as there are processors; what goes wrong is told when all are through. */
async function shareOut(paths: readonly string[], folder: string, take: Take, timeout?: number): Promise<void> {
  const errors = new Map<string, unknown>();
  const workers = Math.min(availableParallelism(), paths.length);
  const size = Math.ceil(paths.length / (2 * workers));
  const last = [...paths].reverse(); // the last train longest, and one begun at the end would be waited for
  const rows = last.flatMap((_, i) => (i % size === 0 ? [last.slice(i, i + size)] : []));
  const order = last.flatMap((_, i) => rows.flatMap((row) => row.slice(i, i + 1)));
  let compiled: Promise<unknown> = Promise.resolve();
  await new Promise<void>((first) => (compiled = compileAhead(order, first).then(first)));
  const worker = async (): Promise<void> => {
    for (let row = rows.shift(); row; row = rows.shift()) {
      const rest = await executeRow(row, folder, take, errors, timeout);
      if (rest.length > 0) rows.unshift([...rest]);
    }
  };
  await Promise.all([...Array.from({ length: workers }, worker), compiled]);
  if (errors.size === 0) return;
  const reasons = paths.filter((path) => errors.has(path)).map((path) => told(errors.get(path)));
  const strange = reasons.find((reason) => typeof reason !== "string");
  if (strange) throw strange;
  throw new Problem([...new Set(reasons)].join("\n\n"));
}

/**
 * Compiles the cells of notebooks in one process, which grows quicker with each; calls `first` when one is done. A kernel
 * that comes to a cell sooner compiles it itself.
 */
async function compileAhead(paths: readonly string[], first: () => void): Promise<void> {
  for (const folder of new Set(paths.map(dirname)))
    await run(process.execPath, [AHEAD, ...paths.filter((path) => dirname(path) === folder)], first);
}

/**
 * Executes notebooks one after the other in one nbconvert, whose start costs as much as a short notebook, up to one that
 * fails. What went wrong is put among the errors. Returns the notebooks that were not reached.
 */
async function executeRow(
  row: readonly string[],
  folder: string,
  take: Take,
  errors: Map<string, unknown>,
  timeout?: number,
): Promise<readonly string[]> {
  const before = new Map<string, Buffer>();
  const guarded = (path: string, work: () => Promise<unknown>) =>
    work().catch((error: unknown) => errors.set(path, error));
  for (const path of row)
    await guarded(path, async () => (await readNotebook(path), before.set(path, await readFile(path))));
  const sound = [...before.keys()];
  if (sound.length === 0) return [];

  let [now, cell, start, line, first] = ["", 0, 0, 0, 0];
  let taken: Promise<unknown> = Promise.resolve();
  const end = (path: string, done: string): void => {
    taken = taken.then(() =>
      guarded(path, async () => {
        const result = await wholeResult(path, folder, before.get(path)!);
        console.log(`  ${basename(path)}: ${done}`);
        await take(path, result, before.get(path)!);
      }),
    );
  };
  const done = () => `${cell} cell${cell === 1 ? "" : "s"} in ${((Date.now() - start) / 1000).toFixed(1)} s`;
  const outcome = await run(installed("python"), nbconvert(sound, folder, timeout), (text) => {
    const next = sound.find((path) => text === `[NbConvertApp] Converting notebook ${path} to notebook`);
    if (next && now) end(now, done());
    if (next) [now, cell, start, first] = [next, 0, Date.now(), line];
    if (text === "[NbConvertApp] Executing cell:") cell += 1;
    line += 1;
  });
  const lines = outcome.lines.slice(first);
  const written = outcome.code === 0 && lines.some((text) => text.startsWith("[NbConvertApp] Writing "));
  const failed = now || sound[0];
  if (written) end(now, done());
  else errors.set(failed, await failure(failed, cell, { ...outcome, lines }));
  await taken;
  return sound.slice(sound.indexOf(failed) + 1);
}

// its debug log is the only place where nbconvert says which cell it is at
const nbconvert = (paths: readonly string[], folder: string, timeout?: number) => [
  ..."-m nbconvert --to notebook --execute --log-level DEBUG --output-dir".split(" "),
  folder,
  ...(timeout === undefined ? [] : [`--ExecutePreprocessor.timeout=${timeout}`]),
  ...paths.map(asPattern),
];

/** The path of the result of a notebook: all of its cells executed, and nobody saved it meanwhile. */
async function wholeResult(path: string, folder: string, before: Buffer): Promise<string> {
  const name = relative(root, path);
  if (!(await readFile(path)).equals(before))
    throw new Problem(`${name} was saved while it was being executed: what you saved is kept. Run again.`);
  const result = join(folder, basename(path));
  const whole = await readNotebook(result).catch(() => undefined);
  const fault = whole ? "with other cells" : "damaged";
  if (!whole || !sameCells(await readNotebook(path), whole))
    throw new Problem(`${name} came back ${fault}: the file is left as it was. Run again.`);
  return result;
}

function sameCells(before: Notebook, after: Notebook): boolean {
  const written = ({ cells }: Notebook) => JSON.stringify(cells.map((cell) => [cell.cell_type, sourceOf(cell)]));
  return written(before) === written(after);
}

/** The reason of a failure, without the Python traceback around it. */
async function failure(path: string, cell: number, outcome: Outcome): Promise<Problem> {
  const outside = await reasonOutside(outcome);
  if (outside) return outside;
  const { lines } = outcome;
  const at = lines.findIndex((line) => /^nbclient\.exceptions\.\w+: /.test(line));
  const place = relative(root, path);
  if (at < 0 || cell === 0)
    return new Problem(
      `${place} could not be executed: ${lines.filter((line) => line.trim()).at(-1) ?? "nbconvert said nothing"}`,
    );
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

// ---- what is up to date ---------------------------------------------------------------------------------------------

const STAMPS = join(cache, "executed");
const stampFile = (path: string) => join(STAMPS, encodeURIComponent(relative(root, path)));
const stampOf = (path: string) => readFile(stampFile(path), "utf8").catch(() => "");

async function writeStamp(path: string, stamp: string): Promise<void> {
  await mkdir(STAMPS, { recursive: true });
  await writeFile(stampFile(path), stamp);
}

/** Takes away the stamps of notebooks that are no more. */
async function forgetMissing(): Promise<void> {
  for (const file of await readdir(STAMPS).catch(() => []))
    if (!existsSync(join(root, decodeURIComponent(file)))) await rm(join(STAMPS, file), { force: true });
}

/** The inputs of a notebook together with what became of them: source, count and outputs of each code cell. */
function stamp(notebook: Notebook, common: string): string {
  const cells = codeCells(notebook).map((cell) => [sourceOf(cell), cell.execution_count, cell.outputs]);
  return createHash("sha256").update(common).update(JSON.stringify(cells)).digest("hex");
}

async function digest(paths: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const path of paths.filter(existsSync)) {
    const inner = await readdir(path, { recursive: true, withFileTypes: true }).catch(() => null);
    const files = inner
      ?.filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    for (const file of files ?? [path]) {
      if (!file.endsWith(".tsbuildinfo")) hash.update(relative(root, file)).update(await readFile(file));
    }
  }
  return hash.digest("hex");
}

if (require.main === module)
  void main(() => inTurn(async () => void (await execute(process.argv[2] && resolve(process.argv[2])))));
