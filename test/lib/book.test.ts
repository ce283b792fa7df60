import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { format } from "node:util";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Content, host } from "../../lib/host";
import * as library from "../../lib/index";
import { compile, declares, type Frame } from "../../page/kernel/compile";
import { kept } from "../../page/kernel/memory";
import { type Syntax, understand } from "../../page/kernel/syntax";
import { type Cell, codeCells, type Notebook, sourceOf } from "../../tools/notebook";
import { root } from "../../tools/project";
import { committed, label, names, type Output, outputsOf, wordsOf } from "../book";

const lib: Readonly<Record<string, unknown>> = library;

/** Whether a derivation is shown: that takes its time, and test/executed.test.ts looks at it. */
const derives = ({ metadata }: Output): boolean => metadata !== undefined && "derivation" in metadata;

/** The cells that show something else than derivations, and those that these stand on. */
function cellsOf(notebook: Notebook): readonly (readonly [Cell, Syntax])[] {
  const cells = codeCells(notebook).map((cell) => [cell, understand(sourceOf(cell))] as const);
  const wanted = new Set<string>();
  const chosen = cells.reverse().filter(([cell, syntax]) => {
    const asked = !outputsOf(cell).some(derives) || declares(syntax).some((name) => wanted.has(name));
    if (asked) for (const name of syntax.free) wanted.add(name);
    return asked;
  });
  return chosen.reverse();
}

/** The forms of an output as a notebook keeps them, texts in one piece; without the picture that stands for a chart. */
function formsOf(data: object): unknown {
  const { "image/png": _, ...forms } = { "image/png": "", ...data };
  const isText = (form: unknown): form is string[] =>
    Array.isArray(form) && form.every((line) => typeof line === "string");
  const whole = Object.entries(forms).map(([kind, form]) => [kind, isText(form) ? form.join("") : form]);
  return JSON.parse(JSON.stringify(Object.fromEntries(whole)));
}

afterEach(() => void vi.restoreAllMocks());

describe("the cells of the book, run on the library as it stands here, show what is committed with them:", () => {
  it.each(names)("%s", async (name) => {
    const here: Record<string, unknown> = {};
    let [shown, printed]: [Content[], string[]] = [[], []];
    vi.spyOn(host, "read").mockImplementation((path) => readFile(join(root, "notebooks", path), "utf8"));
    vi.spyOn(host, "display").mockImplementation((content) => void shown.push(content));
    vi.spyOn(console, "log").mockImplementation((...values) => void printed.push(`${format(...values)}\n`));
    for (const [place, [cell, syntax]] of cellsOf(committed(name)).entries()) {
      [shown, printed] = [[], []];
      for (const { name, as } of syntax.imports) here[as] = lib[name];
      const frame: Frame = {
        given: here,
        bind: (own) => Object.defineProperties(here, Object.getOwnPropertyDescriptors(own)),
        value: (value) => value !== undefined && console.log(value),
        fail: (error) => expect.unreachable(String(error)),
        load: () => expect.unreachable("a cell of the book imports nothing while it runs"),
        kept,
      };
      await compile(syntax, new Set(Object.keys(here)), place)(frame);
      const before = outputsOf(cell);
      const displayed = before.flatMap(({ data }) => (data ? [formsOf(data)] : []));
      expect(
        shown.map(({ data }) => formsOf(data)),
        label(cell),
      ).toEqual(displayed);
      const lines = before.filter(({ data }) => !data).map(wordsOf);
      expect(printed.join(""), label(cell)).toBe(lines.join(""));
    }
  });
});
