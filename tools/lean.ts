import type { Plugin, PluginContext } from "rolldown";
import { Problem } from "./project";

/** Whole modules of sucrase: Flow, JSX, other kinds of modules, older browsers, what is imported for its type alone, checks of options. */
const BESIDE =
  /\/sucrase\/dist\/esm\/(?:parser\/plugins\/(?:flow|jsx\/(?:index|xhtml))|CJSImportProcessor|Options|computeSourceMap|identifyShadowedGlobals|transformers\/(?:CJSImport|Flow|JSX|JestHoist|NumericSeparator|OptionalCatchBinding|OptionalChainingNullish|ReactDisplayName|ReactHotLoader)Transformer|util\/(?:elideImportEquals|formatTokens|get(?:JSXPragmaInfo|NonTypeIdentifiers|TSImportedNames)|isAsyncOperation|isExportFrom|removeMaybeImportAttributes|shouldElideDefaultExport))\.js$/;

/**
 * By the names of what is declared there, what stands for it: acorn's tables of letters are the browser's own, and for an
 * older browser sucrase writes nothing.
 */
const TABLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "/acorn/dist/acorn.mjs": {
    nonASCIIidentifierStart: "/\\p{ID_Start}/u",
    nonASCIIidentifier: "/[\\p{ID_Continue}\\u200c\\u200d]/u",
    astralIdentifierStartCodes: "/\\p{ID_Start}/u",
    astralIdentifierCodes: "/\\p{ID_Continue}/u",
    isInAstralSet: "(code, letters) => code > 0xffff && letters.test(String.fromCodePoint(code))",
  },
  "/sucrase/dist/esm/HelperManager.js": { HELPERS: "{}" },
};

/** What a regular expression may be, which acorn declares between these two names; the browser is asked that, too. */
const PATTERNS = {
  file: "/acorn/dist/acorn.mjs",
  from: "scriptValuesAddedInUnicode",
  to: "Token",
  text: `class RegExpValidationState {
    constructor(parser) { this.parser = parser; }
    reset(start, pattern, flags) {
      try { new RegExp(pattern, flags); } catch ({ message }) { this.parser.raise(start, message); }
    }
  }
  Parser.prototype.validateRegExpFlags = Parser.prototype.validateRegExpPattern = () => {};`,
};

type Program = ReturnType<PluginContext["parse"]>;

/** Leaves out of a page what no cell needs of the packages that read a cell, and what the browser knows itself. */
export const lean: Plugin = {
  name: "lean",
  transform(text, id) {
    if (BESIDE.test(id)) return hollow(this.parse(text));
    const file = Object.keys(TABLES).find((file) => id.endsWith(file));
    return file ? without(file, text, this.parse(text)) : null;
  },
};

/** A module that exports the same names, each a function that does nothing. */
function hollow({ body }: Program): string {
  return body
    .map((node) => {
      if (node.type === "ExportDefaultDeclaration") return "export default () => {};";
      const declared = node.type === "ExportNamedDeclaration" && node.declaration;
      return declared && "id" in declared && declared.id
        ? `export const ${(declared.id as { name: string }).name} = () => {};`
        : "";
    })
    .join("");
}

/** The text of a file with what stands for its tables. */
function without(file: string, text: string, { body }: Program): string {
  const find = (name: string): { readonly start: number; readonly end: number } => {
    const found = body.find(
      (node) =>
        (node.type === "FunctionDeclaration" && node.id?.name === name) ||
        (node.type === "VariableDeclaration" && node.declarations.some(({ id }) => "name" in id && id.name === name)),
    );
    if (!found) throw new Problem(`${file} declares no ${name} any more: tools/lean.ts is to be looked at.`);
    return found;
  };
  const edits = Object.entries(TABLES[file]).map(([name, by]) => ({ ...find(name), by: `const ${name} = ${by};` }));
  if (file === PATTERNS.file)
    edits.push({ start: find(PATTERNS.from).start, end: find(PATTERNS.to).start, by: PATTERNS.text });
  edits.sort((a, b) => b.start - a.start);
  return edits.reduce((text, { start, end, by }) => text.slice(0, start) + by + text.slice(end), text);
}
