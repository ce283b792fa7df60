import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { exportBook } from "../../tools/export";
import { root, venv } from "../../tools/project";
import { makeUp } from "./made";

declare module "vitest" {
  interface ProvidedContext {
    /** The made-up notebooks, their pages, and the pages of the book. */
    readonly pages: { readonly notebooks: string; readonly site: string; readonly book: string };
  }
}

/** Exports the made-up notebooks and the book, once for all tests of pages. */
export default async function setup(project: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "house-prices-pages-"));
  const [notebooks, site, book] = ["notebooks", "site", "book"].map((name) => join(folder, name));
  project.provide("pages", { notebooks, site, book });
  makeUp(notebooks);
  await Promise.all([exportBook(venv, notebooks, site), exportBook(venv, join(root, "notebooks"), book)]);
  return () => rmSync(folder, { recursive: true, force: true });
}
