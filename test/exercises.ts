import { type Cell, type Notebook, sourceOf } from "../tools/notebook";
import { outputsOf, wordsOf } from "./book";

/** An exercise: the cells to edit, and the code of its folded solutions. */
interface Task {
  readonly title: string;
  readonly cells: Cell[];
  readonly solutions: string[];
  /** How many pieces of code its text has. */
  readonly fences: number;
}

const SOLUTION =
  /<details><summary>Solution<\/summary>\n\n(?:(?!<\/?details|```)[^])+\n\n```ts\n([^]*?)\n```\n\n<\/details>/g;

/** The tasks under the heading "Exercises", each from its heading to the next. */
export function tasksOf({ cells }: Notebook): Task[] {
  const pieces = cells.flatMap((cell): (string | Cell)[] =>
    cell.cell_type === "code" ? [cell] : sourceOf(cell).split(/^(?=#{1,3} )/m),
  );
  const heading = (level: string) => (piece: string | Cell) =>
    typeof piece === "string" && piece.startsWith(`${level} `);
  const first = pieces.findIndex((piece) => typeof piece === "string" && /^## Exercises$/m.test(piece));
  if (first < 0) return [];
  const after = pieces.slice(first + 1);
  const end = after.findIndex(heading("##"));
  const tasks: Task[] = [];
  for (const piece of end < 0 ? after : after.slice(0, end)) {
    if (typeof piece !== "string") tasks.at(-1)?.cells.push(piece);
    else if (heading("###")(piece)) {
      const solutions = [...piece.matchAll(SOLUTION)].map(([, code]) => code);
      tasks.push({
        title: piece.split("\n")[0].slice(4),
        cells: [],
        solutions,
        fences: piece.split(/^```ts$/m).length - 1,
      });
    }
  }
  return tasks;
}

/** What is wrong with the form of a notebook's exercises. */
export function complaints(notebook: Notebook): string[] {
  const tasks = tasksOf(notebook);
  if (tasks.length < 3 || tasks.length > 4) return [`${tasks.length} tasks`];
  return tasks.flatMap(({ title, cells, solutions, fences }) => {
    if (cells.length !== 1) return [`${title}: ${cells.length} cells`];
    if (solutions.length !== 1) return [`${title}: ${solutions.length} solutions`];
    return fences === 1 ? [] : [`${title}: ${fences} fences`];
  });
}

/** The notebook with each exercise solved as its solution says. */
export function withSolutions(notebook: Notebook): Notebook {
  const solutions = new Map(
    tasksOf(notebook).flatMap(({ cells, solutions }) => cells.map((cell) => [cell, solutions[0]])),
  );
  return {
    ...notebook,
    cells: notebook.cells.map((cell) => ({ ...cell, source: solutions.get(cell) ?? cell.source })),
  };
}

/** The notebook with its solutions as further cells at its end; an error in one of them is an output like others. */
export function followedBySolutions(notebook: Notebook): Notebook {
  const solutions = tasksOf(notebook).map(({ solutions }, i): Cell => {
    const metadata = { tags: ["raises-exception"] };
    return {
      cell_type: "code",
      id: `solution-${i}`,
      metadata,
      source: solutions[0],
      execution_count: null,
      outputs: [],
    };
  });
  return { ...notebook, cells: [...notebook.cells, ...solutions] };
}

/** The marks under a cell; what else it says if it has none. */
export function marksUnder(cell: Cell): string {
  const said = outputsOf(cell).map(wordsOf).join("\n");
  return said.replace(/[^✓✗]/g, "") || said;
}

/** The marks under the cell of each task. */
export const marks = (notebook: Notebook): [title: string, marks: string][] =>
  tasksOf(notebook).map(({ title, cells }) => [title, cells.map(marksUnder).join("")]);
