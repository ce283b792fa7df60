import { compiled, Writer } from "./javascript";
import { dependents, inOrder, type Step, type Steps } from "./steps";

/** One pass over the data: the loss of a datum, and what it adds to each parameter's slope. */
export interface Pass {
  readonly steps: Steps;
  /** The names of the inputs that are the same for all data. */
  readonly parameters: readonly string[];
  /** The names of the inputs that each datum has its own of. */
  readonly columns: readonly string[];
  readonly loss: Step;
  readonly slopes: readonly Step[];
}

/** The mean of the loss over the data, and its derivatives. */
export interface Means {
  value(theta: readonly number[]): number;
  /** The value, with the derivatives written to `out`: both in one pass. */
  both(theta: readonly number[], out: number[]): number;
}

/** The pass as JavaScript, the sums in the order of the data. */
export function means({ parameters, columns, loss, slopes }: Pass, data: readonly Float64Array[]): Means {
  const loop = (results: readonly Step[]): string => {
    const writer = new Writer(results);
    const each = dependents(inOrder(results), new Set(columns));
    const once = writer.constants((step) => !each.has(step)).map(({ code }) => code);
    const inside = writer.constants().map(({ code }) => code);
    return `
const [${parameters.join(", ")}] = theta;
${once.join("\n")}
let ${results.map((_, r) => `$sum${r} = 0`).join(", ")};
for (let $i = 0; $i < $N; $i++) {
const ${columns.map((name, c) => `${name} = $column${c}[$i]`).join(", ")};
${inside.join("\n")}
${results.map((result, r) => `$sum${r} += ${writer.written(result)};`).join("\n")}
}
${results
  .slice(1)
  .map((_, p) => `out[${p}] = $sum${p + 1} / $N;`)
  .join("\n")}
return $sum0 / $N;`;
  };
  const source = `return {
value(theta) {${loop([loss])}
},
both(theta, out) {${loop([loss, ...slopes])}
},
};`;
  const given = Object.fromEntries(data.map((column, c) => [`$column${c}`, column]));
  return compiled<Means>(source, { ...given, $N: data[0].length });
}

/** A model as plain functions. */
export interface PlainModel {
  predict(theta: readonly number[], x: number): number;
  gradient(theta: readonly number[], x: number, out: number[]): readonly number[];
}

/** A loss as plain functions, or as steps of the inputs h and y. */
export type PlainLoss =
  | { f(h: number, y: number): number; df(h: number, y: number): number }
  | { readonly value: Step; readonly slope: Step };

/** The same for a model of plain functions; compiled anew for each, so that they are called as fast as can be. */
export function meansOf(model: PlainModel, loss: PlainLoss, parameters: number, data: readonly Float64Array[]): Means {
  const all = Array.from({ length: parameters }, (_, p) => p);
  const [x, y] = data;
  let [constants, f, df] = ["", "loss.f(h, y)", "loss.df(h, y)"];
  if ("value" in loss) {
    const writer = new Writer([loss.value, loss.slope]);
    constants = writer
      .constants()
      .map(({ code }) => code)
      .join("\n");
    [f, df] = [writer.written(loss.value), writer.written(loss.slope)];
  }
  const source = `
const dh = [${all.map(() => 0).join(", ")}];
return {
value(theta) {
let sum = 0;
for (let i = 0; i < N; i++) {
const h = model.predict(theta, $x[i]), y = $y[i];
${constants}
sum += ${f};
}
return sum / N;
},
both(theta, out) {
let sum = 0${all.map((p) => `, g${p} = 0`).join("")};
for (let i = 0; i < N; i++) {
const h = model.predict(theta, $x[i]), y = $y[i];
${constants}
const d = ${df}, slope = model.gradient(theta, $x[i], dh);
sum += ${f};
${all.map((p) => `g${p} += d * slope[${p}];`).join(" ")}
}
${all.map((p) => `out[${p}] = g${p} / N;`).join(" ")}
return sum / N;
},
};`;
  return compiled<Means>(source, { model, loss, $x: x, $y: y, N: x.length });
}
