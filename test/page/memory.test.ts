import { expect, test } from "vitest";
import { compile } from "../../page/kernel/compile";
import { kept, weight } from "../../page/kernel/memory";
import { understand } from "../../page/kernel/syntax";

const list = <T>(length: number, item: (i: number) => T): T[] => Array.from({ length }, (_, i) => item(i));

test.each([
  ["a number", 1, 8],
  ["numbers", list(1000, () => 0), 8_000],
  ["rows", list(1000, () => list(1000, () => 0)), 8_000_000],
  ["rows of objects", list(100, (i) => ({ i, row: list(1000, () => 0) })), 800_000],
  ["the same row again and again", new Array(10_000).fill(list(1000, () => 0)), 10_000 * 133],
  ["buffers", list(100, () => new Float64Array(1000)), 800_000],
  ["texts", list(100, () => "x".repeat(1000)), 100_000],
  ["a map", new Map(list(1000, (i) => [i, list(100, () => 0)] as const)), 900_000],
  ["a set", new Set(list(1000, (i) => `${i}`)), 35_000],
])("%s are weighed to a fifth", (_, value, bytes) => {
  expect(weight(value) / bytes).toBeGreaterThan(0.8);
  expect(weight(value) / bytes).toBeLessThan(1.25);
});

test("a circle has a weight", () => {
  const circle: unknown[] = [];
  circle.push(circle);
  expect(weight(circle)).toBeLessThan(100);
});

test("a cell that keeps things computes what it would without being weighed", async () => {
  const text = `const a = [1], m = new Map(), o = { s: new Set() }, rows = [];
a.push(2, ...[3, 4]); a.unshift(0);
m.set("k", a.push(5)).set("l", 1); o.s.add(m.get("k")); [a][0].push(6);
rows[0] = [1, { b: a.push(7) }]; rows[rows.length] = new Array(2).fill(0);
const n = rows.push(rows.push(1));
JSON.stringify([a, [...m], [...o.s], rows, n])`;
  let told: unknown;
  const frame = { given: {}, bind: () => {}, fail: () => {}, load: async () => ({}), kept };
  await compile(understand(text), new Set(), 1)({ ...frame, value: (value) => (told = value) });
  // biome-ignore lint/security/noGlobalEval: what the text comes to by itself
  expect(told).toBe((0, eval)(text));
});
