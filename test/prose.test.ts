import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Notebook, sourceOf } from "../tools/notebook";
import { root } from "../tools/project";
import { committed, type Made, madeUp, names, outputsOf, printed, wordsOf } from "./book";
import { digitsOf, equals, numbersIn, rounds, type Written } from "./numbers";

/** Numbers that no cell computes, because they are plain facts, by the notebook that tells them. */
const FACTS: readonly (readonly [notebook: string, number: string, reason: string])[] = [
  ["01-derivatives.ipynb", "16", "the digits that a number in the computer holds"],
];

describe("the numbers in the prose", () => {
  test.each(names)("of %s are those of its run", (name) => {
    const facts = FACTS.filter(([notebook]) => notebook === name).map(([, number]) => number);
    expect(
      unbound(committed(name))
        .filter(({ number }) => !facts.includes(number))
        .map(({ place }) => place),
    ).toEqual([]);
  });

  test("the list of facts has none that a run computes, or that is no longer told", () => {
    const needless = FACTS.filter(
      ([name, fact]) => !names.includes(name) || !unbound(committed(name)).some(({ number }) => number === fact),
    );
    expect(needless).toEqual([]);
  });
});

describe("the finder", () => {
  const found = (...cells: Made[]) => unbound(madeUp(...cells)).map(({ number }) => number);
  const run = [
    "const rate = 5e-5, epochs = 2_000_000, big = 12_345, shift = [2, -4.6]; // or 77.7",
    printed("loss  0.01401813\nMAE   0.2004\nW     -3.29796\ngain  12.9\nAt a = 1.93: left 1, right 2."),
  ] as const;

  test.each([
    "the loss 0.014",
    "The MAE is $0.2$.",
    "an MAE of 0.2004, no more",
    "$W = -3.3$ and",
    "(-3.298)",
    "a rate of 0.00005",
    "$5 \\cdot 10^{-5}$",
    "5e-5",
    "2,000,000 epochs",
    "$2{,}000{,}000$",
    "$2\\,000\\,000$",
    "at 12,345.",
    "$q = 2x - 4.6$",
    "a loss of 1.4 %",
    "12.9%",
    "−3.30",
    "1.4e-2",
    "about 13 | 12.9",
  ])("lets pass: %s", (text) => expect(found(text, run)).toEqual([]));

  test.each([
    ["the loss 0.015", "0.015"],
    ["$0.21$", "0.21"],
    ["an MAE of 0.2005.", "0.2005"],
    ["$W = 3.3$", "3.3"],
    ["a rate of 0.0005", "0.0005"],
    ["0.0140182", "0.0140182"],
    ["200,000 epochs", "200,000"],
    ["$2{,}000$", "2,000"],
    ["77.7", "77.7"],
    ["a tenth of 0.1", "0.1"],
    ["- 12.9 and -12.9", "-12.9"],
    ["$\\frac{0.3}{2}$", "0.3"],
    ["$x^2 \\cdot 0.75$", "0.75"],
    ["$10^{-7}$", "1e-7"],
    ["7 %", "7%"],
    ["$7\\,\\%$", "7%"],
    ["at 7.\n\n| a | 0.33 |", "0.33"],
    ["[0.25, 1)", "0.25"],
    ["$e^{a_{1} b} = 0.9$", "0.9"],
    ["a rate of 5e-6", "5e-6"],
    ["it prints `0.75`", "0.75"],
    ["at most 1.93", "1.93"],
  ])("finds: %s", (text, number) => expect(found(text, run)).toEqual([number]));

  test.each([
    "4 houses, 2 slopes",
    "row L12, S10 to B17",
    "section 5",
    "## At 0.75",
    "`rate: 0.75` and ```\n0.75\n```",
    "[2 Linear of 0.75](02-linear.ipynb)",
    "$x_{12}$, $x^{12}$, $W_{10}$, $e^{710}$, $x^2$",
    "one in a million",
    '<img width="640">',
    "half of them",
    "Allow about 40 minutes.",
    "$$x \\tag{2.7}$$ and [(2.7)](#Title)",
  ])("takes for no result: %s", (text) => expect(found(text, run)).toEqual([]));

  test("wants a number of one or two digits to stand near its result, or to be the very same", () => {
    const elsewhere = [run, "## More", ["1 + 1"]] as const;
    expect(found(...elsewhere, "MAE 0.2, loss 0.014, and the loss 0.01402")).toEqual(["0.2", "0.014"]);
    expect(found(...elsewhere, "MAE 0.2004, rate 0.00005, W 3.298, price 9.5, 77")).toEqual(["3.298", "77"]);
    expect(found(...elsewhere, "## Without code\n\nMAE 0.2")).toEqual([]);
  });

  test("says where", () => {
    expect(unbound(madeUp("# Title", "Some\nwords: 0.75 is it.", run)).map(({ place }) => place)).toEqual([
      "cell 2: 0.75 in “Some words: 0.75 is it.”",
    ]);
  });
});

