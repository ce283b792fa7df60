import { lstat, readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { unparse } from "papaparse";
import { Judge, type Limits } from "./judge";
import { type Notebook, notebooksIn, readNotebook, sourceOf } from "./notebook";
import { main, Problem, root } from "./project";
import { type Exercise, exercisesOf } from "./tasks";

/** What became of one hand-in. */
export interface Row {
  readonly handIn: string;
  /** The notebook of the book that it answers; empty if it is none. */
  readonly section: string;
  /** For each task: solved, not solved, look, not begun, or missing. */
  readonly verdicts: readonly string[];
  /** What is to be said, task by task. */
  readonly remarks: readonly string[];
}

/** A section of the book with its exercises. */
interface Section {
  readonly name: string;
  readonly notebook: Notebook;
  readonly exercises: readonly Exercise[];
}

const LIMITS: Limits = { seconds: 60, memory: 1500 };
/** No hand-in is larger, in bytes. */
const LARGE = 50_000_000;
const FILE = "grades.csv";

/** Judges each notebook in a folder and in the folders in it, one after the other. */
export async function grade(folder: string, limits = LIMITS, done: (row: Row) => void = () => {}): Promise<Row[]> {
  const names = await notebooksIn(join(root, "notebooks"));
  const sections = await Promise.all(
    names.map(async (name): Promise<Section> => {
      const notebook = await readNotebook(join(root, "notebooks", name));
      return { name, notebook, exercises: exercisesOf(notebook) };
    }),
  );
  const rows: Row[] = [];
  for (const path of await handInsIn(folder)) {
    const row = await rowOf(path, relative(folder, path), sections, limits);
    rows.push(row);
    done(row);
  }
  return rows;
}

async function handInsIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => {
    throw new Problem(`There is no folder ${folder}: say where the hand-ins are, npm run grade -- FOLDER.`);
  });
  const paths = entries
    .filter(({ name, parentPath }) => name.endsWith(".ipynb") && !parentPath.includes(".ipynb_checkpoints"))
    .map(({ name, parentPath }) => join(parentPath, name))
    .sort();
  if (paths.length === 0) throw new Problem(`There is no notebook in ${folder}.`);
  return paths;
}

async function rowOf(path: string, handIn: string, sections: readonly Section[], limits: Limits): Promise<Row> {
  const found = await handedIn(path, sections);
  if (typeof found === "string") return { handIn, section: "", verdicts: [], remarks: [found] };
  const { section, notebook } = found;
  const verdicts: string[] = [];
  const remarks: string[] = [];
  const judge = new Judge(limits);
  for (const [i, exercise] of section.exercises.entries()) {
    const answer = answerTo(exercise, notebook);
    const { verdict, why } =
      answer === undefined
        ? { verdict: "missing", why: "" }
        : answer.trim() === exercise.task.trim()
          ? { verdict: "not begun", why: "" }
          : await judge.ask({
              cells: cellsBefore(section, i),
              task: exercise.task,
              solution: exercise.solution,
              answer,
            });
    verdicts.push(verdict);
    if (why) remarks.push(`${i + 1}: ${why}`);
  }
  await judge.close();
  return { handIn, section: section.name, verdicts, remarks };
}

/** The notebook of a file and the section that it answers, or what is wrong with it. */
async function handedIn(path: string, sections: readonly Section[]): Promise<Found | string> {
  const { size, isFile } = await lstat(path).then((stats) => ({ size: stats.size, isFile: stats.isFile() }));
  if (!isFile) return "it is no file";
  if (size > LARGE) return `it is larger than ${LARGE / 1_000_000} MB`;
  let notebook: Notebook;
  try {
    notebook = JSON.parse(await readFile(path, "utf8")) as Notebook;
    for (const cell of notebook.cells) if (typeof sourceOf(cell) !== "string") throw new Error("a cell has no source");
  } catch {
    return "it is not a notebook";
  }
  const texts = new Set(notebook.cells.map(sourceOf));
  const shared = ({ notebook: { cells } }: Section): number => cells.filter((cell) => texts.has(sourceOf(cell))).length;
  const section = sections.reduce((best, each) => (shared(each) > shared(best) ? each : best));
  return shared(section) > 0 ? { section, notebook } : "it is no section of the book";
}

interface Found {
  readonly section: Section;
  readonly notebook: Notebook;
}

/** The book's code cells before a task, those of other tasks solved. */
function cellsBefore({ notebook, exercises }: Section, task: number): string[] {
  const solutions = new Map(exercises.map(({ cell, solution }) => [cell, solution]));
  const code = notebook.cells.filter(({ cell_type }) => cell_type === "code");
  return code.slice(0, code.indexOf(exercises[task].cell)).map((cell) => solutions.get(cell) ?? sourceOf(cell));
}

/** The cell with the task's id; if ids were lost, what stands under the task's heading. */
function answerTo({ title, cell: { id } }: Exercise, notebook: Notebook): string | undefined {
  const code = notebook.cells.filter(({ cell_type }) => cell_type === "code");
  const cell = id === undefined ? undefined : code.find((cell) => cell.id === id);
  if (cell) return sourceOf(cell);
  const heading = notebook.cells.findIndex(
    (cell) => cell.cell_type === "markdown" && sourceOf(cell).split("\n").includes(`### ${title}`),
  );
  const after =
    heading < 0 ? undefined : notebook.cells.slice(heading + 1).find(({ cell_type }) => cell_type === "code");
  return after && sourceOf(after);
}

/** The rows as a table for a spreadsheet, in which no text of a hand-in is a formula. */
export function tableOf(rows: readonly Row[]): string {
  const most = Math.max(0, ...rows.map(({ verdicts }) => verdicts.length));
  const numbers = Array.from({ length: most }, (_, i) => String(i + 1));
  const lines = rows.map(({ handIn, section, verdicts, remarks }) => [
    handIn,
    section,
    verdicts.filter((verdict) => verdict === "solved").length,
    verdicts.length,
    ...numbers.map((_, i) => verdicts[i] ?? ""),
    remarks.join("; ").replace(/\s+/g, " "),
  ]);
  const fields = ["hand-in", "section", "solved", "tasks", ...numbers, "remarks"];
  return `${unparse({ fields, data: lines }, { escapeFormulae: true, newline: "\n" })}\n`;
}

async function tool(): Promise<void> {
  const [given] = process.argv.slice(2);
  if (!given) throw new Problem("Say where the hand-ins are: npm run grade -- FOLDER.");
  const folder = resolve(process.env["INIT_CWD"] ?? root, given);
  const rows = await grade(folder, LIMITS, ({ handIn, verdicts, remarks }) =>
    console.log(`  ${handIn}: ${verdicts.join(", ") || remarks.join("; ")}`),
  );
  await writeFile(join(folder, FILE), tableOf(rows));
  console.log(`\nThe table is ${join(given, FILE)}.`);
}

if (require.main === module) void main(tool);
