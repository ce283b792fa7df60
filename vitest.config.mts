import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

// The library's tests run side by side in threads; then come those that start kernels, browsers and JupyterLab, two at
// a time. No wait in them is a bet on speed: what they wait for is an event, and the times below only end what hangs.
// None is tried again: what fails once is a fault.

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
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 200_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: "lib",
          include: ["test/lib/**/*.test.ts"],
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
          include: ["test/**/*.test.ts"],
          exclude: ["test/lib/**", "test/pages/**"],
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: "pages",
          include: ["test/pages/**/*.test.ts"],
          globalSetup: "test/pages/setup.ts",
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
