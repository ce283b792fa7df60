import { pretty } from "./derivation/text/commands";
import { DerivationError } from "./derivation/text/errors";
import { named } from "./derivation/text/say";
import { type Code, functionsOf, modelCode } from "./engine/code";
import { Formula, type FormulaTag, remember, type Typed, typed } from "./engine/formula";
import { Steps } from "./engine/steps";
import { identifier } from "./engine/translate";
import { type FormulaFunction, identity } from "./functions";
import { once } from "./once";
import type { Theta } from "./types";

/** A model h of the price: what it predicts for x floors, and how that changes with each parameter. */
export interface Model {
  readonly name: string;
  /** The names of the parameters, in the order in which `theta` holds their values. */
  readonly parameters: readonly string[];
  /** h(x): the predicted price in 100,000 EUR. */
  predict(theta: Theta, x: number): number;
  /** dh/dtheta at x, one number a parameter; written to `out` when it is given. */
  gradient(theta: Theta, x: number, out?: number[]): number[];
}

/** A model that its formula became. Of several features, h(x, s), it takes a row: [x, s]. */
export interface FormulaModel extends Model {
  /** Its formula in LaTeX, h(x) = …, and those of its derivatives. */
  readonly tex: string;
  readonly slopesTex: string;
  /** The columns of the data that it is a function of. */
  readonly features: readonly string[];
  predict(theta: Theta, x: number | readonly number[]): number;
  gradient(theta: Theta, x: number | readonly number[], out?: number[]): number[];
  /** The code that they became; show(code(…)) shows it. */
  readonly code: readonly Code[];
  /**
   * The same model with other derivatives, taken as they are and not held against the limit: for what a shortcut, right
   * or wrong, trains to.
   */
  readonly shortcut: FormulaTag<FormulaModel>;
  /** The same model under a name for people. */
  called(name: string): FormulaModel;
}

/** A model whose derivatives are still to be given. */
export interface Unsloped {
  /** The derivatives with respect to all parameters, in any order; each is held against the limit. */
  readonly slopes: FormulaTag<FormulaModel>;
  /** The derivatives taken as they are, right or wrong. */
  readonly shortcut: FormulaTag<FormulaModel>;
  /** Names the parameters in the order in which theta is to hold them. */
  parameters(...names: readonly string[]): Unsloped;
}

/**
 * A model by its formula and those of its derivatives:
 * model`h(x) = W x + b`.slopes`\frac{\partial h}{\partial W} = x, \quad \frac{\partial h}{\partial b} = 1`. What is
 * used may be defined after it, `h(x) = 20 \sigma(a), \quad a = W x + b`. All other letters are parameters, in the order
 * in which they stand there.
 *
 * @throws DerivationError when a formula cannot be read or compiled, or a derivative is missing, or is not the limit.
 */
export const model: FormulaTag<Unsloped> = (strings, ...values) =>
  unsloped(typed(strings, values), undefined, (formula) => formula.check());

/** The same without a look at the limit, which takes its time: the tests have a look at those of this file. */
const given: typeof model = (strings, ...values) => unsloped(typed(strings, values), undefined, () => {});

function unsloped(text: Typed, names: readonly string[] | undefined, check: (formula: Formula) => void): Unsloped {
  const sloped =
    (check: (formula: Formula) => void): FormulaTag<FormulaModel> =>
    (strings, ...values) => {
      const formula = new Formula(text, typed(strings, values, text));
      const parameters = parametersOf(formula, names);
      formula.expectSlopes(parameters);
      const model = modelOf(formula, parameters, `model ${pretty(formula.name)}`);
      check(formula);
      return model;
    };
  return { slopes: sloped(check), shortcut: sloped(() => {}), parameters: (...names) => unsloped(text, names, check) };
}

