import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { readlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { Problem, root, run, venv } from "../tools/project";
import { findPython } from "../tools/python";
import { checkNode, setup } from "../tools/setup";

const folder = mkdtempSync(join(tmpdir(), "pythons-"));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

/** A command that answers as a Python of some version would, with its module venv or without. */
function python(name: string, version: string, complete = true): string {
  const path = join(folder, name);
  writeFileSync(
    path,
    `#!/bin/sh\necho ${version}\n${complete ? "" : "echo \"No module named 'ensurepip'\" >&2; exit 1"}\n`,
  );
  chmodSync(path, 0o755);
  return path;
}

const problem = (action: () => unknown) =>
  Promise.resolve()
    .then(action)
    .then(
      () => "nothing",
      (error: unknown) => {
        expect(error).toBeInstanceOf(Problem);
        return (error as Problem).message;
      },
    );

describe("set-up says in one sentence what is missing", () => {
  test("a newer Node", async () => {
    for (const version of ["18.20.0", "20.18.3"])
      expect(await problem(() => checkNode(version))).toBe(
        `Node 20.19 or newer is needed, and this is ${version}: install it from https://nodejs.org.`,
      );
    for (const version of ["20.19.0", "22.0.0", "26.1.0"])
      expect(await problem(() => checkNode(version))).toBe("nothing");
  });

  test("a newer Python, or any", async () => {
    vi.stubEnv("PYTHON", python("old", "3.8.18"));
    expect(await problem(findPython)).toMatch(
      /^Python 3\.10 or newer is needed; install it, with its module venv \(.*old is 3\.8\.18\)\.$/,
    );
    vi.stubEnv("PYTHON", join(folder, "none"));
    expect(await problem(findPython)).toMatch(/^Python 3\.10 or newer is needed; .* \(PYTHON=.*none is no Python\)\.$/);
    vi.stubEnv("PYTHON", "");
    vi.stubEnv("PATH", join(folder, "empty"));
    expect(await problem(findPython)).toBe("Python 3.10 or newer is needed; install it, with its module venv.");
  });

  test("the module venv", async () => {
    vi.stubEnv("PYTHON", python("bare", "3.12.3", false));
    expect(await problem(findPython)).toMatch(/^Python 3\.12\.3 \(.*bare\) lacks its module venv; install it/);
  });

  test("a package that came with a change", async () => {
    const project = join(folder, "project");
    for (const file of ["tools/build.cjs", "tools/lacks.json", "package.json"])
      cpSync(join(root, file), join(project, file));
    const { status, stderr } = spawnSync(process.execPath, [join(project, "tools/build.cjs")], { encoding: "utf8" });
    expect(stderr.trim()).toBe("Some packages are missing: run npm ci.");
    expect(status).toBe(1);
  });

  test("and takes the first Python that will do", async () => {
    python("python3", "3.9.1");
    python("python3.12", "3.12.3");
    vi.stubEnv("PYTHON", "");
    vi.stubEnv("PATH", [folder, "/bin"].join(delimiter));
    expect(await findPython()).toEqual({ command: "python3.12", version: "3.12.3" });
  });
});

describe("set-up", () => {
  test("does nothing when nothing changed", async () => {
    await setup();
    const made = () => statSync(join(venv, "pyvenv.cfg")).mtimeMs;
    const before = made();
    const says = vi.spyOn(console, "log");
    await setup();
    expect(says).not.toHaveBeenCalled();
    expect(made()).toBe(before);
    says.mockRestore();
  });

  test("links what Jupyter must know", async () => {
    expect(await readlink(join(venv, "share/jupyter/kernels/tslab"))).toBe("../../../../jupyter/kernels/tslab");
    const { lines } = await run(join(venv, "bin/jupyter"), ["kernelspec", "list"]);
    expect(lines.filter((line) => line.includes("/kernels/")).map((line) => line.trim().split(/\s+/)[0])).toEqual([
      "tslab",
    ]);
  });
});
