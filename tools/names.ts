import { join } from "node:path";

import ts = require("@tslab/typescript-for-tslab");

import { Problem, root } from "./project";

/** A name of the library, as the page's editor explains it. */
interface LibraryName {
  readonly name: string;
  readonly kind: "function" | "value" | "type";
  readonly declaration: string;
  readonly doc: string;
}

/** The names that the library exports, read from its declarations. */
export const libraryNames = (): LibraryName[] => eachExport(explained);

/** What `use` makes of each name that the library exports. */
export function eachExport<T>(use: (exported: ts.Symbol, checker: ts.TypeChecker) => T): T[] {
  const entry = join(root, "lib/dist/index.d.ts");
  const program = ts.createProgram([entry], { types: [] });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(entry);
  const library = source && checker.getSymbolAtLocation(source);
  if (!library) throw new Problem("lib/dist has no declarations: run npm run build.");
  return checker.getExportsOfModule(library).map((symbol) => use(symbol, checker));
}

/** What a name stands for where it is declared. */
export const declared = (exported: ts.Symbol, checker: ts.TypeChecker): ts.Symbol =>
  exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;

function explained(exported: ts.Symbol, checker: ts.TypeChecker): LibraryName {
  const symbol = declared(exported, checker);
  const doc = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  const name = exported.name;
  const [place] = symbol.declarations ?? [];
  if (!(symbol.flags & ts.SymbolFlags.Value) || !place) return { name, kind: "type", declaration: name, doc };
  const type = checker.getTypeOfSymbolAtLocation(symbol, place);
  const [signature] = type.getCallSignatures();
  if (symbol.flags & ts.SymbolFlags.Function && signature)
    return { name, kind: "function", declaration: name + checker.signatureToString(signature), doc };
  return { name, kind: "value", declaration: `${name}: ${checker.typeToString(type)}`, doc };
}
