// Compiles the TypeScript of the project. It stands before all that is compiled, so it is plain JavaScript.
"use strict";

const { spawnSync } = require("node:child_process");
const { existsSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const lacks = require("./lacks.json");

const root = join(__dirname, "..");
const compiler = join(root, "node_modules/typescript/bin/tsc");

/** What keeps the compiler from writing, if that is why it failed: as a sentence with the cure. */
function lack(output) {
  for (const folder of ["tools", "tools/dist", "lib", "lib/dist", "page", "page/dist"].filter((folder) =>
    existsSync(join(root, folder)),
  )) {
    const probe = join(root, folder, `.probe-${process.pid}`);
    try {
      writeFileSync(probe, Buffer.alloc(1 << 18));
    } catch ({ code }) {
      return lacks[code]?.replace("{place}", folder);
    } finally {
      rmSync(probe, { force: true });
    }
  }
  const [, file] = /error TS5033: Could not write file '([^']+)'/.exec(output) ?? [];
  return file && lacks.EACCES.replace("{place}", file.replace(`${root}/`, ""));
}

const { dependencies, devDependencies } = require("../package.json");
const packages = Object.keys({ ...dependencies, ...devDependencies });
if (!packages.every((name) => existsSync(join(root, "node_modules", name, "package.json")))) {
  console.error("\nSome packages are missing: run npm ci.");
  process.exit(1);
}
const pretty = process.stdout.isTTY ? ["--pretty"] : [];
const { status, stdout, stderr } = spawnSync(process.execPath, [compiler, "--build", ...pretty], {
  cwd: root,
  encoding: "utf8",
});
const output = stdout + stderr;
const reason = status === 0 ? undefined : lack(output);
if (output) console.error(reason ? `\n${reason}` : output.trimEnd());
process.exitCode = status ?? 1;
