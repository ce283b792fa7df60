// Cells as they were compiled ahead (see ahead.cjs): a kernel that meets one again need not compile it.
"use strict";

const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const { root, cache } = require("./needs.cjs");

const types = path.join(root, "lib/dist");
const sha = (...texts) =>
  texts.reduce((hash, text) => hash.update(text).update("\0"), createHash("sha1")).digest("hex");

/** The files in a folder with such names, in order. */
const filesIn = (folder, names) =>
  fs
    .readdirSync(folder, { recursive: true })
    .filter((name) => names.test(name))
    .sort()
    .map((name) => path.join(folder, name));

/** Of this compiler, of the library's types and of the packages as they are now. */
const version = () => {
  const sources = [
    ...filesIn(__dirname, /ts$|cjs$/),
    ...filesIn(types, /\.d\.ts$/),
    path.join(root, "package-lock.json"),
  ];
  return sha(process.versions.node, ...sources.map((file) => fs.readFileSync(file)));
};

let found;
/** Where the cells lie that were compiled by what is here now. */
const folder = () => (found ??= path.join(cache, "cells", version()));

/** What a cell becomes depends on what the cells before it declared, on its code, and on where it is. */
const fileOf = (declarations, code) => path.join(folder(), sha(process.cwd(), declarations, code));

/** What a cell became, if that was kept; what cannot be read was not. */
function keptBefore(declarations, code) {
  try {
    return JSON.parse(fs.readFileSync(fileOf(declarations, code), "utf8"));
  } catch {
    return null;
  }
}

/** Keeps what a cell became. */
function keep(declarations, code, compiled) {
  const file = fileOf(declarations, code);
  const next = `${file}.${process.pid}`; // a kernel may look meanwhile
  fs.mkdirSync(folder(), { recursive: true });
  try {
    fs.writeFileSync(next, JSON.stringify(compiled));
    fs.renameSync(next, file);
  } finally {
    fs.rmSync(next, { force: true });
  }
}

/** Takes away what an older compiler or library made. */
function forgetOthers() {
  const all = path.dirname(folder());
  for (const name of fs.existsSync(all) ? fs.readdirSync(all) : [])
    if (name !== path.basename(folder())) fs.rmSync(path.join(all, name), { recursive: true, force: true });
}

/** Whether what a file says is part of what the folder is named after. */
const isKnown = (file) => [types, path.join(root, "node_modules")].some((place) => file.startsWith(place + path.sep));

module.exports = { fileOf, forgetOthers, isKnown, keep, keptBefore };
