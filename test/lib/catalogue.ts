import * as functionModule from "../../lib/functions";
import * as lossModule from "../../lib/losses";
import * as modelModule from "../../lib/models";

const { identity, relu, sigmoid, tanh, leakyRelu } = functionModule;

/** The functions that every network is tried with: the one inside and the one outside. */
export const networks: readonly (readonly [
  inner: functionModule.FormulaFunction,
  outer: functionModule.FormulaFunction,
])[] = [
  [relu, identity],
  [tanh, identity],
  [sigmoid, tanh],
  [tanh, leakyRelu(1e-6)],
  [leakyRelu(0.1), relu],
  [tanh, tanh],
];

/** What the makers among the exports are tried with: one list of arguments for each try. */
const TRIES: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  leakyRelu: [[0.01], [0.1], [1e-6], [1e-7]],
  sigmoidal: [[20], [1.5]],
  network: networks,
};

/**
 * Everything of one kind that a module exports, by the alphabet, as only some loaders of modules have it: a new one is
 * found by itself, a new maker asks for its arguments.
 */
function everyOf<T>(module: object, fits: (value: object) => boolean, others: readonly string[] = []): T[] {
  const exported = Object.entries(module).sort(([a], [b]) => (a < b ? -1 : 1));
  return exported.flatMap(([name, value]) => {
    if (others.includes(name)) return [];
    if (typeof value !== "function") return fits(value) ? [value as T] : [];
    const tries = TRIES[name];
    if (!tries) throw new Error(`${name} is new: say in test/lib/catalogue.ts what it is tried with.`);
    return tries.map((given) => (value as (...given: readonly unknown[]) => T)(...given));
  });
}

/** Every function of the library, those that are made with some of their numbers. */
export const functions = everyOf<functionModule.FormulaFunction>(functionModule, (value) => "df" in value, ["scalar"]);

/** Every loss. */
export const losses = everyOf<lossModule.FormulaLoss>(lossModule, (value) => "df" in value, ["loss", "objective"]);

/** Every model. */
export const models = everyOf<modelModule.FormulaModel>(modelModule, (value) => "predict" in value, ["model"]);
