import { Elementary } from "./elementary";
import { inOrder, type Step, Steps } from "./steps";

/** What a shared step is called in the code, and the formula that it computes, as text. */
export interface Label {
  readonly name: string;
  readonly formula: string;
}

/** A line of code and the formula that it computes. */
export interface Line {
  readonly code: string;
  readonly formula: string;
}

const TERNARY = 0;
const OR = 1;
const AND = 2;
const COMPARE = 3;
const SUM = 4;
const PRODUCT = 5;
const SIGN = 6;
const ATOM = 7;

const INFIX: Partial<Record<Step["operation"], readonly [sign: string, binds: number]>> = {
  add: ["+", SUM],
  subtract: ["-", SUM],
  multiply: ["*", PRODUCT],
  divide: ["/", PRODUCT],
  less: ["<", COMPARE],
  atMost: ["<=", COMPARE],
  equal: ["===", COMPARE],
  and: ["&&", AND],
  or: ["||", OR],
};

/** 0 < x as people write it. */
const TURNED: Readonly<Record<string, string>> = { "<": ">", "<=": ">=", "===": "===" };

const CALLED: Partial<Record<Step["operation"], string>> = {
  absolute: "Math.abs",
  squareRoot: "Math.sqrt",
  whole: "Math.trunc",
  larger: "Math.max",
  smaller: "Math.min",
  exp: "exp",
  tanh: "tanh",
  ln: "ln",
  withSign: "withSign",
  twoTo: "twoTo",
  exponent: "exponent",
  mantissa: "mantissa",
};

const CONDITIONS: ReadonlySet<Step["operation"]> = new Set(["less", "atMost", "equal", "and", "or"]);

/** What is written again where it is used again: a number, an input, a condition of such. */
const isPlain = ({ operation, of }: Step): boolean =>
  operation === "number" ||
  operation === "input" ||
  ((operation === "negate" || CONDITIONS.has(operation)) && of.every(isPlain));

/** Writes the steps of some results as JavaScript: what is shared or labelled as a constant, the rest within one line. */
export class Writer {
  private readonly names = new Map<Step, string>();
  private readonly uses = new Map<Step, number>();
  private counted = 0;

  constructor(
    private readonly results: readonly Step[],
    private readonly labels: ReadonlyMap<Step, Label> = new Map(),
    private readonly formulas: ReadonlyMap<Step, string> = new Map(),
  ) {
    for (const step of inOrder(results))
      for (const part of step.of) this.uses.set(part, (this.uses.get(part) ?? 0) + 1);
    for (const result of results) this.uses.set(result, (this.uses.get(result) ?? 0) + 1);
  }

  /** Constants for what is shared, of those steps that are asked for. */
  constants(asked: (step: Step) => boolean = () => true): Line[] {
    const lines: Line[] = [];
    for (const step of inOrder(this.results)) {
      if (isPlain(step) || !asked(step) || this.names.has(step)) continue;
      const label = this.labels.get(step);
      if (!label && (this.uses.get(step) ?? 0) < 2) continue;
      const name = label?.name ?? `s${++this.counted}`;
      lines.push({
        code: `const ${name} = ${this.written(step)};`,
        formula: label?.formula ?? this.formulas.get(step) ?? "",
      });
      this.names.set(step, name);
    }
    return lines;
  }

  /** The value of a step, by the constants that were written before. */
  written(step: Step, within = TERNARY): string {
    const [text, binds] = this.text(step);
    return binds < within ? `(${text})` : text;
  }

  private text(step: Step): readonly [text: string, binds: number] {
    const name = this.names.get(step);
    if (name !== undefined) return [name, ATOM];
    const { operation, of, value } = step;
    if (operation === "input") return [step.name, ATOM];
    if (operation === "number") return [Object.is(value, -0) ? "-0" : String(value), ATOM];
    if (operation === "negate") return [`-${this.written(of[0], ATOM)}`, SIGN];
    if (operation === "choose")
      return [`${this.written(of[0], OR)} ? ${this.written(of[1], OR)} : ${this.written(of[2])}`, TERNARY];
    const infix = INFIX[operation];
    if (!infix) return [`${CALLED[operation]}(${of.map((part) => this.written(part)).join(", ")})`, ATOM];
    const [sign, binds] = infix;
    const turned = TURNED[sign];
    if (turned && of[0].operation === "number")
      return [`${this.written(of[1], binds)} ${turned} ${this.written(of[0])}`, binds];
    return [`${this.written(of[0], binds)} ${sign} ${this.written(of[1], binds + 1)}`, binds];
  }
}

const halves = new Uint32Array(2);
const double = new Float64Array(halves.buffer);

function withSign(size: number, x: number): number {
  return x < 0 || 1 / x < 0 ? -size : size;
}

function twoTo(k: number): number {
  halves[0] = 0;
  halves[1] = (k + 1023) << 20;
  return double[0];
}

function exponent(x: number): number {
  double[0] = x;
  return (halves[1] >>> 20) - 1023;
}

function mantissa(x: number): number {
  double[0] = x;
  halves[1] = (halves[1] & 0xfffff) | 0x3ff00000;
  return double[0];
}

function elementary(name: "exp" | "tanh" | "ln"): (x: number) => number {
  const steps = new Steps();
  const value = new Elementary(steps)[name](steps.input("x"));
  const writer = new Writer([value]);
  const lines = writer.constants().map(({ code }) => code);
  const source = `return (x) => {\n${lines.join("\n")}\nreturn ${writer.written(value)};\n};`;
  return new Function("withSign", "twoTo", "exponent", "mantissa", source)(withSign, twoTo, exponent, mantissa);
}

/** What compiled code may call: the same bits on every machine. */
export const functions = { exp: elementary("exp"), tanh: elementary("tanh"), ln: elementary("ln") } as const;

/** Makes the function that a source returns, with what it needs by name. */
export function compiled<T>(source: string, given: Readonly<Record<string, unknown>> = {}): T {
  const known = { ...functions, ...given };
  return new Function(...Object.keys(known), `"use strict";\n${source}`)(...Object.values(known));
}
