import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { root } from "../tools/project";
import { Kernel, type Result } from "./client";

const folder = join(root, "notebooks");
const launcher = join(root, "jupyter/kernels/tslab/launch.cjs");
let kernel: Kernel;

/** The error output of a cell, as a reader sees it; undefined when it ended well. */
function errorOf({ outputs }: Result): string | undefined {
  const error = outputs.find(({ header }) => header.msg_type === "error");
  return error && stripVTControlCharacters(error.content["traceback"].join("\n"));
}

/** The outputs that a notebook keeps: those after the last `clear_output`, as words. */
function kept({ outputs }: Result): string[] {
  const cleared = outputs.map(({ header }) => header.msg_type).lastIndexOf("clear_output");
  return outputs
    .slice(cleared + 1)
    .map(({ content }) => content["text"] ?? content["data"]?.["text/plain"] ?? content["ename"]);
}

/** The lines that a training showed and changed in place. */
const passing = ({ outputs }: Result): string[] =>
  outputs.filter(({ content }) => content["transient"]?.display_id).map(({ content }) => content["data"]["text/plain"]);

/** Interrupts the kernel again and again, because a signal that comes while a cell is compiled is lost. */
const interrupting = (): NodeJS.Timeout => setInterval(() => kernel.process.kill("SIGINT"), 500);

const printed = ({ outputs }: Result): string => outputs.map(({ content }) => content["text"] ?? "").join("");

/** Runs in the kernel before its launcher, and notes whether zeromq is asked to bind in the background. */
const noteBinding = `
  const { Router } = require(${JSON.stringify(join(root, "node_modules/zeromq"))});
  const { bind } = Router.prototype;
  const value = function (address) {
    process.env.BOUND_IN_BACKGROUND = address;
    return bind.call(this, address);
  };
  Object.defineProperty(Router.prototype, "bind", { value });`;

