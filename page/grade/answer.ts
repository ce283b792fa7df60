import { type Comment, parse } from "acorn";
import type { Expression, MemberExpression, Node, Program, TaggedTemplateExpression } from "estree";
import { walk } from "zimmerframe";
import { understand } from "../kernel/syntax";
import { unusualDefinitions, unusualEnd } from "./chain";

/** A statement of a cell: its text without comments and its form, by which two statements are told to be the same. */
interface Piece {
  readonly text: string;
  /** What it defines. */
  readonly names: readonly string[];
  readonly node: Node;
  /** The value that it gives its name, or that it shows. */
  readonly value: Expression | undefined;
}

interface Parts {
  readonly script: string;
  readonly pieces: readonly Piece[];
}

/** What of the language an answer may use beside the library and the cells before it. */
const PLAIN = new Set("Math Number Array String Infinity NaN undefined console isFinite isNaN parseFloat".split(" "));

/** By these a cell could reach what the check stands on, or change the data that other cells share. */
const REACHING = new Set(
  (
    "constructor prototype __proto__ __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__ " +
    "call apply bind caller callee valueOf toString toJSON toLocaleString then " +
    "push pop shift unshift splice sort reverse fill copyWithin"
  ).split(" "),
);

const FORBIDDEN: Readonly<Record<string, string>> = {
  ThisExpression: "this",
  ImportExpression: "import(…)",
  MetaProperty: "import.meta",
  ClassDeclaration: "a class",
  ClassExpression: "a class",
  WithStatement: "with",
};

/**
 * Why a person should look at an answer, even if all its marks are ✓: it lacks a part that the task and its solution
 * share, so that the marks may be those of another check, or it reaches further than a task asks for. `known` are the
 * names of the cells before it and of the library.
 */
export function doubt(task: string, solution: string, answer: string, known: ReadonlySet<string>): string | undefined {
  const [asked, solved, given] = [task, solution, answer].map(partsOf);
  return reach(task, solution, answer, known) ?? changed(asked, solved, given);
}

/** The answer with every key in square brackets made a number, so that none names a property. */
export function numbered(answer: string): string {
  const { script, program } = understand(answer);
  const keys: { readonly start: number; readonly end: number }[] = [];
  walk<Node, null>(program, null, {
    MemberExpression(node, { next }) {
      if (node.computed) keys.push(placeOf(node.property));
      next();
    },
  });
  const edits = keys.flatMap(({ start, end }): [number, string][] => [
    [start, "+("],
    [end, ")"],
  ]);
  edits.sort(([a], [b]) => b - a);
  return edits.reduce((text, [at, by]) => text.slice(0, at) + by + text.slice(at), script);
}

function reach(task: string, solution: string, answer: string, known: ReadonlySet<string>): string | undefined {
  const own = [task, solution].map(understand);
  const usual = new Set([...PLAIN, ...known, ...own.flatMap(({ free, imports }) => [...free, ...imports.map(as)])]);
  const taken = new Set([...known, ...own.flatMap(({ free }) => free)]);
  for (const name of own.flatMap(({ defines }) => defines)) taken.delete(name);
  const { program, free, defines, imports, assigned } = understand(answer);
  const renamed = imports.find((each) => each.module !== "../lib" || each.name !== each.as);
  if (renamed) return `it imports ${renamed.as} in its own way`;
  const odd = free.find((name) => !usual.has(name));
  if (odd) return `it uses ${odd}`;
  const again = defines.find((name) => taken.has(name));
  if (again) return `it defines ${again} anew`;
  if (assigned.length > 0) return `it changes ${assigned[0]}, which is not its own`;
  return reaching(program);
}

const as = (each: { readonly as: string }): string => each.as;

function reaching(program: Program): string | undefined {
  let found: string | undefined;
  walk<Node, null>(program, null, {
    _(node, { next }) {
      found ??= reason(node);
      next();
    },
  });
  return found;
}

function reason(node: Node): string | undefined {
  const forbidden = FORBIDDEN[node.type];
  if (forbidden) return `it uses ${forbidden}`;
  if (node.type === "UnaryExpression" && node.operator === "delete") return "it uses delete";
  const target =
    node.type === "AssignmentExpression" ? node.left : node.type === "UpdateExpression" ? node.argument : undefined;
  if (target && target.type !== "Identifier") return "it changes a part of something";
  if (node.type === "Property" || node.type === "MemberExpression") {
    const key = node.type === "Property" ? node.key : node.property;
    if (node.type === "Property" && (node.computed || node.kind !== "init"))
      return "it names a property in its own way";
    if (node.computed) return undefined;
    const name = key.type === "Identifier" ? key.name : key.type === "Literal" ? String(key.value) : "a private name";
    return REACHING.has(name) ? `it uses .${name}` : undefined;
  }
  return undefined;
}

function changed(asked: Parts, solved: Parts, given: Parts): string | undefined {
  const texts = new Set(solved.pieces.map(({ text }) => text));
  const fixed = asked.pieces.filter(({ text }) => texts.has(text));
  const rest = [...given.pieces];
  let from = 0;
  for (const { text } of fixed) {
    const at = rest.findIndex((piece, i) => i >= from && piece.text === text);
    if (at < 0) return `it lacks “${short(text)}”`;
    rest.splice(at, 1);
    from = at;
  }
  const free = (parts: Parts): Piece[] => parts.pieces.filter(({ text }) => !fixed.some((each) => each.text === text));
  const solutions = free(solved);
  const read = membersRead(fixed);
  for (const piece of free(asked)) {
    const solution = take(solutions, piece);
    if (!solution) continue;
    const answer = take(rest, piece);
    if (!answer) return `it lacks its own “${short(piece.text)}”`;
    const why = otherForm([piece, asked], [solution, solved], [answer, given], read);
    if (why) return why;
  }
  const further = rest.find(
    (piece) => piece.names.length === 0 && calleeOf(piece) !== "show" && calleeOf(piece) !== "",
  );
  return further && `it also does “${short(further.text)}”`;
}

