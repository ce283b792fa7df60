import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { cp, lstat, mkdir, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { assets } from "./assets";
import { SETUP_STAMP } from "./failure";
import { lackOf } from "./faults";
import { installed, main, type Outcome, Problem, root, run, venv } from "./project";
import { findPython } from "./python";
import { inTurn } from "./turn";

/** Where Jupyter looks for what `jupyter/` holds; the export template and the charts are placed by `assets`. */
const PLACES = {
  "kernels/tslab": "share/jupyter/kernels/tslab",
  "overrides.json": "share/jupyter/lab/settings/overrides.json",
  "jupyter_config.json": "etc/jupyter/jupyter_config.json",
} as const;

const REQUIREMENTS = join(root, "requirements.txt");

/** Makes `.venv`, with Jupyter and what Jupyter must know of this project; quick when all that is there already. */
export async function setup(): Promise<void> {
  checkNode();
  if (!isComplete()) await install();
  for (const [from, to] of Object.entries(PLACES)) await place(join(root, "jupyter", from), join(venv, to));
  await assets(venv);
}

/** Refuses a Node that is too old for what the project stands on. */
export function checkNode(version = process.versions.node): void {
  const [major, minor] = version.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Problem(`Node 20.19 or newer is needed, and this is ${version}: install it from https://nodejs.org.`);
}

/** What the environment is made from, a line each: it is made anew when this changes, and when the project was moved. */
function stamp(command: string): string {
  const hash = createHash("sha256").update(readFileSync(REQUIREMENTS)).digest("hex");
  return [hash, venv, command].join("\n");
}

/** What was put into the environment, as far as one look into its folders tells. */
function inventory(): string[] {
  const [python] = readdirSync(join(venv, "lib")).filter((name) => name.startsWith("python"));
  return [`lib/${python}/site-packages`, "share/jupyter/lab"].flatMap((folder) =>
    readdirSync(join(venv, folder)).map((name) => join(folder, name)),
  );
}

// a Python that was removed leaves bin/python a dangling link, for which existsSync is false
function isComplete(): boolean {
  if (!existsSync(SETUP_STAMP) || !existsSync(installed("python"))) return false;
  const [from, has] = readFileSync(SETUP_STAMP, "utf8").split("\n\n");
  if (from !== stamp(process.env["PYTHON"] || from.split("\n")[2])) return false;
  return (has ?? "").split("\n").every((path) => existsSync(join(venv, path)));
}

async function install(): Promise<void> {
  const { command, version } = await findPython();
  console.log(`Setting up Jupyter in .venv with Python ${version} (once, about 250 MB)`);
  await rm(SETUP_STAMP, { force: true });
  const made = await run(command, ["-m", "venv", "--clear", venv]);
  if (made.code !== 0) throw await failure(made, "Python could not make .venv");
  await fetchPackages();
  await writeFile(SETUP_STAMP, [stamp(command), inventory().join("\n")].join("\n\n"));
}

async function failure({ lines }: Outcome, what: string): Promise<Problem> {
  const lack = await lackOf(lines, [root]);
  if (lack) return new Problem(lack);
  const errors = lines.filter((line) => /^(ERROR|WARNING|error):?/.test(line));
  return new Problem(`${what}:\n${(errors.length > 0 ? errors : lines.slice(-20)).join("\n")}`);
}

async function fetchPackages(): Promise<void> {
  let fetched = 0;
  const options = "--disable-pip-version-check --no-input --no-deps --require-hashes --progress-bar off".split(" ");
  const outcome = await run(installed("python"), ["-m", "pip", "install", ...options, "-r", REQUIREMENTS], (line) => {
    if (line.startsWith("Collecting ") && ++fetched % 20 === 0) console.log(`  ${fetched} packages fetched`);
    if (line.startsWith("Installing collected")) console.log(`  ${fetched} packages fetched, installing them`);
  });
  if (outcome.code !== 0)
    throw await failure(outcome, "pip could not install the packages of requirements.txt (is there a network?)");
}

/** Links `to` to `from`, so that an edit acts at once; copies where links are not to be had. */
async function place(from: string, to: string): Promise<void> {
  const way = relative(dirname(to), from);
  if ((await readlink(to).catch(() => "")) === way) return;
  await rm(to, { recursive: true, force: true });
  await mkdir(dirname(to), { recursive: true });
  const directory = (await lstat(from)).isDirectory();
  await symlink(way, to, directory ? "dir" : "file").catch(() => cp(from, to, { recursive: true }));
}

if (require.main === module) void main(() => inTurn(setup));
