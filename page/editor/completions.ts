import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  snippetCompletion,
} from "@codemirror/autocomplete";
import type { KatexOptions } from "katex";
import { BUILTINS, FUNCTION_COMMANDS, GREEK } from "../../lib/derivation/text/commands";
import { formulaAt } from "./formulas";
import type { LibraryName } from "./library";

declare const katex: { render(tex: string, element: HTMLElement, options: KatexOptions): void };

/** Commands with places to fill, in the order in which they are offered. */
const SNIPPETS: readonly string[] = [
  "\\frac{#{}}{#{}}",
  "\\frac{\\partial #{J}}{\\partial #{W}}",
  "\\sqrt{#{}}",
  "\\binom{#{n}}{#{k}}",
  "\\sum_{i=1}^{#{N}} #{}",
  "\\prod_{i=1}^{#{N}} #{}",
  "\\lim_{#{h} \\to #{0}} #{}",
  "\\left(#{}\\right)",
  "\\left|#{}\\right|",
  "\\begin{cases} #{x} & #{x \\ge 0} \\\\ #{0} & #{x < 0} \\end{cases}",
  "\\operatorname{#{MAE}}",
  "\\text{#{why}}",
  "\\hat{#{y}}",
  "\\bar{#{x}}",
];
const WORDS: readonly string[] = [
  ...["partial", "cdot", "times", "le", "ge", "ne", "approx", "to", "infty", "pi", "quad"],
  ...FUNCTION_COMMANDS.filter((name) => name !== "binom"),
  ...Object.keys(GREEK),
];

/** Functions for which LaTeX has no command. */
const NAMED: readonly string[] = Object.keys(BUILTINS).filter(
  (name) => !FUNCTION_COMMANDS.includes(name) && !(name in GREEK) && name !== "sign" && name !== "factorial",
);

/** What a completion looks like when it is typeset; its places show what stands in them at first, or a box. */
const shownAs = (template: string): string => template.replace(/#\{(.*?)\}/g, (_, word: string) => word || "\\square");

const COMMANDS: readonly Completion[] = [
  ...SNIPPETS.map((template) => {
    const label = template.replace(/#\{(.*?)\}/g, "$1");
    return snippetCompletion(template, { label, type: shownAs(template), boost: 2 });
  }),
  ...[...new Set(WORDS)].map((name) => ({ label: `\\${name}`, type: `\\${name}` })),
  ...NAMED.map((name) => ({ label: `\\${name}`, type: `\\operatorname{${name}}`, apply: `\\operatorname{${name}}` })),
];

const ofLibrary = ({ name, kind, declaration, doc }: LibraryName): Completion => ({
  label: name,
  type: { function: "function", value: "constant", type: "type" }[kind],
  info: () => explained(declaration, doc),
});

/** They come with the first name that is typed; without them those of the cells are offered. */
async function libraryNames(): Promise<readonly LibraryName[]> {
  await window.housePrices.load("names").catch(() => {});
  return window.housePrices.libraryNames ?? [];
}

function explained(declaration: string, doc: string): HTMLElement {
  const element = document.createElement("div");
  const code = element.appendChild(document.createElement("code"));
  code.textContent = declaration;
  element.append(...doc.split("\n\n").map((text) => Object.assign(document.createElement("p"), { textContent: text })));
  return element;
}

/** LaTeX commands in a formula, elsewhere the names of the library and of the cells before, which `names` tells. */
export const completing =
  (names: () => readonly string[]) =>
  async (context: CompletionContext): Promise<CompletionResult | null> => {
    if (formulaAt(context.state.doc.toString(), context.pos)) {
      const command = context.matchBefore(/\\[a-zA-Z]*/);
      return command && { from: command.from, options: COMMANDS, validFor: /^\\[a-zA-Z]*$/ };
    }
    const word = context.matchBefore(/[\w$]+/);
    if (word ? /^\d/.test(word.text) : !context.explicit) return null;
    const from = word?.from ?? context.pos;
    if (context.state.sliceDoc(from - 1, from) === ".") return null; // a member: of what, only its type knows
    const library = await libraryNames();
    const known = new Set(library.map(({ name }) => name));
    const own = names().filter((name) => !known.has(name));
    const options = [
      ...library.map(ofLibrary),
      ...own.map((label) => ({ label, type: "variable", detail: "a cell before" })),
    ];
    return { from, options, validFor: /^[\w$]*$/ };
  };

/** The command of a completion, typeset, for the list. */
export function preview({ type = "" }: Completion): HTMLElement | null {
  if (!type.startsWith("\\")) return null;
  const element = document.createElement("span");
  element.className = "preview";
  element.setAttribute("aria-hidden", "true");
  katex.render(type, element, { throwOnError: false, strict: false, output: "html" });
  return element;
}
