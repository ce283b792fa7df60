import { join } from "node:path";
import katex from "katex";
import { describe, expect, it } from "vitest";
import { root } from "../../../tools/project";
import { TASKS } from "./slips";
import { scopeOf, template } from "./tag";

/** Each slip with what is said of it, as a reader of plain text sees it, and as Markdown. */
const heard = TASKS.flatMap((task) => {
  const { check } = scopeOf(task.where);
  return task.slips.map((slip) => {
    const verdict = check(template(`${task.left} = ${slip}`));
    return { ...task, slip, verdict, wrong: verdict.wrong! };
  });
});

/** What no first-year student needs to know of. */
const OURS = /relation|side lacks|lacks|sampled?|random|NaN|undefined|operator|points? only|chain/i;

describe("what the checker says of a student's slip", () => {
  it.each(TASKS)("$model: $left = $right is right", ({ where, left, right }) => {
    expect(scopeOf(where).check(template(`${left} = ${right}`)).wrong?.message ?? "").toBe("");
  });

  it("is known of at least sixty slips, each of which is refused", () => {
    expect(heard.length).toBeGreaterThanOrEqual(60);
    for (const { slip, verdict } of heard) expect(verdict.outcome, slip).toBe("fails");
  });

  it("is what is written down", async () => {
    const text = heard.map(({ model, left, slip, wrong }) => {
      return `${model}: ${left} = ${slip}\n${wrong.said.map((line) => `    ${line}`).join("\n")}`;
    });
    await expect(`${text.join("\n\n")}\n`).toMatchFileSnapshot(join(root, "test/lib/derivation/voice.txt"));
  });

  it.each(heard)("$model: $left = $slip: has no word of ours, a real minus, and formulas that are typeset", (one) => {
    const { wrong, verdict } = one;
    for (const said of wrong.said) {
      expect(said).not.toMatch(OURS);
      const words = said.split("$").filter((_, i) => i % 2 === 0);
      for (const word of words) expect(word, said).not.toMatch(/[_^\\]|-\d|\b[a-zA-Z]_|\b[b-hj-zB-HJ-Z]\b/);
      for (const formula of said.split("$").filter((_, i) => i % 2))
        katex.renderToString(formula, { throwOnError: true, strict: "error" });
    }
    expect(verdict.markdown).toContain("<details><summary>✗</summary>");
    for (const said of wrong.said) expect(said, "three digits").not.toMatch(/\d\.\d{5,}/);
  });
});
