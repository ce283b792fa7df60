import { readFileSync, statSync } from "node:fs";
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
