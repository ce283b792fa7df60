import { describe, expect, it } from "vitest";
import { LEDGER } from "./ledger";
import { scopeOf, template } from "./tag";

describe("every chain of the ledger holds", () => {
  it.each(LEDGER)("$id", ({ where, chain }) => {
    const verdict = scopeOf(where).check(template(chain));
    expect(verdict.wrong?.message ?? "").toBe("");
    expect(verdict.ok).toBe(true);
    expect(verdict.steps.length).toBeGreaterThan(0);
  });
});
