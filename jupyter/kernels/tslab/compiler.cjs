// The compiler of cells: tslab's converter, with the line numbers and the shorthand { x } that it loses. TypeScript is not
// loaded before somebody needs it: a cell that was compiled ahead does without.
"use strict";

const { SourceMap } = require("node:module");
const path = require("node:path");
const { setFlagsFromString } = require("node:v8");

const { isKnown, keptBefore } = require("./kept.cjs");
const { TYPESCRIPT, demand, load, misses, placeOf, putInPlace } = require("./needs.cjs");

// A compiler, and a checker of formulas, are thousands of functions that are called some hundred times. V8 would optimise
// most of them at the wrong moment: it is to look less often for what is worth it (each 132 kB of code that was run).
setFlagsFromString("--interrupt-budget=600000");

// ---- TypeScript, when it is needed ----------------------------------------------------------------------------------

let typescript = null;
/** What tslab looks at when it is loaded, and what it sets then. */
const early = {
  __esModule: true,
  sys: {},
  version: load(path.join(path.dirname(placeOf(TYPESCRIPT)), "../package.json")).version,
};
/** TypeScript as tslab and the kernel see it. */
const ts = new Proxy(early, {
  get: (_, name) => (typescript || !(name in early) ? (hooks[name] ?? whole()[name]) : early[name]),
});
putInPlace(TYPESCRIPT, ts);

/** TypeScript itself. */
function whole() {
  if (typescript) return typescript;
  typescript = demand(load(TYPESCRIPT), "typescript", [
    "bindSourceFile",
    "createAbstractBuilder",
    "createSemanticDiagnosticsBuilderProgram",
    "createWatchCompilerHost",
    "transpileModule",
  ]);
  putInPlace(TYPESCRIPT, ts);
  Object.assign(typescript.sys, early.sys);
  return typescript;
}

/** Whether the compiler that is made next knows the types of Node.js. */
let knowsNode = true;
/** Whether all that the last program stands on is known to whoever keeps what it became. */
let isKept = false;

/**
 * The program of a cell, without the table of all that refers to all, which tslab has TypeScript make twice for each cell
 * and asks for one thing only: which sources, beside the declarations of libraries, a file stands on.
 */
function programOf(...args) {
  const builder = ts.createAbstractBuilder(...args);
  const program = builder.getProgram();
  const own = program.getRootFileNames();
  const files = program.getSourceFiles();
  const sources = files.filter((file) => !file.isDeclarationFile);
  isKept = files.every(({ fileName }) => own.includes(fileName) || isKnown(fileName));
  for (const name of own) ts.bindSourceFile(program.getSourceFile(name), program.getCompilerOptions()); // tslab looks which names it declares
  const getAllDependencies = (file) =>
    sources.length > 1
      ? ts.createSemanticDiagnosticsBuilderProgram(program, { createHash: ts.sys.createHash }).getAllDependencies(file)
      : [file.fileName];
  return { ...builder, getAllDependencies };
}

/**
 * A host that forgets at once what it did not find on the disk, when something changes there. TypeScript would set a timer
 * for it, and tslab, which keeps one timer, that of the next program, would refuse each cell from then on.
 */
function atOnce(host) {
  const { setTimeout } = host;
  host.setTimeout = (task, ...rest) =>
    task.name === "invalidateResolutionsOfFailedLookup" ? task() : setTimeout(task, ...rest);
  return host;
}

/**
 * The language's declarations as one file. They are some sixty, which refer to each other, and for each of them TypeScript
 * looks again for each program whether a package stands in its place.
 */
function inOne(system) {
  const isMain = (file) => /\/lib\.es\d+\.d\.ts$/.test(file);
  const whole = (file, seen) => {
    if (seen.has(file)) return "";
    seen.add(file);
    const other = (_, name) => whole(file.replace(/[^/]*$/, `lib.${name}.d.ts`), seen);
    return system.readFile(file).replace(/^\/\/\/ <reference lib="(.*)" \/>$/gm, other);
  };
  const readFile = (file, ...rest) => (isMain(file) ? whole(file, new Set()) : system.readFile(file, ...rest));
  return Object.assign(Object.create(system), { readFile });
}

/** The source maps of the cell that was compiled last, from the compiled one back. */
let maps = [];
let compiling = false;

