// What the kernel stands on: whether it is there, and is what the launcher reaches into. If not, one sentence, and the end.
"use strict";

const path = require("node:path");

const { loadCompiled } = require("./compiled.cjs");

const TYPESCRIPT = "@tslab/typescript-for-tslab";

/** The versions with which all of this was seen to work. */
const WORKING = { tslab: "1.0.22", [TYPESCRIPT]: "5.0.4", zeromq: "6.8.0" };

/** Says why on standard error, where Jupyter shows it and `npm start` finds it, and ends the kernel at once. */
function cannotStart(reason) {
  require("node:fs").writeSync(2, `The kernel cannot start: ${reason}\n`);
  process.kill(process.pid, "SIGKILL");
}

/** Where a package lies that tslab uses. */
const placeOf = (name) =>
  require.resolve(name, name === "tslab/package.json" ? undefined : { paths: [placeOf("tslab/package.json")] });

/** Loads a package, or a file of tslab. */
function load(name) {
  const { warn } = console;
  console.warn = () => {}; // zeromq warns of each place where its binary is not
  try {
    const file = placeOf(name);
    return name === TYPESCRIPT ? loadCompiled(file, cache) : require(file);
  } catch (error) {
    const reason = error.message.split("\n")[0].replaceAll(process.cwd(), ".");
    return cannotStart(`${name} cannot be loaded (${reason}): run npm ci.`);
  } finally {
    console.warn = warn;
  }
}

/** Ends the kernel because tslab is not what the launcher reaches into. */
function misses(part) {
  const found = load("tslab/package.json").version;
  const working = Object.entries(WORKING).map(([name, version]) => `${name} ${version}`);
  cannotStart(
    `tslab ${found} has no ${part}, which the kernel needs. It works with ${working.join(", ")}: run npm ci.`,
  );
}

/** Makes sure that functions are where the launcher replaces or calls them. */
function demand(owner, name, functions) {
  for (const wanted of functions) if (typeof owner?.[wanted] !== "function") misses(`${name}.${wanted}`);
  return owner;
}

/** Lets tslab find `exports` where it looks for a package. */
function putInPlace(name, exports) {
  const file = placeOf(name);
  require.cache[file] = { id: file, filename: file, exports, loaded: true, children: [], paths: [] };
}

const tslab = path.dirname(load("tslab/package.json") && placeOf("tslab/package.json"));
const root = path.resolve(__dirname, "../../..");
/** Where a kernel keeps what the next one need not make again. */
const cache = path.join(tslab, "../.cache/house-prices");

module.exports = { TYPESCRIPT, cache, cannotStart, demand, load, misses, placeOf, putInPlace, root };
