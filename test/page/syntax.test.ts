import { describe, expect, test } from "vitest";
import { declares } from "../../page/kernel/compile";
import { Misread, understand } from "../../page/kernel/syntax";

const names = (text: string) => {
  const syntax = understand(text);
  return { declares: declares(syntax).sort(), reads: [...syntax.free].sort(), assigned: [...syntax.assigned].sort() };
};

describe("the names of a cell", () => {
  test.each([
    ["const a = b + 1;", ["a"], ["b"], []],
    ["let a: number = 1, c = a;", ["a", "c"], [], []],
    ["const { x, y: [z, ...rest], ...others } = p;", ["others", "rest", "x", "z"], ["p"], []],
    [
      "function f(x: number): number { return x + y; }\nclass A extends B { m() { return q; } }",
      ["A", "f"],
      ["B", "q", "y"],
      [],
    ],
    ["import { show, table as t, type Theta } from '../lib';\nshow(t(rows));", ["show", "t"], ["rows"], []],
    ["import * as lib from '../lib';\nlib.round(n);", ["lib"], ["n"], []],
    ["interface P { a: Q }\ntype R = S;\nconst p = o as P;", ["p"], ["o"], []],
    [
      "total += n;\n[u, o.v] = [1, 2];\nw++;",
      ["o", "total", "u", "w"],
      ["n", "o", "total", "u", "w"],
      ["o", "total", "u", "w"],
    ],
    ["for (k of ks) { const k2 = k; }", ["k"], ["k", "ks"], ["k"]],
    ["const f = (total: number) => { total += 1; };", ["f"], [], []],
    ["{ const hidden = 1; }\nuse(hidden);", [], ["hidden", "use"], []],
    ["({ epochs, alpha: rate }).epochs", [], ["epochs", "rate"], []],
    [`const text = tag\`a \${b} c\`;`, ["text"], ["b", "tag"], []],
    ["await load(url);", [], ["load", "url"], []],
  ])("%s", (text, declared, read, assigned) => {
    expect(names(text)).toEqual({ declares: declared, reads: read, assigned });
  });

  test("are those of the text whatever its types say", () => {
    expect(understand("const f = (x: number): number => x * a;").script.split("\n")).toHaveLength(1);
    expect(understand("interface A {\n  a: 1;\n}\nconst b = 1;").script.split("\n")).toHaveLength(4);
  });
});

describe("a text that is no TypeScript", () => {
  test.each([
    ["const = 1", 1, 7, /./],
    ["const a = 1;\nconst b = = 2;", 2, 11, /./],
    ["function g() {\n  return 1;", 1, 14, /^This { is not closed\.$/],
    ["f(1, [2)", 1, 8, /^This \) closes nothing\.$/],
    ["const n = 1;\nconst n = 2;", 2, 7, /n/],
  ])("%j is pointed at", (text, line, column, message) => {
    const fault = (() => {
      try {
        return understand(text);
      } catch (error) {
        return error;
      }
    })();
    expect(fault).toBeInstanceOf(Misread);
    expect(fault).toMatchObject({ line, column });
    expect((fault as Misread).message).toMatch(message);
  });
});
