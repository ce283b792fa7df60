import { readFile } from "node:fs/promises";
import type { Plugin } from "rolldown";

/** What sucrase has beside the taking away of types, which a page asks nothing else of: Flow, JSX, other modules, checks of its options. */
const BESIDE =
  /sucrase\/dist\/esm\/(?:parser\/plugins\/(?:flow|jsx\/index)|CJSImportProcessor|computeSourceMap|Options|util\/formatTokens|transformers\/(?:CJSImport|Flow|JSX|JestHoist|NumericSeparator|OptionalCatchBinding|OptionalChainingNullish|ReactDisplayName|ReactHotLoader)Transformer)\.js$/;

/** Leaves out of a page what it never calls of sucrase: a seventh of what is loaded at the first touch. */
export const typesOnly: Plugin = {
  name: "types-only",
  async load(id) {
    if (!BESIDE.test(id)) return null;
    const text = await readFile(id, "utf8");
    const names = [...text.matchAll(/^export (?:function|const|class) (\w+)/gm)].map(([, name]) => name);
    const named = names.map((name) => `export const ${name} = () => {};`);
    return [...named, /^export default/m.test(text) ? "export default () => {};" : ""].join("\n");
  },
};
