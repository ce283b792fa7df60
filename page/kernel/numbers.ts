import { tokenizer, tokTypes } from "acorn";

/** Where in the text of a cell a number stands, with its sign. */
export interface NumberAt {
  readonly from: number;
  readonly to: number;
}

/** For each call of `slider` in a text the number that it is given, or null where that is no plain number. */
export function numbersOfSliders(text: string): (NumberAt | null)[] {
  try {
    const tokens = [...tokenizer(text, { ecmaVersion: 2022 })];
    return tokens.flatMap(({ type, start, end }, i) => {
      const before = tokens[i - 1]?.type;
      const named = type === tokTypes.name && text.slice(start, end) === "slider";
      const called = tokens[i + 1]?.type === tokTypes.parenL;
      if (!named || !called || before === tokTypes.dot || before === tokTypes._function) return [];
      const first = tokens[i + 2];
      const number = first?.type === tokTypes.plusMin ? tokens[i + 3] : first;
      const plain = number?.type === tokTypes.num && tokens[tokens.indexOf(number) + 1]?.type === tokTypes.comma;
      return [plain ? { from: first!.start, to: number.end } : null];
    });
  } catch {
    return []; // acorn reads no such text: it cannot run either, or has no slider that could be moved
  }
}
