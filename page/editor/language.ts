import { StreamLanguage, type StreamParser, type StringStream } from "@codemirror/language";
import { typescript } from "@codemirror/legacy-modes/mode/javascript";
import { tagHighlighter, tags } from "@lezer/highlight";
import { TAGS } from "../kernel/tags";

interface State {
  readonly code: unknown;
  /** The word before, which may tag a template. */
  word: string;
  /** For each formula that is open, from the outside, how many braces are open in the `${…}` that is read in it, if any. */
  readonly open: (number | undefined)[];
}

const copy = (state: object): object =>
  Object.fromEntries(Object.entries(state).map(([name, value]) => [name, Array.isArray(value) ? [...value] : value]));

/** TypeScript, and LaTeX inside the templates of derivations. */
const cell: StreamParser<State> = {
  ...typescript,
  startState: (unit) => ({ code: typescript.startState!(unit), word: "", open: [] }),
  copyState: (state) => ({ ...state, code: copy(state.code as object), open: [...state.open] }),
  blankLine() {},
  token(stream, state) {
    const inner = state.open.length - 1;
    if (inner >= 0 && state.open[inner] === undefined) return latex(stream, state);
    if (stream.peek() === "`" && TAGS.has(state.word)) {
      stream.next();
      state.word = "";
      state.open.push(undefined);
      return "string";
    }
    const style = typescript.token(stream, state.code);
    const token = stream.current();
    if (token.trim()) state.word = token;
    const depth = state.open[inner];
    if (depth !== undefined && token === "{") state.open[inner] = depth + 1;
    if (depth !== undefined && token === "}") state.open[inner] = depth === 0 ? undefined : depth - 1;
    return depth === 0 && token === "}" ? "string" : style;
  },
  indent({ code, open }, after, context) {
    return open.length > 0 ? null : typescript.indent!(code, after, context);
  },
};

function latex(stream: StringStream, { open }: State): string | null {
  if (stream.eatSpace()) return null;
  if (stream.eat("`")) {
    open.pop();
    return "string";
  }
  if (stream.match("${")) {
    open[open.length - 1] = 0;
    return "string";
  }
  if (stream.match(/^\\(?:[a-zA-Z]+|.)/)) return "keyword";
  if (stream.match(/^\d+(?:\.\d+)?/)) return "number";
  if (stream.match(/^[=<>+\-*/^_&!:|']/)) return "operator";
  if (stream.match(/^[{}()[\]]/)) return "bracket";
  return stream.match(/^[a-zA-Z]+/) ? "variableName" : (stream.next(), null);
}

export const language = StreamLanguage.define(cell);

/** The page's own colours of code. */
export const colours = tagHighlighter([
  { tag: [tags.keyword, tags.modifier], class: "k" },
  { tag: tags.typeName, class: "kt" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], class: "s" },
  { tag: tags.comment, class: "c1" },
  { tag: tags.number, class: "mf" },
  { tag: [tags.atom, tags.bool, tags.null], class: "kc" },
  { tag: tags.operator, class: "o" },
]);
