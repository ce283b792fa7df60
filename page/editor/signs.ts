import { GREEK, UNICODE } from "../../lib/derivation/text/commands";

const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱ";
const RAISED = "0123456789+-ni";
const SUBSCRIPT = "₀₁₂₃₄₅₆₇₈₉";

const COMMANDS: ReadonlyMap<string, string> = new Map([
  ...Object.entries(GREEK).map(([name, sign]) => [sign, `\\${name}`] as const),
  ...Object.entries(UNICODE),
  ["Σ", "\\sum"], // between letters, it is the sum that is meant
]);

/** The italic and bold letters that mathematics has in Unicode: 𝜃, 𝒙. */
const ITALIC = /[\u{1d400}-\u{1d7ff}ℎ]/gu;

/**
 * LaTeX in place of the signs that people paste or type: − · ² ₁ ∂ Σ ≤ √ θ. The text goes on with `next`: where a
 * letter follows a command, a space keeps them apart.
 */
export function withCommands(text: string, next = ""): string {
  const plain = text
    .replace(ITALIC, (letter) => letter.normalize("NFKC"))
    .replace(new RegExp(`[${SUPERSCRIPT}]+`, "g"), (digits) => raised("^", digits, SUPERSCRIPT, RAISED))
    .replace(new RegExp(`[${SUBSCRIPT}]+`, "g"), (digits) => raised("_", digits, SUBSCRIPT, RAISED))
    .replace(/√\s*(?:\(([^()]*)\)|(\p{L}|\d+))/gu, (_, inner?: string, one?: string) => `\\sqrt{${inner ?? one}}`)
    .replace(/√/g, "\\sqrt{}");
  const signs = [...plain];
  return signs
    .map((sign, i) => {
      const command = COMMANDS.get(sign);
      if (command === undefined) return sign;
      const after = signs[i + 1] ?? next;
      return /\\[a-zA-Z]+$/.test(command) && (after === "" || /[\p{L}]/u.test(after)) ? `${command} ` : command;
    })
    .join("");
}

function raised(sign: string, digits: string, from: string, to: string): string {
  const plain = [...digits].map((digit) => to[from.indexOf(digit)]).join("");
  return sign + (plain.length > 1 ? `{${plain}}` : plain);
}
