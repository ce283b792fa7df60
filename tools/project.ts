import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { readSync, rmSync, writeFileSync } from "node:fs";
import { mkdir, mkdtemp, open, readdir, readFile, rm } from "node:fs/promises";
import { constants } from "node:os";
import { join, resolve } from "node:path";
import { StringDecoder } from "node:string_decoder";
import { stripVTControlCharacters } from "node:util";
import { lack } from "./faults";
import { ownerOf, runs } from "./owner";

/** The folder of the project. */
export const root = resolve(__dirname, __dirname.endsWith("dist") ? "../.." : "..");

/** The project's own Python environment, with Jupyter in it. */
export const venv = join(root, ".venv");

/** A command of the Python environment. */
export const installed = (command: string): string => join(venv, "bin", command);

/** What the tools remember from run to run. */
export const cache = join(root, "node_modules/.cache/house-prices");

/** Something a person can act on: shown as its message alone. */
export class Problem extends Error {}

/** What a person is told of an error: a sentence where the cure is known, else the error with its stack. */
export const told = (error: unknown): unknown =>
  (error instanceof Problem ? error.message : lack(error, root)) ?? error;

// ---- what must not outlive a tool -----------------------------------------------------------------------------------

const SCRATCH = join(cache, "scratch");
const unfinished = new Set<string>();
const children = new Set<ChildProcess>();
let stopped = false;

/** Does something with a file or folder that goes when it is done, and when the tool is stopped meanwhile. */
export async function passing<T>(path: string, use: () => Promise<T>): Promise<T> {
  unfinished.add(path);
  try {
    return await use();
  } finally {
    await rm(path, { recursive: true, force: true, maxRetries: 5 });
    unfinished.delete(path);
  }
}

/** Does something with an empty folder of its own. If not even a signal ends this tool in order, the next one clears it. */
export async function inScratch<T>(use: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(SCRATCH, { recursive: true });
  const folder = await mkdtemp(join(SCRATCH, `${ownerOf(process.pid)}-`));
  return passing(folder, () => use(folder));
}

/** In a command's folder: the process that leads all that the command started. */
const LEADER = "leader";

/** Ends the commands of tools that were killed, and takes away what those left. */
async function clearScratch(): Promise<void> {
  for (const name of await readdir(SCRATCH).catch(() => [])) {
    if (runs(name.split("-")[0])) continue;
    const leader = await readFile(join(SCRATCH, name, LEADER), "utf8").catch(() => "");
    if (runs(leader)) endAll(Number.parseInt(leader, 10));
    await rm(join(SCRATCH, name), { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Ends a command that leads a process group, and all that it started. */
function endAll(leader: number | undefined): void {
  try {
    if (leader) process.kill(-leader, "SIGKILL");
  } catch {} // nothing of it is left
}

/** Ends the commands that run, with all that they started, takes away what is unfinished, and this process ends. */
async function stop(signal: "SIGINT" | "SIGTERM" | "SIGHUP"): Promise<void> {
  if (stopped) return;
  stopped = true;
  const ends = [...children].map((child) => new Promise((done) => child.once("exit", done)));
  for (const { pid } of children) endAll(pid);
  await Promise.all(ends);
  for (const path of unfinished) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
  console.error("\nStopped; run again.");
  process.exit(128 + constants.signals[signal]);
}

/** npm ends only the shell between itself and its script: when that is gone, so is whoever wanted this run. */
function watchParent(): NodeJS.Timeout | undefined {
  if (!process.env["npm_lifecycle_event"]) return undefined;
  const parent = process.ppid;
  return setInterval(() => process.ppid !== parent && void stop("SIGTERM"), 200).unref();
}

/**
 * Runs a tool: of a `Problem`, or of what the machine lacks, one sentence is printed, and any failure ends the process
 * with exit code 1. A signal ends what the tool started, too.
 */
export async function main(tool: () => Promise<void>): Promise<void> {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, stop);
  const watch = watchParent();
  try {
    await clearScratch();
    await tool();
  } catch (error) {
    const text = told(error);
    const plain = typeof text === "string" && !process.stderr.isTTY ? stripVTControlCharacters(text) : text;
    console.error(typeof plain === "string" ? `\n${plain}` : plain);
    process.exitCode = 1;
  }
  clearInterval(watch);
  for (const signal of signals) process.off(signal, stop);
}

// ---- commands -------------------------------------------------------------------------------------------------------

/** What a command printed, both streams in order of arrival, and its exit code: -1 if it did not start, 128 if it was killed. */
export interface Outcome {
  readonly code: number;
  readonly lines: readonly string[];
}

/**
 * Runs a command in the project's folder, collects what it prints, and passes on each line soon after it came. It prints
 * to a file: a pipe would be shared with the kernels that it starts, Node makes a pipe non-blocking, and then Python
 * loses lines. It leads a process group, which ends with it, and keeps what is temporary, and Jupyter's connections, in a
 * folder that goes.
 */
export const run = (
  command: string,
  args: readonly string[],
  onLine: (line: string) => void = () => {},
  env = process.env,
): Promise<Outcome> =>
  inScratch(async (folder) => {
    const file = await open(join(folder, "printed"), "w+");
    const lines: string[] = [];
    const decoder = new StringDecoder("utf8");
    const chunk = Buffer.alloc(1 << 16);
    let seen = 0;
    let rest = "";
    const look = (): void => {
      for (let read = 1; read > 0; seen += read) {
        read = readSync(file.fd, chunk, 0, chunk.length, seen);
        const parts = (rest + decoder.write(chunk.subarray(0, read))).split("\n");
        rest = parts.pop()!;
        for (const line of parts) lines.push(line), onLine(line);
      }
    };
    const timer = setInterval(look, 100);
    const code = await start(command, args, join(folder, LEADER), {
      cwd: root,
      env: { ...env, TMPDIR: folder, JUPYTER_RUNTIME_DIR: folder },
      detached: true,
      stdio: ["ignore", file.fd, file.fd],
    }).catch(({ message }: Error) => (lines.push(message), -1));
    clearInterval(timer);
    look();
    if (rest) lines.push(rest), onLine(rest);
    await file.close();
    return { code, lines };
  });

/** The exit code of a command, which is named in the file `leader`; when the tool is stopped meanwhile, it never comes. */
function start(command: string, args: readonly string[], leader: string, options: SpawnOptions): Promise<number> {
  return new Promise((done, failed) => {
    if (stopped) return;
    const child = spawn(command, args, options);
    children.add(child);
    child.on("error", (error) => (children.delete(child), failed(error)));
    child.on("exit", (status) => {
      children.delete(child);
      endAll(child.pid);
      if (!stopped) done(status ?? 128);
    });
    if (child.pid) writeFileSync(leader, ownerOf(child.pid));
  });
}
