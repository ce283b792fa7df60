import { type Position, parse, tokenizer } from "acorn";
import type { ImportDeclaration, Node, Pattern, Program } from "estree";
import { analyze, extract_names, type Scope } from "periscopic";
import { transform } from "sucrase";
import { walk } from "zimmerframe";

/** A place in the text of a cell that cannot be read; line and column count from 1. */
export class Misread extends Error {
  constructor(
    message: string,
    readonly line: number,
    readonly column: number,
  ) {
    super(message);
  }
}

/** A name that a cell takes from a module; `*` is the whole module. */
export interface Import {
  readonly module: string;
  readonly name: string;
  readonly as: string;
}

/** A cell as it is understood: JavaScript, line for line the text, and its names. */
export interface Syntax {
  readonly script: string;
  readonly program: Program;
  readonly imports: readonly Import[];
  /** what it defines, without what it imports */
  readonly defines: readonly string[];
  /** what it neither defines nor imports */
  readonly free: readonly string[];
  /** those of the free names that it gives a new value, or a part of them */
  readonly assigned: readonly string[];
}

/** @throws Misread when the text is no TypeScript. */
export const understand = (text: string): Syntax => syntaxOf(withoutTypes(text));

/** A script as it is understood. */
export function syntaxOf(script: string): Syntax {
  const program = parsed(script);
  const imported = program.body.filter((node): node is ImportDeclaration => node.type === "ImportDeclaration");
  const rest: Program = { ...program, body: program.body.filter((node) => node.type !== "ImportDeclaration") };
  const { scope, globals, map } = analyze(rest);
  const imports = imported.flatMap(importsOf);
  const own = new Set(imports.map(({ as }) => as));
  const free = [...globals.keys()].filter((name) => !own.has(name));
  const assigned = assignedIn(rest, scope, map);
  return {
    script,
    program,
    imports,
    defines: [...scope.declarations.keys()],
    free,
    assigned: free.filter((name) => assigned.has(name)),
  };
}

function withoutTypes(text: string): string {
  try {
    return transform(text, { transforms: ["typescript"], disableESTransforms: true, keepUnusedImports: true }).code;
  } catch (error) {
    throw misread(error, 0, text);
  }
}

function parsed(script: string): Program {
  try {
    return parse(script, { ecmaVersion: 2022, sourceType: "module", locations: true }) as Program;
  } catch (error) {
    throw misread(error, 1, script);
  }
}

/** Both parsers end their message with the place, (line:column), one counting columns from 1, the other from 0. */
function misread(error: unknown, shift: 0 | 1, text: string): unknown {
  if (!(error instanceof SyntaxError)) return error;
  const [, words, line, column] = /^(?:Error transforming \S+: )?(.*?) \((\d+):(\d+)\)$/s.exec(error.message) ?? [];
  if (words === undefined) return error;
  return unbalanced(text) ?? new Misread(`${words}.`, Number(line), Number(column) + shift);
}

/** The first bracket that closes nothing, or the last that is not closed. */
function unbalanced(text: string): Misread | undefined {
  const open: { readonly bracket: string; readonly place: Position }[] = [];
  const closing: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}", "${": "}" };
  try {
    for (const { type, loc } of tokenizer(text, { ecmaVersion: 2022, locations: true })) {
      const bracket = type.label;
      if (bracket in closing) open.push({ bracket, place: loc!.start });
      else if (Object.values(closing).includes(bracket) && closing[open.pop()?.bracket ?? ""] !== bracket)
        return new Misread(`This ${bracket} closes nothing.`, loc!.start.line, loc!.start.column + 1);
    }
  } catch {
    return undefined; // a quote, say, that is not closed: the parser's own words serve
  }
  const last = open.at(-1);
  return last && new Misread(`This ${last.bracket} is not closed.`, last.place.line, last.place.column + 1);
}

function importsOf({ source, specifiers }: ImportDeclaration): Import[] {
  const module = String(source.value);
  return specifiers.map((specifier) => {
    const as = specifier.local.name;
    if (specifier.type === "ImportNamespaceSpecifier") return { module, name: "*", as };
    if (specifier.type === "ImportDefaultSpecifier") return { module, name: "default", as };
    const { imported } = specifier;
    return { module, name: imported.type === "Identifier" ? imported.name : String(imported.value), as };
  });
}

/** The names from outside that are given a value anywhere in the cell; of `o.v` it is `o`. */
function assignedIn(program: Program, scope: Scope, map: WeakMap<Node, Scope>): Set<string> {
  const found = new Set<string>();
  walk<Node, Scope>(program, scope, {
    _(node, { state, next }) {
      const here = map.get(node) ?? state;
      const target = targetOf(node);
      if (target) for (const name of extract_names(target)) if (!here.find_owner(name)) found.add(name);
      next(here);
    },
  });
  return found;
}

function targetOf(node: Node): Pattern | undefined {
  if (node.type === "AssignmentExpression") return node.left;
  if (node.type === "UpdateExpression") return node.argument as Pattern;
  if ((node.type === "ForInStatement" || node.type === "ForOfStatement") && node.left.type !== "VariableDeclaration")
    return node.left;
  return undefined;
}