/** Takes the statement that stands for `piece` out of the others: of the same names, or the next that has none. */
function take(pieces: Piece[], piece: Piece): Piece | undefined {
  const names = piece.names.join();
  const at = pieces.findIndex((each) => each.names.join() === names);
  return at < 0 ? undefined : pieces.splice(at, 1)[0];
}

type Placed = readonly [piece: Piece, parts: Parts];

/** What is not as it must be in a statement that the reader is to change. */
function otherForm(asked: Placed, solved: Placed, given: Placed, read: ReadonlySet<string>): string | undefined {
  const [a, s, g] = [asked, solved, given].map(([{ value }]) => value);
  const same = (first: Node | undefined, second: Node | undefined, [, one]: Placed, [, two]: Placed): boolean =>
    textOf(first, one) === textOf(second, two);
  const what = short(given[0].text);
  if (a?.type === "TaggedTemplateExpression" && s?.type === "TaggedTemplateExpression") {
    if (g?.type !== "TaggedTemplateExpression" || !same(a.tag, g.tag, asked, given)) return `“${what}” is another call`;
    const look = nameOf(a.tag) === "where" ? unusualDefinitions : unusualEnd;
    const why = look(rawOf(a), rawOf(s), rawOf(g));
    return why && `“${what}” ${why}`;
  }
  const [{ names }] = asked;
  if (names.length > 0 && !names.some((name) => read.has(name))) return undefined;
  if (names.length === 0 && (a?.type !== "CallExpression" || s?.type !== "CallExpression")) return `“${what}” is new`;
  if (a?.type !== "CallExpression" || s?.type !== "CallExpression") return undefined;
  if (g?.type !== "CallExpression" || nameOf(g.callee) !== nameOf(a.callee)) return `“${what}” is another call`;
  const other = a.arguments.findIndex(
    (argument, i) => same(argument, s.arguments[i], asked, solved) && !same(argument, g.arguments[i], asked, given),
  );
  return other < 0 ? undefined : `“${what}” has another argument ${other + 1}`;
}

/** The names of which these statements read a property. */
function membersRead(pieces: readonly Piece[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { node } of pieces)
    walk<Node, null>(node, null, {
      MemberExpression({ object, property, computed }, { next }) {
        if (object.type === "Identifier" && !computed && property.type === "Identifier") found.add(object.name);
        next();
      },
    });
  return found;
}

function partsOf(text: string): Parts {
  const { script } = understand(text);
  const comments: Comment[] = [];
  const program = parse(script, { ecmaVersion: 2022, sourceType: "module", onComment: comments }) as Program;
  const blank = (all: string, { start, end }: Comment): string =>
    all.slice(0, start) + " ".repeat(end - start) + all.slice(end);
  const parts = { script: comments.reduce(blank, script) };
  const statements = program.body.filter(({ type }) => type !== "ImportDeclaration" && type !== "EmptyStatement");
  const pieces = statements.map((node): Piece => {
    const names = understand(parts.script.slice(placeOf(node).start, placeOf(node).end)).defines;
    return { text: textOf(node, parts), names, node, value: valueOf(node) };
  });
  return { ...parts, pieces };
}

/** What a statement `const name = value` gives its name, and what `show(value)` shows. */
function valueOf(node: Node): Expression | undefined {
  if (node.type === "VariableDeclaration" && node.declarations.length === 1)
    return node.declarations[0].init ?? undefined;
  if (node.type !== "ExpressionStatement" || node.expression.type !== "CallExpression") return undefined;
  const { callee, arguments: given } = node.expression;
  const [first] = given;
  return callee.type === "Identifier" && callee.name === "show" && first?.type !== "SpreadElement" ? first : undefined;
}

const calleeOf = ({ node }: Piece): string =>
  node.type === "ExpressionStatement" && node.expression.type === "CallExpression"
    ? nameOf(node.expression.callee)
    : node.type === "ExpressionStatement"
      ? "an expression"
      : "";

/** The last name of what is called. */
const nameOf = (callee: Node): string =>
  callee.type === "Identifier" ? callee.name : callee.type === "MemberExpression" ? lastOf(callee) : "";
const lastOf = ({ property }: MemberExpression): string => (property.type === "Identifier" ? property.name : "");

const rawOf = ({ quasi }: TaggedTemplateExpression): string => quasi.quasis.map(({ value }) => value.raw).join("…");

const textOf = (node: Node | undefined, { script }: Pick<Parts, "script">): string =>
  node === undefined
    ? ""
    : script
        .slice(placeOf(node).start, placeOf(node).end)
        .replace(/\s+/g, " ")
        .replace(/,? ?([)\]}])/g, "$1")
        .replace(/([([{]) /g, "$1")
        .replace(/;$/, "");

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** Where acorn found a node. */
const placeOf = (node: Node) => node as unknown as { readonly start: number; readonly end: number };
