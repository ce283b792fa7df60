import type { Node, Program, Statement } from "estree";
import { analyze } from "periscopic";
import { walk } from "zimmerframe";
import { placeOf } from "./compile";
import { type Syntax, syntaxOf } from "./syntax";
import { TAGS } from "./tags";

/**
 * The part of a cell that says what its formulas come to: the statements that hold formulas, and those that define what
 * they read. A chain that is false is shown, not thrown, and a formula that cannot be read keeps no other from being
 * shown. Undefined where the cell has no formula.
 */
export function formulasOf({ script, program }: Syntax): Syntax | undefined {
  const statements = program.body.filter((node) => node.type !== "ImportDeclaration") as Statement[];
  const kept = new Set(statements.filter(holdsFormula));
  if (kept.size === 0) return undefined;
  const scopes = new Map(statements.map((node) => [node, analyze({ ...program, body: [node] } as Program)]));
  for (const each of kept)
    for (const name of scopes.get(each)!.globals.keys())
      for (const other of statements) if (scopes.get(other)!.scope.declarations.has(name)) kept.add(other); // the set grows while it is walked
  const edits: [start: number, end: number, text: string][] = [];
  for (const node of statements) {
    const { start, end } = placeOf(node);
    if (!kept.has(node)) edits.push([start, end, script.slice(start, end).replace(/[^\n]/g, " ")]);
    else {
      edits.push(...derivations(node).map((at): [number, number, string] => [at, at + "derive".length, "check "]));
      if (node.type === "ExpressionStatement")
        edits.push([start, start, "try { "], [end, end, " } catch ($error) { $frame.fail($error); }"]);
    }
  }
  edits.sort(([a], [b]) => b - a);
  return syntaxOf(edits.reduce((text, [start, end, by]) => text.slice(0, start) + by + text.slice(end), script));
}

function holdsFormula(statement: Node): boolean {
  let found = false;
  walk<Node, null>(statement, null, {
    TaggedTemplateExpression({ tag }, { next, stop }) {
      const name = tag.type === "MemberExpression" ? tag.property : tag;
      if (name.type !== "Identifier" || !TAGS.has(name.name)) next();
      else {
        found = true;
        stop();
      }
    },
  });
  return found;
}

/** Where `derive` stands in `scope.derive`, which throws what `scope.check` shows. */
function derivations(statement: Node): number[] {
  const found: number[] = [];
  walk<Node, null>(statement, null, {
    TaggedTemplateExpression({ tag }, { next }) {
      const name = tag.type === "MemberExpression" && !tag.computed && tag.property;
      if (name && name.type === "Identifier" && name.name === "derive") found.push(placeOf(name).start);
      next();
    },
  });
  return found;
}
