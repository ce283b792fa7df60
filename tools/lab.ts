import { spawn } from "node:child_process";
import { access, constants, mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { installed, main, Problem, root } from "./project";
import { setup } from "./setup";
import { inTurn } from "./turn";

/** JupyterLab keeps its settings and its connections in the reader's home: says so when it cannot. */
async function checkHome(): Promise<void> {
  const { JUPYTER_CONFIG_DIR, JUPYTER_DATA_DIR, JUPYTER_RUNTIME_DIR, XDG_DATA_HOME } = process.env;
  const shared = process.platform === "darwin" ? "Library/Jupyter" : join(XDG_DATA_HOME || ".local/share", "jupyter");
  const data = JUPYTER_DATA_DIR || shared;
  const folders = [JUPYTER_CONFIG_DIR || ".jupyter", data, JUPYTER_RUNTIME_DIR || join(data, "runtime")];
  for (const folder of folders.map((folder) => resolve(homedir(), folder))) {
    try {
      await mkdir(folder, { recursive: true });
      await access(folder, constants.W_OK);
    } catch {
      throw new Problem(
        `JupyterLab keeps its settings in ${folder}, which cannot be written to: set HOME to a folder that can.`,
      );
    }
  }
}

async function lab(): Promise<void> {
  const asRoot = process.getuid?.() === 0 ? ["--allow-root"] : [];
  const args = ["-m", "jupyterlab", ...asRoot, ...process.argv.slice(2)];
  const lab = spawn(installed("python"), args, { cwd: root, stdio: "inherit" });
  // Ctrl+C reaches JupyterLab by itself; this process only outlives it
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => lab.kill());
  process.exitCode = await new Promise<number>((done) => lab.on("exit", (code) => done(code ?? 1)));
}

void main(async () => {
  await checkHome();
  await inTurn(setup);
}).then(() => (process.exitCode ? undefined : lab()));