function parametersOf(formula: Formula, names: readonly string[] | undefined): readonly string[] {
  const found = formula.free(new Steps());
  if (found.length === 0)
    throw new DerivationError(
      `${formula.shown} has no parameter, so there is nothing to train: put a letter, such as W or b, where a number is to be found.`,
    );
  if (found.includes("y"))
    throw new DerivationError(`y is the price that ${formula.shown} is to predict: it cannot stand in the model.`);
  if (!names) return found;
  const asked = names.map((name) => found.find((letter) => identifier(letter) === identifier(name)) ?? name);
  const odd = asked.find((name, i) => !found.includes(name) || asked.indexOf(name) < i);
  const forgotten = found.find((name) => !asked.includes(name));
  if (odd !== undefined)
    throw new DerivationError(
      `${named(odd)} is named as a parameter, and ${found.includes(odd) ? "twice" : `${formula.shown} has no such letter`}: its letters are ${found.map(named).join(", ")}.`,
    );
  if (forgotten !== undefined)
    throw new DerivationError(
      `${named(forgotten)} is neither a parameter nor ${formula.letters.map(named).join(" or ")}: name it among the parameters, or put its number in its place.`,
    );
  return asked;
}

function modelOf(formula: Formula, letters: readonly string[], name: string): FormulaModel {
  const code = modelCode(formula, letters);
  const run = functionsOf<Pick<FormulaModel, "predict" | "gradient">>(code);
  const made: FormulaModel = {
    name,
    parameters: letters.map(identifier),
    features: formula.letters.map(identifier),
    tex: formula.tex,
    slopesTex: formula.slopesTex,
    code,
    ...run,
    called: (other) => modelOf(formula, letters, other),
    shortcut: (strings, ...values) => {
      const other = formula.withSlopes(strings, values);
      other.expectSlopes(letters);
      return modelOf(other, letters, name);
    },
  };
  return remember(made, formula);
}

/** A straight line (L5). */
export const linear = given`h(x) = W x + b`
  .slopes`\frac{\partial h}{\partial W} = x, \quad \frac{\partial h}{\partial b} = 1`.called("linear model");

const sigmoids = once((height: number) =>
  given`h(x) = ${height} \cdot \sigma(a), \quad a = W x + b, \quad \sigma(a) = \frac{1}{1 + e^{-a}}`.slopes`
    \frac{\partial h}{\partial W} = ${height} \cdot \sigma(a) \cdot (1 - \sigma(a)) \cdot x, \quad
    \frac{\partial h}{\partial b} = ${height} \cdot \sigma(a) \cdot (1 - \sigma(a)) \cdot 1`.called("sigmoid model"),
);

/** An S-curve of a given height (S5, with the amplitude that the notes leave out). */
export function sigmoidal(height: number): FormulaModel {
  return sigmoids(height);
}

/** A cubic with one width and one shift (K1). */
export const cubic = given`h(x) = W x^3 + b`
  .slopes`\frac{\partial h}{\partial W} = x^3, \quad \frac{\partial h}{\partial b} = 1`.called("cubic model");

const networks = once((inner: FormulaFunction) =>
  once((outer: FormulaFunction) =>
    given`h(x) = ${outer}(k), \quad k = W_2 z + b_2, \quad z = ${inner}(q), \quad q = W_1 x + b_1`.parameters(
      "W1",
      "b1",
      "W2",
      "b2",
    ).slopes`
      \frac{\partial h}{\partial W_1} = ${outer}'(k) \cdot W_2 \cdot ${inner}'(q) \cdot x, \quad
      \frac{\partial h}{\partial b_1} = ${outer}'(k) \cdot W_2 \cdot ${inner}'(q) \cdot 1, \\
      \frac{\partial h}{\partial W_2} = ${outer}'(k) \cdot z, \quad
      \frac{\partial h}{\partial b_2} = ${outer}'(k) \cdot 1`.called(
      `network of ${inner.name}${outer === identity ? "" : ` and ${outer.name}`}`,
    ),
  ),
);

/** Two linear layers of one unit each, with a function after each: h(x) = outer(W2 inner(W1 x + b1) + b2) (B1, T1). */
export function network(inner: FormulaFunction, outer: FormulaFunction): FormulaModel {
  return networks(inner)(outer);
}
