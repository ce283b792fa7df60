// Plays what compiles cells ahead in the made-up project: it says that each notebook is compiled, and is at work for as
// long as one of them waits.
"use strict";

const fs = require("node:fs");
const { join } = require("node:path");

const root = join(__dirname, "../../..");
const notebooks = process.argv.slice(2);
for (const notebook of notebooks) console.log(notebook);
if (notebooks.some((notebook) => fs.readFileSync(notebook, "utf8").includes('"source":"waits"'))) {
  fs.appendFileSync(join(root, "at-work-ahead"), `${process.pid} `);
  const waiting = setInterval(() => fs.existsSync(join(root, "go-on")) && clearInterval(waiting), 20);
}
