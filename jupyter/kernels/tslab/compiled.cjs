// TypeScript's nine megabytes as V8 compiled them in an earlier kernel: they are loaded in half the time.
"use strict";

const { createHash } = require("node:crypto");
const fs = require("node:fs");
const { createRequire, wrap } = require("node:module");
const path = require("node:path");
const vm = require("node:vm");

/**
 * Loads a large file of a package as `require` does. What V8 made of it, with all functions that were called, is kept in
 * `folder` when this process ends, under a name that the text has a part in, and taken from there by the next; V8 refuses
 * what is damaged. A folder that cannot be written costs only time.
 */
function loadCompiled(file, folder) {
  const text = fs.readFileSync(file, "utf8");
  const hash = createHash("sha1").update(text).digest("hex").slice(0, 16);
  const kept = path.join(folder, [path.basename(file), hash, process.version, process.arch].join("."));
  let cachedData;
  try {
    cachedData = fs.readFileSync(kept);
  } catch {}
  const script = new vm.Script(wrap(text), { filename: file, cachedData });
  const module = { id: file, filename: file, exports: {}, loaded: true, children: [], paths: [] };
  require.cache[file] = module;
  script.runInThisContext().call(module.exports, module.exports, createRequire(file), module, file, path.dirname(file));
  if (!cachedData || script.cachedDataRejected) process.once("exit", () => keep(kept, script));
  return module.exports;
}

/** Writes what V8 made of a script to a file, which is whole whoever reads it meanwhile. */
function keep(kept, script) {
  const next = `${kept}.${process.pid}`;
  try {
    fs.mkdirSync(path.dirname(kept), { recursive: true });
    fs.writeFileSync(next, script.createCachedData());
    fs.renameSync(next, kept);
  } catch {
    try {
      fs.unlinkSync(next);
    } catch {}
  }
}

module.exports = { loadCompiled };
