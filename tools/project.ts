import { spawn } from "node:child_process";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
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

/** What a command printed, both streams in order of arrival, and its exit code (-1 if it could not be started). */
export interface Outcome {
  readonly code: number;
  readonly lines: readonly string[];
}

/** Runs a command in the project's folder, collects what it prints, and passes on each line as it comes. */
export function run(command: string, args: readonly string[], onLine: (line: string) => void = () => {}): Promise<Outcome> {
  const lines: string[] = [];
  const take = (line: string) => {
    lines.push(line);
    onLine(line);
  };
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    createInterface(child.stdout).on("line", take);
    createInterface(child.stderr).on("line", take);
    child.on("error", () => done({ code: -1, lines }));
    child.on("close", (code) => done({ code: code ?? -1, lines }));
  });
}
