import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../tools/project";

const read = (path: string): string => readFileSync(join(root, path), "utf8");
/** The two commands by which the README sets everything up. */
const [, commands] = /## Two commands[^]*?```sh\n([^]*?)```/.exec(read("README.md"))!;
const two = commands.trim().split("\n");

test("the README has two commands", () => {
  expect(two).toEqual(["npm ci", "npm start"]);
});

test("a devcontainer, Binder and the pages run just these", () => {
  expect(JSON.parse(read(".devcontainer/devcontainer.json")).postCreateCommand).toBe(two.join(" && "));
  const steps = read("binder/postBuild").split("\n");
  expect(steps.filter((line) => line.startsWith("npm"))).toEqual(two);
  expect(statSync(join(root, "binder/postBuild")).mode & 0o111).not.toBe(0);
  const runs = [...read(".github/workflows/pages.yml").matchAll(/- run: (.*)/g)].map(([, run]) => run);
  expect(runs).toEqual(two);
  expect(read(".github/workflows/pages.yml")).toContain("path: site");
});

test("the tests run there as .ci/run has them, on the oldest Node.js that is allowed, too", () => {
  expect(read(".github/workflows/test.yml")).toContain("- run: .ci/run");
  const floor = /[\d.]+/.exec(JSON.parse(read("package.json")).engines.node)![0];
  expect(read(".github/workflows/test.yml")).toContain(`node: ["${floor}"`);
});

test("both machines recommend the same extensions", () => {
  const { customizations } = JSON.parse(read(".devcontainer/devcontainer.json"));
  expect(JSON.parse(read(".vscode/extensions.json")).recommendations).toEqual(customizations.vscode.extensions);
});

test("whoever cites the book names its version", () => {
  expect(read("CITATION.cff")).toContain(`\nversion: ${JSON.parse(read("package.json")).version}\n`);
});

test("every promise of the README names the tests that keep it, and every folder is on its map", () => {
  const [, promises] = /## What is promised\n([^]*?)\n## /.exec(read("README.md"))!;
  const each = promises.trim().split(/^- /m).slice(1);
  expect(each.length).toBeGreaterThan(5);
  for (const promise of each) {
    const kept = [...(promise.split("Kept by")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, path]) => path);
    expect(kept, promise).not.toEqual([]);
    for (const path of kept) expect(existsSync(join(root, path)), path).toBe(true);
  }
  const [, map] = /## The folders\n([^]*)/.exec(read("README.md"))!;
  const named = [...map.matchAll(/^\| `(\w+)\/`/gm)].map(([, folder]) => folder);
  const made = ["node_modules", "site", "student", "teacher", "screenshots", "reports"];
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const own = folders.map(({ name }) => name).filter((name) => !name.startsWith(".") && !made.includes(name));
  expect(named.filter((name) => name !== "site").sort()).toEqual(own.filter((name) => name !== "binder").sort());
});
