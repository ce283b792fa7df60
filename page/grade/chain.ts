/** What may stand in any formula: layout, and the signs of plain arithmetic. */
const USUAL = new Set("frac dfrac tfrac cdot times left right quad qquad big bigl bigr Big text".split(" "));

/**
 * What is unusual in a chain of equal sides that a reader was to mend: it must begin as the task's does, and end with
 * what the ends of the task and of the solution are made of, so that "a = a" is no derivation. Nothing if it is as
 * usual.
 */
export function unusualEnd(task: string, solution: string, answer: string): string | undefined {
  const [asked, solved, given] = [task, solution, answer].map(sidesOf);
  const [first, end] = [given[0], given.at(-1)!].map(dense);
  if (first !== dense(asked[0])) return "begins otherwise";
  if (given.length < 2 || end === first) return "ends where it began";
  const letters = new Set([asked, solved].flatMap((sides) => lettersOf(sides.at(-1)!)));
  const other = lettersOf(given.at(-1)!).find((letter) => !letters.has(letter) && !USUAL.has(letter.slice(1)));
  return other && `ends with ${other}, which the solution's end lacks`;
}

/** What is unusual in definitions that a reader was to change: the same names must be defined. */
export const unusualDefinitions = (task: string, _solution: string, answer: string): string | undefined =>
  namesOf(task) === namesOf(answer) ? undefined : "defines other names";

const namesOf = (formula: string): string =>
  parts(formula, /^(\\q?quad|;)/)
    .map((each) => parts(each, /^=/)[0].replace(/^,|[\s,]/g, ""))
    .join();

/** The sides of a chain, without the reasons beside them. */
const sidesOf = (formula: string): string[] =>
  parts(
    formula.replace(/&&.*$/gm, "").replaceAll("&", ""),
    /^(=|<|>|\\(le|ge|ne|leq|geq|neq|approx|equiv)(?![A-Za-z]))/,
  ).map((side) => side.replace(/\\[,;:!]|\\\\|\s+/g, " "));

const dense = (side: string): string => side.replace(/\s/g, "");

/** A formula split where `sign` stands outside all braces. */
function parts(formula: string, sign: RegExp): string[] {
  const found = [""];
  let depth = 0;
  for (let at = 0; at < formula.length; at++) {
    const [match] = depth === 0 ? (sign.exec(formula.slice(at)) ?? []) : [];
    if (match) {
      found.push("");
      at += match.length - 1;
      continue;
    }
    if (formula[at] === "{") depth++;
    if (formula[at] === "}") depth--;
    found[found.length - 1] += formula[at];
  }
  return found;
}

/** The names in a side, with their indices, its commands and its primes. */
const lettersOf = (side: string): string[] =>
  side.match(/\\operatorname\{\w+\}|\\[A-Za-z]+|[A-Za-z](_\w|_\{[^{}]*\})?|'/g) ?? [];
