import { relative } from "node:path";
import type { Reporter, TestCase, TestModule } from "vitest/node";
import { root } from "../tools/project";

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|"`]/g, "\\$&");

/** The command that runs one test alone. */
export const alone = (file: string, names: readonly string[]): string =>
  `npm test -- ${relative(root, file)} -t "${names.map(escaped).join(" ")}"`;

/** Says at the end how each test that failed is run alone. */
export default class Alone implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const failed = modules.flatMap((module) => [...module.children.allTests("failed")]);
    if (failed.length === 0) return;
    console.log("\nTo run alone what failed:");
    for (const test of failed) console.log(`  ${alone(test.module.moduleId, path(test))}`);
  }
}

/** The names that lead to a test, from the outermost. */
function path(test: TestCase): string[] {
  const names = [test.name];
  for (let at = test.parent; at.type === "suite"; at = at.parent) names.unshift(at.name);
  return names;
}
