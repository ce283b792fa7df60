import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";

type Lib = typeof import("../lib");
type Model = import("../lib").Model;
type Loss = import("../lib").Loss;
type Data = import("../lib").Data;
type Objective = import("../lib").Objective;

/** Seconds by the name of the work. */
type Seconds = Record<string, number>;

/** Somebody who does the same work: its name with its version, and a run of all of it, in a process of its own. */
interface Peer {
  readonly name: string;
  run(): Seconds;
}

/** So many processes, and in each so many runs of a piece of work, as of that in C; but for the first run, which is one. */
const ROUNDS = 5;
const RUNS = 5;
const root = resolve(__dirname, "../../..");

/** The work, and the most that it may take, in times of a peer. */
const WORK: readonly (readonly [name: string, most: string])[] = [
  ["network, first run", "C"],
  ["network", "0.7 C"],
  ["network in plain TypeScript", "3.5 C"],
  ["sigmoid", "1.5 C"],
  ["line", "1.5 C"],
  ["a hundred starts", "1.2 C"],
  ["line on 21,613 rows", "numpy"],
  ["network on 21,613 rows", "0.5 numpy"],
];

function ours(lib: Lib): Seconds {
  const { descend, leakyRelu, linear, linearly, mae, mse, network, objective, sigmoidal, tanh } = lib;
  const houses = { x: [1, 2, 3, 4], y: [0.7, 1.5, 4.5, 9.5] };
  const rows = Array.from({ length: 21_613 }, (_, i) => i);
  const many = { x: rows.map((i) => 1 + (i % 7) / 2), y: rows.map((i) => 1 + (i % 7) / 2 + (i % 13) / 9) };
  const half = [0.5, 0.5, 0.5, 0.5];
  const seconds: Seconds = {};
  const time = (name: string, work: () => unknown, runs = RUNS): void => {
    const once = (): number => {
      const start = performance.now();
      work();
      return (performance.now() - start) / 1000;
    };
    seconds[name] = Math.min(...Array.from({ length: runs }, once));
  };
  const train = (of: Model, loss: Loss, data: Data, start: number[], epochs: number, alpha: number) =>
    descend(objective(loss, of, data), start, { epochs, alpha });
  let soft = linear;
  const first = (): void => {
    soft = network(tanh, leakyRelu(1e-6));
    train(soft, mae, houses, half, 2_000_000, 5e-5);
  };
  time("network, first run", first, 1);
  time("network", () => train(soft, mae, houses, half, 2_000_000, 5e-5));
  time("sigmoid", () => train(sigmoidal(20), mse, houses, [0.5, 0.5], 2_000_000, 5e-4));
  time("line", () => train(linear, mse, houses, [0.5, 0.5], 2_000_000, 5e-3));
  const J = objective(mae, soft, houses);
  time("a hundred starts", () => {
    for (let s = 0; s < 100; s++)
      descend(J, [(s % 7) - 3.2, (s % 5) - 2.1, (s % 3) - 0.9, (s % 11) / 5 - 1], {
        epochs: 50_000,
        alpha: linearly(0.005, 1e-5),
      });
  });
  time("line on 21,613 rows", () => train(linear, mse, many, [0.5, 0.5], 1000, 1e-3));
  time("network on 21,613 rows", () => train(soft, mae, many, half, 200, 1e-3));
  time("network in plain TypeScript", () => train(plainNetwork, mae, houses, half, 2_000_000, 5e-5));
  return seconds;
}

/** The network as somebody writes it who has no formula; to take theta apart as [W1, b1, W2, b2] costs half as much again. */
const plainNetwork: Model = {
  name: "network",
  parameters: ["W1", "b1", "W2", "b2"],
  predict(theta, x) {
    const k = theta[2] * Math.tanh(theta[0] * x + theta[1]) + theta[3];
    return k > 0 ? k : 1e-6 * k;
  },
  gradient(theta, x, out = []) {
    const l = Math.tanh(theta[0] * x + theta[1]);
    const dk = theta[2] * l + theta[3] > 0 ? 1 : 1e-6;
    const dm = dk * theta[2] * (1 - l * l);
    out[0] = dm * x;
    out[1] = dm;
    out[2] = dk * l;
    out[3] = dk;
    return out;
  },
};

