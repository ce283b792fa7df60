import { type Cell, type Notebook, sourceOf } from "./notebook";

/** An exercise: the cells to edit, and its folded solutions. */
export interface Task {
  readonly title: string;
  readonly cells: Cell[];
  readonly solutions: string[];
  /** The words before the code of each solution. */
  readonly reasons: string[];
  /** How many pieces of code its text has. */
  readonly fences: number;
}

/** A task that is as it should be: one cell to edit, and one folded solution. */
export interface Exercise {
  readonly title: string;
  readonly cell: Cell;
  /** What the cell says at first. */
  readonly task: string;
  readonly solution: string;
  /** Why the solution is right, in words. */
  readonly reason: string;
}

/** A folded solution: why, and the code. */
export const SOLUTION =
  /<details><summary>Solution<\/summary>\n\n((?:(?!<\/?details|```)[^])+)\n\n```ts\n([^]*?)\n```\n\n<\/details>/g;

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
      const found = [...piece.matchAll(SOLUTION)];
      tasks.push({
        title: piece.split("\n")[0].slice(4),
        cells: [],
        solutions: found.map(([, , code]) => code),
        reasons: found.map(([, reason]) => reason),
        fences: piece.split(/^```ts$/m).length - 1,
      });
    }
  }
  return tasks;
}

/** The tasks of a notebook that can be judged. */
export const exercisesOf = (notebook: Notebook): Exercise[] =>
  tasksOf(notebook).flatMap(({ title, cells: [cell], solutions: [solution], reasons: [reason] }) =>
    cell && solution !== undefined ? { title, cell, task: sourceOf(cell), solution, reason } : [],
  );
