import { appendFile, cp, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../tools/project";
import { Project } from "./faults/project";

let project: Project;
beforeAll(async () => {
  project = await Project.make();
  for (const name of ["lib", "data", "package-lock.json"]) {
    await rm(project.path(name));
    await cp(join(root, name), project.path(name), { recursive: true });
  }
  await mkdir(project.path("notebooks/pictures"));
  await project.start().end;
});
afterAll(() => project.remove());

const executed = async (): Promise<boolean> => (await project.execute().end).text.includes("02-linear");

describe("notebooks are executed again", () => {
  test.each([
    "data/house-prices.csv",
    "lib/dist/descent.js",
    "jupyter/kernels/tslab/launch.cjs",
    "jupyter/jupyter_config.json",
    "notebooks/pictures/new.png",
    "package-lock.json",
    "requirements.txt",
  ])("when %s has changed, and only then", async (source) => {
    expect(await executed()).toBe(false);
    await appendFile(project.path(source), "\n");
    expect(await executed()).toBe(true);
    expect(await executed()).toBe(false);
  });

  test("when a cell of theirs has changed", async () => {
    await project.write("02-linear", "runs otherwise");
    expect(await executed()).toBe(true);
    expect(await executed()).toBe(false);
  });

  test("and of those that are gone nothing is remembered", async () => {
    const remembered = () => readdir(project.path("node_modules/.cache/house-prices/executed"));
    await project.write("03-sigmoid", "runs");
    await project.execute().end;
    expect(await remembered()).toHaveLength(2);
    await rm(project.path("notebooks/03-sigmoid.ipynb"));
    await project.execute().end;
    expect(await remembered()).toHaveLength(1);
  });
});

test("Jupyter is set up again when requirements.txt has changed, and only then", async () => {
  const setUp = async (): Promise<boolean> => (await project.start().end).text.includes("Setting up Jupyter");
  await setUp();
  expect(await setUp()).toBe(false);
  await appendFile(project.path("requirements.txt"), "\n");
  expect(await setUp()).toBe(true);
  expect(await setUp()).toBe(false);
});
