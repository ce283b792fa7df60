import { formulasIn } from "./formulas";

/** How many symbols stand in the row. */
const MANY = 16;

const SYMBOL = /\\frac\b|\\[a-zA-Z]+(?:_(?:[a-zA-Z0-9]|\{\w+\}))?|[a-zA-Z]_(?:[a-zA-Z0-9]|\{\w+\})/g;
const SILENT = /^\\(?:text|quad|qquad|left|right|begin|end|operatorname|mathrm|limits|big|bigl|bigr|displaystyle)\b/;

/** The symbols of these cells' formulas, those that are written most first. */
export function symbolsOf(texts: readonly string[]): string[] {
  const count = new Map<string, number>();
  for (const text of texts)
    for (const { from, to } of formulasIn(text))
      for (const [symbol] of text.slice(from, to).matchAll(SYMBOL))
        if (!SILENT.test(symbol)) count.set(symbol, (count.get(symbol) ?? 0) + 1);
  const sorted = [...count].sort(([, a], [, b]) => b - a).map(([symbol]) => symbol);
  return ["^", ...sorted.slice(0, MANY)];
}
