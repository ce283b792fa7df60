import { homedir } from "node:os";
import { describe, expect, test } from "vitest";
import { type Cell, chartsOf, sourceOf } from "../tools/notebook";
import { root } from "../tools/project";
import { committed, label, names } from "./book";

/** Whether a cell is a slider: what it moves stands in the cell below. */
const isSlider = (cell?: Cell): boolean => cell?.cell_type === "code" && /^const \w+ = slider\(/.test(sourceOf(cell));

/** The code in a text. */
const fenced = (text: string): string[] => [...text.matchAll(/^```ts\n([^]*?)\n```$/gm)].map(([, code]) => code);

describe.each(names)("%s", (name) => {
  const { cells, metadata } = committed(name);

  test("begins with a title, and says something before each code cell", () => {
    expect(sourceOf(cells[0])).toMatch(/^# \S/);
    const bare = cells.filter(
      (cell, i) => cell.cell_type === "code" && cells[i - 1]?.cell_type !== "markdown" && !isSlider(cells[i - 1]),
    );
    expect(bare.map(label)).toEqual([]);
  });

  test("says under its title what you should know and how long it takes", () => {
    const last = sourceOf(cells[0]).trim().split("\n\n").at(-1);
    expect(last?.replace(/\n/g, " ")).toMatch(/^You (should know|need) .*\. Allow about \d+ minutes\.$/);
  });

  test("has a chart that moves", () => {
    expect(chartsOf(committed(name)).some(({ figure }) => figure.frames?.length)).toBe(true);
  });

  test("tells nobody to step through its cells, which a page cannot", () => {
    const texts = cells.filter((cell) => cell.cell_type === "markdown").map(sourceOf);
    expect(texts.filter((text) => /step through (the|its) cells/i.test(text))).toEqual([]);
  });

  test("has code that can be read without scrolling sideways: at most 120 columns", () => {
    const code = cells.flatMap((cell) => (cell.cell_type === "code" ? [sourceOf(cell)] : fenced(sourceOf(cell))));
    expect(code.flatMap((text) => text.split("\n")).filter((line) => line.length > 120)).toEqual([]);
  });

  test("was executed from top to bottom, without an error", () => {
    const code = cells.filter((cell) => cell.cell_type === "code");
    expect(code.map((cell) => cell.execution_count)).toEqual(code.map((_, i) => i + 1));
    const failed = code.filter((cell) => cell.outputs?.some((output) => output.output_type === "error"));
    expect(failed.map(label)).toEqual([]);
  });

  test("tells nothing of the machine that executed it", () => {
    const told = [root, homedir(), "/home/", "/Users/", "node_modules", "evalmachine"];
    const telling = cells.filter((cell) => told.some((text) => JSON.stringify(cell.outputs ?? []).includes(text)));
    expect(telling.map(label)).toEqual([]);
  });

  test("names the kernel, and nothing that changes from run to run", () => {
    expect(Object.keys(metadata).sort()).toEqual(["kernelspec", "language_info"]);
    expect(metadata["kernelspec"]).toEqual({ display_name: "TypeScript", language: "typescript", name: "tslab" });
    const ids = cells.map(({ id }) => id);
    expect(new Set(ids).size).toBe(cells.length);
    expect(ids).not.toContain(undefined);
  });
});
