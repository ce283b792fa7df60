import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../tools/project";

/** How a run of a tool ended. */
export interface End {
  readonly code: number | null;
  readonly text: string;
}

/** A tool that runs: its process, what it has printed so far, and its end. */
export interface Running {
  readonly process: ChildProcess;
  readonly printed: () => string;
  readonly end: Promise<End>;
}

/** A small project of its own, with the real tools, and a Python and a compiler that are played: nothing in it is dear. */
export class Project {
  private constructor(readonly folder: string) {}

  /** Makes one, with a `.venv` that set-up does not know; `notebooks` are texts of a first code cell, by name. */
  static async make(notebooks: Readonly<Record<string, string>> = { "02-linear": "runs" }): Promise<Project> {
    const project = new Project(await mkdtemp(join(tmpdir(), "faults-")));
    await project.fill(notebooks);
    return project;
  }

  private async fill(notebooks: Readonly<Record<string, string>>): Promise<void> {
    await chmod(this.folder, 0o755);
    for (const name of ["tools/dist", "tools/build.cjs", "tools/lacks.json", "requirements.txt"])
      await cp(join(root, name), this.path(name), { recursive: true });
    for (const name of ["lib", "data", "page", "package.json", "package-lock.json"])
      await symlink(join(root, name), this.path(name));
    await cp(join(root, "jupyter"), this.path("jupyter"), { recursive: true });
    await cp(join(__dirname, "ahead.cjs"), this.path("jupyter/kernels/tslab/ahead.cjs"));
    await mkdir(this.path("node_modules"));
    for (const name of await readdir(join(root, "node_modules")))
      if (name !== ".cache") await symlink(join(root, "node_modules", name), this.path(`node_modules/${name}`));
    await mkdir(this.path("python"));
    await cp(join(__dirname, "python.cjs"), this.path("python/python.cjs"));
    const script = `#!/bin/sh\nexec '${process.execPath}' '${this.path("python/python.cjs")}' "$@"\n`;
    await writeFile(this.path("python/python"), script, { mode: 0o755 });
    for (const folder of ["bin", "lib/python3.12/site-packages/nbconvert", "share/jupyter/lab/static"])
      await mkdir(this.path(`.venv/${folder}`), { recursive: true });
    await cp(this.path("python/python"), this.path(".venv/bin/python"));
    await mkdir(this.path("notebooks"));
    await cp(join(root, "examples/cover.html"), this.path("notebooks/cover.html"));
    for (const [name, text] of Object.entries(notebooks)) await this.write(name, text);
  }

  readonly path = (name: string): string => join(this.folder, name);
  readonly read = (name: string): Promise<string> => readFile(this.path(name), "utf8");

  /** Writes a notebook of a title and one code cell. */
  async write(name: string, text: string): Promise<void> {
    const cells = [
      { cell_type: "markdown", metadata: {}, source: `# ${name}` },
      { cell_type: "code", metadata: {}, source: text, execution_count: null, outputs: [] },
    ];
    await writeFile(this.path(`notebooks/${name}.ipynb`), JSON.stringify({ cells, metadata: {}, nbformat: 4 }));
  }

  /** Starts `npm start` without its build; `through` is a command that runs it. */
  start(play = "", through: readonly string[] = []): Running {
    return this.run([...through, process.execPath, this.path("tools/dist/start.js")], { PLAY: play });
  }

  /** Executes the notebooks. */
  execute(): Running {
    return this.run([process.execPath, this.path("tools/dist/execute.js")]);
  }

  /** Runs a command in the project. */
  run([command, ...args]: readonly string[], env: NodeJS.ProcessEnv = {}, uid?: number): Running {
    const { npm_lifecycle_event: _, ...own } = process.env;
    const child = spawn(command, args, {
      cwd: this.folder,
      env: { ...own, PYTHON: this.path("python/python"), ...env },
      stdio: ["ignore", "pipe", "pipe"],
      ...(uid === undefined ? {} : { uid, gid: uid }),
    });
    let text = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (text += chunk));
    const end = new Promise<End>((done) => child.on("close", (code) => done({ code, text })));
    return { process: child, printed: () => text, end };
  }

  /** Lets the played Python, which waits, go on. */
  readonly goOn = (): Promise<void> => writeFile(this.path("go-on"), "");

  /** What a tool should not leave: by name, in the project and in the folder for what is temporary. */
  async leftovers(): Promise<string[]> {
    const cache = this.path("node_modules/.cache/house-prices");
    const scratch = await readdir(join(cache, "scratch")).catch(() => []);
    const others = ["site.next", "site.last"].filter((name) => existsSync(this.path(name)));
    const lock = await readdir(cache).catch(() => []);
    return [...scratch, ...others, ...lock.filter((name) => name === "running")];
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Waits until something holds; the test's own limit of time is the only one. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Whether a process still runs; one that has ended and that nobody has asked about does not. */
export async function isRunning(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
  if (existsSync("/proc/self/stat")) return stat !== "" && !/\) Z /.test(stat);
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The processes that are at work somewhere, as the played ones said when they began; the first at least. */
export async function atWork(project: Project, where: string): Promise<number[]> {
  let said = "";
  const look = () => project.read(`at-work-${where}`).catch(() => "");
  await until(async () => (said = await look()) !== "");
  return said.trim().split(" ").map(Number);
}
