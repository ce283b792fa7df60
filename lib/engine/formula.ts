import { where } from "../derivation";
import { type Definitions, NO_DEFINITIONS, readDefinitions, readEqualities } from "../derivation/read/formulas";
import { FUNCTION_COMMANDS, texOf } from "../derivation/text/commands";
import { DerivationError } from "../derivation/text/errors";
import { math, named } from "../derivation/text/say";
import type { Expr } from "../derivation/world/tree";
import type { Definition } from "../derivation/world/world";
import type { Step, Steps } from "./steps";
import { identifier, type Slope, Translator } from "./translate";

/** A template tag for formulas: backslashes are kept as typed, `${…}` takes numbers, and functions that a formula made. */
export type FormulaTag<Result> = (strings: TemplateStringsArray, ...values: readonly (number | object)[]) => Result;

/** What was typed, and under which name each function stands in it. */
export interface Typed {
  readonly strings: TemplateStringsArray;
  readonly values: readonly number[];
  readonly functions: ReadonlyMap<Formula, Formula>;
}

/** Where letters are none of the formula: the f of \\frac, the a of \\begin{cases}. */
const COMMANDS = /(\\(?:operatorname|text|begin|end)\{[^}]*\}|\\[A-Za-z]+)/;

/** A function of some letters by its formula, with its derivatives by their formulas. */
export class Formula {
  /** What it is a function of: x of h(x). */
  readonly letters: readonly string[];
  readonly name: string;
  private readonly definition: Definition;
  private readonly definitions: Definitions;
  private readonly derivatives: ReadonlyMap<string, Slope>;

  /**
   * Reads `h(x) = W x + b` with what else is defined in it, and the equalities that say its derivatives.
   *
   * @throws DerivationError when it cannot be read.
   */
  constructor(
    readonly text: Typed,
    private readonly slopesText: Typed,
  ) {
    const functions = this.functions();
    let definitions = NO_DEFINITIONS;
    for (const { text } of functions) definitions = readDefinitions(text.strings, text.values, definitions);
    definitions = readDefinitions(text.strings, text.values, definitions);
    const [definition] = definitions.own;
    if (!definition?.parameters)
      throw new DerivationError("A function comes first, with what it is a function of: h(x) = W x + b.");
    this.definition = definition;
    this.name = definition.name;
    this.letters = definition.parameters;
    this.definitions = definitions;
    this.derivatives = this.readSlopes();
  }

  /** As it was typed. */
  get tex(): string {
    return this.definitions.own.map(({ tex }) => tex).join(", \\quad ");
  }

  /** h(x) = … alone. */
  get ownTex(): string {
    return this.definition.tex;
  }

  get slopesTex(): string {
    return [...this.derivatives.values()].map(({ tex }) => tex).join(", \\quad ");
  }

  /** Its derivatives are held against the limit, as the checker does it; a false one throws in the checker's words. */
  check(): void {
    let scope = where;
    for (const { text } of this.functions()) scope = scope(text.strings, ...text.values).where;
    const { derive } = scope(this.text.strings, ...this.text.values);
    derive(this.slopesText.strings, ...this.slopesText.values);
  }

  /** The letters of the formula that nothing defines, in the order in which they first stand there. */
  free(steps: Steps): string[] {
    const places = new Map<string, number>();
    const translator = this.translator(steps, (name, { at }) => {
      if (!this.letters.includes(name))
        places.set(name, Math.min(at.start, places.get(name) ?? Number.POSITIVE_INFINITY));
      return steps.input(identifier(name));
    });
    translator.translate(this.definition.body);
    return [...places].sort(([, a], [, b]) => a - b).map(([name]) => name);
  }

  /** Turns the formula and its derivatives into steps, each of its letters as given. */
  translator(steps: Steps, letter: (name: string, at: Expr) => Step): Translator {
    const functions = [...this.functions()];
    const slopes = new Map(functions.map(({ name, letters, derivatives }) => [name, derivatives.get(letters[0])]));
    return new Translator(steps, { definitions: this.definitions, slopes, letter });
  }

  /** The input for a letter: one of the function's own, or one of these others. */
  input(steps: Steps, name: string, at: Expr, others: readonly string[] = []): Step {
    if (this.letters.includes(name) || others.includes(name)) return steps.input(identifier(name));
    const known = [...others, ...this.letters].map(named).join(", ");
    throw new DerivationError(`${named(name)} is not known here: ${this.shown} is made of ${known}.`, at.at);
  }

  value(translator: Translator, letters: Readonly<Record<string, Step>> = {}): Step {
    return translator.value(this.definition, letters);
  }

  /** The derivative with respect to a letter. */
  slope(translator: Translator, by: string, letters: Readonly<Record<string, Step>> = {}): Step {
    return translator.translate(this.derivatives.get(by)!.body, letters);
  }

  slopeTex(by: string): string {
    return this.derivatives.get(by)!.tex;
  }

  /** That it is a function of so many letters. */
  expectLetters(count: number): void {
    if (this.letters.length !== count)
      throw new DerivationError(
        `${this.shown} stands where a function of ${count === 1 ? "one letter" : `${count} letters`} is needed.`,
      );
  }

