/** What a step computes from the steps before it. A condition is a step too; it only goes into `and`, `or`, `choose`. */
export type Operation =
  | "number"
  | "input"
  | "add"
  | "subtract"
  | "multiply"
  | "divide"
  | "negate"
  | "absolute"
  | "squareRoot"
  | "whole" //      towards 0
  | "larger"
  | "smaller"
  | "less"
  | "atMost"
  | "equal"
  | "and"
  | "or"
  | "choose" //     the second where the condition, the first, holds, else the third
  | "exp"
  | "tanh"
  | "ln"
  | "withSign" //   the first, which has none, with the sign of the second
  | "twoTo" //      2^k of a whole k from -1022 to 1023
  | "exponent" //   the whole k with 2^k <= x < 2^(k+1), of a normal x > 0
  | "mantissa"; //  x / 2^k of the same, from 1 to 2

/** One operation on doubles. Equal steps of a program are one object, so what is shared is computed once. */
export interface Step {
  readonly operation: Operation;
  readonly of: readonly Step[];
  /** Of a number. */
  readonly value: number;
  /** Of an input. */
  readonly name: string;
  /** Grows in the order of making: a step stands after all that it is made of. */
  readonly id: number;
}

const COMMUTE: ReadonlySet<Operation> = new Set(["add", "multiply", "larger", "smaller", "equal", "and", "or"]);

/** What the operations of plain arithmetic give; the others are left to run time. */
const FOLD: Partial<Record<Operation, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  negate: (a) => -a,
  absolute: Math.abs,
  squareRoot: Math.sqrt,
};

/** Makes the steps of one program. Every simplification leaves every bit of a result as it is. */
export class Steps {
  private readonly known = new Map<string, Step>();

  /** How many there are. */
  get count(): number {
    return this.known.size;
  }

  number(value: number): Step {
    return this.keep(`number ${Object.is(value, -0) ? "-0" : value}`, "number", [], value);
  }

  input(name: string): Step {
    return this.keep(`input ${name}`, "input", [], Number.NaN, name);
  }

  make(operation: Operation, ...of: readonly Step[]): Step {
    const [a, b] = of;
    const fold = FOLD[operation];
    if (fold && of.every((step) => step.operation === "number")) return this.number(fold(a.value, b?.value));
    if (operation === "multiply" && isOne(b)) return a;
    if (operation === "multiply" && isOne(a)) return b;
    if (operation === "divide" && isOne(b)) return a;
    if (operation === "negate" && a.operation === "negate") return a.of[0];
    if (operation === "add" && b.operation === "negate") return this.make("subtract", a, b.of[0]); // a + (-b)
    if (operation === "add" && a.operation === "negate") return this.make("subtract", b, a.of[0]); // (-a) + b
    const ids = of.map(({ id }) => id);
    if (COMMUTE.has(operation)) ids.sort((i, j) => i - j);
    return this.keep(`${operation} ${ids.join()}`, operation, of);
  }

  private keep(key: string, operation: Operation, of: readonly Step[], value = Number.NaN, name = ""): Step {
    let step = this.known.get(key);
    if (!step) this.known.set(key, (step = { operation, of, value, name, id: this.known.size }));
    return step;
  }
}

const isOne = (step: Step): boolean => step.operation === "number" && step.value === 1;

/** All steps that the results need, each after those that it is made of. */
export function inOrder(results: readonly Step[]): Step[] {
  const seen = new Set<Step>();
  const visit = (step: Step): void => {
    if (seen.has(step)) return;
    seen.add(step);
    step.of.forEach(visit);
  };
  results.forEach(visit);
  return [...seen].sort((a, b) => a.id - b.id);
}

/** The steps that change with one of these inputs. */
export function dependents(steps: readonly Step[], inputs: ReadonlySet<string>): Set<Step> {
  const found = new Set<Step>();
  for (const step of steps) if (inputs.has(step.name) || step.of.some((part) => found.has(part))) found.add(step);
  return found;
}
