import { existsSync } from "node:fs";
import { mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ownerOf, runs } from "../../tools/owner";
import { atWork, isRunning, Project, until } from "./project";
import { said } from "./table";

let project: Project;
beforeEach(async () => {
  project = await Project.make({ "01-derivatives": "runs", "02-linear": "runs" });
});
afterEach(() => project.remove());

const gone = async (pids: readonly number[]): Promise<void> => {
  for (const pid of pids) await until(async () => !(await isRunning(pid)));
};

/** Starts all and waits until the played Python works at one of its three tasks. */
async function startUntil(task: string, through: readonly string[] = []) {
  if (task === "execute") await project.write("02-linear", "waits");
  const run = project.start(task === "execute" ? "" : `wait in ${task}`, through);
  const names = task === "execute" ? ["02-linear.ipynb", "ahead"] : [task];
  return { run, pids: (await Promise.all(names.map((name) => atWork(project, name)))).flat() };
}

describe.each([
  ["setup", ["SIGTERM"]],
  ["execute", ["SIGINT", "SIGTERM", "SIGHUP"]],
  ["export", ["SIGINT"]],
] as const)("a stop in %s", (task, signals) => {
  test.each(signals)("by %s ends all that it started, and leaves nothing", async (signal) => {
    const { run, pids } = await startUntil(task);
    run.process.kill(signal);
    const { code, text } = await run.end;
    expect(code).toBe(128 + { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 }[signal]);
    said("Ctrl+C, or a kill", text);
    await gone(pids);
    expect(await project.leftovers()).toEqual([]);
  });

  test("by SIGKILL is put right by the next start", async () => {
    const { run, pids } = await startUntil(task);
    run.process.kill("SIGKILL");
    await run.end;
    expect(await project.leftovers()).not.toEqual([]);
    if (task === "execute") await project.write("02-linear", "runs");
    expect((await project.start().end).code).toBe(0);
    await gone(pids);
    expect(await project.leftovers()).toEqual([]);
    expect(existsSync(project.path("site/index.html"))).toBe(true);
  });
});

test("the end of the shell that npm puts between ends the tool, too", async () => {
  const { run, pids } = await startUntil("execute", ["sh", "-c", 'npm_lifecycle_event=start "$@"; true', "sh"]);
  run.process.kill("SIGKILL");
  await gone(pids);
  said("Ctrl+C, or a kill", (await run.end).text);
  await until(async () => (await project.leftovers()).length === 0);
});

test("a command that ends by itself takes with it what it left", async () => {
  await project.write("02-linear", "leaves a process without a word");
  const { end } = project.execute();
  await gone(await atWork(project, "02-linear.ipynb"));
  expect((await end).code).toBe(1);
  expect(await project.leftovers()).toEqual([]);
});

test("a book whose change of names was cut short is whole again", async () => {
  expect((await project.start().end).code).toBe(0);
  await rename(project.path("site"), project.path("site.last"));
  await mkdir(project.path("site.next"));
  await writeFile(project.path("site.next/half"), "");
  const { code, text } = await project.start().end;
  expect([code, text]).toEqual([0, expect.stringContaining("Making the pages\n  all are up to date")]);
  expect(existsSync(project.path("site/index.html"))).toBe(true);
  expect(await project.leftovers()).toEqual([]);
});

test("a second start waits for the first, and says so", async () => {
  const { run } = await startUntil("execute");
  const second = project.start();
  await until(() => second.printed().includes("this one waits"));
  said("`npm start` beside another", second.printed());
  expect(second.printed()).toContain(`process ${run.process.pid})`);
  await project.goOn();
  expect((await run.end).code).toBe(0);
  const { code, text } = await second.end;
  expect(code).toBe(0);
  expect(text).toContain("Executing the notebooks\n  all are up to date");
});

test("a start waits for no process that only has the number of one that was killed", async () => {
  await mkdir(project.path("node_modules/.cache/house-prices"), { recursive: true });
  const lock = project.path("node_modules/.cache/house-prices/running");
  await rm(lock, { force: true });
  await symlink(`${process.pid}.1`, lock);
  expect((await project.start().end).code).toBe(0);
  expect([ownerOf(process.pid), String(process.pid)].map(runs)).toEqual([true, false]);
});
