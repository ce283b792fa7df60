import { mkdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { afterEach, describe, expect, test } from "vitest";
import { atWork, Project, until } from "./project";
import { said } from "./table";

let project: Project;
afterEach(() => project.remove());

const counts = async (name: string): Promise<unknown[]> =>
  JSON.parse(await project.read(`notebooks/${name}.ipynb`)).cells.map(
    (cell: { execution_count?: unknown }) => cell.execution_count,
  );

describe("a notebook is never lost", () => {
  test.each([
    ["a result that is cut off", "is cut"],
    ["a result that lacks a cell", "loses a cell"],
    ["a cell that fails", "fails"],
    ["zeromq's binary is missing, while executing", "loses its kernel"],
  ])("to %s, which costs no other's either", async (fault, text) => {
    project = await Project.make({ "01-derivatives": "runs", "02-linear": text, "03-sigmoid": "runs" });
    const before = await project.read("notebooks/02-linear.ipynb");
    const { code, text: printed } = await project.execute().end;
    expect(code).toBe(1);
    said(fault, printed);
    expect(await project.read("notebooks/02-linear.ipynb")).toBe(before);
    expect(await counts("01-derivatives")).toContain(1);
    expect(await counts("03-sigmoid")).toContain(1);
    expect(await project.leftovers()).toEqual([]);
  });

  test("those that one nbconvert was to execute after it are executed by another", async () => {
    const names = Array.from({ length: 3 * availableParallelism() }, (_, i) => `${10 + i}-section`);
    const bad = names.at(-2)!; // the last are executed first, some in a row
    project = await Project.make(Object.fromEntries(names.map((name) => [name, name === bad ? "fails" : "runs"])));
    const { code, text } = await project.execute().end;
    expect(code).toBe(1);
    expect(text).toContain(`${bad}.ipynb, cell [1], which begins fails`);
    for (const name of names) {
      expect((await counts(name))[1]).toBe(name === bad ? null : 1);
      expect(text.split(`  ${name}.ipynb: 1 cell in `)).toHaveLength(name === bad ? 1 : 2);
    }
  });

  test("each is in its place as soon as it is ready, and is not executed again", async () => {
    project = await Project.make({ "01-derivatives": "runs", "02-linear": "waits" });
    const run = project.execute();
    await atWork(project, "02-linear.ipynb");
    await until(async () => (await counts("01-derivatives")).includes(1));
    run.process.kill("SIGKILL");
    await run.end;
    await project.goOn();
    const again = (await project.execute().end).text;
    expect(again).toContain("02-linear.ipynb: 1 cell in");
    expect(again).not.toContain("01-derivatives.ipynb: ");
  });

  test("what is saved while it is executed stays, and costs no other's", async () => {
    project = await Project.make({ "01-derivatives": "runs", "02-linear": "waits", "03-sigmoid": "runs" });
    const run = project.execute();
    await atWork(project, "02-linear.ipynb");
    await project.write("02-linear", "saved");
    const saved = await project.read("notebooks/02-linear.ipynb");
    await project.goOn();
    const { code, text } = await run.end;
    expect(code).toBe(1);
    said("a notebook is saved while it is executed", text);
    expect(await project.read("notebooks/02-linear.ipynb")).toBe(saved);
    expect(await counts("03-sigmoid")).toContain(1);
  });
});

describe("a file that is no notebook is named, and stays as it is", () => {
  test.each([
    ["a notebook is empty", ""],
    ["a notebook is cut off", '{ "cells": ['],
    ["a notebook has conflict markers", '{\n "cells": [\n<<<<<<< HEAD\n {}\n=======\n>>>>>>> other\n]}'],
    ["a notebook is of another kind", '{ "cells": 3 }'],
    [
      "a cell is of no known kind",
      '{ "cells": [{ "cell_type": "odd", "source": "" }], "metadata": {}, "nbformat": 4 }',
    ],
    ["a cell has no source", '{ "cells": [{ "cell_type": "code" }], "metadata": {}, "nbformat": 4 }'],
  ])("when %s", async (fault, content) => {
    project = await Project.make();
    const path = project.path("notebooks/02-linear.ipynb");
    await writeFile(path, content);
    const { code, text } = await project.execute().end;
    expect(code).toBe(1);
    said(fault, text);
    expect(await readFile(path, "utf8")).toBe(content);
  });
});

test("a folder that is none is named, and a folder with the name of a notebook is none", async () => {
  project = await Project.make();
  await mkdir(project.path("notebooks/03-folder.ipynb"));
  expect((await project.execute().end).code).toBe(0);
  for (const name of ["nowhere", "notebooks/02-linear.ipynb"]) {
    const { code, text } = await project.run([process.execPath, project.path("tools/dist/start.js"), name]).end;
    expect(code).toBe(1);
    said("the notebooks' folder is none", text);
  }
});

describe("the Python environment", () => {
  test("is made anew when a part of it is gone, without a word", async () => {
    project = await Project.make();
    expect((await project.start().end).text).toContain("Setting up Jupyter in .venv");
    expect((await project.start().end).text).not.toContain("Setting up Jupyter");
    await rm(project.path(".venv/lib/python3.12/site-packages/nbconvert"), { recursive: true });
    const { code, text } = await project.start().end;
    expect([code, text]).toEqual([0, expect.stringContaining("Setting up Jupyter in .venv")]);
  });

  test("is made anew when the folder was moved, although the same Python is there", async () => {
    project = await Project.make();
    expect((await project.start().end).text).toContain("Setting up Jupyter in .venv");
    const moved = `${project.folder}-moved`;
    await rename(project.folder, moved);
    await symlink(moved, project.folder); // which the Python that is played, and this test, still go by
    expect((await project.start().end).text).toContain("Setting up Jupyter in .venv");
    await rm(moved, { recursive: true });
  });

  test("is made anew when that was begun and cut short, even if all is then as it was before", async () => {
    project = await Project.make();
    await project.start().end;
    const requirements = await project.read("requirements.txt");
    await writeFile(project.path("requirements.txt"), `${requirements}\n`);
    expect((await project.start("no room").end).code).toBe(1); // before anything of the old one was cleared away
    await writeFile(project.path("requirements.txt"), requirements);
    expect((await project.start().end).text).toContain("Setting up Jupyter in .venv");
  });

  test("is said to be damaged when that shows only later, and then made anew", async () => {
    project = await Project.make();
    await project.start().end;
    await project.write("02-linear", "runs again");
    await rm(project.path(".venv/lib/python3.12/site-packages/nbconvert"), { recursive: true });
    const { code, text } = await project.execute().end;
    expect(code).toBe(1);
    said("a package in `.venv` is missing", text);
    expect((await project.start().end).code).toBe(0);
    await project.write("02-linear", "lacks a module"); // deep within: no look into the folders shows it
    expect((await project.execute().end).text).toContain(".venv is damaged (No module named 'jinja2.environment')");
    await project.write("02-linear", "runs");
    expect((await project.start().end).text).toContain("Setting up Jupyter in .venv");
  });

  test("is made anew when pip could not fetch its packages", async () => {
    project = await Project.make();
    const { code, text } = await project.start("no network").end;
    expect(code).toBe(1);
    said("pip cannot fetch the packages", text);
    expect((await project.start().end).code).toBe(0);
  });
});
