import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Those that take long come last: what is noticed sooner need not wait for them. */
const long = ["models", "moments", "formulas", "training", "bits", "figures/every", "sales", "elementary", "book"];

class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number =>
      long.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
    return [...files].sort((a, b) => place(a) - place(b));
  }
}

// What mutants of the library must be noticed by.
export default defineConfig({
  test: {
    include: ["test/lib/*.test.ts", "test/lib/{engine,figures}/*.test.ts"],
    pool: "threads",
    isolate: false,
    testTimeout: 300_000,
    sequence: { sequencer: QuickFirst },
  },
});
