import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Cell, type Notebook, notebooksIn, readNotebook, sourceOf } from "./notebook";
import { main, Problem, root } from "./project";
import { exercisesOf, SOLUTION } from "./tasks";

/** What a teacher knows of a task beside its solution. */
export interface Teaching {
  readonly minutes: string;
  /** What somebody believes who leaves the task's cell as it is. */
  readonly misconception: string;
  readonly hint: string;
}

/** Of each notebook, each task by its title. */
export type Lessons = ReadonlyMap<string, ReadonlyMap<string, Teaching>>;

const FILE = "docs/teaching.md";

/** Reads what teachers are told of the tasks. */
export async function lessons(): Promise<Lessons> {
  const text = await readFile(join(root, FILE), "utf8");
  const chapters = text.split(/^## /m).slice(1);
  return new Map(
    chapters.map((chapter) => {
      const [name, ...tasks] = chapter.split(/^### /m);
      return [`${name.trim()}.ipynb`, new Map(tasks.map(teachingOf))];
    }),
  );
}

function teachingOf(task: string): [title: string, teaching: Teaching] {
  const [title] = task.split("\n");
  const of = (what: string): string => {
    const [, said] = new RegExp(`^- ${what}: (.+)$`, "m").exec(task) ?? [];
    if (!said) throw new Problem(`${FILE}, “${title}”, lacks a line that begins with - ${what}:`);
    return said;
  };
  return [title, { minutes: of("Minutes"), misconception: of("Misconception"), hint: of("Hint") }];
}

/** A notebook for students: in the place of each solution two hints, one after the other. */
export function forStudents(notebook: Notebook, name: string, all: Lessons): Notebook {
  const hints = ({ hint }: Teaching, reason: string): string => folded("Hint", hint) + folded("A further hint", reason);
  const made = eachTask(notebook, name, all, hints);
  const said = /The solution\s+is\s+folded\s+below\s+the\s+task\./;
  return { ...made, cells: made.cells.map((cell) => withText(cell, (text) => text.replace(said, WHERE))) };
}

const WHERE = "Two hints are folded below the task.";

/** A notebook for teachers: with each solution stands how long the task takes, and what is behind its first verdict. */
export const forTeachers = (notebook: Notebook, name: string, all: Lessons): Notebook =>
  eachTask(
    notebook,
    name,
    all,
    ({ minutes, misconception }, _, solution) =>
      `**For teachers.** About ${minutes} minutes. Behind the verdict at first: ${misconception}\n\n${solution}`,
  );

const folded = (title: string, text: string): string =>
  `<details><summary>${title}</summary>\n\n${text}\n\n</details>\n\n`;

function eachTask(
  notebook: Notebook,
  name: string,
  all: Lessons,
  write: (teaching: Teaching, reason: string, solution: string) => string,
): Notebook {
  const tasks = exercisesOf(notebook);
  const teachings = tasks.map(({ title }) => {
    const teaching = all.get(name)?.get(title);
    if (!teaching) throw new Problem(`${FILE} says nothing about “${title}” in ${name}.`);
    return teaching;
  });
  let next = 0;
  const cells = notebook.cells.map((cell) =>
    withText(cell, (text) =>
      text.replace(SOLUTION, (solution, reason: string) => write(teachings[next++], reason, solution).trimEnd()),
    ),
  );
  if (next !== tasks.length) throw new Problem(`${name} has ${next} solutions for ${tasks.length} tasks.`);
  return { ...notebook, cells };
}

const withText = (cell: Cell, change: (text: string) => string): Cell =>
  cell.cell_type === "markdown" ? { ...cell, source: change(sourceOf(cell)) } : cell;

/** Writes the notebooks of the book for a class into `student/` and `teacher/`. */
async function tool(): Promise<void> {
  const all = await lessons();
  const names = await notebooksIn(join(root, "notebooks"));
  for (const [folder, made] of [
    ["student", forStudents],
    ["teacher", forTeachers],
  ] as const) {
    await rm(join(root, folder), { recursive: true, force: true });
    await mkdir(join(root, folder));
    for (const name of names) {
      const notebook = made(await readNotebook(join(root, "notebooks", name)), name, all);
      await writeFile(join(root, folder, name), `${JSON.stringify(notebook, null, 1)}\n`);
    }
    console.log(`  ${folder}/: ${names.length} notebooks`);
  }
}

if (require.main === module) void main(tool);
