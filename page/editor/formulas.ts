import { TAGS } from "../kernel/tags";

/** LaTeX in the text of a cell: what stands between the backticks of a tagged template, or between two `${…}` in it. */
export interface Formula {
  readonly from: number;
  readonly to: number;
}

const COMMENT_OR_TEXT = /\/\/[^\n]*|\/\*[^]*?(?:\*\/|$)|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?/y;
const TAGGED = /([\w$]+)\s*`/y;

/** All LaTeX in the text of a cell, whether its last template is closed or not. */
export function formulasIn(text: string): Formula[] {
  const found: Formula[] = [];
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const result = pattern.exec(text);
    if (result) at = pattern.lastIndex;
    return result;
  };
  const code = (end: "}" | undefined): void => {
    for (let depth = 0; at < text.length; ) {
      if (match(COMMENT_OR_TEXT)) continue;
      const tagged = match(TAGGED);
      if (tagged) {
        template(TAGS.has(tagged[1]));
        continue;
      }
      const sign = text[at++];
      if (sign === "`") template(false);
      else if (sign === "{") depth++;
      else if (sign === "}" && depth-- === 0 && end) return;
    }
  };
  const template = (formula: boolean): void => {
    let from = at;
    const piece = (): void => {
      if (formula) found.push({ from, to: at });
    };
    while (at < text.length) {
      if (text[at] === "`") {
        piece();
        at++;
        return;
      }
      if (text.startsWith("${", at)) {
        piece();
        at += 2;
        code("}");
        from = at;
      } else at += text[at] === "\\" ? 2 : 1;
    }
    at = text.length;
    piece();
  };
  code(undefined);
  return found.sort((a, b) => a.from - b.from);
}

/** The formula in which a place lies, if it lies in one. */
export const formulaAt = (text: string, at: number): Formula | undefined =>
  formulasIn(text).find(({ from, to }) => from <= at && at <= to);
