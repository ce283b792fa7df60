import { describe, expect, test } from "vitest";
import { type Cell, type Notebook, sourceOf } from "../tools/notebook";
import { committed, type Made, madeUp, names, type Output, outputsOf, printed, wordsOf } from "./book";

/**
 * The rows of the notes, by the section that carries them, each with the checks owed to it:
 * `chain` a derivation that holds (`chain 12`: of so many equalities), `refused` a formula shown to be wrong, `digits`
 * a table that compares printed digits with ours, `run` a table, a chart or a printed line.
 */
const LEDGER: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "01": { D1: "chain", D2: "chain, refused", D3: "run" },
  "02": {
    L1: "chain",
    L2: "chain",
    L3: "chain",
    L4: "chain, refused",
    L5: "run",
    L6: "run",
    L7: "run",
    L8: "run",
    L9: "run",
    L10: "chain, refused",
    L11: "chain",
    L12: "chain",
    L13: "digits",
  },
  "03": {
    S1: "run",
    S2: "run",
    S3: "run",
    S4: "chain",
    S5: "run",
    S6: "chain 12",
    S7: "chain",
    S8: "chain",
    S9: "run, digits",
    S10: "run",
    S11: "run",
  },
  "04": { K1: "run", K2: "refused, chain", K3: "chain", K4: "run" },
  "05": {
    B1: "chain",
    B2: "chain",
    B3: "run",
    B4: "refused, chain",
    B5: "run",
    B6: "run",
    B7: "chain",
    B8: "chain 8",
    B9: "chain",
    B10: "chain",
    B11: "refused, chain",
    B12: "chain",
    B13: "refused, chain",
    B14: "chain",
    B15: "chain",
    B16: "refused, chain",
    B17: "run",
  },
  "06": {
    T1: "chain",
    T2: "chain",
    T3: "chain",
    T4: "chain",
    T5: "run, chain",
    T6: "refused, chain",
    T7: "chain",
    T8: "chain",
    T9: "chain",
    T10: "run",
    T11: "chain",
    T12: "chain",
    T13: "chain",
    T14: "chain 5",
    T15: "refused, chain",
    T16: "run",
  },
};

const ERRATA = "What the notes got wrong";

describe("the ledger", () => {
  test.each(Object.keys(LEDGER))("each row of section %s stands next to its check", (section) => {
    const [name, ...more] = names.filter((name) => name.startsWith(`${section}-`));
    expect(more).toEqual([]);
    expect(complaints(committed(name), LEDGER[section])).toEqual([]);
  });

  test.each(names)("%s names no row that the notes do not have", (name) => {
    const known = Object.values(LEDGER).flatMap((rows) => Object.keys(rows));
    const named = committed(name)
      .cells.filter((cell) => cell.cell_type === "markdown")
      .flatMap((cell) => idsIn(sourceOf(cell)));
    expect(named.filter((id) => !known.includes(id))).toEqual([]);
  });
});

describe("the walker", () => {
  const holds = printed("  a\n✓ = b\n✓ = c");
  const fails = printed("  a\n✗ = d    ← does not hold");
  const errata = `## ${ERRATA}\n\n| L2 | this | that |`;
  const walk = (owed: string, ...cells: Made[]) =>
    complaints(madeUp(...cells), { L2: owed, L3: "run" }).filter((complaint) => complaint.startsWith("L2"));

  test.each<[string, ...Made[]]>([
    ["chain", "By $x$ (L1 to L3).", ["", holds]],
    ["chain 2", "(L2)", ["", holds]],
    ["refused, chain", "(L1, L2)", ["", fails], "So:", ["", holds]],
    ["run", "(L2)", ["", printed("a  b\n1  2")]],
    ["digits", "L1 L2", ["", printed("number  printed  ours  same\nW       0.5      0.5   yes")]],
  ])("is content with %s", (owed, ...cells) => {
    expect(walk(owed, ...cells)).toEqual([]);
  });

  test.each(["Nothing (L12).", errata, "`L2`", "$L2$"])("misses a row in: %s", (text) => {
    expect(walk("chain", text, ["", holds])).toEqual(["L2 is not named"]);
  });

  test.each<[string, string, Made]>([
    ["a cell that did not run", "chain", ["f()"]],
    ["another kind", "refused", ["", holds]],
    ["a refusal in place of a chain", "chain", ["", fails]],
    ["too short a chain", "chain 3", ["", holds]],
    ["a chain in place of a table", "run", ["", holds]],
    ["digits that differ", "digits", ["", printed("number  printed  ours  same\nW       0.5      0.6   no")]],
  ])("refuses %s", (_, owed, code) => {
    expect(walk(owed, "(L2)", code)).toEqual([`L2 lacks ${owed}`]);
  });

  test.each<Made[]>([
    ["(L2)", ["f()"], "## More", ["", holds]],
    ["(L2)\n\n## More", ["", holds]],
    ["(L2)", ["f()"], "Now (L3).", ["", holds]],
    ["(L2)", ["f()"], "More.", "Now (L3).", ["", holds]],
  ])("refuses a check beyond a heading, or next to another row: %j", (...cells) => {
    expect(walk("chain", ...cells)).toEqual(["L2 lacks chain"]);
  });
});