const hooks = {
  createWatchCompilerHost(files, options, system, _, ...rest) {
    compiling = true;
    const ours = { ...options, types: knowsNode ? ["node"] : [], inlineSourceMap: true };
    const all = knowsNode ? files : [...files, path.join(__dirname, "console.d.ts")];
    return atOnce(whole().createWatchCompilerHost(all, ours, inOne(system), programOf, ...rest));
  },
  // tslab compiles a cell in two steps and drops the source maps; with both, a run-time error can name the cell's own line
  transpileModule(js, { compilerOptions, ...rest }) {
    const [code, first] = js.split(/^\/\/# sourceMappingURL=data:application\/json;base64,/m);
    const result = whole().transpileModule(code, { ...rest, compilerOptions: { ...compilerOptions, sourceMap: true } });
    if (first) maps = [result.sourceMapText, Buffer.from(first, "base64").toString()];
    return { ...result, outputText: result.outputText.replace(/^\/\/# sourceMappingURL=.*$/m, "") };
  },
};

// ---- compiling a cell -----------------------------------------------------------------------------------------------

/** `{ x }` as `{ x: x }`: tslab finds a variable of an earlier cell in the second form only. */
function spellOut(code) {
  const ends = [];
  const visit = (node) => {
    if (ts.isShorthandPropertyAssignment(node)) ends.push(node.name);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest, true));
  return ends.reverse().reduce((text, { end, text: name }) => `${text.slice(0, end)}: ${name}${text.slice(end)}`, code);
}

const converter = demand(load("tslab/dist/converter"), "converter", ["createConverter"]);
const { createConverter } = converter;

/** A converter whose compiler knows all of Node.js, or only `console`. */
function compilerOf(options, withNode) {
  whole();
  knowsNode = withNode;
  const made = createConverter(options);
  if (!compiling) misses("use of createWatchCompilerHost");
  return demand(made, "converter", ["addModule", "close", "complete", "convert", "inspect"]);
}

/**
 * The types of Node.js are three quarters of what the compiler would have to read, and a cell seldom needs more of them
 * than `console`: they are read when a cell seems false without them, has sources of its own, or is asked about.
 */
function asNeeded(options) {
  let inner = null;
  let isWhole = false;
  const some = () => (inner ??= compilerOf(options, (isWhole = options.isBrowser)));
  const all = () => {
    if (isWhole) return some();
    inner?.close();
    isWhole = true;
    inner = compilerOf(options, true);
    return inner;
  };
  const convert = (declarations, code) => {
    const result = some().convert(declarations, code);
    const enough = isWhole || (result.diagnostics.length === 0 && !result.sideOutputs);
    return enough ? result : all().convert(declarations, code);
  };
  const others = ["addModule", "complete", "inspect"].map((name) => [name, (...args) => all()[name](...args)]);
  return { ...Object.fromEntries(others), ready: some, convert, close: () => inner?.close() };
}

/** The reader's line of a place in a compiled cell, by its source maps. */
function lineBy(texts) {
  let maps = null;
  return (line, column) => {
    maps ??= texts.map((text) => new SourceMap(JSON.parse(text)));
    const { originalLine, originalColumn } = maps[0].findEntry(line - 1, column - 1);
    return maps[1].findEntry(originalLine, originalColumn).originalLine; // tslab puts one line before the cell
  };
}

/**
 * Compiles cells as tslab does: `convert` unless what the cell becomes was kept, `compile` in any case. What they give has
 * `maps` as well; `mayKeep` says whether it will be the same ever again.
 */
function compilerFor(options) {
  const inner = asNeeded(options);
  const compile = (declarations, code) => {
    const spelled = spellOut(code);
    const result = inner.convert(declarations, spelled);
    if (result.diagnostics.length === 0) return { ...result, maps };
    // asked again with the cell as it stands, so that the columns are the reader's
    return spelled === code ? result : inner.convert(declarations, code);
  };
  const convert = (declarations, code) => keptBefore(declarations, code) ?? compile(declarations, code);
  const mayKeep = ({ diagnostics, sideOutputs }) => diagnostics.length === 0 && !sideOutputs && isKept;
  return { ...inner, compile, convert: options.isBrowser ? compile : convert, mayKeep };
}

const metadata = demand(load("tslab/dist/metadata"), "metadata", ["getCodeMetadata"]);
const { getCodeMetadata } = metadata;
metadata.getCodeMetadata = (code) => (code.includes("/**") ? getCodeMetadata(code) : {});

module.exports = { compilerFor, converter, lineBy, metadata, ts };
