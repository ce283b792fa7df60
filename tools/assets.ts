import { cp, mkdir, readFile, readlink, rm, symlink, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { bundles } from "./bundle";
import { katexStyle, textStyle } from "./fonts";
import { root } from "./project";

const packaged = (file: string) => join(root, "node_modules", file);
const ours = (file: string) => join(root, "jupyter", file);

/**
 * Puts what draws a page and a chart where the Jupyter in `venv` looks for it: the export template and its parts as
 * links, so that an edit acts at once; the extension as copies, because JupyterLab serves no link that leaves its folder.
 */
export async function assets(venv: string): Promise<void> {
  const templates = join(venv, "share/jupyter/nbconvert/templates");
  const parts = join(templates, "house-assets");
  await Promise.all([
    link(ours("nbconvert/templates/house"), join(templates, "house")),
    link(ours("draw.js"), join(parts, "draw.js")),
    link(ours("player.js"), join(parts, "player.js")),
    link(packaged("plotly.js-dist-min/plotly.min.js"), join(parts, "plotly.js")),
    link(packaged("katex/dist/katex.min.js"), join(parts, "katex.js")),
    link(packaged("katex/dist/contrib/auto-render.min.js"), join(parts, "auto-render.js")),
    ...bundles.map((file) => link(file, join(parts, basename(file)))),
    write(katexStyle(), join(parts, "katex.css")),
    write(textStyle(), join(parts, "text.css")),
  ]);

  const extension = "labextensions/house-charts";
  const installed = join(venv, "share/jupyter", extension);
  await Promise.all([
    copy(ours(`${extension}/package.json`), join(installed, "package.json")),
    copy(ours(`${extension}/static/remoteEntry.js`), join(installed, "static/remoteEntry.js")),
    copy(ours("draw.js"), join(installed, "static/draw.js")),
    copy(ours("player.js"), join(installed, "static/player.js")),
    copy(packaged("plotly.js-dist-min/plotly.min.js"), join(installed, "static/plotly.min.js")),
  ]);
}

async function link(target: string, path: string): Promise<void> {
  const way = relative(dirname(path), target);
  if ((await readlink(path).catch(() => undefined)) === way) return;
  await rm(path, { recursive: true, force: true });
  await mkdir(dirname(path), { recursive: true });
  await symlink(way, path);
}

async function copy(from: string, to: string): Promise<void> {
  const [wanted, present] = await Promise.all([readFile(from), readFile(to).catch(() => undefined)]);
  if (present?.equals(wanted)) return;
  await mkdir(dirname(to), { recursive: true });
  await cp(from, to);
}

async function write(text: string, path: string): Promise<void> {
  if ((await readFile(path, "utf8").catch(() => undefined)) === text) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
