import { mkdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { codeCells, type Notebook, sourceOf } from "../tools/notebook";
import { root, run } from "../tools/project";

/** The code of a notebook as one module, and for each of its lines the cell and line that it stands for. */
interface Module {
  readonly text: string;
  readonly places: readonly string[];
}

/**
 * The cells of a notebook as one TypeScript module with tslab's rules: imports may be repeated, and a cell may declare
 * again what an earlier one declared. So each cell becomes a block inside the block of the cell before it, and imports
 * go to the top.
 */
function asModule(notebook: Notebook): Module {
  const imports = new Imports();
  const lines: string[] = [];
  const places: string[] = [];
  const cells = codeCells(notebook);
  cells.forEach((cell, i) => {
    const source = sourceOf(cell).replace(IMPORT, (statement, clause: string, from: string) => {
      imports.add(clause, from, `cell [${i + 1}]`);
      return statement.replace(/[^\n]/g, "");
    });
    lines.push(";{", ...source.split("\n"));
    places.push("", ...source.split("\n").map((_, line) => `cell [${i + 1}], line ${line + 1}`));
  });
  const head = imports.statements();
  return {
    text: ["export {};", ...head.map(({ text }) => text), ...lines, "}".repeat(cells.length)].join("\n"),
    places: ["", ...head.map(({ place }) => place), ...places, ""],
  };
}

/** What strict TypeScript says against the cells of these notebooks; `place` is a folder in the project for their modules. */
export async function typeErrors(
  notebooks: readonly (readonly [string, Notebook])[],
  place: string,
): Promise<string[]> {
  await mkdir(place, { recursive: true });
  const modules = new Map(notebooks.map(([name, notebook]) => [name.replace(/ipynb$/, "ts"), asModule(notebook)]));
  for (const [file, { text }] of modules) await writeFile(join(place, file), text);
  const options = {
    noEmit: true,
    module: "esnext",
    moduleResolution: "bundler",
    noUnusedLocals: false,
    noUnusedParameters: false,
  };
  const project = {
    extends: join(root, "tsconfig.base.json"),
    compilerOptions: { ...options, typeRoots: [join(root, "node_modules/@types")] },
    files: [...modules.keys()],
  };
  await writeFile(join(place, "tsconfig.json"), JSON.stringify(project));
  const { lines } = await run(process.execPath, [
    join(root, "node_modules/typescript/bin/tsc"),
    "-p",
    place,
    "--pretty",
    "false",
  ]);
  return lines
    .filter((line) => line.includes("error TS"))
    .map((line) => {
      const [, path, row, text] = /^(.*)\((\d+),\d+\): error TS\d+: (.*)$/.exec(line) ?? [];
      const file = path && basename(path);
      return file && modules.has(file)
        ? `${file.replace(/ts$/, "ipynb")}, ${modules.get(file)!.places[Number(row) - 1]}: ${text}`
        : line;
    });
}

const IMPORT = /^import\s+([^"';]+?)\s+from\s+["']([^"']+)["'];?/gm;

/** Imports, each name once. */
class Imports {
  readonly #seen = new Map<string, { text: string; place: string }>();

  add(clause: string, from: string, place: string): void {
    const named = /^(type\s+)?\{([^}]*)\}$/.exec(clause);
    const items = named
      ? named[2]
          .split(",")
          .map((item) => item.trim())
          .filter(Boolean)
      : [clause];
    for (const item of items) {
      const text = named ? `import ${named[1] ?? ""}{ ${item} } from "${from}";` : `import ${clause} from "${from}";`;
      if (!this.#seen.has(text)) this.#seen.set(text, { text, place });
    }
  }

  statements(): { text: string; place: string }[] {
    return [...this.#seen.values()];
  }
}
