import { rm } from "node:fs/promises";
import { join } from "node:path";
import { lackOf } from "./faults";
import { cache, type Outcome, Problem, root, venv } from "./project";

/** In it set-up notes what it made `.venv` from; without it, `.venv` is made anew. */
export const SETUP_STAMP = join(venv, "house-prices.txt");

/** Why Jupyter failed, where that is no matter of the notebook: the disk, `.venv`, or the kernel's own packages. */
export async function reasonOutside({ code, lines }: Outcome): Promise<Problem | undefined> {
  const lack = await lackOf(lines, [root, cache]);
  if (lack) return new Problem(lack);
  const kernel = lines.find((line) => line.startsWith("The kernel cannot start: "));
  if (kernel) return new Problem(kernel);
  const missing = lines.find((line) =>
    /^(ModuleNotFoundError|ImportError): |\/python[\d.]*: No module named/.test(line),
  );
  if (code !== -1 && !missing) return undefined;
  await rm(SETUP_STAMP, { force: true });
  const what = missing?.replace(/^.*: /, "") ?? "its Python does not start";
  return new Problem(`.venv is damaged (${what}): run npm start, which makes it again.`);
}
