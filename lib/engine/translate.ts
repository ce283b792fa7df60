import type { Definitions } from "../derivation/read/formulas";
import { DerivationError } from "../derivation/text/errors";
import { plainText } from "../derivation/text/plain";
import { named } from "../derivation/text/say";
import { type Comparison, type Expr, type Row, textOf } from "../derivation/world/tree";
import type { Definition } from "../derivation/world/world";
import type { Label } from "./javascript";
import type { Step, Steps } from "./steps";

/** What stands for a letter inside a call or at the top. */
interface Frame {
  readonly name: string;
  readonly value: Step;
  readonly next: Frame | null;
}

/** The derivative with respect to a letter, by its formula. */
export interface Slope {
  readonly letter: string;
  readonly body: Expr;
  readonly tex: string;
}

/** What a formula's letters and primes mean. */
export interface Meaning {
  readonly definitions: Definitions;
  /** The derivative of a function of one letter, where its formula is known: by the function's name. */
  readonly slopes: ReadonlyMap<string, Slope | undefined>;
  /** The step for a letter that nothing defines; it throws where there is none. */
  letter(name: string, at: Expr): Step;
}

/** Functions that are known to everybody; a definition of one of them is equal to it, and need not be computed. */
const KNOWN: ReadonlySet<string> = new Set(["exp", "ln", "tanh", "sinh", "cosh", "sign", "max", "min"]);

/** Turns formulas into steps, in the order in which they are written: products and sums from the left. */
export class Translator {
  readonly labels = new Map<Step, Label>();
  readonly formulas = new Map<Step, string>();

  constructor(
    readonly steps: Steps,
    private readonly meaning: Meaning,
  ) {}

  /** The step that computes a function's formula, its letters bound as in `letters`. */
  value({ name, parameters, body }: Definition, letters: Readonly<Record<string, Step>>): Step {
    if (!KNOWN.has(name)) return this.translate(body, letters);
    return this.known(
      body,
      name,
      0,
      (parameters ?? []).map((letter) => letters[letter] ?? this.meaning.letter(letter, body)),
    );
  }

  /** The step that computes a formula, its letters bound as in `letters`. */
  translate(expr: Expr, letters: Readonly<Record<string, Step>> = {}): Step {
    let frames: Frame | null = null;
    for (const [name, value] of Object.entries(letters)) frames = { name, value, next: frames };
    return this.step(expr, frames);
  }

  private step(expr: Expr, frames: Frame | null): Step {
    const before = this.steps.count;
    const step = this.made(expr, frames);
    const isNewCall = expr.kind === "call" && step.id >= before; // better said by its name than by what it stands for
    if (isNewCall || !this.formulas.has(step)) this.formulas.set(step, plainText(textOf(expr)));
    return step;
  }

  private made(expr: Expr, frames: Frame | null): Step {
    const { steps } = this;
    const part = (of: Expr): Step => this.step(of, frames);
    switch (expr.kind) {
      case "number":
        return steps.number(Number(expr.text));
      case "constant":
        return steps.number(expr.name === "e" ? Math.E : Math.PI);
      case "letter":
        return this.letter(expr, expr.name, frames);
      case "add":
        return this.folded("add", expr.terms, frames);
      case "multiply":
        return this.folded("multiply", expr.factors, frames);
      case "negate":
        return steps.make("negate", part(expr.of));
      case "divide":
        return this.quotient(part(expr.top), part(expr.bottom));
      case "power":
        if (expr.base.kind === "constant" && expr.base.name === "e") return steps.make("exp", part(expr.exponent));
        return this.power(part(expr.base), part(expr.exponent));
      case "root":
        return this.root(part(expr.of), expr.degree);
      case "abs":
        return steps.make("absolute", part(expr.of));
      case "cases":
        return this.cases(expr, frames);
      case "builtin":
        return this.known(expr, expr.name, expr.primes, expr.args.map(part));
      case "call":
        return this.call(expr, frames);
      default:
        throw new DerivationError(
          "This has no code: a formula that is trained has no sum, no limit and no derivative in it; write out what it comes to.",
          expr.at,
        );
    }
  }

