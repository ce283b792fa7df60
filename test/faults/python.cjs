// Plays Python in the made-up project: venv, pip and nbconvert, as far as the tools look at them, and their faults. A
// notebook says in the text of its first code cell what happens to it; PLAY says where else to wait.
"use strict";

const { spawn } = require("node:child_process");
const fs = require("node:fs");
const { basename, join } = require("node:path");

const root = join(__dirname, "..");
const args = process.argv.slice(2);
const command = args[0] === "-m" ? args[1] : args[0];

/** Starts a process of its own, and says that both are at work, beside others that say so. */
function begin(where) {
  const child = spawn("sleep", ["1000"], { stdio: "ignore" });
  fs.appendFileSync(join(root, `at-work-${where}`), `${process.pid} ${child.pid} `);
  return child;
}

/** Is at work until it may go on. */
async function wait(where) {
  const child = begin(where);
  while (!fs.existsSync(join(root, "go-on"))) await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill();
}

function fill() {
  const file = fs.openSync(join(root, `filler-${process.pid}`), "w");
  for (const size of [1 << 16, 1 << 12])
    try {
      for (;;) fs.writeSync(file, Buffer.alloc(size));
    } catch {}
}

const fails = (line) => {
  console.error(line);
  process.exit(1);
};

async function execute(path, folder) {
  const notebook = JSON.parse(fs.readFileSync(path, "utf8"));
  const result = join(folder, basename(path));
  const text = notebook.cells.find(({ cell_type }) => cell_type === "code").source;
  console.log(`[NbConvertApp] Converting notebook ${path} to notebook`);
  console.log("[NbConvertApp] Executing cell:");
  if (text === "fails") fails("nbclient.exceptions.CellExecutionError: An error\n------------------\nError: broken");
  if (text === "loses its kernel")
    fails("The kernel cannot start: zeromq cannot be loaded (…): run npm ci.\nRuntimeError: Kernel died");
  if (text === "lacks a module") fails("ModuleNotFoundError: No module named 'jinja2.environment'");
  if (text === "waits") await wait(basename(path));
  if (text === "loses a cell") notebook.cells.pop();
  if (text.startsWith("fills the disk")) fill();
  if (text.startsWith("leaves a process")) begin(basename(path));
  if (text.endsWith("without a word")) process.exit(1);
  for (const cell of notebook.cells) if (cell.cell_type === "code") cell.execution_count = 1;
  const whole = JSON.stringify(notebook);
  console.log(`[NbConvertApp] Writing ${whole.length} bytes to ${result}`);
  try {
    fs.writeFileSync(result, text === "is cut" ? whole.slice(0, 100) : whole);
  } catch (error) {
    fails(`OSError: ${error.message}`);
  }
}

async function convert(paths, folder) {
  if (process.env.PLAY === "wait in export") await wait("export");
  if (process.env.PLAY === "fill in export") fill();
  for (const path of paths) {
    const title = basename(path, ".ipynb");
    const text = `<div class="prose"><!--prose--><h1 id="${title}">${title}</h1><p>Text.</p><!--/prose--></div>`;
    const main = `<a class="book" href="#text"><!--book--><!--/book--></a><main id="text">${text}<!--pager--></main>`;
    const page = `<!DOCTYPE html><html lang="en"><head><title>x</title><!--head--></head><body>${main}</body></html>`;
    fs.writeFileSync(join(folder, `${title}.html`), page);
  }
}

async function play() {
  if (command === "-c") console.log("3.12.0");
  if (command === "venv") {
    if (process.env.PLAY === "no room") fails("Error: [Errno 122] Disk quota exceeded");
    const venv = args.at(-1);
    fs.rmSync(venv, { recursive: true, force: true });
    for (const folder of ["bin", "lib/python3.12/site-packages/nbconvert", "share/jupyter/lab/static"])
      fs.mkdirSync(join(venv, folder), { recursive: true });
    fs.cpSync(join(root, "python/python"), join(venv, "bin/python"));
  }
  if (command === "pip") {
    if (process.env.PLAY === "wait in setup") await wait("setup");
    if (process.env.PLAY === "no network") fails("ERROR: No matching distribution found for anyio==4.16.0");
  }
  if (command !== "nbconvert") return;
  if (!fs.existsSync(join(root, ".venv/lib/python3.12/site-packages/nbconvert")))
    fails(`${root}/.venv/bin/python: No module named nbconvert`);
  const at = args.indexOf("--output-dir");
  if (args.includes("--execute")) for (const path of args.slice(at + 2)) await execute(path, args[at + 1]);
  else await convert(args.slice(at + 2), args[at + 1]);
}

void play();