/** Nanoseconds an epoch against the number of data and of parameters, the least of a few. */
function growth({ descend, linear, model, mse, objective }: Lib): { data: Seconds; parameters: Seconds } {
  const least = (J: Objective, start: readonly number[], epochs: number): number => {
    const once = (): number => {
      const before = performance.now();
      descend(J, start, { epochs, alpha: 1e-9 });
      return ((performance.now() - before) * 1e6) / epochs;
    };
    return Math.min(...Array.from({ length: 7 }, once));
  };
  const some = (N: number): Data => {
    const x = Array.from({ length: N }, (_, i) => 1 + (i % 7) / 2);
    return { x, y: x };
  };
  const data: Seconds = {};
  for (let N = 4; N <= 1_000_000; N = N < 100_000 ? 8 * N : 1_000_001) {
    const J = objective(mse, linear, some(N));
    data[String(N)] = least(J, [0.5, 0.5], Math.max(5, Math.ceil(2_000_000 / N)));
  }
  data["1000000"] = least(objective(mse, linear, some(1_000_000)), [0.5, 0.5], 5);
  const parameters: Seconds = {};
  for (const P of [2, 4, 8, 16, 32, 64]) {
    const names = Array.from({ length: P }, (_, p) => `W_{${p + 1}}`);
    const text = (raw: string): TemplateStringsArray => Object.assign([raw], { raw: [raw] });
    const sum = model(text(`h(x) = ${names.map((name, p) => `${name} x^{${1 + (p % 3)}}`).join(" + ")}`));
    const slopes = names
      .map((name, p) => `\\frac{\\partial h}{\\partial ${name}} = x^{${1 + (p % 3)}}`)
      .join(", \\quad ");
    const J = objective(mse, sum.shortcut(text(slopes)), some(64));
    parameters[String(P)] = least(
      J,
      names.map(() => 0.01),
      20_000,
    );
  }
  return { data, parameters };
}

function node(mode: string): string {
  return execFileSync(process.execPath, [__filename, mode], { encoding: "utf8", cwd: root });
}

/** Lines "name seconds". */
function secondsOf(text: string): Seconds {
  const lines = text.split("\n").flatMap((line) => [/^(.+) ([\d.e-]+)$/.exec(line)].filter((found) => found !== null));
  return Object.fromEntries(lines.map(([, name, seconds]) => [name, Number(seconds)]));
}

function peers(folder: string): (Peer | string)[] {
  return [compiler(folder), ...["numpy", "jax"].map(python), tensorflow()];
}

function compiler(folder: string): Peer | string {
  const version = spawnSync("gcc", ["-dumpfullversion"], { encoding: "utf8" });
  if (version.status !== 0) return "C is left out: there is no gcc.";
  const program = join(folder, "descent");
  execFileSync("gcc", ["-O3", "-o", program, join(root, "bench/descent.c"), "-lm"]);
  return {
    name: `C (gcc ${version.stdout.trim()} -O3)`,
    run: () => secondsOf(execFileSync(program, { encoding: "utf8" })),
  };
}

function python(module: string): Peer | string {
  const command = process.env["PYTHON"] ?? "python3";
  const version = spawnSync(command, ["-c", `import ${module}; print(${module}.__version__)`], { encoding: "utf8" });
  if (version.status !== 0)
    return `${module} is left out: ${command} has none (pip install -r bench/requirements.txt; PYTHON=… chooses another Python).`;
  const script = join(root, "bench/descent.py");
  return {
    name: `${module} ${version.stdout.trim()}`,
    run: () => secondsOf(execFileSync(command, [script, module], { encoding: "utf8" })),
  };
}

function tensorflow(): Peer | string {
  const home = join(root, "node_modules/@tensorflow/tfjs");
  if (!existsSync(home)) return "tensorflow.js is left out: it is not among the packages.";
  const { version } = require(join(home, "package.json")) as { version: string };
  return { name: `tensorflow.js ${version}`, run: () => secondsOf(node("--tensorflow")) };
}

