import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { main, root } from "./project";

/** So many files of the library are asked about at once: what was found is kept after each such part. */
const PART = 5;

/** The files of the library that carry mistakes, but for those of the checker, which has tests of its own for that. */
async function files(): Promise<string[]> {
  const all = await readdir(join(root, "lib"), { recursive: true });
  return all
    .filter((file) => file.endsWith(".ts") && !/^(dist|derivation)\b/.test(file))
    .map((file) => `lib/${file}`)
    .sort();
}

/** Asks part by part, so that a run that was stopped goes on where it was; then tells of the whole. */
void main(async () => {
  const { Stryker } = await import("@stryker-mutator/core");
  const asked = process.argv.slice(2);
  const all = asked.length > 0 ? asked : await files();
  for (let done = 0; done < all.length; done += PART) {
    const mutate = all.slice(done, done + PART);
    console.log(`${done} of ${all.length} files are done; now ${mutate.join(", ")}`);
    await new Stryker({ mutate, reporters: ["progress-append-only"], thresholds: { break: null } }).runMutationTest();
  }
  await new Stryker({ mutate: all }).runMutationTest();
});
