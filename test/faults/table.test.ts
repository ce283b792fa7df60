import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { documented } from "./table";

test("each fault that environment.md names is made by a test", () => {
  const tests = readdirSync(__dirname).filter((name) => name.endsWith(".test.ts"));
  const sources = tests.map((name) => readFileSync(join(__dirname, name), "utf8")).join("\n");
  expect([...documented.keys()].filter((fault) => !sources.includes(JSON.stringify(fault)))).toEqual([]);
  expect(documented.size).toBeGreaterThan(20);
});