/** The numbers in the texts that claim a result which no cell's output or code has, and neither have the data. */
function unbound(notebook: Notebook): { number: string; place: string }[] {
  const sections = sectionsOf(notebook);
  const exact = sections.flatMap(({ outputs, code }) => [...outputs, ...code]);
  const outputs = sections.flatMap((section) => section.outputs);
  return sections.flatMap((section) =>
    section.texts.flatMap(({ text, cell }) => {
      // one or two digits are easily met by chance, so their result must stand nearby
      const nearby = section.code.length > 0 ? section.outputs : outputs;
      const bound = (claim: Written): boolean =>
        readings(claim).some(
          (one) =>
            [...DATA, ...exact].some((by) => equals(by, one)) ||
            (digitsOf(claim) > 2 ? outputs : nearby).some((by) => rounds(by, one)),
        );
      const wrong = numbersIn(text).filter((number) => claims(number) && !bound(number));
      return wrong.map((number) => ({
        number: number.text,
        place: `cell ${cell}: ${number.text} in “${around(text, number.at)}”`,
      }));
    }),
  );
}

interface Section {
  readonly texts: { readonly text: string; readonly cell: number }[];
  readonly outputs: Written[];
  readonly code: Written[];
}

/** The stretches from heading to heading, each with its texts and with the numbers of its code and of its outputs. */
function sectionsOf(notebook: Notebook): Section[] {
  const sections: Section[] = [{ texts: [], outputs: [], code: [] }];
  for (const [i, cell] of notebook.cells.entries()) {
    const source = sourceOf(cell);
    if (cell.cell_type === "markdown")
      for (const piece of source.split(/^(?=#{1,6} )/m)) {
        if (piece.startsWith("#")) sections.push({ texts: [], outputs: [], code: [] });
        sections.at(-1)!.texts.push({ text: prose(piece), cell: i + 1 });
      }
    else {
      sections.at(-1)!.code.push(...numbersIn(bareCode(source)));
      sections.at(-1)!.outputs.push(...outputsOf(cell).flatMap((output) => numbersIn(results(wordsOf(output)))));
    }
  }
  return sections;
}

/** Small whole numbers count things; a number with a point or a power, a large one and a percentage claim something. */
const claims = ({ text, value }: Written): boolean => /[.e%]/.test(text) || Math.abs(value) >= 10;

/** A percentage stands for a part, or for a number that a table already shows as one. */
const readings = (claim: Written): Written[] =>
  claim.text.endsWith("%") ? [claim, { ...claim, value: claim.value * 100, unit: claim.unit * 100 }] : [claim];

/** What a reader reads: no headings, links, code or markup, and of formulas the numbers that stand on the line. */
function prose(markdown: string): string {
  return markdown
    .replace(/\babout \d+ minutes\b/gi, " ") // how long a section takes to read
    .replace(/^\*\*Further reading\.\*\*[^]*?(?:\n\n|(?![^]))/gm, " ") // years and sections of books
    .replace(/`(-?[\d.,]+)`/g, "$1") // a bare number is meant to be read
    .replace(/```[^]*?```|`[^`\n]*`|^#+ .*$|!?\[[^\]]*\]\([^)]*\)|<\/?[a-z][^>]*>/gm, " ")
    .replace(/\\tag\{[^}]*\}/g, " ") // the number of an equation
    .replace(/\\%/g, "%")
    .replace(/(\d)(?:\{,\}|\\,)(?=\d{3})/g, "$1,")
    .replace(
      /(?:(\d)\s*\\(?:cdot|times)\s*|(?<![\w.}]))10\^\{?(-?\d+)\}?/g,
      (_, digit: string | undefined, power) => `${digit ?? "1"}e${power}`,
    )
    .replace(/[_^](?:\{(?:[^{}]|\{[^{}]*\})*\}|\\?\w)/g, " ")
    .replace(/\\[a-zA-Z]+|\\./g, " ");
}

/** Code without its comments and with 10_000 as a plain number. */
const bareCode = (source: string): string => source.replace(/\/\/.*$/gm, "").replace(/(\d)_(?=\d)/g, "$1");

/** An output without the random points at which the derivation checker compared two sides. */
const results = (words: string): string => words.replace(/^At .*: left .*$/gm, "");

const around = (text: string, at: number): string =>
  text
    .slice(Math.max(0, at - 40), at + 40)
    .replace(/\s+/g, " ")
    .trim();

/** The houses, which every notebook reads. */
const DATA = numbersIn(readFileSync(join(root, "data/house-prices.csv"), "utf8").replace(/,/g, " "));
