import type { Node } from "estree";
import { walk } from "zimmerframe";
import type { Import, Syntax } from "./syntax";

/** What the script of a cell is given, and what it gives: its own names, alive. */
export interface Frame {
  /** The values of the free names that are known, and of the imports. */
  readonly given: Readonly<Record<string, unknown>>;
  /** Takes the names that the cell defines, as properties that read the variables themselves. */
  bind(names: object): void;
  /** Takes the value of the last expression. */
  value(value: unknown): void;
  /** Takes what a formula of a draft throws. */
  fail(error: unknown): void;
  /** A module that the cell imports while it runs. */
  load(module: string): Promise<object>;
  /** Takes what the cell is about to keep in a list, a map or a set, and hands it on. */
  kept<T>(place: unknown, value: T): T;
}

/** A cell as a function. The cell's first line stands in line 2 of the file `cell-PLACE`. */
export type Script = (frame: Frame) => Promise<void>;

/**
 * Makes a function of a cell, line for line. Names from other cells are variables in it, as fast as its own; those that
 * it assigns to are its own from then on, and are bound like the names that it defines.
 */
export function compile(syntax: Syntax, known: ReadonlySet<string>, place: number): Script {
  const { imports, free, assigned } = syntax;
  const variable = new Set(assigned.filter((name) => known.has(name)));
  const constant = [...imports.map(({ as }) => as), ...free.filter((name) => known.has(name) && !variable.has(name))];
  const bound = [...syntax.defines, ...variable];
  const head = [
    `"use strict"; (async ($frame) => { `,
    constant.length > 0 ? `const { ${constant.join(", ")} } = $frame.given; ` : "",
    variable.size > 0 ? `let { ${[...variable].join(", ")} } = $frame.given; ` : "",
    `$frame.bind({ ${bound.map((name) => `get ${name}() { return ${name}; }`).join(", ")} });`,
  ].join("");
  const text = `${head}\n${body(syntax)}\n})\n//# sourceURL=cell-${place}`;
  // biome-ignore lint/security/noGlobalEval: to run the reader's cell is what it is for
  return (0, eval)(text) as Script;
}

/** The text with its imports blanked out, `import(…)` as a call of ours, what it keeps weighed, and the value of its last expression told. */
function body({ script, program }: Syntax): string {
  const edits: [start: number, end: number, text: string][] = [];
  const last = program.body.at(-1);
  const keep = (place: Node, value: Node): void => {
    if (!isPlain(place)) return; // to name it again could do something again
    const { start, end } = placeOf(value.type === "SpreadElement" ? value.argument : value);
    edits.push([start, start, `$frame.kept(${textOf(place)}, `], [end, end, ")"]);
  };
  const textOf = (node: Node): string => script.slice(placeOf(node).start, placeOf(node).end);
  for (const node of program.body) {
    const { start, end } = placeOf(node);
    if (node.type === "ImportDeclaration") edits.push([start, end, lines(script.slice(start, end))]);
    if (node.type === "ExportNamedDeclaration" && node.declaration)
      edits.push([start, placeOf(node.declaration).start, ""]);
  }
  if (last?.type === "ExpressionStatement") {
    const { start, end } = placeOf(last.expression);
    edits.push([start, start, "$frame.value(("], [end, end, "))"]);
  }
  walk<Node, null>(program, null, {
    ImportExpression(node, { next }) {
      const { start } = placeOf(node);
      edits.push([start, start + "import".length, "$frame.load"]);
      next();
    },
    CallExpression(node, { next }) {
      const { callee } = node;
      const last = node.arguments.at(-1);
      if (last && callee.type === "MemberExpression" && isNamed(callee.property, KEEPING)) keep(callee.object, last);
      next();
    },
    AssignmentExpression({ left, right }, { next }) {
      if (left.type === "MemberExpression" && left.computed && MADE.test(right.type)) keep(left.object, right);
      next();
    },
  });
  edits.sort(([a, aEnd], [b, bEnd]) => b - a || bEnd - aEnd);
  return edits.reduce((text, [start, end, by]) => text.slice(0, start) + by + text.slice(end), script);
}

/** The methods by which something grows, and what may be large where an index is given a value. */
const KEEPING = /^(?:push|unshift|add|set)$/;
const MADE = /^(?:New|Array|Object|Call)Expression$/;

const isNamed = (node: Node, names: RegExp): boolean => node.type === "Identifier" && names.test(node.name);

/** Whether it is a name, or a member by its name of such. */
const isPlain = (node: Node): boolean =>
  node.type === "Identifier" ||
  node.type === "ThisExpression" ||
  (node.type === "MemberExpression" && !node.computed && !node.optional && isPlain(node.object));

const lines = (text: string): string => text.replace(/[^\n]/g, "");

/** Where acorn found a node. */
export const placeOf = (node: Node) => node as unknown as { readonly start: number; readonly end: number };

/** The names that later cells have from this one: it defines or imports them, or gives them (or a part of them) a new value. */
export const declares = ({ defines, imports, assigned }: Syntax): string[] => [
  ...defines,
  ...imports.map(({ as }: Import) => as),
  ...assigned,
];
