import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../tools/project";

/** The rooms of the checker, from the ground up: a room imports only those before it. */
const ROOMS = ["text", "world", "read", "run", "judge", "hint", "show", "scope", "index"];

const lib = join(root, "lib");
const files = readdirSync(lib, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.startsWith("dist"))
  .map((file) => file.replace(/\.ts$/, ""));

/** The files of lib that a file imports. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(lib, `${file}.ts`), "utf8");
  return [...text.matchAll(/ from "(\.[^"]*)"/g)].map(([, path]) => {
    const target = relative(lib, join(lib, file, "..", path));
    return files.includes(target) ? target : `${target}/index`;
  });
}

it("has no circle of imports", () => {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    expect(path, [...path, file].join(" -> ")).not.toContain(file);
    if (done.has(file)) return;
    for (const next of importsOf(file)) visit(next, [...path, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  expect(done.size).toBeGreaterThan(60);
});

describe("the checker's rooms", () => {
  const room = (file: string) => ROOMS.indexOf(file.split("/")[1]);
  it.each(files.filter((file) => file.startsWith("derivation/")))("%s looks no room up", (file) => {
    expect(room(file)).toBeGreaterThanOrEqual(0);
    for (const next of importsOf(file).filter((other) => other.startsWith("derivation/")))
      expect(room(next), `${file} imports ${next}`).toBeLessThanOrEqual(room(file));
  });

  it("keeps reading apart from running: run imports nothing of read", () => {
    const run = files.filter((file) => file.startsWith("derivation/run/"));
    expect(run.flatMap(importsOf).filter((file) => file.startsWith("derivation/read/"))).toEqual([]);
  });
});
