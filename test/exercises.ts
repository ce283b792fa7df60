import type { Cell, Notebook } from "../tools/notebook";
import { tasksOf } from "../tools/tasks";
import { outputsOf, wordsOf } from "./book";

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
