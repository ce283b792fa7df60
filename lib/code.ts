import { shownCode } from "./engine/code";
import type { FormulaFunction } from "./functions";
import type { FormulaLoss } from "./losses";
import type { FormulaModel } from "./models";
import type { Text } from "./text";

/** The TypeScript that a formula became, and that runs: shared parts have a name, and behind each line stands its formula. */
export function code(of: FormulaModel | FormulaFunction | FormulaLoss): Text {
  const text = shownCode(of.code);
  return { markdown: `\`\`\`ts\n${text}\n\`\`\``, text };
}