/** A hundredth of the work, for one call an epoch takes its time. */
function tensorflowSeconds(): string {
  const tf = require(join(root, "node_modules/@tensorflow/tfjs"));
  tf.enableProdMode();
  const [x, y] = [tf.tensor1d([1, 2, 3, 4]), tf.tensor1d([0.7, 1.5, 4.5, 9.5])];
  const theta = Array.from({ length: 4 }, () => tf.variable(tf.scalar(0.5)));
  const optimizer = tf.train.sgd(5e-5);
  const loss = () => {
    const [W1, b1, W2, b2] = theta;
    const k = W2.mul(tf.tanh(W1.mul(x).add(b1))).add(b2);
    return tf.leakyRelu(k, 1e-6).sub(y).abs().mean();
  };
  const epochs = 1000;
  for (let k = 0; k < 50; k++) optimizer.minimize(loss);
  const start = performance.now();
  for (let k = 0; k < epochs; k++) optimizer.minimize(loss);
  return `network ${((performance.now() - start) / 1000) * (2_000_000 / epochs)}`;
}

function leastOf(runs: readonly Seconds[]): Seconds {
  const names = [...new Set(runs.flatMap((run) => Object.keys(run)))];
  return Object.fromEntries(
    names.map((name) => [name, Math.min(...runs.map((run) => run[name] ?? Number.POSITIVE_INFINITY))]),
  );
}

function table(): void {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    const found = peers(folder);
    const present = found.filter((peer) => typeof peer !== "string");
    for (const word of found.filter((peer) => typeof peer === "string")) console.log(word);
    const runs: Seconds[][] = [[], ...present.map(() => [])];
    for (let round = 0; round < ROUNDS; round++) {
      runs[0].push(secondsOf(node("--ours")));
      present.forEach((peer, k) => {
        const slow = !peer.name.startsWith("C") && round > 1;
        if (!slow) runs[k + 1].push(peer.run());
      });
    }
    const all = runs.map(leastOf);
    const { model } = cpus()[0];
    console.log(`\nSeconds, the least of up to ${ROUNDS} processes; ${model.trim()}, Node ${process.versions.node}\n`);
    const head = ["work", "ours", ...present.map(({ name }) => name), "at most"];
    console.log(
      `| ${head.join(" | ")} |\n| :-- |${head
        .slice(1)
        .map(() => " --: |")
        .join("")}`,
    );
    for (const [name, most] of WORK) {
      const base = name.replace(/, first run| in plain TypeScript/, "");
      const cells = all.map((seconds, k) => seconds[k === 0 ? name : base]?.toPrecision(2) ?? "");
      console.log(`| ${[name, ...cells, most].join(" | ")} |`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  drawn(JSON.parse(node("--growth")) as ReturnType<typeof growth>);
}

/** How the time of an epoch grows: on logarithmic axes, where a line that rises by a decade a decade is linear. */
function drawn({ data, parameters }: ReturnType<typeof growth>): void {
  for (const [what, times] of Object.entries({ data, parameters })) {
    console.log(
      `\nNanoseconds an epoch against the number of ${what} (the line${what === "data" ? "" : ", 64 data"})\n`,
    );
    const smallest = Math.min(...Object.values(times));
    for (const [n, time] of Object.entries(times)) {
      const bar = "█".repeat(1 + Math.round(8 * Math.log10(time / smallest)));
      console.log(
        `${n.padStart(9)} ${time.toFixed(0).padStart(10)}  ${(time / Number(n)).toFixed(2).padStart(7)} each  ${bar}`,
      );
    }
  }
}

const lib = (): Lib => require(join(root, "lib/dist")) as Lib;
const print = (seconds: Seconds): void => {
  for (const [name, value] of Object.entries(seconds)) console.log(`${name} ${value}`);
};
const [mode] = process.argv.slice(2);
if (mode === "--ours") print(ours(lib()));
else if (mode === "--growth") console.log(JSON.stringify(growth(lib())));
else if (mode === "--tensorflow") console.log(tensorflowSeconds());
else table();
