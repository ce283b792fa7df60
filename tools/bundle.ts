import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Plugin } from "rolldown";
import { libraryNames } from "./names";
import { main, Problem, root } from "./project";

const page = join(root, "page");
const made = join(page, "dist");
/** Data that only a page with its section holds, as a script of its own, loaded at the first touch of that page. */
const LARGE = "king-county.csv";
/** The scripts of a page: the small one that every page runs; what makes it live, what edits, and large data, at the first touch. */
export const bundles = ["touch.js", "live.js", "editor.js", "data.js"].map((name) => join(made, name));

/** Bundles the page's TypeScript, with the library in it, into classic scripts. */
export async function bundle(): Promise<void> {
  const { [`../data/${LARGE}`]: large, ...small } = await carriedFiles();
  const kernel = await script(join(page, "kernel/worker.ts"), { "carried-files": small });
  await mkdir(made, { recursive: true });
  await write(join(made, "live.js"), await script(join(page, "live.ts"), { "kernel-script": kernel }));
  await write(join(made, "editor.js"), await script(join(page, "edit.ts"), { "library-names": libraryNames() }));
  await write(join(made, "data.js"), `window.housePrices.files = ${JSON.stringify({ [`../data/${LARGE}`]: large })};`);
  await write(join(made, "touch.js"), await script(join(page, "book/touch.ts"), {}));
}

async function write(path: string, text: string): Promise<void> {
  if ((await readFile(path, "utf8").catch(() => "")) !== text) await writeFile(path, text);
}

/** The book's data by the paths that the notebooks know it by. */
async function carriedFiles(): Promise<Record<string, string>> {
  const names = (await readdir(join(root, "data"))).filter((name) => name.endsWith(".csv")).sort();
  const entries = names.map(async (name) => [`../data/${name}`, await readFile(join(root, "data", name), "utf8")]);
  return Object.fromEntries(await Promise.all(entries));
}

/** `entry` and all that it imports as the text of a classic script; `values` are modules that export a value. */
async function script(entry: string, values: Readonly<Record<string, unknown>>): Promise<string> {
  const { rolldown } = await import("rolldown");
  const build = await rolldown({
    input: entry,
    platform: "browser",
    plugins: [inPage(values)],
    onLog: (level, { message }) => {
      if (level === "warn") throw new Problem(`The page cannot be bundled: ${message}`);
    },
  });
  const { output } = await build.generate({ format: "iife", minify: true, comments: { legal: true } });
  await build.close();
  return output[0].code.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--"); // it may lie inside a page
}

/** Puts the page's own host and frame in the place of the library's, and lets no module of Node's in. */
function inPage(values: Readonly<Record<string, unknown>>): Plugin {
  return {
    name: "in-page",
    resolveId(id, importer = "") {
      if (id in values) return `\0${id}`;
      if (id.startsWith("node:")) throw new Problem(`${importer} imports ${id}, which no page has.`);
      if (/^\.\/(host|frame)$/.test(id) && dirname(importer) === join(root, "lib"))
        return join(page, "kernel", `${id}.ts`);
      return null;
    },
    load(id) {
      const name = id.replace("\0", "");
      return id.startsWith("\0") && name in values ? `export default ${JSON.stringify(values[name])}` : null;
    },
  };
}

if (require.main === module) void main(bundle);
