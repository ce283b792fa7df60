import { defineConfig } from "vitest/config";

// What mutants of the library must be noticed by.
export default defineConfig({
  test: { include: ["test/lib/*.test.ts", "test/lib/engine/*.test.ts"], pool: "threads", testTimeout: 300_000 },
});
