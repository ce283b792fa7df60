import { expect, test } from "vitest";
import { formulasOf } from "../../page/kernel/draft";
import { understand } from "../../page/kernel/syntax";

const draft = (text: string): string | undefined =>
  formulasOf(understand(text))
    ?.script.replace(/[ \n]+/g, " ")
    .trim();
const quiet = (statement: string): string => `try { ${statement} } catch ($error) { $frame.fail($error); }`;

test.each([
  ["const n = 1;\nshow(table([n]));", undefined],
  ["console.log(1);\nshow(check`x = x`);\ndescend(J, [0], {});", quiet("show(check`x = x`);")],
  [
    "const s = where`f(x) = x`;\nconst t: Scope = s;\nshow(t.derive`f(x) = x`);\nconst u = 1;",
    `const s = where\`f(x) = x\`; const t = s; ${quiet("show(t.check `f(x) = x`);")}`,
  ],
  [
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a cell
    "import { model } from '../lib';\nfunction half(x: number) {\n  return x / k;\n}\nconst k = 2;\nconst m = model`h(x) = W x`.slopes`${half(1)}`;",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a cell
    "import { model } from '../lib'; function half(x) { return x / k; } const k = 2; const m = model`h(x) = W x`.slopes`${half(1)}`;",
  ],
  [
    "const { derive, where: more } = where`f(x) = x`;\nconst { derive: show2 } = where`g(x) = x`;\nshow(derive`f(x) = x`);",
    `const { check: derive, where: more } = where\`f(x) = x\`; const { check : show2 } = where\`g(x) = x\`; ${quiet("show(derive`f(x) = x`);")}`,
  ],
  ["const f = (x) => text`no`;\nuse(f);", undefined],
])("of %j its formulas are kept, and what they read", (text, expected) => {
  expect(draft(text)).toBe(expected);
});

// biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a cell
const lines = "use(\n  a,\n);\nshow(s.check`x = ${b}`);";

test("a draft has the lines of its cell, and reads what its formulas read", () => {
  const formulas = formulasOf(understand(lines))!;
  expect(formulas.script.split("\n")).toHaveLength(4);
  expect([...formulas.free].sort()).toEqual(["$frame", "b", "s", "show"]);
});
