import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// Tests that start nothing run side by side in threads; then come those that start tools, kernels, browsers and
// JupyterLab, three at a time. No wait in them is a bet on speed: what they wait for is an event, and the times below only
// end what hangs. None is tried again: what fails once is a fault.

/** Those that start processes. */
const STARTERS = [
  "test/{ahead,cells,execute,executed,kernel,lab,pictures,safe,setup,sources}.test.ts",
  "test/faults/*.test.ts",
  "test/kit/{examples,grade,package}.test.ts",
];
/** As many of them at once as keep two processors busy while some wait. */
const maxWorkers = 3;

/** Those that take minutes: they begin first, or one of them would be waited for alone at the end. */
const LONG = ["pages/book", "lab", "pages/parity", "pages/cells", "executed"].map((name) => `/test/${name}.test.ts`);

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => LONG.some((name) => moduleId.endsWith(name));
    const all = await super.sort(files);
    return [...all.filter(isLong), ...all.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongFirst },
    reporters: ["default", "./test/reporter.ts"],
    chaiConfig: { truncateThreshold: 2000 }, // what a tool said is shown whole
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 200_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: "quick",
          include: ["test/**/*.test.ts"],
          exclude: [...STARTERS, "test/pages/**"],
          pool: "threads",
          isolate: false, // none of them changes what the others stand on, and each would load the library anew
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: "jupyter",
          include: STARTERS,
          isolate: false,
          maxWorkers,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: "pages",
          include: ["test/pages/**/*.test.ts"],
          globalSetup: "test/pages/setup.ts",
          isolate: false,
          maxWorkers,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
