import type { Formula } from "../read/chain";
import { texOf } from "../text/commands";
import { plainText } from "../text/plain";
import type { Said } from "../text/say";
import { asMarkdown, asText, bare } from "../text/say";
import type { Mark, Wrong } from "./verdict";

/** A chain with a mark for each relation. */
export interface Marked {
  readonly formula: Formula;
  readonly marks: readonly Mark[];
}

/** All that is shown of a run. */
export interface Page {
  readonly chains: readonly Marked[];
  /** LaTeX of the definitions, assumptions and fixed values it was run under. */
  readonly given: readonly string[];
  /** How it was run, in one line. */
  readonly how: Said;
  readonly notes: readonly string[];
  readonly wrong: Wrong | null;
}

// {\color{gray}{…}} means the same in the two ways \color is read: as a switch and as a command with an argument.
const QUIET = "{\\color{gray}{\\scriptscriptstyle\\checkmark}}";
const OPEN = "{\\color{gray}{\\scriptstyle ?}}";
const LOUD = "{\\color{red}{\\Large\\times}}";

function signTex(relation: string, mark: Mark): string {
  const sign = { "<": "\\lt", ">": "\\gt", ":=": "\\mathrel{:=}" }[relation] ?? relation;
  if (mark === "names" || mark === "follows") return sign;
  return `\\overset{${{ holds: QUIET, undecided: OPEN, wrong: LOUD }[mark]}}{${sign}}`;
}

/** The reason beside a step; LaTeX knows no \text inside \tag, so a tag is set as words. */
function reasonTex(reason: string | undefined): string {
  return reason ? ` &&\\quad {\\color{gray}{${bare(reason)}}}` : "";
}

function chainTex({ formula, marks }: Marked): string[] {
  const { tex, relations, reasons } = formula;
  const step = (i: number) => {
    const side = marks[i] === "wrong" ? `{\\color{red}{${bare(tex[i + 1])}}}` : bare(tex[i + 1]);
    return `&${signTex(relations[i], marks[i])} ${side}${reasonTex(reasons.get(i + 1))}`;
  };
  // A long left side takes a line of its own, so that the chain stays narrow on a phone.
  const lone = tex[0].length > 60 && relations.length > 1;
  const before = reasonTex(reasons.get(0));
  const lines = relations.map((_, i) => (i === 0 && !lone ? `${bare(tex[0])} ${step(0)}` : step(i)));
  if (formula.conditions.length > 0)
    lines[lines.length - 1] += ` \\quad \\text{for } ${formula.conditions.map((c) => bare(c.tex)).join(",\\ ")}`;
  return lone || before ? [`&${bare(tex[0])}${before}`, ...lines] : lines;
}

/** The run as Markdown: under what, the chain in one aligned block, what was found, and behind a mark how it was run. */
export function markdownOf(page: Page): string {
  const parts: string[] = [];
  if (page.given.length > 0)
    parts.push(`<p><small>where ${page.given.map((tex) => `$${bare(tex)}$`).join(", ")}</small></p>`);
  parts.push(`$$\\begin{aligned}\n${page.chains.flatMap(chainTex).join(" \\\\\n")}\n\\end{aligned}$$`);
  if (page.wrong) parts.push(`**${headline(page.wrong)}** ${page.wrong.said.map(asMarkdown).join(" ")}`);
  for (const note of page.notes) parts.push(`*Note:* ${asMarkdown(note)}`);
  const mark = !page.wrong ? "✓" : page.wrong.undecided ? "?" : "✗";
  parts.push(`<details><summary>${mark}</summary>\n\n${asMarkdown(page.how)}\n\n</details>`);
  return parts.join("\n\n");
}

function headline({ refused, undecided }: Wrong): string {
  if (undecided) return "This is not decided.";
  return refused ? "This cannot be run." : "This does not hold.";
}

/** The run as plain text, one step a line. */
export function textOf(page: Page): string {
  const lines = page.chains.flatMap(({ formula, marks }) => [
    `  ${plainText(formula.tex[0])}`,
    ...formula.relations.map((relation, i) => {
      const mark = { holds: "✓", wrong: "✗", undecided: "?", follows: " ", names: " " }[marks[i]];
      const reason = formula.reasons.get(i + 1);
      const said = reason ? `    (${plainText(reason)})` : "";
      return `${mark} ${plainText(relation)} ${plainText(formula.tex[i + 1])}${said}${marks[i] === "wrong" ? "    ← does not hold" : ""}`;
    }),
  ]);
  if (page.given.length > 0) lines.unshift(`where ${page.given.map(plainText).join(", ")}`);
  if (page.wrong) lines.push(page.wrong.message);
  lines.push(...page.notes.map((note) => `Note: ${asText(note)}`));
  if (!page.wrong?.digits) lines.push(asText(page.how));
  return lines.join("\n");
}

/** How a fixed value is shown. */
export function fixedTex(name: string, value: number | readonly number[]): string {
  if (typeof value === "number") return `${texOf(name)} = ${value}`;
  const list = value.length > 6 ? [...value.slice(0, 5), "\\ldots"] : value;
  return `${texOf(name)} = (${list.join(",\\ ")})`;
}
