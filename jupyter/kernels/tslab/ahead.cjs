// Compiles the cells of the notebooks of a folder as their kernels would: `node ahead.cjs NOTEBOOK...`. One compiler, which
// grows quicker with each cell, does what each of the kernels would begin anew. Whatever stands in the way is left for
// the kernel to tell.
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const { compilerFor, metadata } = require("./compiler.cjs");
const { forgetOthers, keep, keptBefore } = require("./kept.cjs");

const compiler = compilerFor({ isJS: false, isBrowser: false });

/** Compiles a notebook up to the first cell whose outcome cannot be kept. */
function ahead(notebook) {
  let declarations = "";
  for (const { cell_type, source } of JSON.parse(fs.readFileSync(notebook, "utf8")).cells) {
    const code = [source].flat().join("");
    if (cell_type !== "code" || !code.trim()) continue;
    const { module, mode } = metadata.getCodeMetadata(code);
    if (module || mode === "browser") return;
    const kept = keptBefore(declarations, code);
    const compiled = kept ?? compiler.compile(declarations, code);
    if (!kept && !compiler.mayKeep(compiled)) return;
    if (!kept) keep(declarations, code, compiled);
    declarations = compiled.declOutput || "";
  }
}

const notebooks = process.argv.slice(2);
process.chdir(path.dirname(notebooks[0]));
for (const notebook of notebooks) {
  try {
    ahead(notebook);
  } catch {}
  console.log(notebook);
}
forgetOthers();
process.exit();