  private letter(expr: Expr, name: string, frames: Frame | null): Step {
    for (let frame = frames; frame; frame = frame.next) if (frame.name === name) return frame.value;
    const definition = this.meaning.definitions.all.get(name)?.find(({ parameters }) => parameters === null);
    if (!definition) return this.meaning.letter(name, expr);
    const step = this.step(definition.body, frames);
    if (step.of.length > 0 && !this.labels.has(step))
      this.labels.set(step, { name: identifier(name), formula: plainText(definition.tex) });
    return step;
  }

  /** (a + b) + c, and products likewise. */
  private folded(operation: "add" | "multiply", parts: readonly Expr[], frames: Frame | null): Step {
    const [first, ...rest] = parts;
    return rest.reduce(
      (left, next) => {
        const step = this.steps.make(operation, left, this.step(next, frames));
        const { source, start } = first.at;
        if (!this.formulas.has(step)) this.formulas.set(step, plainText(source.slice(start, next.at.end)));
        return step;
      },
      this.step(first, frames),
    );
  }

  private call(expr: Extract<Expr, { kind: "call" }>, frames: Frame | null): Step {
    const { name, args, primes } = expr;
    if (args === null && primes === 0)
      for (let frame = frames; frame; frame = frame.next) if (frame.name === name) return frame.value;
    if (expr.partials.length > 0) throw noSlope(expr, name);
    const values = args?.map((arg) => this.step(arg, frames));
    if (KNOWN.has(name) && values) return this.known(expr, name, primes, values);
    const definition = this.meaning.definitions.all
      .get(name)
      ?.find(({ parameters }) => args === null || parameters?.length === args.length);
    if (!definition?.parameters)
      throw new DerivationError(`${named(name)} is not defined with these arguments.`, expr.at);
    if (primes > 0)
      return this.slope(expr, name, primes, values ?? [this.letter(expr, definition.parameters[0], frames)]);
    return this.step(definition.body, values ? bound(definition.parameters, values, frames) : frames);
  }

  /** f'(u), by the formula that was given for f'. */
  private slope(expr: Expr, name: string, primes: number, values: readonly Step[]): Step {
    const slope = this.meaning.slopes.get(name);
    if (!slope || primes > 1 || values.length > 1) throw noSlope(expr, name);
    return this.step(slope.body, bound([slope.letter], values, null));
  }

  private known(expr: Expr, name: string, primes: number, values: readonly Step[]): Step {
    const { steps } = this;
    if (primes > 0) return this.slope(expr, name, primes, values);
    const [u] = values;
    const e = (of: Step): Step => steps.make("exp", of);
    const one = steps.number(1);
    const half = (operation: "add" | "subtract"): Step =>
      steps.make("divide", steps.make(operation, e(u), e(steps.make("negate", u))), steps.number(2));
    switch (name) {
      case "exp":
      case "ln":
      case "tanh":
        return steps.make(name, u);
      case "sinh": // (e^u - e^-u) / 2
        return half("subtract");
      case "cosh": // (e^u + e^-u) / 2
        return half("add");
      case "sigma": // 1 / (1 + e^-u)
        return steps.make("divide", one, steps.make("add", one, e(steps.make("negate", u))));
      case "sign":
        return this.sign(u);
      case "max":
      case "min":
        return values.reduce((a, b) => steps.make(name === "max" ? "larger" : "smaller", a, b));
      default:
        throw new DerivationError(
          `\\${name} has no code of its own here: only e^x, \\exp, \\ln, \\tanh, \\sinh, \\cosh, roots and powers have. Write the model in TypeScript, with predict and gradient.`,
          expr.at,
        );
    }
  }

  /** a / |a| is the sign of a, so 0 where a is 0: the convention for the slope of |a| at its kink. */
  private quotient(top: Step, bottom: Step): Step {
    if (bottom.operation === "absolute" && bottom.of[0] === top) return this.sign(top);
    return this.steps.make("divide", top, bottom);
  }

  /** 1 or -1; 0 and what is no number are themselves. */
  private sign(of: Step): Step {
    const { steps } = this;
    const zero = steps.number(0);
    const below = steps.make("choose", steps.make("less", of, zero), steps.number(-1), of);
    return steps.make("choose", steps.make("less", zero, of), steps.number(1), below);
  }

