import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseHTML } from "linkedom";
import { type Notebook, sourceOf } from "./notebook";
import { escape, type Section, typeset } from "./page";
import { root } from "./project";

/** A page that is looked things up in: what the letters mean, and what the notes say. */
export interface Reference {
  /** the page's file, symbols.html */
  readonly file: string;
  readonly title: string;
  /** its text, typeset */
  readonly html: string;
}

/** What a mark in a text stands for, as HTML: L11 for what the notes say and what holds, (2.4) for an equation. */
export type Claims = ReadonlyMap<string, string>;

const NAMES = ["symbols", "notes"] as const;

/** The pages of reference, from `docs/`; where a table ends in the number of a section, it leads there. */
export const references = (sections: readonly Section[]): Promise<Reference[]> =>
  Promise.all(
    NAMES.map(async (name) => {
      const page = await pageOf(name);
      for (const row of page.querySelectorAll("tr")) {
        const cells = row.querySelectorAll("td, th");
        for (const cell of cells) cell.removeAttribute("align");
        const [first, last] = [cells[0], cells[cells.length - 1]];
        if (/^[A-Z]\d+$/.test(first?.textContent ?? "")) row.id = first.textContent!;
        const to = sections.find(({ number }) => last?.localName === "td" && last.innerHTML === String(Number(number)));
        if (to) last.innerHTML = `<a href="${to.file}">${last.innerHTML}</a>`;
      }
      for (const table of page.querySelectorAll("table")) {
        const box = page.createElement("div");
        box.className = "scroll";
        table.replaceWith(box);
        box.append(table);
      }
      const title = page.querySelector("h1")?.innerHTML ?? name;
      return { file: `${name}.html`, title, html: page.body.innerHTML };
    }),
  );

/** What is shown of the notes where a text names a number of theirs. */
export async function claims(): Promise<Claims> {
  const rows = [...(await pageOf("notes")).querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td")]);
  return new Map(
    rows
      .filter(([mark]) => /^[A-Z]\d+$/.test(mark.textContent ?? ""))
      .map(([{ innerHTML: mark }, said, holds]) => [
        mark,
        `<p><b>${mark}</b> ${said.innerHTML}</p><p><small>${holds.innerHTML}</small></p>`,
      ]),
  );
}

/** The equations of a notebook's texts that have a number, as LaTeX: each `$$ … \tag{2.4} $$`, in order. */
export const equationsOf = ({ cells }: Notebook): [number: string, tex: string][] =>
  cells.flatMap((cell) =>
    cell.cell_type === "markdown"
      ? [...sourceOf(cell).matchAll(/\$\$((?:(?!\$\$)[^])*?)\s*\\tag\{([\d.]+)\}\s*\$\$/g)].map(
          ([, tex, number]): [string, string] => [number, tex],
        )
      : [],
  );

/** What is shown of the equations of these notebooks where a text names a number of theirs. */
export const equations = (notebooks: ReadonlyMap<string, Notebook>): Claims =>
  new Map(
    [...notebooks].flatMap(([name, notebook]) =>
      equationsOf(notebook).map(([number, tex]): [string, string] => [
        `(${number})`,
        `<p><b>(${number})</b> ${typeset(escape(`$\\displaystyle ${tex.trim()}$`), name)}</p>`,
      ]),
    ),
  );

/** A page of `docs/` with its math typeset. */
async function pageOf(name: string): Promise<ReturnType<typeof parseHTML>["document"]> {
  const { Marked } = await import("marked");
  const math = {
    name: "math",
    level: "inline" as const,
    start: (text: string) => (text.includes("$") ? text.indexOf("$") : undefined),
    tokenizer(text: string) {
      const found = /^\$(?!\s)((?:\\.|[^$\\])+?)(?<!\s)\$/.exec(text);
      return found ? { type: "math", raw: found[0] } : undefined;
    },
    renderer: ({ raw }: { raw: string }) => escape(raw),
  };
  const text = await readFile(join(root, "docs", `${name}.md`), "utf8");
  const html = typeset(await new Marked({ gfm: true, extensions: [math] }).parse(text), `docs/${name}.md`);
  return parseHTML(`<!DOCTYPE html><html><body>${html}</body></html>`).document;
}

/**
 * Prose in which each number of the notes leads to what they say there, and a link in the words (2.4), in a notebook to
 * a heading, to that equation; code, headings, other links and math stay.
 */
export function referring(html: string, marks: Claims): string {
  let closed = 0;
  return html
    .replace(/<a href="([^"#]*)#[^"]*">(\(([\d.]+)\))<\/a>/g, '<a href="$1#equation-$3" class="mark">$2</a>')
    .split(/(<pre[\s>][\s\S]*?<\/pre>|<code[\s>][\s\S]*?<\/code>|<[^>]*>|\$[^$]*\$)/)
    .map((piece, i) => {
      if (i % 2) {
        if (/^<(a|h\d)[\s>]/.test(piece)) closed++;
        if (/^<\/(a|h\d)>/.test(piece)) closed--;
        return piece;
      }
      if (closed > 0) return piece;
      return piece.replace(/\b[A-Z]\d{1,2}\b/g, (mark) =>
        marks.has(mark) ? `<a href="notes.html#${mark}" class="mark">${mark}</a>` : mark,
      );
    })
    .join("");
}
