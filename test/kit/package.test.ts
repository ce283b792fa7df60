import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { libraryNames } from "../../tools/names";
import { root } from "../../tools/project";

const folder = mkdtempSync(join(tmpdir(), "house-prices-consumer-"));
const manifest = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8"));
const { dependencies, peerDependencies } = manifest("lib/package.json");
const compiler = join(root, "node_modules/typescript/bin/tsc");

const run = (command: string, ...args: string[]): string => {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("npm_")));
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: "utf8", env });
  return `${stdout}${stderr}${status === 0 ? "" : `\nexit ${status}`}`;
};

// The package is installed in an empty folder; what it needs comes from here, so that no network is asked.
beforeAll(() => {
  execFileSync("npm", ["pack", join(root, "lib"), "--pack-destination", folder], { cwd: root, stdio: "pipe" });
  const [tarball] = readdirSync(folder);
  const here = Object.keys(dependencies).map((name) => [name, `file:${join(root, "node_modules", name)}`]);
  const consumer = {
    private: true,
    dependencies: { "house-prices-lib": `file:${tarball}` },
    overrides: Object.fromEntries(here),
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(consumer));
  expect(run("npm", "install", "--offline", "--no-audit", "--no-fund")).not.toContain("exit");
});

afterAll(() => rmSync(folder, { recursive: true }));

const packed = (path: string): string => readFileSync(join(folder, "node_modules/house-prices-lib", path), "utf8");

/** Type-checks a program strictly, and runs it. */
function program(name: string, text: string): string {
  writeFileSync(join(folder, `${name}.ts`), text);
  const strict = "--strict --exactOptionalPropertyTypes --target es2022 --module nodenext --types".split(" ");
  return run(process.execPath, compiler, ...strict, "", `${name}.ts`) || run(process.execPath, `${name}.js`);
}

describe("the library as a package, in an empty folder", () => {
  test("runs the examples of its page", () => {
    const blocks = [...packed("README.md").matchAll(/```ts\n([^]*?)```/g)].map(([, code]) => code);
    const said = program(
      "examples",
      `declare const console: { log(...values: unknown[]): void };\n${blocks.join("\n")}`,
    );
    expect(said).toMatch(/^false\n/);
    expect(said).toContain("both sides differ: 9 against 5");
    const [W, b] = said
      .match(/\[ ?(-?[\d.]+), (-?[\d.]+) ?\]/)!
      .slice(1)
      .map(Number);
    expect([W, b]).toEqual([expect.closeTo(2, 6), expect.closeTo(1, 6)]);
  });

  test("throws at a false derivation, in the checker's words", () => {
    const text = 'import { derive } from "house-prices-lib";\nderive`\\frac{\\partial}{\\partial x} x^2 = x`;';
    expect(program("wrong", text)).toContain("DerivationError: This does not hold: ∂/∂x x² = x");
  });

  test("has types that notice a mistake", () => {
    const text = 'import { descend } from "house-prices-lib";\ndescend(1, [0], { epochs: 10, alpha: 0.1 });';
    expect(program("mistyped", text)).toContain("mistyped.ts(2,9): error TS2345");
  });

  test("says without tslab what a notebook would show", () => {
    const text = 'import { check, show } from "house-prices-lib";\nshow(check`1 + 1 = 2`);';
    expect(program("shows", text)).toContain("✓ = 2");
  });

  test("explains every public name", () => {
    const names = libraryNames();
    expect(names.filter(({ doc }) => doc.trim() === "").map(({ name }) => name)).toEqual([]);
    const sections = [...packed("REFERENCE.md").matchAll(/^## (.+)\n\n(?!```)/gm)].map(([, name]) => name);
    expect(sections.sort()).toEqual(names.map(({ name }) => name).sort());
  });

  test("has the licence, and nothing but what is compiled", () => {
    expect(packed("LICENSE")).toBe(readFileSync(join(root, "LICENSE"), "utf8"));
    const files = readdirSync(join(folder, "node_modules/house-prices-lib"), { recursive: true, encoding: "utf8" });
    expect(files.filter((file) => /tsbuildinfo|test|(?<!\.d)\.ts$/.test(file))).toEqual([]);
  });

  test("needs the versions that the book needs", () => {
    const known = manifest("package.json").dependencies;
    for (const [name, version] of Object.entries({ ...dependencies, ...peerDependencies }))
      expect([name, known[name]]).toEqual([name, version]);
  });
});
