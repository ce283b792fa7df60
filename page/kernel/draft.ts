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
  const edits: Edit[] = [];
  for (const node of statements) {
    const { start, end } = placeOf(node);
    if (!kept.has(node)) edits.push([start, end, script.slice(start, end).replace(/[^\n]/g, " ")]);
    else {
      edits.push(...derivations(node));
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

type Edit = [start: number, end: number, text: string];

/** What makes `check`, which shows what is false, of `derive`, which throws it: in `scope.derive` and in `{ derive } = scope`. */
function derivations(statement: Node): Edit[] {
  const found: Edit[] = [];
  const replaced = (name: Node): Edit => [placeOf(name).start, placeOf(name).start + "derive".length, "check "];
  walk<Node, null>(statement, null, {
    TaggedTemplateExpression({ tag }, { next }) {
      if (tag.type === "MemberExpression" && !tag.computed && isDerive(tag.property))
        found.push(replaced(tag.property));
      next();
    },
    ObjectPattern({ properties }, { next }) {
      for (const each of properties) {
        if (each.type !== "Property" || each.computed || !isDerive(each.key)) continue;
        const { start } = placeOf(each);
        found.push(each.shorthand ? [start, start, "check: "] : replaced(each.key));
      }
      next();
    },
  });
  return found;
}

const isDerive = (node: Node): boolean => node.type === "Identifier" && node.name === "derive";
