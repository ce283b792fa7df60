import { hintFor, oddSides } from "../hint/hint";
import type { Failure } from "../judge/compare";
import { bySaying } from "../judge/compare";
import type { Judged } from "../judge/judge";
import { type Decimal, DIGITS, shown } from "../run/number";
import type { Sample, Value } from "../run/runner";
import { valued } from "../run/runner";
import { pretty, texOf } from "../text/commands";
import { caret } from "../text/errors";
import { plainText } from "../text/plain";
import type { Said } from "../text/say";
import { asText, math } from "../text/say";
import type { Relation } from "../world/tree";
import type { Wrong } from "./verdict";

/** Less than this is nothing. */
const MET = "1e-30";
/** A point of more letters than this is not read. */
const MOST_LETTERS = 8;

/** Puts what is false in a chain into words; `before` relations stand in earlier chains of the text. */
export function wrongOf(judged: Judged, failure: Failure, before: number, aside = false): Wrong {
  const { formula } = judged;
  const odd = bySaying(failure) ? null : oddSides(judged, failure);
  // before hints are sought, which look at more letters there
  const place = placeOf(failure.sample, meets(formula.relations[failure.at], failure));
  const point = pointText(failure.sample);
  const digits = bySaying(failure) ? "" : allDigits(failure, judged, place);
  const wrong = {
    refused: failure.kind === "refused",
    undecided: failure.kind === "undecided",
    position: formula.places[failure.at].at.start,
    step: before + failure.at + 1,
    relation: formula.relations[failure.at],
    left: formula.tex[failure.at],
    right: formula.tex[failure.at + 1],
    side: odd ? formula.tex.slice(odd[0], odd[1] + 1).join(" = ") : null,
    point,
    values: valueTexts(failure),
    hint: bySaying(failure) ? failure.reason : hintFor(judged, failure),
    digits,
  };
  const said = sentences(wrong, failure, place);
  return { ...wrong, said, message: message(wrong, said, failure, judged, aside) };
}

/** Which side, what a teacher would say, and the simplest numbers. */
function sentences(wrong: Omit<Wrong, "said" | "message">, failure: Failure, place: Said): Said[] {
  if (failure.kind === "refused") return [failure.reason];
  if (failure.kind === "undecided") return [sentenceOf(failure.reason)];
  const said: Said[] = [];
  if (wrong.side !== null) said.push(`Only ${math(wrong.side)} is wrong: what stands before it and after it agrees.`);
  const [first, ...more] = wrong.hint.split("\n");
  if (first) said.push([`Hint: ${sentence(first)}`, ...more].join("\n"));
  if (!bySaying(failure)) said.push(numbers(wrong, failure, place));
  return said;
}

function message(
  wrong: Omit<Wrong, "said" | "message">,
  said: readonly Said[],
  failure: Failure,
  { formula }: Judged,
  aside: boolean,
): string {
  const which = aside ? "The formula in a reason" : wrong.step > 1 ? `Step ${wrong.step}` : "This";
  if (failure.kind === "refused") return `${which} cannot be run. ${failure.shown ?? asText(failure.reason)}`;
  return [
    `${which} ${wrong.undecided ? "is not decided" : "does not hold"}: ${plainText(`${wrong.left} ${wrong.relation} ${wrong.right}`)}`,
    caret(formula.places[failure.at].at),
    ...said.map(asText),
    ...(wrong.digits ? [asText(wrong.digits)] : []),
  ].join("\n");
}

function sentence(text: Said): Said {
  const subject = text.startsWith("it is true") ? "this is" : "the right side is";
  const start = text.startsWith("it is ") ? `${subject}${text.slice(5)}` : text;
  return /[.!?]$/.test(start) ? start : `${start}.`;
}

/** Whether sides that must not be equal are so, but for the rounding of a place that has no end of digits. */
function meets(relation: Relation, { sample, at }: Pick<Failure, "sample" | "at">): boolean {
  if (relation === "\\ne") return true;
  const [a, b] = [sample.values[at], sample.values[at + 1]];
  const strict = relation === "<" || relation === ">";
  return strict && "value" in a && "value" in b && a.value.minus(b.value).abs().lt(MET);
}

