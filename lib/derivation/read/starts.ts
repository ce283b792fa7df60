import { ACCENTS, BEGINNINGS, functionNamed, isGreek, WIDE } from "../text/commands";
import type { Reader } from "./reader";

const STARTS = new Set<string>([...BEGINNINGS, "pi", ...ACCENTS, ...Object.keys(WIDE)]);

/** Whether a factor can begin here. */
export function startsFactor(r: Reader): boolean {
  const token = r.peek();
  if (r.done) return false;
  if (token.kind === "letter" || token.kind === "word" || token.kind === "number" || token.kind === "value")
    return true;
  if (token.kind === "text") return r.is("(", 1);
  if (token.kind === "command")
    return (
      STARTS.has(token.text) ||
      isGreek(token.text) ||
      functionNamed(token.text) !== null ||
      token.text.startsWith("begin ")
    );
  if (token.sized) return token.sized === "left";
  return ["(", "[", "{", "\\{"].includes(token.text) || (token.text === "|" && r.bars === 0 && !r.is("_", 1));
}
