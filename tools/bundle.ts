import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { InputOptions, Plugin } from "rolldown";
import { lean } from "./lean";
import { main, Problem, root } from "./project";

const page = join(root, "page");
const made = join(page, "dist");
/** Data that only a page with its section holds, as a script of its own, loaded at the first touch of that page. */
const LARGE = "king-county.csv";
/** The title page's own script, that of the search, and what runs at export. */
export const titleScript = join(made, "title.js");
export const searchScript = join(made, "search.js");
export const exportParts = join(made, "export.cjs");
/**
 * The scripts of a page: the small ones that every page runs; what makes it live, what reads the Markdown that cells
 * show, and large data at the first touch; what edits at the first edit; and what explains the library's names at the
 * first name that is typed.
 */
export const bundles = [
  "first.js",
  "fold.js",
  "page.js",
  "live.js",
  "markdown.js",
  "editor.js",
  "names.js",
  "data.js",
].map((name) => join(made, name));

/** The page's kernel alone, with the judge of answers: what grading loads into a browser. */
export const judgeScript = join(made, "grade.js");
/** The large data as a script, for grading. */
export const largeData = join(made, "data.js");

/** Bundles the page's TypeScript, with the library in it, into classic scripts. */
export async function bundle(): Promise<void> {
  const { [`../data/${LARGE}`]: large, ...small } = await carriedFiles();
  const kernel = await script(join(page, "kernel/worker.ts"), { "carried-files": small });
  await mkdir(made, { recursive: true });
  await write(join(made, "live.js"), await script(join(page, "live.ts"), { "kernel-script": kernel }));
  const { libraryNames } = await import("./names.js"); // brings TypeScript along
  const names = libraryNames();
  const known = { "library-names": names.map(({ name }) => name) };
  await write(judgeScript, await script(join(page, "grade.ts"), { "kernel-script": kernel, ...known }));
  await write(join(made, "markdown.js"), await script(join(page, "markdown.ts"), {}));
  await write(join(made, "editor.js"), await script(join(page, "edit.ts"), {}));
  await write(join(made, "names.js"), inHtml(`window.housePrices.libraryNames = ${JSON.stringify(names)};`));
  await write(largeData, `window.housePrices.files = ${JSON.stringify({ [`../data/${LARGE}`]: large })};`);
  for (const [name, entry] of [
    ["first.js", "book/first.ts"],
    ["fold.js", "book/fold.ts"],
    ["page.js", "page.ts"],
  ])
    await write(join(made, name), await script(join(page, entry), {}));
  await write(searchScript, await script(join(page, "search.ts"), {}));
  const line = await lineCode();
  await write(
    titleScript,
    await script(join(page, "title/title.ts"), { "carried-files": {} }, { "./line-code": line }),
  );
  await write(exportParts, await forNode(join(page, "export.ts"), { "./line-code": line }));
}

async function write(path: string, text: string): Promise<void> {
  if ((await readFile(path, "utf8").catch(() => "")) !== text) await writeFile(path, text);
}

/** The book's data by the paths that the notebooks know it by. */
async function carriedFiles(): Promise<Record<string, string>> {
  const names = (await readdir(join(root, "data"))).filter((name) => name.endsWith(".csv")).sort();
  const entries = names.map(async (name) => {
    const text = await readFile(join(root, "data", name), "utf8");
    if (text.includes('"')) throw new Problem(`data/${name} has a quote, which no page reads: write it without.`);
    return [`../data/${name}`, text];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** The houses, and the functions that the formulas of the line and of its loss became, as the text of a module. */
async function lineCode(): Promise<string> {
  const { linear, mse, readHouses } = (await import(join(root, "lib/dist/index.js"))) as typeof import("../lib");
  const object = (codes: typeof linear.code): string =>
    `{ ${codes.map(({ name, takes, lines }) => `${name}(${takes}) { ${lines.map(({ code }) => code).join("\n")} }`).join(", ")} }`;
  const houses = await readHouses(join(root, "data/house-prices.csv"));
  return `export const houses = ${JSON.stringify(houses)};
export const line = ${object(linear.code)};
export const squared = ${object(mse.code)};`;
}

type Texts = Readonly<Record<string, string>>;

/**
 * `entry` and all that it imports as the text of a classic script; `values` are modules that export a value, `modules`
 * others by their text.
 */
export async function script(
  entry: string,
  values: Readonly<Record<string, unknown>>,
  modules: Texts = {},
): Promise<string> {
  const exported = Object.entries(values).map(([id, value]) => [id, `export default ${JSON.stringify(value)}`]);
  const plugins = [madeOf({ ...Object.fromEntries(exported), ...modules }), inPage, lean];
  const code = await generated({ input: entry, platform: "browser", plugins }, "iife");
  return inHtml(code);
}

/** A script that may lie inside a page. */
const inHtml = (code: string): string => code.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");

/** `entry` as a module of Node's; the library stays outside. */
const forNode = (entry: string, modules: Texts): Promise<string> =>
  generated({ input: entry, platform: "node", plugins: [madeOf(modules), outside] }, "cjs");

async function generated(options: InputOptions, format: "iife" | "cjs"): Promise<string> {
  const { rolldown } = await import("rolldown");
  const build = await rolldown({
    ...options,
    checks: { pluginTimings: false }, // on a busy machine each is slow
    treeshake: { propertyReadSideEffects: false }, // what only reads its parts, and is not used, goes
    onLog: (level, { message }) => {
      if (level === "warn") throw new Problem(`The page cannot be bundled: ${message}`);
    },
  });
  const { output } = await build.generate({ format, minify: format === "iife", comments: { legal: true } });
  await build.close();
  return output[0].code;
}

/** Modules that are made here, by their text. */
const madeOf = (modules: Texts): Plugin => ({
  name: "made",
  resolveId: (id) => (id in modules ? `\0${id}` : null),
  load: (id) => (id.startsWith("\0") ? (modules[id.slice(1)] ?? null) : null),
});

/** Puts the page's own host, frame and reader of CSV in the place of the library's, and lets no module of Node's in. */
const inPage: Plugin = {
  name: "in-page",
  resolveId(id, importer = "") {
    if (id.startsWith("node:")) throw new Problem(`${importer} imports ${id}, which no page has.`);
    if (/^\.\/(host|frame)$/.test(id) && dirname(importer) === join(root, "lib"))
      return join(page, "kernel", `${id}.ts`);
    if (id === "papaparse") return join(page, "kernel/csv.ts");
    return null;
  },
};

/** Leaves the library where it is. */
const outside: Plugin = {
  name: "outside",
  resolveId: (id) => (/\/lib(\/|$)/.test(id) ? { id: id.replace(/^.*\/lib/, "../../lib/dist"), external: true } : null),
};

if (require.main === module) void main(bundle);