describe("the kernel with its launcher", () => {
  let notes: string;
  beforeAll(async () => {
    notes = await mkdtemp(join(tmpdir(), "notes-"));
    await writeFile(join(notes, "binding.cjs"), noteBinding);
    kernel = await Kernel.start(["--require", join(notes, "binding.cjs"), launcher], folder);
  });
  afterAll(async () => {
    expect(await kernel.stop()).toBe(true);
    await rm(notes, { recursive: true });
  });

  test.each([
    [
      "a throw",
      "const n = 1;\n\nthrow new RangeError('too big')",
      /^RangeError: too big\n {4}at cell \[\d+\], line 3$/,
    ],
    [
      "a throw in a function",
      "interface P {\n  a: 1;\n}\nfunction f() {\n  throw new Error('in f');\n}\nf()",
      /^Error: in f\n {4}at f \(cell \[\d+\], line 5\)\n {4}at cell \[\d+\], line 7$/,
    ],
    ["a thrown string", "throw 'no'", /^Thrown: no$/],
    ["a cause", "throw new Error('outer', { cause: new Error('inner') })", /^Error: outer[^]*caused by\nError: inner/],
    [
      "a type error",
      "const a = 1;\nconst s: string = 2;",
      /^TypeScript: line 2, column 7: Type 'number' is not assignable to type 'string'\.\n {2}const s: string = 2;\n {8}\^$/,
    ],
    ["a syntax error", "const = 1", /^TypeScript: line 1, column 7: Variable declaration expected\./],
    ["an unknown name", "nowhere + 1", /^TypeScript: line 1, column 1: Cannot find name 'nowhere'\./],
    [
      "a wrong import",
      "import { nothing } from '../lib'",
      /^TypeScript: line 1, column 10: Module '"\.\.\/lib"' has no exported member/,
    ],
    [
      "an awaited rejection",
      "await Promise.reject(new Error('awaited'))",
      /^Error: awaited\n {4}at cell \[\d+\], line 1$/,
    ],
    [
      "a throw after an await",
      "await null;\n\nthrow new Error('after')",
      /^Error: after\n {4}at cell \[\d+\], line 3$/,
    ],
    ["a floating rejection", "void Promise.reject(new Error('floating'));", /^Error: floating/],
    [
      "a throw in a timer",
      "setTimeout(() => {\n  throw new Error('timer');\n}, 150);\nundefined",
      /^Error: timer\n.*line 2/,
    ],
    [
      "a throw in a callback that the cell waits for",
      "setTimeout(() => { throw new Error('early') }, 20);\nawait new Promise(() => {})",
      /^Error: early/,
    ],
    ["a file that is not there", "require('fs').createReadStream('nowhere.csv');\nundefined", /ENOENT/],
    ["process.exit", "process.exit(1)", /^Error: process\.exit would end the kernel/],
    [
      "a throw in lib",
      "import { derivative } from '../lib';\nderivative(() => { throw new Error('mine') }, 1)",
      /^Error: mine\n {4}at cell \[\d+\], line 2$/,
    ],
    [
      "a mistake in a timer",
      "setTimeout(() => nothing.at.all, 10);\nconst nothing: any = {};",
      /^TypeError: Cannot read properties of undefined \(reading 'all'\)\n {4}at cell \[\d+\], line 1$/,
    ],
    [
      "what lib cannot read",
      "import { fit, linear } from '../lib';\nfit(linear, null, { x: [1], y: [2] })",
      /^TypeError: .* not iterable.*\n {4}at predict \(eval at compiled \(lib\/dist\/engine\/javascript\.js:\d+:\d+\), <anonymous>:\d+:\d+\)\n {4}at cell \[\d+\], line 2$/,
    ],
    [
      "malformed LaTeX",
      "import { derive } from '../lib';\nderive`\\frac{1}{N \\sum_i x_i = 3`",
      /^DerivationError: Expected }, found “=”.*\n.*\n *\^\n {4}at cell \[\d+\], line 2$/,
    ],
    [
      "a function that calls itself without end",
      "function deep(n) {\n  return deep(n + 1) + 1;\n}\ndeep(0)",
      /^RangeError: A function calls itself without end\.\n {4}at deep \(cell \[\d+\], line 2\)$/,
    ],
    [
      "a name that lib has",
      "sigmoidal(20)",
      /^TypeScript: line 1, column 1: Cannot find name 'sigmoidal'\.\n.*\n.*\n {2}It is in lib: import { sigmoidal } from "\.\.\/lib";$/,
    ],
    ["a name that is nowhere", "tetha + 1", /\n {2}Is it spelt right, and has the cell that defines it been run\?$/],
    [
      "a name of lib misspelt",
      "import { desend } from '../lib'",
      /column 10: .*Did you mean 'descend'\?\n.*\n {11}\^$/,
    ],
    [
      "a forgotten await",
      "import { readHouses } from '../lib';\nreadHouses('../data/house-prices.csv').x",
      /^TypeScript: line 2, column 40: Property 'x' does not exist.*\n.*\n.*\n {2}Did you forget await\?$/,
    ],
    [
      "a brace that is not closed",
      "function f(x: number) {\n  return x;\n\nf(3)",
      /^TypeScript: line 4, column 5: '}' expected\. The { at line 1, column 23 is not closed\.\n {2}f\(3\)\n {6}\^$/,
    ],
    [
      "a bracket too many",
      "const n = 1;\nMath.max(n, 2))",
      /^TypeScript: line 2, column 15: This \) closes nothing\.\n {2}Math\.max\(n, 2\)\)\n {16}\^$/,
    ],
    [
      "a mistake at the end of a long line",
      `const long = [${"1, ".repeat(60)}missing];`,
      /^TypeScript: line 1, column 195: .*\n {2}… [1, ]{44}missing];\n {48}\^\n/,
    ],
  ])("reports %s", async (_, code, expected) => {
    const result = await kernel.execute(code);
    expect(result.reply["status"]).toBe("error");
    expect(errorOf(result)).toMatch(expected);
    expect(errorOf(result)).not.toContain(root);
    expect(result.reply["ename"]).toBeTruthy();
  });

  test("does not mistake what is printed for an error", async () => {
    const result = await kernel.execute("console.error('%s:%d - %s', 1, 2, 'only a note')");
    expect(result.reply["status"]).toBe("ok");
    expect(printed(result)).toBe("1:2 - only a note\n");
  });

  test("reports what fails after its cell has ended in the next cell", async () => {
    const unwatched = "setTimeout(() => { throw new Error('later') }, 100).unref();\nundefined";
    expect((await kernel.execute(unwatched)).reply["status"]).toBe("ok");
    let told: string | undefined;
    while (!told) told = errorOf(await kernel.execute("1"));
    expect(told).toMatch(/^Error: a cell before this one failed after it had ended\n[^]*Error: later/);
    expect((await kernel.execute("2")).reply["status"]).toBe("ok");
  });

  test("counts every cell once, whatever is in it", async () => {
    const codes = ["1", "1", "", "// nothing", "type T = 1;", "throw 1", "let x: T;"];
    const counts: number[] = [];
    for (const code of codes) counts.push((await kernel.execute(code)).reply["execution_count"] as number);
    expect(counts).toEqual(counts.map((_, i) => counts[0] + i));
  });

  test("loses no output", async () => {
    const lines = printed(await kernel.execute("for (let i = 0; i < 3000; i++) console.log(i);"))
      .trim()
      .split("\n");
    expect(lines.length).toBe(3000);
    expect(lines.every((line, i) => Number(line) === i)).toBe(true);

    const display = "require('tslab/dist/jupyter').lastWriteDisplayData";
    const shown = await kernel.execute(
      `for (let i = 0; i < 3000; i++) ${display}({ data: { 'text/plain': String(i) }, metadata: {}, transient: {} }, false);`,
    );
    expect(shown.reply["status"]).toBe("ok");
    expect(kept(shown).map(Number)).toEqual(lines.map((_, i) => i));
  });

  test("keeps what a timer prints", async () => {
    expect(printed(await kernel.execute("setTimeout(() => console.log('late'), 100);\nundefined"))).toBe("late\n");
  });

  describe("a long training", () => {
    const training = [
      "import { descend } from '../lib';",
      "const bowl = { value: ([w]) => w * w, gradient: ([w], out = []) => { out[0] = 2 * w; return out; } };",
      "function waiting(rate) { return () => { const end = Date.now() + 1; while (Date.now() < end); return rate; }; }",
      "function train(rate, epochs = 1500) { return descend(bowl, [1], { epochs, alpha: waiting(rate) }); }",
    ].join("\n");

    beforeAll(async () => {
      await kernel.execute(training);
    });

    test("tells how far it is in a line that is not kept", async () => {
      const result = await kernel.execute("train(0.001);\nundefined");
      expect(passing(result)[0]).toMatch(/^epoch [\d,]+ of 1,500 \(\d+%\), loss 0\.\d+$/);
      expect(passing(result).length).toBeGreaterThan(2);
      expect(result.outputs.map(({ header }) => header.msg_type).filter((type, i, all) => type !== all[i - 1])).toEqual(
        ["display_data", "update_display_data", "clear_output"],
      );
      expect(kept(result)).toEqual([]);
    });

    test("keeps what is shown before it, between two, and after it", async () => {
      const result = await kernel.execute(
        "console.log('before'); train(0.001); console.log('between'); train(0.001);\n'after'",
      );
      expect(new Set(result.outputs.map(({ content }) => content["transient"]?.display_id)).size).toBe(3);
      expect(kept(result)).toEqual(["before\n", "between\n", "after\n"]);
    });

    test("takes its line away when it diverges, or is stopped", async () => {
      const diverged = await kernel.execute("console.log('before');\ntrain(1.25)");
      expect(passing(diverged).length).toBeGreaterThan(0);
      expect(kept(diverged)).toEqual(["before\n", "DivergenceError"]);
      expect(kept(await kernel.execute("try { train(1.25); } catch (error) { console.log(error.name); }"))).toEqual([
        "DivergenceError\n",
      ]);

      let signals: NodeJS.Timeout | undefined;
      const stopped = await kernel.execute("console.log('before');\ntrain(0.001, 1e9)", true, (messages) => {
        if (messages.length > 6) signals ??= interrupting();
      });
      clearInterval(signals);
      expect(passing(stopped).length).toBeGreaterThan(2);
      expect(kept(stopped)).toEqual(["before\n", "Interrupted"]);
    });
  });

  test("finds a variable of an earlier cell in a shorthand property", async () => {
    await kernel.execute("const epochs = 10, alpha = 0.5;\nlet rest = 0;");
    const own = "[1].map((epochs) => ({ epochs }))[0].epochs";
    expect(
      printed(
        await kernel.execute(`({ rest } = { rest: 7 });\nJSON.stringify({ epochs, rest, own: ${own}, ...{ alpha } })`),
      ),
    ).toBe('{"epochs":10,"rest":7,"own":1,"alpha":0.5}\n');
    expect(errorOf(await kernel.execute("({ epochs, missing })"))).toContain("column 12");
  });

  test("does not run the cells that were sent along with a failing one, and says so", async () => {
    const status = async (codes: readonly string[], stop: boolean) =>
      (await Promise.all(codes.map((code) => kernel.execute(code, stop)))).map(({ reply }) => reply["status"]);
    expect(await status(["1", "throw 2", "3", "4"], true)).toEqual(["ok", "error", "aborted", "aborted"]);
    expect(await status(["const end = Date.now() + 300; while (Date.now() < end); throw 1", "2"], true)).toEqual([
      "error",
      "aborted",
    ]);
    expect(await status(["1", "throw 2", "3"], false)).toEqual(["ok", "error", "ok"]);
    expect(await status(["5"], true)).toEqual(["ok"]);
  });

  test("does not run a cell either that comes a moment after the error, as the last of many sent along may", async () => {
    const sentAfterError = async (): Promise<string> => {
      let after: Promise<Result> | undefined;
      await kernel.execute("throw 1", true, (messages) => {
        if (messages.at(-1)!.header.msg_type === "error") after = kernel.execute("1");
      });
      return (await after!).reply["status"];
    };
    // a busy machine may bring it too late: one in time is enough, and without the kernel's patience none ever is
    let status = "ok";
    for (let tries = 0; tries < 50 && status === "ok"; tries++) status = await sentAfterError();
    expect(status).toBe("aborted");
  });

  test("binds its sockets at once: in the background, a message that came too early would be the last it hears", async () => {
    expect(printed(await kernel.execute("String(process.env.BOUND_IN_BACKGROUND)"))).toBe("undefined\n");
  });

  test.each([
    ["an endless loop", "while (true) {}"],
    ["an endless wait", "await new Promise(() => {})"],
    ["an endless loop in a function that is called again", "function spin() { for (;;) {} }\nspin()"],
  ])("is interrupted in %s", async (_, code) => {
    const running = kernel.execute(code);
    const signals = interrupting();
    const result = await running.finally(() => clearInterval(signals));
    expect(errorOf(result)).toBe("Interrupted: the cell was stopped");
    expect(printed(await kernel.execute("'alive'"))).toBe("alive\n");
  });

  test("completes names and shows their documentation", async () => {
    await kernel.execute(
      "/** The slope at x. */\nfunction slope(x: number): number { return 2 * x }\nconst houses = [{ price: 1, floors: 2 }];",
    );
    const complete = async (code: string) =>
      (await kernel.request("complete_request", { code, cursor_pos: code.length })).reply["matches"];
    expect(await complete("slo")).toEqual(["slope"]);
    expect(await complete("houses[0].")).toEqual(["floors", "price"]);
    const inspect = async (code: string) =>
      (await kernel.request("inspect_request", { code, cursor_pos: code.length, detail_level: 0 })).reply;
    for (const code of ["slope", "slope(", "slope(2"]) {
      expect((await inspect(code))["data"]["text/plain"]).toBe("function slope(x: number): number\n\nThe slope at x.");
    }
    expect((await inspect("  "))["found"]).toBe(false);

    await kernel.execute("import { descend, linear, mse } from '../lib';");
    expect(await complete("desc")).toEqual(["descend"]);
    const words = async (code: string) => (await inspect(code))["data"]["text/plain"] as string;
    expect(await words("descend(")).toMatch(
      /^function descend\(J: Objective, start: Theta, settings: {[^]*}\): Run\n\nGradient descent: [^]*\n\nThrows RangeError when/,
    );
    expect(await words("linear")).toBe("const linear: FormulaModel\n\nA straight line (L5).");
  });

  test("describes the language in the same words everywhere", async () => {
    const { language_info } = (await kernel.request("kernel_info_request", {})).reply;
    expect(language_info).toMatchObject({ name: "typescript", version: "3.7.2", file_extension: ".ts" });
  });
});

