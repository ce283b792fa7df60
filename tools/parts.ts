import { createRequire } from "node:module";
import { exportParts } from "./bundle";

/** What the pages' own TypeScript does at export. */
interface Parts {
  /** The lines of an aligned block of LaTeX, if it is a derivation's; and these as HTML, by what typesets a formula. */
  rowsOf(tex: string): readonly object[] | undefined;
  steps(rows: readonly object[], typeset: (tex: string) => string): string;
  /** The houses of the title page, with a line, as HTML. */
  hook(): string;
  /** The pictures of these sections as SVG, of those that have one, by their names; `data` is the folder of the houses. */
  cards(data: string, names: readonly string[]): Promise<Readonly<Record<string, string>>>;
}

/** They are bundled by `npm run build`. */
export const parts = (): Parts => createRequire(__filename)(exportParts) as Parts;
