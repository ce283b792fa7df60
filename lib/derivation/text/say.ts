import { texOf } from "./commands";
import { plainText } from "./plain";

/** What is said to the reader: words, with formulas among them as LaTeX between dollars; \$ is a dollar. */
export type Said = string;

/** A formula among words; what aligned it with other lines is left out, but for the columns of cases. */
export function math(tex: string): Said {
  return `$${tex
    .replace(tex.includes("\\begin") ? /\$/g : /[&$]/g, " ")
    .replace(/\s+/g, " ")
    .trim()}$`;
}

/** A letter or a function among words. */
export function named(name: string): Said {
  return math(texOf(name));
}

/** Words and formulas by turns; a number among words has a real minus. */
function pieces(said: Said, words: (text: string) => string, formula: (tex: string) => string): string {
  return said
    .split(/(?<!\\)\$/)
    .map((piece, i) => (i % 2 ? formula(piece) : words(piece.replaceAll("\\$", "$"))))
    .join("");
}

function withMinus(words: string): string {
  return words.replace(/(?<![\w)])-(?=\d)/g, "−");
}

/** As plain text. */
export function asText(said: Said): string {
  return pieces(said, withMinus, plainText);
}

/** As plain text in which what is to be typed stays as it is typed. */
export function asTyped(said: Said): string {
  return pieces(said, (words) => words, plainText);
}

/** As Markdown: formulas stay, and words are no markup. */
export function asMarkdown(said: Said): string {
  return pieces(
    said,
    (words) => escaped(withMinus(words)),
    (tex) => `$${bare(tex)}$`,
  );
}

/** LaTeX that is safe inside Markdown: a bare < could start a tag there. */
export function bare(tex: string): string {
  return tex.replace(/</g, "\\lt ").replace(/>/g, "\\gt ");
}

function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, (c) => ({ "<": "&lt;", ">": "&gt;" })[c] ?? `\\${c}`);
}
