import { spawn } from "node:child_process";
import { readSync } from "node:fs";
import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { StringDecoder } from "node:string_decoder";
import { stripVTControlCharacters } from "node:util";

/** The folder of the project. */
export const root = resolve(__dirname, __dirname.endsWith("dist") ? "../.." : "..");

/** The project's own Python environment, with Jupyter in it. */
export const venv = join(root, ".venv");

/** A command of the Python environment. */
export const installed = (command: string): string => join(venv, "bin", command);

/** Something a person can act on: shown as its message alone. */
export class Problem extends Error {}

/** Runs a tool: a `Problem` is printed without a stack, and any failure ends the process with exit code 1. */
export async function main(tool: () => Promise<void>): Promise<void> {
  try {
    await tool();
  } catch (error) {
    const text = error instanceof Problem ? `\n${error.message}` : error;
    console.error(typeof text === "string" && !process.stderr.isTTY ? stripVTControlCharacters(text) : text);
    process.exitCode = 1;
  }
}

/** What a command printed, both streams in order of arrival, and its exit code: -1 if it did not start, 128 if it was killed. */
export interface Outcome {
  readonly code: number;
  readonly lines: readonly string[];
}

/**
 * Runs a command in the project's folder, collects what it prints, and passes on each line soon after it came. It prints
 * to a file: a pipe would be shared with the kernels that it starts, Node makes a pipe non-blocking, and then Python
 * loses lines.
 */
export async function run(
  command: string,
  args: readonly string[],
  onLine: (line: string) => void = () => {},
  env = process.env,
): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), "house-prices-"));
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
  const code = await new Promise<number>((done) => {
    const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", file.fd, file.fd] });
    child.on("error", ({ message }) => (lines.push(message), done(-1)));
    child.on("exit", (status) => done(status ?? 128));
  });
  clearInterval(timer);
  look();
  if (rest) lines.push(rest), onLine(rest);
  await file.close();
  await rm(folder, { recursive: true });
  return { code, lines };
}
