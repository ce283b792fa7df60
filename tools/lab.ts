import { spawn } from "node:child_process";
import { installed, main, root } from "./project";
import { setup } from "./setup";

void main(async () => {
  await setup();
  const asRoot = process.getuid?.() === 0 ? ["--allow-root"] : [];
  const args = ["-m", "jupyterlab", ...asRoot, ...process.argv.slice(2)];
  const lab = spawn(installed("python"), args, { cwd: root, stdio: "inherit" });
  // Ctrl+C reaches JupyterLab by itself; this process only outlives it
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => lab.kill());
  process.exitCode = await new Promise<number>((done) => lab.on("exit", (code) => done(code ?? 1)));
});
