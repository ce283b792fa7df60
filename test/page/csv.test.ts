import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import papa from "papaparse";
import { expect, test } from "vitest";
import { parse } from "../../page/kernel/csv";
import { root } from "../../tools/project";

const files = readdirSync(join(root, "data")).filter((name) => name.endsWith(".csv"));

test.each(files)("a page reads %s as Papa Parse does", (name) => {
  const text = readFileSync(join(root, "data", name), "utf8");
  expect(parse(text, {}).data).toEqual(papa.parse(text, { delimiter: "," }).data);
});

test("a page reads the ends of lines that Windows writes", () => {
  expect(parse("a,b\r\n1,2\r\n", {}).data).toEqual([["a", "b"], ["1", "2"], [""]]);
});
