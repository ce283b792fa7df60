import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Problem, root } from "./project";

/** Where the book lives on GitHub, if it does. */
export interface Repository {
  readonly owner: string;
  readonly name: string;
}

/** A page, as it is told to others. */
export interface Told {
  readonly file: string;
  readonly title: string;
  readonly description: string;
}

/** A house, as the icon of every page; it lies in the page, so that nothing is asked for. */
const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#0072b2" d="M2 16 16 3l14 13h-4v13H6V16z"/><path fill="#fff" d="M13 29v-9h6v9z"/></svg>`;

/** The picture that goes with a link to the book, among its files; only an address makes it findable. */
export const PICTURE = "assets/book.png";

/** Reads the one setting: the field `repository` of package.json. Empty, or left out, the book has no address. */
export async function ownRepository(): Promise<Repository | undefined> {
  const { repository } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { repository?: unknown };
  return repositoryOf(repository);
}

/** The repository that a field `repository` names: by its address, as owner/name, or in an object with a `url`. */
export function repositoryOf(field: unknown): Repository | undefined {
  const text = typeof field === "object" && field !== null && "url" in field ? field.url : field;
  if (text === undefined || text === "") return undefined;
  const known =
    /^(?:(?:git\+)?(?:https|ssh):\/\/(?:git@)?github\.com\/|git@github\.com:|github:)?([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/;
  const [, owner, name] = known.exec(String(text)) ?? [];
  if (!owner || !name)
    throw new Problem(
      `package.json: "repository" is ${JSON.stringify(field)}; write it as https://github.com/OWNER/NAME.`,
    );
  return { owner, name };
}

/** Where GitHub Pages shows the book. */
export const addressOf = ({ owner, name }: Repository): string =>
  `https://${owner.toLowerCase()}.github.io/${name.toLowerCase() === `${owner.toLowerCase()}.github.io` ? "" : `${name}/`}`;

/** What the head of a page tells those who link to it. The texts are fit for an attribute. */
export function head({ file, title, description }: Told, book: string, repository: Repository | undefined): string {
  const tags: [property: string, content: string][] = [
    ["og:type", file === "index.html" ? "website" : "article"],
    ["og:site_name", book],
    ["og:title", title],
    ["og:description", description],
  ];
  if (repository) {
    const address = addressOf(repository);
    tags.push(["og:url", address + (file === "index.html" ? "" : file)], ["og:image", address + PICTURE]);
  }
  const lines = tags.map(([property, content]) => `<meta property="${property}" content="${content}">`);
  return [`<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(ICON)}">`, ...lines].join("\n");
}

/** Links that open a notebook, `notebooks/NAME.ipynb`, elsewhere; none without an address. */
export function ways(notebook: string, repository: Repository | undefined): string {
  if (!repository) return "";
  const { owner, name } = repository;
  const places = [
    ["Binder", `https://mybinder.org/v2/gh/${owner}/${name}/HEAD?urlpath=lab/tree/${notebook}`],
    ["Codespaces", `https://codespaces.new/${owner}/${name}`],
    ["GitHub", `https://github.com/${owner}/${name}/blob/HEAD/${notebook}`],
  ];
  const links = places.map(([place, href]) => `<a rel="external" href="${href}">${place}</a>`);
  return `<p class="keep">Open the notebook in ${links.join(", ")}</p>\n`;
}

/** The pages for those who search the web; nothing without an address. */
export function sitemap(files: readonly string[], repository: Repository | undefined): string | undefined {
  if (!repository) return undefined;
  const address = addressOf(repository);
  const places = files.map((file) => `  <url><loc>${address}${file === "index.html" ? "" : file}</loc></url>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${places.join("\n")}\n</urlset>\n`;
}
