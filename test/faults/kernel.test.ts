import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { appendFile, chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { readHouses } from "../../lib/houses";
import { root } from "../../tools/project";
import { freePorts, Kernel, type Result } from "../client";
import { isRunning, Project, until } from "./project";
import { said } from "./table";

const require = createRequire(import.meta.url);
const launcher = "jupyter/kernels/tslab/launch.cjs";

/** What a cell left, as a notebook keeps it. */
const texts = ({ outputs }: Result): string =>
  outputs
    .map(({ content }) => content["text"] ?? content["data"]?.["text/plain"] ?? content["traceback"]?.join("\n"))
    .join("");

describe("a cell", () => {
  let kernel: Kernel;
  beforeAll(async () => {
    kernel = await Kernel.start([join(root, launcher)], join(root, "notebooks"));
  });
  afterAll(() => kernel.stop());

  test("that prints or shows half a character leaves a whole one", async () => {
    const printed = await kernel.execute(String.raw`console.log("🏠".slice(0, 1), "🏠", "\\ud83c")`);
    expect(texts(printed)).toBe("\ufffd 🏠 \\ud83c\n");
    said("a cell prints half a character", texts(printed));
    const show = "require('tslab').display.text('🏠'.slice(1))";
    expect(texts(await kernel.execute(`${show};\nundefined`))).toBe("\ufffd");
    expect((await kernel.execute("throw new Error('🏠'.slice(1))")).reply["evalue"]).toBe("\ufffd");
  });

  test("that prints a million lines ends, shortened with a word", async () => {
    const result = await kernel.execute("for (let i = 0; i < 1e6; i++) console.log(i);\nconsole.log('done')");
    const text = texts(result);
    expect(result.reply["status"]).toBe("ok");
    said("a cell prints a million lines", text);
    expect(text.length).toBeLessThan(600_000);
    expect(text).toMatch(/^0\n1\n2\n/);
    expect(text).toMatch(/\n999998\n999999\ndone\n$/);
    const all = Array.from({ length: 1e6 }, (_, i) => `${i}\n`).join("").length + "done\n".length;
    const [note, count] = /\n… (\d+) characters are left out here …\n/.exec(text)!;
    expect(text.length - note.length + Number(count)).toBe(all);
    expect(result.outputs.length).toBeLessThan(2000);
  });

  test("that prints fast is shown while it runs: each line of the first, then a few together", () => {
    vi.useFakeTimers();
    try {
      const shown: string[] = [];
      const { write } = require(join(root, "jupyter/kernels/tslab/output.cjs")).streams(({ text }: { text: string }) =>
        shown.push(text),
      );
      for (let i = 0; i < 300; i++) write("stdout", ".");
      const first = shown.length;
      expect(first).toBeGreaterThan(100);
      expect(shown.every((text) => text === ".")).toBe(true);
      vi.advanceTimersByTime(100);
      expect(shown.slice(first)).toEqual([".".repeat(300 - first)]);
    } finally {
      vi.useRealTimers();
    }
  });

  test("whose error is its own cause is told once", async () => {
    const result = await kernel.execute("const own: any = new Error('mine');\nown.cause = own;\nthrow own");
    said("an error is its own cause", texts(result));
  });
});

describe("a kernel at work", () => {
  let folder: string;
  let kernel: Kernel;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "work-"));
    for (const name of ["notebooks", "package"]) await mkdir(join(folder, name));
    await writeFile(join(folder, "package/package.json"), '{ "main": "index.js", "types": "index.d.ts" }');
    await writeFile(join(folder, "package/index.js"), "exports.one = 1;");
    await writeFile(join(folder, "package/index.d.ts"), "export const one: number;");
    kernel = await Kernel.start([join(root, launcher)], join(folder, "notebooks"));
  });
  afterAll(async () => {
    await kernel.stop();
    await rm(folder, { recursive: true });
  });

  test("goes on when packages are installed beside it", async () => {
    expect(texts(await kernel.execute("import { one } from '../package';\none"))).toBe("1\n");
    for (let time = 0; time < 10; time++) {
      await appendFile(join(folder, "package/package.json"), "\n");
      await new Promise((resolve) => setTimeout(resolve, 200)); // an event of the disk may come or not: none does harm
      expect(texts(await kernel.execute("one"))).toBe("1\n");
    }
  });

  test("ends when Jupyter says so, although a cell left something running", async () => {
    const other = await Kernel.start([join(root, launcher)], join(folder, "notebooks"));
    const left = await other.execute("require('node:net').createServer().listen(0);\nundefined");
    expect(left.reply["status"]).toBe("ok");
    expect(await other.stop()).toBe(true);
  });

  test("finds a source of your own that was not there before, and what changed in it", async () => {
    const code = "import { mine } from './own';\nmine";
    expect(texts(await kernel.execute(code))).toContain("Cannot find module './own'");
    for (const value of ["1", "2"]) {
      await writeFile(join(folder, "notebooks/own.ts"), `export const mine = ${value};`);
      await until(async () => texts(await kernel.execute(code)) === `${value}\n`);
    }
  });
});

