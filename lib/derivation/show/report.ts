import { hintFor, oddSides } from "../hint/hint";
import type { Failure } from "../judge/compare";
import { bySaying } from "../judge/compare";
import type { Judged } from "../judge/judge";
import { shown } from "../run/number";
import type { Sample, Value } from "../run/runner";
import { valued } from "../run/runner";
import { pretty } from "../text/commands";
import { caret } from "../text/errors";
import { plainText } from "../text/plain";
import type { Wrong } from "./verdict";

const MOST_LETTERS = 8;

/** Puts the first false relation of a chain into words; `before` relations stand in earlier chains of the text. */
export function wrongOf(judged: Judged, failure: Failure, before: number, aside = false): Wrong {
  const { formula } = judged;
  const relation = formula.relations[failure.at];
  const odd = bySaying(failure) ? null : oddSides(judged, failure);
  const side = odd ? formula.tex.slice(odd[0], odd[1] + 1).join(" = ") : null;
  const values = valueTexts(failure.sample.values[failure.at], failure.sample.values[failure.at + 1]);
  const point = pointText(failure.sample);
  const hint = bySaying(failure) ? failure.reason : hintFor(judged, failure);
  const wrong = {
    refused: failure.kind === "refused",
    undecided: failure.kind === "undecided",
    position: formula.places[failure.at].at.start,
    step: before + failure.at + 1,
    relation,
    left: formula.tex[failure.at],
    right: formula.tex[failure.at + 1],
    side,
    point,
    values,
    hint,
  };
  const said = sentences(wrong, failure);
  return { ...wrong, said, message: message(wrong, said, failure, judged, aside) };
}

/** Which side, what a teacher would say, and the numbers. */
function sentences(wrong: Omit<Wrong, "said" | "message">, failure: Failure): string[] {
  if (failure.kind === "refused" || failure.kind === "undecided") return [failure.reason];
  const said: string[] = [];
  if (wrong.side !== null)
    said.push(`Only this side is wrong: ${plainText(wrong.side)}. What stands before and after it agrees.`);
  const [first, ...more] = wrong.hint.split("\n");
  if (first) said.push([`Hint: ${sentence(plainText(first))}`, ...more].join("\n"));
  if (bySaying(failure)) return said;
  said.push(`${wrong.point ? `At ${wrong.point}: ` : ""}left ${wrong.values[0]}, right ${wrong.values[1]}.`);
  if (failure.kind === "valueless" && !wrong.hint) said.push(`There ${failure.reason}: say where it holds.`);
  return said;
}

function message(
  wrong: Omit<Wrong, "said" | "message">,
  said: readonly string[],
  failure: Failure,
  { formula, samples }: Judged,
  aside: boolean,
): string {
  const which = aside ? "A relation in a reason" : `The ${ordinal(wrong.step)} relation`;
  if (failure.kind === "refused") return `${which} cannot be run. ${failure.reason}`;
  const lines = [
    `${which} ${failure.kind === "undecided" ? "is not decided" : "does not hold"}: ${plainText(wrong.left)} ${plainText(wrong.relation)} ${plainText(wrong.right)}`,
  ];
  lines.push(caret(formula.places[failure.at].at), ...said);
  const n = valued(samples);
  if (!bySaying(failure)) lines.push(`Compared at ${n} point${n === 1 ? "" : "s"}.`);
  return lines.join("\n");
}

function sentence(text: string): string {
  const start = text.startsWith("it is") ? `the right side is${text.slice(5)}` : text;
  return /[.!?]$/.test(start) ? start : `${start}.`;
}

function ordinal(n: number): string {
  const tens = n % 100;
  const ending = tens > 10 && tens < 14 ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${n}${ending}`;
}

/** Both values with as many digits as it takes to tell them apart. */
function valueTexts(left: Value, right: Value): [string, string] {
  const text = (value: Value, digits: number) =>
    "value" in value ? shown(value.value, digits) : `no value (${value.none})`;
  const digits = [10, 20, 40].find((n) => text(left, n) !== text(right, n)) ?? 40;
  return [text(left, digits), text(right, digits)];
}

/** The sampled letters and the first data: enough to see the point, short enough to read. */
function pointText({ point }: Sample): string {
  const letters = [...point.letters].map(([name, value]) => `${pretty(name)} = ${shown(value, 5)}`);
  const data = [...point.elements].map(([name, value]) => `${pretty(name)} = ${shown(value, 5)}`);
  const all = [...letters, ...data.slice(0, 4)];
  return all.slice(0, MOST_LETTERS).join(", ") + (all.length > MOST_LETTERS || data.length > 4 ? ", …" : "");
}
