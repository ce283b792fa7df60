import { type Code, functionCode, functionsOf } from "./engine/code";
import { Formula, type FormulaTag, remember, type Typed, typed } from "./engine/formula";
import { once } from "./once";

/** A function of one number beside its derivative. */
export interface ScalarFunction {
  readonly name: string;
  f(x: number): number;
  df(x: number): number;
}

/** A function that its formula became. */
export interface FormulaFunction extends ScalarFunction {
  /** Its formula in LaTeX, f(x) = …, and that of its derivative. */
  readonly tex: string;
  readonly slopeTex: string;
  /** The code that they became; show(code(…)) shows it. */
  readonly code: readonly Code[];
  /** The same function under a name for people. */
  called(name: string): FormulaFunction;
}

/**
 * A function by its formula and that of its derivative: scalar`f(x) = x^2`.slope`f'(x) = 2 x`. The derivative is held
 * against the limit. In a model's formula the function stands as `${f}`, and its derivative as `${f}'`.
 *
 * @throws DerivationError when a formula cannot be read or compiled, or the derivative is not the limit.
 */
export const scalar: FormulaTag<{ readonly slope: FormulaTag<FormulaFunction> }> = (strings, ...values) =>
  withSlope(typed(strings, values), (formula) => formula.check());

/** The same without a look at the limit, which takes its time: the tests have a look at those of this file. */
const given: typeof scalar = (strings, ...values) => withSlope(typed(strings, values));

function withSlope(text: Typed, check = (_formula: Formula): void => {}): ReturnType<typeof scalar> {
  return {
    slope: (strings, ...values) => {
      const formula = new Formula(text, typed(strings, values, text));
      formula.expectLetters(1);
      formula.expectSlopes(formula.letters);
      check(formula);
      return functionOf(formula, formula.name);
    },
  };
}

function functionOf(formula: Formula, name: string): FormulaFunction {
  const { tex, slopesTex: slopeTex } = formula;
  const code = functionCode(formula);
  const run = functionsOf<Pick<ScalarFunction, "f" | "df">>(code);
  return remember({ name, tex, slopeTex, code, ...run, called: (other) => functionOf(formula, other) }, formula);
}

/** f(x) = x. */
export const identity = given`\operatorname{id}(x) = x`.slope`\operatorname{id}'(x) = 1`.called("identity");

/** Between 0 and 1, steepest at 0 (S1, S6). */
export const sigmoid = given`\sigma(x) = \frac{1}{1 + e^{-x}}`.slope`\sigma'(x) = \sigma(x) (1 - \sigma(x))`.called(
  "sigmoid",
);

/** Between -1 and 1 (T5, T6). The code does not overflow where (e^x - e^-x) / (e^x + e^-x) is Infinity / Infinity. */
export const tanh = given`\tanh(x) = \frac{e^x - e^{-x}}{e^x + e^{-x}}`.slope`\tanh'(x) = 1 - \tanh(x)^2`;

/** x where x >= 0, else 0 (B3). By convention its derivative at the kink, x = 0, is 1 (B14). */
export const relu = given`\operatorname{ReLU}(x) = \begin{cases} x & x \ge 0 \\ 0 & x < 0 \end{cases}`
  .slope`\operatorname{ReLU}'(x) = \begin{cases} 1 & x \ge 0 \\ 0 & x < 0 \end{cases}`;

const leaky = once(
  (slope: number) =>
    given`\operatorname{LeakyReLU}(x) = \begin{cases} x & x > 0 \\ ${slope} \cdot x & x \le 0 \end{cases}`
      .slope`\operatorname{LeakyReLU}'(x) = \begin{cases} 1 & x > 0 \\ ${slope} & x \le 0 \end{cases}`,
);

/** x where x > 0, else slope * x (T7). By convention its derivative at the kink, x = 0, is the slope (T8). */
export function leakyRelu(slope: number): FormulaFunction {
  return leaky(slope);
}