describe("a kernel ends with the Jupyter that started it", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "orphans-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  /** Starts a kernel through another process, which writes down the kernel's number. */
  async function through(script: string, env: NodeJS.ProcessEnv = {}) {
    const [shell_port, iopub_port, stdin_port, control_port, hb_port] = await freePorts(5);
    const ports = { shell_port, iopub_port, stdin_port, control_port, hb_port };
    const connection = join(folder, "connection.json");
    const pid = join(folder, "pid");
    await rm(pid, { force: true });
    const info = { ...ports, ip: "127.0.0.1", transport: "tcp", key: "k", signature_scheme: "hmac-sha256" };
    await writeFile(connection, JSON.stringify(info));
    const args = ["-c", script, "sh", process.execPath, join(root, launcher), connection, pid];
    const jupyter = spawn("sh", args, { cwd: folder, env: { ...process.env, ...env }, stdio: "ignore" });
    await until(async () => (await readFile(pid, "utf8").catch(() => "")) !== "");
    return { jupyter, kernel: Number(await readFile(pid, "utf8")) };
  }

  const start = '"$1" "$2" "$3" & echo $! > "$4.new"; mv "$4.new" "$4"';

  test("when that is killed, even while a cell keeps it busy", async () => {
    const busy = join(folder, "busy.cjs"); // the launcher, and then a loop without end, as a cell may be
    await writeFile(
      busy,
      `require(${JSON.stringify(join(root, launcher))}); require("fs").writeFileSync("busy", ""); for (;;);`,
    );
    const { jupyter, kernel } = await through(start.replace('"$2"', `"${busy}"`).replace("&", "&").concat("; wait"));
    await until(async () => (await readFile(join(folder, "busy"), "utf8").catch(() => null)) !== null);
    expect(await isRunning(kernel)).toBe(true);
    jupyter.kill("SIGKILL");
    await until(async () => !(await isRunning(kernel)));
  });

  // elsewhere a session's own process takes over what is orphaned
  const adopter = spawnSync("sh", ["-c", '(sleep 0.2; exec sh -c "echo \\$PPID") &'], {
    encoding: "utf8",
  }).stdout.trim();

  test.runIf(adopter === "1")("when that is gone before the kernel's first line", async () => {
    const { jupyter, kernel } = await through(
      start.replace('"$1"', '(sleep 0.3; exec "$1"').replace('"$3" &', '"$3") &'),
    );
    if (jupyter.exitCode === null) await once(jupyter, "exit");
    await until(async () => !(await isRunning(kernel)));
  });

  test("and when another process has taken its place", async () => {
    const dead = spawn("true");
    await once(dead, "exit");
    const { jupyter, kernel } = await through(`${start}; wait`, { JPY_PARENT_PID: String(dead.pid) });
    await until(async () => !(await isRunning(kernel)));
    jupyter.kill("SIGKILL");
  });
});

describe("a kernel that cannot start says why, and ends at once", () => {
  let project: Project;
  beforeAll(async () => {
    project = await Project.make();
    for (const name of ["tslab", "zeromq"]) {
      await rm(project.path(`node_modules/${name}`));
      const filter = (from: string) => !from.endsWith(".node");
      await cp(join(root, "node_modules", name), project.path(`node_modules/${name}`), { recursive: true, filter });
    }
  });
  afterAll(() => project.remove());

  const start = async (): Promise<string> => {
    const { code, text } = await project.run([process.execPath, project.path(launcher), "nowhere.json"]).end;
    expect(code).not.toBe(0);
    return text;
  };

  test("without zeromq's binary", async () => said("zeromq's binary is missing", await start()));

  describe("with all its packages", () => {
    beforeAll(async () => {
      await rm(project.path("node_modules/zeromq"), { recursive: true });
      await cp(join(root, "node_modules/zeromq"), project.path("node_modules/zeromq"), { recursive: true });
    });

    test.each([
      ["jupyter", "handleExecute(", "handleExecution("],
      ["jupyter", "async bindSocket(", "async bindOne("],
      ["jupyter", "async handleExecuteImpl(", "async handleExecuteInner("],
      ["converter", "exports.createConverter =", "exports.newConverter ="],
      ["executor", "exports.createExecutor =", "exports.newExecutor ="],
      ["main", "exports.startKernel =", "exports.start ="],
      ["main", "(0, executor_1.createExecutor)(", "(0, own)("],
      ["executor", "interrupt,", "stop: interrupt,"],
    ])("when %s of tslab has no %s", async (file, old, other) => {
      const path = project.path(`node_modules/tslab/dist/${file}.js`);
      const text = await readFile(path, "utf8");
      expect(text).toContain(old);
      await writeFile(path, `${text.replaceAll(old, other)}\nfunction own() { return {}; }`);
      const printed = await start().finally(() => writeFile(path, text));
      said("tslab is another than the kernel knows", printed);
    });

    test("when it is started by hand, without a connection file", async () =>
      said("a kernel is started by hand", await start()));
  });
});

describe("a file of houses", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "houses-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const problem = (path: string) =>
    readHouses(path).then(
      () => "nothing",
      ({ message }: Error) => stripVTControlCharacters(message),
    );

  test.each([
    ["a CSV file is written in UTF-16", Buffer.from("\ufefffloors,price\n1,0.5\n", "utf16le")],
    ["a CSV file has semicolons", "floors;price\n1;0,5\n"],
    ["a CSV file is empty", ""],
  ])("when %s", async (fault, content) => {
    const path = join(folder, "mine.csv");
    await writeFile(path, content);
    said(fault, await problem(path));
  });

  test("when it is a folder, is not there, or is closed", async () => {
    await mkdir(join(folder, "mine"));
    said("a folder stands where a CSV file should", await problem(join(folder, "mine")));
    said("there is no such CSV file", await problem(join(folder, "none.csv")));
    if (process.getuid?.() === 0) return; // nothing is closed to root
    await writeFile(join(folder, "closed.csv"), "floors,price\n1,2\n");
    await chmod(join(folder, "closed.csv"), 0o000);
    said("a CSV file is closed to you", await problem(join(folder, "closed.csv")));
  });
});