  /** That there is one derivative with respect to each of these letters, and no other. */
  expectSlopes(by: readonly string[]): void {
    const all = by.map(named).join(", ");
    const stranger = [...this.derivatives.keys()].find((letter) => !by.includes(letter));
    if (stranger !== undefined)
      throw new DerivationError(
        `${named(stranger)} is no parameter of ${this.shown}: give the derivatives with respect to ${all} only.`,
      );
    const missing = by.filter((letter) => !this.derivatives.has(letter));
    if (missing.length > 0)
      throw new DerivationError(
        `A derivative of ${this.shown} is missing, with respect to ${missing.map(named).join(" and ")}: give its formula, too.`,
      );
  }

  /** h(x, s). */
  get shown(): string {
    return math(`${texOf(this.name)}(${this.letters.map(texOf).join(", ")})`);
  }

  /** The formula with other derivatives. */
  withSlopes(strings: TemplateStringsArray, values: readonly (number | object)[]): Formula {
    return new Formula(this.text, typed(strings, values, this.text));
  }

  /** What it is called in LaTeX. */
  get symbol(): string {
    return FUNCTION_COMMANDS.includes(this.name) ? `\\${this.name}` : texOf(this.name);
  }

  /** The same under its name with a number: LeakyReLU_2. */
  numbered(n: number): Formula {
    const name = this.text.strings.raw[0].split("(")[0].trim();
    const renamed = (part: string, i: number): string =>
      i % 2 === 0 || part === name ? part.replaceAll(name, `${name}_{${n}}`) : part; // every second one is a command
    const rename = (text: Typed): Typed => ({
      ...text,
      strings: asTemplate(text.strings.raw.map((piece) => piece.split(COMMANDS).map(renamed).join(""))),
    });
    return new Formula(rename(this.text), rename(this.slopesText));
  }

  /** All functions that stand in it, each after those that it needs. */
  private functions(): ReadonlySet<Formula> {
    const all = [...this.text.functions.values(), ...this.slopesText.functions.values()];
    return new Set(all.flatMap((formula) => [...formula.functions(), formula]));
  }

  private readSlopes(): Map<string, Slope> {
    const found = new Map<string, Slope>();
    const { strings, values } = this.slopesText;
    if (strings.raw.join("").trim() === "") return found;
    for (const { sides, tex } of readEqualities(strings, values, this.definitions)) {
      const letter = this.derivedBy(sides[0]);
      if (letter === null)
        throw new DerivationError(
          `Write what is differentiated, and with respect to which letter: \\frac{\\partial ${this.name}}{\\partial …} = ….`,
          sides[0].at,
        );
      if (found.has(letter))
        throw new DerivationError(`The derivative with respect to ${named(letter)} is given twice.`, sides[0].at);
      const last = sides.length - 1;
      found.set(letter, { letter, body: sides[last], tex: `${tex[0]} = ${tex[last]}` });
    }
    return found;
  }

  /** With respect to which letter this is the derivative of the function, if it is: of f(x), not of f(2 x) or 2 f(x). */
  private derivedBy(side: Expr): string | null {
    if (this.isOwn(side)) {
      if (side.primes === 1 && this.letters.length === 1) return this.letters[0];
      return side.partials.length === 1 ? side.partials[0] : null;
    }
    if (side.kind !== "derivative" && side.kind !== "operator") return null;
    const [of, ...factors] = side.kind === "derivative" ? [side.of] : side.factors;
    if (!this.isOwn(of) || of.primes + of.partials.length + factors.length > 0) return null;
    const [by, ...more] = side.by;
    return by.kind === "letter" && more.length === 0 ? by.name : null;
  }

  /** Whether this is the function, of its own letters if any are said. */
  private isOwn(expr: Expr): expr is Extract<Expr, { kind: "call" }> {
    if (expr.kind !== "call" || expr.name !== this.name) return false;
    return (expr.args ?? []).every((arg, i) => arg.kind === "letter" && arg.name === this.letters[i]);
  }
}

const FORMULAS = new WeakMap<object, Formula>();

/** Remembers that an object is what a formula became; a copy of it with something changed is not. */
export function remember<Made extends object>(made: Made, formula: Formula): Made {
  FORMULAS.set(made, formula);
  return made;
}

/** The formula that an object was made from, if it was. */
export function formulaOf(made: object): Formula | undefined {
  return FORMULAS.get(made);
}

/**
 * What was typed, with the functions in `${…}` by their symbols; `before` is what was typed before it with the same
 * functions. A second function of a name gets a number.
 */
export function typed(
  strings: TemplateStringsArray,
  values: readonly (number | object)[],
  before: Pick<Typed, "functions"> = { functions: new Map() },
): Typed {
  const functions = new Map(before.functions);
  const numbers: number[] = [];
  const raw = [strings.raw[0]];
  values.forEach((value, i) => {
    const after = strings.raw[i + 1];
    if (typeof value === "number") {
      numbers.push(value);
      raw.push(after);
      return;
    }
    const formula = FORMULAS.get(value);
    if (!formula)
      throw new DerivationError(
        "Between \\$ and braces goes a number, or a function that was made by scalar`…`.slope`…`.",
      );
    const others = [...functions.keys()].filter((other) => other !== formula && other.name === formula.name).length;
    const shown = functions.get(formula) ?? (others > 0 ? formula.numbered(others + 1) : formula);
    functions.set(formula, shown);
    raw[raw.length - 1] += shown.symbol + after;
  });
  return { strings: asTemplate(raw), values: numbers, functions };
}

function asTemplate(raw: readonly string[]): TemplateStringsArray {
  return Object.assign([...raw], { raw: [...raw] });
}