test("a kernel that has needed only console knows all of Node.js, and sources of your own, when a cell does", async () => {
  const own = await mkdtemp(join(tmpdir(), "own-"));
  await writeFile(join(own, "own.ts"), 'export const n: number = 41;\nconsole.log("own runs");\n');
  const fresh = await Kernel.start([launcher], own);
  const outcome = async (code: string) => {
    const result = await fresh.execute(code);
    return errorOf(result) ?? printed(result);
  };
  try {
    expect(await outcome("const out = console;\nout.log('one')")).toBe("one\n");
    expect(await outcome('import { n } from "./own";\nconsole.log(n + 1)')).toBe("own runs\n42\n");
    expect(await outcome("console.log(n + 2)")).toBe("43\n");
    expect(await outcome("out.info(process.argv.length > 0, Buffer.from('a').length)")).toBe("true 1\n");
    expect(await outcome("n.length")).toContain("Property 'length' does not exist on type 'number'");
    expect(await outcome('import { n as again } from "./own";\nconsole.log(again)')).toBe("41\n");
  } finally {
    await fresh.stop();
    await rm(own, { recursive: true });
  }
});

describe("plain tslab, without the launcher", () => {
  test("runs cells that use lib, and gets rich output", async () => {
    const stock = await Kernel.start([join(root, "node_modules/tslab/bin/tslab"), "kernel", "--config-path"], folder);
    try {
      const imported = await stock.execute("import * as lib from '../lib';\nObject.keys(lib).length > 0");
      expect(printed(imported)).toBe("true\n");
      const training = await stock.execute(
        "lib.descend({ value: ([w]) => w * w, gradient: ([w]) => [2 * w] }, [1], { epochs: 1e7, alpha: 0.1 }).epochs",
      );
      expect(printed(training)).toBe("10000000\n");
      const rich =
        "require('tslab/dist/jupyter').lastWriteDisplayData({ data: { 'text/plain': 'p', 'text/x': 'x' }, metadata: {}, transient: {} }, false)";
      expect((await stock.execute(rich)).outputs[0].content["data"]).toEqual({ "text/plain": "p", "text/x": "x" });
    } finally {
      await stock.stop();
    }
  });
});

