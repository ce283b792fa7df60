import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DerivationError } from "../../../lib/derivation";
import { root } from "../../../tools/project";
import { scopeOf, template } from "./tag";

/** The rows of a table of docs/formulas.md, its formulas as they are typed. */
function rowsUnder(heading: string): string[][] {
  const [, section] = readFileSync(join(root, "docs/formulas.md"), "utf8").split(`## ${heading}\n`);
  return section
    .split("\n## ")[0]
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) =>
      line
        .split(/(?<!\\)\|/)
        .slice(1, -1)
        .map((cell) => bare(cell.trim())),
    );
}

function bare(cell: string): string {
  const typed = cell.replace(/\\\|/g, "|");
  const code = /^(`+)(.*)\1$/.exec(typed);
  return code && (code[1].length > 1 || !code[2].includes("`")) ? code[2] : typed;
}

const run = rowsUnder("What is run");
const refused = rowsUnder("What is refused");

it("the tables of formulas are found", () => {
  expect(run.length).toBeGreaterThan(40);
  expect(refused.length).toBeGreaterThan(20);
});

describe("what the table says is run holds", () => {
  it.each(run)("%s: %s", (_, chain, where) => {
    const { outcome, wrong } = scopeOf(where).check(template(chain));
    expect(outcome, wrong?.message).toBe("holds");
  });
});

describe("what the table says is refused is, in the words shown", () => {
  it.each(refused)("%s", (chain, where, said) => {
    expect(() => scopeOf(where).check(template(chain))).toThrow(DerivationError);
    expect(() => scopeOf(where).check(template(chain))).toThrow(said);
  });
});
