import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";

import ts = require("@tslab/typescript-for-tslab");

import { declared, eachExport } from "./names";
import { main, root } from "./project";

/** Writes what goes along with the library's package: what each of its names means, and the licence. */
async function pack(): Promise<void> {
  const names = eachExport(described).sort(([a], [b]) => a.localeCompare(b, "en"));
  const head = "# Reference\n\nEvery name of the library, as its declarations have it.";
  const parts = names.map(([name, doc, code]) => `## ${name}\n\n${doc}\n\n\`\`\`ts\n${code}\n\`\`\``);
  await writeFile(join(root, "lib/REFERENCE.md"), `${[head, ...parts].join("\n\n")}\n`);
  await cp(join(root, "LICENSE"), join(root, "lib/LICENSE"));
}

function described(exported: ts.Symbol, checker: ts.TypeChecker): [name: string, doc: string, code: string] {
  const symbol = declared(exported, checker);
  const doc = ts.displayPartsToString(symbol.getDocumentationComment(checker));
  const throws = symbol.getJsDocTags().filter(({ name }) => name === "throws");
  const errors = throws.map(({ text }) => `Throws ${ts.displayPartsToString(text)}`);
  const code = (symbol.declarations ?? []).map((place) => wholeOf(place).getText()).join("\n");
  return [exported.name, [doc, ...errors].join("\n\n"), code.replaceAll(/^export (declare )?/gm, "")];
}

/** The statement that a declaration stands in. */
function wholeOf(place: ts.Declaration): ts.Node {
  return ts.isVariableDeclaration(place) ? place.parent.parent : place;
}

if (require.main === module) void main(pack);
