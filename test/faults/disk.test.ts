import { execFileSync, spawnSync } from "node:child_process";
import { chmod, rm, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Project } from "./project";
import { said } from "./table";

let project: Project;
beforeEach(async () => {
  project = await Project.make({ "01-derivatives": "runs", "02-linear": "runs" });
});
afterEach(() => project.remove());

/** Mounts for one command alone, which sees them in a namespace of its own; not every machine lets one. */
const APART = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c"] as const;
const mounts = spawnSync(APART[0], [...APART.slice(1), "mount -t tmpfs x /mnt"]).status === 0;
if (!mounts) console.warn("This machine lets one mount nothing: the faults of disks are not made.");

/** Runs a shell command in a copy of the project on a small disk, and gives what was printed, and the copy's files. */
async function onSmallDisk(play: string, change: string) {
  const copy = "/mnt/p";
  const script = `mount -t tmpfs -o size=8m x /mnt && cp -a . ${copy} && cd ${copy} &&
    sed -i "s#$OLD#${copy}#g" python/python && export PYTHON=${copy}/python/python
    PLAY= ${process.execPath} tools/dist/start.js >/dev/null || exit 9
    for name in 01-derivatives 02-linear; do cp notebooks/$name.ipynb $name.before; done; cp -r site "$OLD/site.before"
    [ -z "$CHANGE" ] || sed -i "s/runs/$CHANGE/" notebooks/02-linear.ipynb
    sed -i 's/# 01/# One: 01/' notebooks/01-derivatives.ipynb; cp notebooks/02-linear.ipynb 02-linear.before
    ${process.execPath} tools/dist/start.js; code=$?
    rm -f filler-*; cmp notebooks/02-linear.ipynb 02-linear.before && echo KEPT 02-linear
    diff -r site "$OLD/site.before" && echo KEPT site; ls -d site.next site.last node_modules/.cache/house-prices/scratch/* node_modules/.cache/house-prices/running 2>/dev/null | sed 's/^/LEFT /'
    exit $code`;
  const env = { OLD: project.folder, PLAY: play, CHANGE: change };
  return project.run([...APART, script], env).end;
}

describe.runIf(mounts)("a disk", () => {
  test.each([
    ["the disk is full, while executing", "", "fills the disk"],
    ["the disk is full, while executing", "", "fills the disk without a word"], // there was no room for one
    ["the disk is full, while exporting", "fill in export", ""],
  ])("when %s (%s%s)", async (fault, play, change) => {
    const { code, text } = await onSmallDisk(play, change);
    expect(code).toBe(1);
    said(fault, text);
    expect(text).toContain("KEPT 02-linear");
    expect(text).toContain("KEPT site");
    expect(text).not.toContain("LEFT");
  });

  test.each([
    ["the project lies on a read-only disk", ["tools/dist/start.js"]],
    ["the build finds a read-only disk", ["tools/build.cjs"]],
  ])("when %s", async (fault, [tool]) => {
    await writeFile(
      project.path("tools/tsconfig.json"),
      '{ "compilerOptions": { "outDir": "dist" }, "include": ["*.ts"] }',
    );
    await writeFile(project.path("tools/some.ts"), "export const some = 1;");
    await writeFile(project.path("tsconfig.json"), '{ "files": [], "references": [{ "path": "tools" }] }');
    const script = `mount --bind "$PWD" "$PWD" && mount -o remount,ro,bind "$PWD" && cd "$PWD" && exec "$0" "$@"`;
    const { code, text } = await project.run([...APART, script, process.execPath, project.path(tool)]).end;
    expect(code).not.toBe(0);
    said(fault, text);
  });
});

describe("a folder", () => {
  const user = process.getuid?.() === 0 ? 65534 : undefined;

  test("that is closed to the reader is named", async () => {
    expect((await project.start().end).code).toBe(0);
    await project.write("02-linear", "runs again");
    if (user) execFileSync("chown", ["-R", String(user), project.folder]);
    await chmod(project.path("notebooks"), 0o555);
    const { code, text } = await project.run([process.execPath, project.path("tools/dist/start.js")], {}, user).end;
    await chmod(project.path("notebooks"), 0o755);
    expect(code).toBe(1);
    said("a folder is closed to you", text);
  });

  test("that is no home is named before JupyterLab starts", async () => {
    const { code, text } = await project.run([process.execPath, project.path("tools/dist/lab.js")], {
      HOME: "/dev/null",
    }).end;
    expect(code).toBe(1);
    said("HOME cannot be written", text);
  });

  test("without packages is named by the build", async () => {
    await rm(project.path("node_modules/typescript"));
    const { code, text } = await project.run([process.execPath, project.path("tools/build.cjs")]).end;
    expect(code).toBe(1);
    said("the packages are not installed", text);
  });
});
