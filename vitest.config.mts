import { defineConfig } from "vitest/config";

// One file at a time: the larger ones start kernels, browsers and JupyterLab, which on two cores only get in each other's way.
export default defineConfig({
  test: { include: ["test/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false },
});
