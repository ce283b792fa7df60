import { describe, expect, test } from "vitest";
import { type Cell, type Notebook, sourceOf } from "../tools/notebook";
import { equations, equationsOf, referring } from "../tools/reference";
import { committed, madeUp, names } from "./book";

const book = (): Map<string, Notebook> => new Map(names.map((name) => [name, committed(name)]));

/** What is wrong with the numbered equations of notebooks and with the links to them. */
function wrong(notebooks: ReadonlyMap<string, Notebook>): string[] {
  const stands = new Map<string, string>(); // an equation's notebook and heading, as a link has them
  const found: string[] = [];
  for (const [name, { cells }] of notebooks) {
    const section = Number.parseInt(name, 10);
    let place = "";
    for (const piece of texts(cells)) {
      place = /^#+ (.*)/.exec(piece)?.[1].replaceAll(" ", "-") ?? place;
      for (const [number] of equationsOf(madeUp(piece))) {
        if (stands.has(number)) found.push(`${name}: (${number}) is the number of two equations`);
        const next = [...stands.keys()].filter((other) => other.startsWith(`${section}.`)).length + 1;
        if (number !== `${section}.${next}`) found.push(`${name}: (${number}) should be (${section}.${next})`);
        stands.set(number, `${name}#${place}`);
      }
    }
  }
  const named = new Set<string>();
  for (const [name, { cells }] of notebooks)
    for (const [, number, href] of texts(cells)
      .join("\n")
      .matchAll(/\[\(([\d.]+)\)\]\(([^\s]*?)\)(?=[^)]|$)/g)) {
      const there = href.startsWith("#") ? name + href : href;
      if (stands.get(number) === undefined) found.push(`${name}: no equation has the number (${number})`);
      else if (stands.get(number) !== there) found.push(`${name}: (${number}) stands at ${stands.get(number)}`);
      named.add(number);
    }
  for (const [number, place] of stands) if (!named.has(number)) found.push(`${place}: nothing refers to (${number})`);
  return found;
}

/** The texts of cells, cut at their headings. */
const texts = (cells: readonly Cell[]): string[] =>
  cells.filter((cell) => cell.cell_type === "markdown").flatMap((cell) => sourceOf(cell).split(/^(?=#{1,6} )/m));

describe("equations with a number", () => {
  test("have one each, in order, and are referred to by links to the headings over them", () => {
    expect(wrong(book())).toEqual([]);
    expect(equations(book()).size).toBeGreaterThan(5);
  });

  const one = "# 1 One\n\n## A step, then?\n\n$$x\n= 1 \\tag{1.1}$$";
  const of = (...pieces: string[]) =>
    wrong(new Map(pieces.map((text, i) => [`0${i + 1}-made.ipynb`, madeUp(...text.split("\n---\n"))])));

  test.each([
    [[one], ["01-made.ipynb#A-step,-then?: nothing refers to (1.1)"]],
    [[one, "# 2 Two\n\nBy [(1.1)](01-made.ipynb#A-step,-then?)."], []],
    [[`${one} and [(1.1)](#A-step,-then?)`], []],
    [[one, "By [(1.1)](#A-step,-then?)."], ["02-made.ipynb: (1.1) stands at 01-made.ipynb#A-step,-then?"]],
    [[`${one} [(1.1)](#A-step,-then?) [(1.2)](#One)`], ["01-made.ipynb: no equation has the number (1.2)"]],
    [[one.replace("1.1", "1.2")], ["01-made.ipynb: (1.2) should be (1.1)", expect.stringContaining("nothing refers")]],
    [
      [`${one}\n---\n$$y \\tag{1.1}$$ [(1.1)](#A-step,-then?)`],
      ["01-made.ipynb: (1.1) is the number of two equations", "01-made.ipynb: (1.1) should be (1.2)"],
    ],
  ])("%j", (pieces, expected) => expect(of(...pieces)).toEqual(expected));
});

test("a link in the words of a number leads to the equation, and what it says is shown", () => {
  expect(
    referring(
      '<p><a href="02-linear.html#A">(2.4)</a>, <a href="#B">(2.5)</a>, <a href="#C">a rate</a></p>',
      new Map(),
    ),
  ).toBe(
    '<p><a href="02-linear.html#equation-2.4" class="mark">(2.4)</a>, <a href="#equation-2.5" class="mark">(2.5)</a>, <a href="#C">a rate</a></p>',
  );
  const shown = equations(new Map([["01-made.ipynb", madeUp("Some $$a < b$$ and $$c \\tag{1.1}$$")]]));
  expect([...shown.keys()]).toEqual(["(1.1)"]);
  expect(shown.get("(1.1)")).toMatch(/<b>\(1\.1\)<\/b>.*<mi>c<\/mi>/s);
  expect(shown.get("(1.1)")).not.toContain("id=");
});
