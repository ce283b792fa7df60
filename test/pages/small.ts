import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { exportBook } from "../../tools/export";
import { venv } from "../../tools/project";

/** The code of a cell, with what it left. */
export type Code = string | readonly [source: string, ...outputs: object[]];

/** What a cell printed. */
export const printed = (text: string): object => ({ output_type: "stream", name: "stdout", text });

/**
 * A book of one page with these cells, which is there while the tests of a file run. `texts` stand before the cells, the
 * first after the title. Returns the file of its page.
 */
export function smallBook(
  title: string,
  code: readonly Code[],
  texts: readonly string[] = [],
  tags: string[] = [],
): string {
  const folder = mkdtempSync(join(tmpdir(), "house-prices-small-"));
  const notebooks = join(folder, "notebooks");
  beforeAll(async () => {
    const cells = code.flatMap((each, i) => {
      const [source, ...outputs] = typeof each === "string" ? [each] : each;
      const text = texts[i] ?? "And";
      return [
        { cell_type: "markdown", id: `m${i}`, metadata: {}, source: i === 0 ? `# 1 ${title}\n\n${text}` : text },
        { cell_type: "code", id: `c${i}`, metadata: { tags }, source, execution_count: i + 1, outputs },
      ];
    });
    const metadata = {
      kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" },
      language_info: { name: "typescript" },
    };
    mkdirSync(notebooks);
    writeFileSync(
      join(notebooks, "01-small.ipynb"),
      JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }),
    );
    await exportBook(venv, notebooks, join(folder, "site"));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, "site/01-small.html");
}