  /**
   * A whole power up to 64 is a product: x^2 = x x, x^(2n) = (x^n)^2, x^(2n+1) = x^(2n) x; a half is a square root; any
   * other is e^(exponent ln base), for a base that is not negative.
   */
  private power(base: Step, exponent: Step): Step {
    const { steps } = this;
    if (exponent.operation === "number") {
      const { value } = exponent;
      if (value < 0) return steps.make("divide", steps.number(1), this.power(base, steps.number(-value)));
      if (value === 0) return steps.number(1);
      if (value === 0.5) return steps.make("squareRoot", base);
      if (Number.isInteger(value) && value <= 64) return this.product(base, value);
    }
    const power = steps.make("exp", steps.make("multiply", exponent, steps.make("ln", base)));
    if (exponent.operation === "number") return power;
    return steps.make("choose", steps.make("equal", exponent, steps.number(0)), steps.number(1), power); // 0^0 = 1
  }

  private product(base: Step, n: number): Step {
    if (n === 1) return base;
    const half = this.product(base, Math.floor(n / 2));
    const square = this.steps.make("multiply", half, half);
    return n % 2 === 0 ? square : this.steps.make("multiply", square, base);
  }

  private root(of: Step, degree: number): Step {
    const { steps } = this;
    if (degree === 2) return steps.make("squareRoot", of);
    const size = steps.make("ln", degree % 2 === 0 ? of : steps.make("absolute", of));
    const root = steps.make("exp", steps.make("divide", size, steps.number(degree)));
    if (degree % 2 === 0) return root;
    return steps.make("choose", steps.make("less", of, steps.number(0)), steps.make("negate", root), root);
  }

  /** The first row that holds, else the row without a condition, else no number. */
  private cases({ rows }: Extract<Expr, { kind: "cases" }>, frames: Frame | null): Step {
    const { steps } = this;
    const values = rows.map(({ value }) => this.step(value, frames));
    const conditions = rows.map(({ when }) => when && this.condition(when, frames));
    const rest = conditions.indexOf(null);
    const [first, second] = conditions;
    if (rows.length === 2 && first && second && opposite(first, second)) return steps.make("choose", first, ...values);
    return conditions.reduceRight<Step>(
      (below, holds, i) => (holds ? steps.make("choose", holds, values[i], below) : below),
      rest < 0 ? steps.number(Number.NaN) : values[rest],
    );
  }

  private condition(when: NonNullable<Row["when"]>, frames: Frame | null): Step {
    return when
      .map((all) => all.flatMap((one) => this.comparisons(one, frames)).reduce((a, b) => this.steps.make("and", a, b)))
      .reduce((a, b) => this.steps.make("or", a, b));
  }

  private comparisons({ sides, relations }: Comparison, frames: Frame | null): Step[] {
    const { steps } = this;
    const values = sides.map((side) => this.step(side, frames));
    return relations.map((relation, i) => {
      const [a, b] = [values[i], values[i + 1]];
      if (relation === "<") return steps.make("less", a, b);
      if (relation === ">") return steps.make("less", b, a);
      if (relation === "\\le") return steps.make("atMost", a, b);
      if (relation === "\\ge") return steps.make("atMost", b, a);
      if (relation === "\\ne") return steps.make("or", steps.make("less", a, b), steps.make("less", b, a));
      return steps.make("equal", a, b);
    });
  }
}

/** x > 0 and x \\le 0. */
function opposite(one: Step, other: Step): boolean {
  const kinds = [one.operation, other.operation].sort().join();
  return kinds === "atMost,less" && one.of[0] === other.of[1] && one.of[1] === other.of[0];
}

function bound(names: readonly string[], values: readonly Step[], next: Frame | null): Frame | null {
  return names.reduce((frames, name, i) => ({ name, value: values[i], next: frames }), next);
}

function noSlope(at: Expr, name: string): DerivationError {
  return new DerivationError(
    `The derivative of ${named(name)} has no formula here: write it out, or put the function in as \\\${…}, made with scalar\`…\`.slope\`…\`.`,
    at.at,
  );
}

/** A letter's name as code has it: theta_0 as theta0, y' as yPrime. */
export function identifier(name: string): string {
  const plain = name.replace(/'/g, "Prime").replace(/[^A-Za-z0-9]/g, "");
  return RESERVED.has(plain) ? `${plain}_` : plain;
}

/** Names that a formula's letters must leave to the code around them. */
const RESERVED: ReadonlySet<string> = new Set(
  "break case catch class const continue do else enum export for function if in let new null out return super switch this throw true try typeof var void while with yield await static exp ln tanh Math theta row".split(
    " ",
  ),
);
