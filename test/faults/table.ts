import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { expect } from "vitest";
import { root } from "../../tools/project";

/** The faults that environment.md names: what happens, and what is said. */
export const documented = new Map(
  readFileSync(join(root, "environment.md"), "utf8")
    .split("## When something fails\n")[1]
    .split("\n## ")[0]
    .split("\n")
    .filter((line) => /^\| (?!what happens|-)/.test(line))
    .map((line) => line.split(" | ").map((cell) => cell.replace(/^\| | *\|$/g, "").trim()))
    .map(([fault, said]) => [fault, said.replace(/^`|`$/g, "")] as const),
);

/** Whether what was said of a fault is what environment.md says; `…` there stands for anything. */
export function said(fault: string, text: string): void {
  const words = documented.get(fault);
  if (words === undefined) throw new Error(`environment.md has no line for the fault “${fault}”`);
  const pattern = words.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  expect(stripVTControlCharacters(text)).toMatch(new RegExp(pattern.join("[^]*?")));
  expect(text).not.toMatch(/\n {4}at \S+ \(|Traceback/); // no stack
}
