import type { Cell } from "./cell";

/** The tasks of the page, listed in the contents with those that are solved. */
export class Exercises {
  readonly #items = new Map<Cell, HTMLElement>();

  constructor(cells: readonly Cell[]) {
    const chapter = document.getElementById("Exercises");
    const entry = document.querySelector<HTMLElement>('.contents a[href="#Exercises"]')?.parentElement;
    if (!chapter || !entry) return;
    const list = document.createElement("ol");
    list.className = "tasks";
    for (const cell of cells) {
      const heading = headingOf(cell, chapter);
      if (!heading) continue;
      const link = document.createElement("a");
      link.href = `#${heading.id}`;
      link.textContent = heading.textContent!.replace("¶", "").trim();
      const item = list.appendChild(document.createElement("li"));
      item.append(link);
      this.#items.set(cell, item);
    }
    if (this.#items.size > 0) entry.append(list);
  }

  /** Whether the cell is a task that its outputs call solved; the contents show it. */
  judge(cell: Cell): boolean {
    const said = cell.outputs.all.map((output) =>
      output.output_type === "display_data" ? output.data["text/plain"] : "",
    );
    const marks = said.join("").replace(/[^✓✗]/g, "");
    const right = this.#items.has(cell) && /^✓+$/.test(marks);
    if (right) this.solved(cell);
    else this.unsolved(cell);
    return right;
  }

  solved(cell: Cell): void {
    const item = this.#items.get(cell);
    if (!item || item.querySelector(".solved")) return;
    const mark = item.appendChild(document.createElement("span"));
    mark.className = "solved";
    mark.textContent = " ✓ solved";
  }

  unsolved(cell: Cell): void {
    this.#items.get(cell)?.querySelector(".solved")?.remove();
  }
}

/** The heading of the task that a cell belongs to, if it stands under the chapter. */
function headingOf(cell: Cell, chapter: HTMLElement): HTMLElement | undefined {
  const before = [...document.querySelectorAll<HTMLElement>(":is(h2, h3)[id]")].filter(
    (heading) => heading.compareDocumentPosition(cell.element) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  const last = before.at(-1);
  const inChapter = before.findLast(({ tagName }) => tagName === "H2") === chapter;
  return inChapter && last?.tagName === "H3" ? last : undefined;
}