/** What the rows of a section lack in its notebook. */
function complaints(notebook: Notebook, rows: Readonly<Record<string, string>>): string[] {
  const beside = outputsBeside(notebook, Object.keys(rows));
  return Object.entries(rows).flatMap(([id, owed]) => {
    const outputs = beside.get(id);
    if (!outputs) return [`${id} is not named`];
    const lacking = owed.split(", ").filter((kind) => !outputs.some((output) => meets(output, kind)));
    return lacking.map((kind) => `${id} lacks ${kind}`);
  });
}

/** The outputs that stand next to each row: those after the text that names it, up to a heading or a text that names others. */
function outputsBeside(notebook: Notebook, rows: readonly string[]): Map<string, Output[]> {
  const beside = new Map<string, Output[]>();
  let current: string[] = [];
  let codeSince = false;
  let errata = false;
  for (const piece of notebook.cells.flatMap(pieces)) {
    if (typeof piece !== "string") {
      for (const id of current) beside.get(id)!.push(...outputsOf(piece));
      codeSince = true;
      continue;
    }
    const heading = piece.startsWith("#");
    if (heading) errata = piece.startsWith(`## ${ERRATA}`);
    const ids = errata ? [] : idsIn(piece).filter((id) => rows.includes(id));
    if (heading || (codeSince && ids.length > 0)) current = [];
    if (heading || ids.length > 0) codeSince = false;
    current = [...new Set([...current, ...ids])];
    for (const id of ids) if (!beside.has(id)) beside.set(id, []);
  }
  return beside;
}

/** A text cell falls into pieces where its headings stand, each with its heading; a code cell is one piece. */
const pieces = (cell: Cell): (string | Cell)[] =>
  cell.cell_type === "code" ? [cell] : sourceOf(cell).split(/^(?=#{1,6} )/m);

/** The rows that a text names, also as "L1 to L3"; a letter in code or in a formula is no row. */
function idsIn(text: string): string[] {
  const words = text.replace(/```[^]*?```|`[^`\n]*`|\$\$[^]*?\$\$|\$[^$]*\$/g, " ");
  return [...words.matchAll(/\b([DLSKBT])(\d+)(?:\s*(?:to|–|-)\s*\1(\d+))?\b/g)].flatMap(
    ([, letter, first, last = first]) =>
      Array.from({ length: Math.max(1, Number(last) - Number(first) + 1) }, (_, i) => letter + (Number(first) + i)),
  );
}

/** Whether an output is a check of this kind. */
function meets(output: Output, owed: string): boolean {
  const words = wordsOf(output);
  const [kind, least = "1"] = owed.split(" ");
  const [head, ...rows] = words.split("\n");
  if (kind === "chain") return !words.includes("✗") && words.split("✓").length > Number(least);
  if (kind === "refused") return words.includes("✗");
  if (kind === "digits")
    return /^number +printed +ours +same$/.test(head) && rows.length > 0 && rows.every((row) => row.endsWith(" yes"));
  return kind === "run" && words.trim() !== "" && !/[✓✗]/.test(words) && output.output_type !== "error";
}