describe("what V8 made of a large file", () => {
  const FILE = "large.js";
  let own: string;
  beforeEach(async () => {
    own = await mkdtemp(join(tmpdir(), "compiled-"));
    await writeFile(join(own, FILE), "const path = require('path');\nexports.name = () => path.basename(__filename);");
  });
  afterEach(() => rm(own, { recursive: true }));

  /** Loads the file in a process of its own, and calls what it exports. */
  const loaded = (kept: string): string => {
    const compiled = JSON.stringify(join(root, "jupyter/kernels/tslab/compiled.cjs"));
    const [file, folder] = [join(own, FILE), join(own, kept)].map((path) => JSON.stringify(path));
    const text = `console.log(require(${compiled}).loadCompiled(${file}, ${folder}).name());`;
    const { stdout, stderr } = spawnSync(process.execPath, ["-e", text], { encoding: "utf8" });
    return stdout + stderr;
  };

  test("is kept and used by the next kernel, unless it is damaged or of another text of the same length", async () => {
    expect(loaded("kept")).toBe(`${FILE}\n`);
    const [name] = await readdir(join(own, "kept"));
    const made = () => readFile(join(own, "kept", name));
    const first = await made();
    await writeFile(join(own, "kept", name), Buffer.concat([first, Buffer.from("a mark")])); // V8 looks at its own part only
    expect(loaded("kept")).toBe(`${FILE}\n`);
    expect((await made()).subarray(-6).toString()).toBe("a mark"); // taken, and not made anew
    await writeFile(join(own, "kept", name), "damaged");
    expect(loaded("kept")).toBe(`${FILE}\n`);
    expect((await made()).length).toBeGreaterThan(100);
    const text = await readFile(join(own, FILE), "utf8");
    await writeFile(join(own, FILE), text.replace("basename", "dirname ")); // as long as before, which is what V8 looks at
    expect(loaded("kept")).toBe(`${own}\n`);
    expect(await readdir(join(own, "kept"))).toHaveLength(2);
  });

  test("costs only time where it cannot be kept", () => {
    expect(loaded(FILE)).toBe(`${FILE}\n`);
  });
});