/** Both sides in three digits where they differ, and where that is, if it can be said in as few. */
function numbers(
  { relation, left, right, hint }: Pick<Wrong, "relation" | "left" | "right" | "hint">,
  { sample, at }: Pick<Failure, "sample" | "at">,
  place: Said,
): Said {
  const { point } = sample;
  const [a, b] = [sample.values[at], sample.values[at + 1]];
  const where = place ? `At ${place} ` : "";
  if ("none" in a || "none" in b) {
    const of = (side: string, value: Value) =>
      "none" in value ? `the ${side} side has no value (${value.none})` : `the ${side} side is ${few(value.value)}`;
    const free = point.letters.size + point.elements.size > 0;
    const said = `${where || (free ? "Somewhere " : "")}${of("left", a)}, ${of("right", b)}`;
    return sentenceOf(free && !hint ? `${said}: say where it holds` : said);
  }
  if (meets(relation, { sample, at }) && (relation === "\\ne" || !a.value.eq(b.value))) {
    const same = [a, b].some(({ value }) => value.abs().lt(MET)) ? math("0") : few(b.value, 6);
    return sentenceOf(`${where}both sides are ${same}${where ? ": say where they differ" : ""}`);
  }
  const digits = [3, 6, 10, 20, 40].find((n) => shown(a.value, n) !== shown(b.value, n)) ?? 40;
  const [l, r] = [few(a.value, digits), few(b.value, digits)];
  if (relation === "=" || relation === "\\approx") {
    const same = [math(left), math(right)].map((side) => side.slice(1, -1));
    const plain = same[0] === l.slice(1, -1) && same[1] === r.slice(1, -1);
    return plain ? "Both sides differ." : sentenceOf(`${where}both sides differ: ${l} against ${r}`);
  }
  return sentenceOf(`${where}it reads ${math(`${l.slice(1, -1)} ${relation} ${r.slice(1, -1)}`)}, which is not so`);
}

function sentenceOf(text: string): Said {
  return `${text[0].toUpperCase()}${text.slice(1)}.`;
}

/** A number in few digits, typeset: 1.2 · 10^25. */
function few(value: Decimal, digits = 3): Said {
  const rounded = value.toSignificantDigits(digits);
  const tiny = !rounded.isZero() && rounded.abs().lt("1e-3");
  const [mantissa, exponent] = (tiny ? rounded.toExponential() : shown(value, digits)).split("e");
  return math(exponent === undefined ? mantissa : `${mantissa} \\cdot 10^{${exponent.replace("+", "")}}`);
}

/**
 * The letters and the data of a point, if each has at most three digits or may be rounded to them; empty where that is
 * not so, or they are many.
 */
function placeOf({ point }: Sample, rounded: boolean): Said {
  const all = [...point.letters, ...point.elements];
  const texts = [...new Set(all.map(([name]) => dataOf(point, name)?.base ?? name))].map((name) => {
    const data = dataOf(point, name);
    const values = data?.values ?? [new Map(all).get(name)!];
    const value = values.map((x) => shown(x, 3)).join(", ");
    return math(`${texOf(name)} ${values.every(isShort) ? "=" : "\\approx"} ${data ? `(${value})` : value}`);
  });
  return (rounded || all.every(([, value]) => isShort(value))) && texts.length <= MOST_LETTERS ? texts.join(", ") : "";
}

function isShort(value: Decimal): boolean {
  return value.toSignificantDigits(3).eq(value);
}

/** The data that a name stands for, or one of whose values it is: x_1, x_2, ... without a gap, and more than one. */
function dataOf({ elements }: Sample["point"], name: string): { base: string; values: Decimal[] } | null {
  const base = name.replace(/_\d+$/, "");
  const count = [...elements.keys()].filter((key) => key.replace(/_\d+$/, "") === base).length;
  const values = Array.from({ length: count }, (_, i) => elements.get(`${base}_${i + 1}`));
  return count > 1 && values.every((value) => value !== undefined) ? { base, values } : null;
}

/** Both values with as many digits as it takes to tell them apart. */
function valueTexts({ sample, at }: Failure): [string, string] {
  const text = (value: Value, digits: number) =>
    "value" in value ? shown(value.value, digits) : `no value (${value.none})`;
  const [left, right] = [sample.values[at], sample.values[at + 1]];
  const digits = [10, 20, 40].find((n) => text(left, n) !== text(right, n)) ?? 40;
  return [text(left, digits), text(right, digits)];
}

function pointText({ point }: Sample): string {
  return [...point.letters, ...point.elements]
    .map(([name, value]) => `${pretty(name)} = ${shown(value, 5)}`)
    .join(", ");
}

/**
 * Where both sides were found to differ, with all digits that tell them apart, unless what is said of the `place` tells
 * all of that; and how they were compared.
 */
function allDigits(failure: Failure, { samples }: Judged, place: Said): Said {
  const n = valued(samples);
  const compared = `Compared at ${n} point${n === 1 ? "" : "s"} with ${DIGITS} digits.`;
  if (isTold(failure, place)) return compared;
  const { point } = failure.sample;
  const all = [...point.letters, ...point.elements].map(([name, value]) => math(`${texOf(name)} = ${shown(value, 5)}`));
  const where = all.length > 0 ? `At ${all.join(", ")} the` : "The";
  const [left, right] = valueTexts(failure).map((text) => (/^[-\d]/.test(text) ? math(text) : text));
  return `${where} left side is ${left}, the right side ${right}. ${compared}`;
}

/** Whether three digits tell all of the place and of both sides, as ten would. */
function isTold({ sample, at }: Failure, place: Said): boolean {
  const letters = [...sample.point.letters.values(), ...sample.point.elements.values()];
  const sides = [sample.values[at], sample.values[at + 1]].flatMap((side) => ("value" in side ? [side.value] : []));
  const told = [...letters, ...sides].every((value) => shown(value, 3) === shown(value, 10));
  return told && (letters.length === 0 || place !== "");
}
