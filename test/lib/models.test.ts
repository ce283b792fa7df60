import { describe, expect, it } from "vitest";
import { againstLimit, partial } from "../../lib/limit";
import { mae, mse, objective } from "../../lib/losses";
import { linear, type Model, network } from "../../lib/models";
import { random } from "../../lib/random";
import { losses, models, networks } from "./catalogue";

/** Away from kinks: the limit of a function that bends there is not its derivative. */
const smooth = (model: Model, theta: readonly number[], x: number): boolean => {
  const inside = networks.find(([inner, outer]) => network(inner, outer).name === model.name)?.[0];
  if (!inside) return true;
  const [W1, b1, W2, b2] = theta;
  const q = W1 * x + b1;
  return [q, W2 * inside.f(q) + b2].every((value) => Math.abs(value) > 0.5 * (1 + Math.abs(x)));
};

describe.each(models)("$name", (model) => {
  it("has the gradient that the limit gives, for random parameters and floors", () => {
    const next = random(2);
    let tried = 0;
    while (tried < 200) {
      const theta = model.parameters.map(() => 4 * next() - 2);
      const x = 6 * next() - 3;
      if (!smooth(model, theta, x)) continue;
      tried++;
      model.gradient(theta, x).forEach((value, j) => {
        const limit = partial((at) => model.predict(at, x), theta, j);
        expect(Math.abs(value - limit)).toBeLessThan(1e-7 * (1 + Math.abs(limit)));
      });
    }
  });

  it("writes where it is told to and returns it", () => {
    const out = [9, 9, 9, 9].slice(0, model.parameters.length);
    const theta = model.parameters.map((_, i) => 0.3 + i);
    expect(model.gradient(theta, 2, out)).toBe(out);
    expect(out).toEqual(model.gradient(theta, 2));
  });
});

describe.each(losses)("the gradient of $name", (loss) => {
  it.each(models)("of $name is the limit, for random data of random length", (model) => {
    const next = random(3);
    let tried = 0;
    while (tried < 60) {
      const theta = model.parameters.map(() => 4 * next() - 2);
      const x = Array.from({ length: 1 + Math.floor(6 * next()) }, () => 4 * next());
      const y = x.map(() => 30 * next() - 10);
      if (!x.every((value) => smooth(model, theta, value))) continue;
      if (loss === mae && x.some((value, i) => Math.abs(model.predict(theta, value) - y[i]) < 5)) continue;
      tried++;
      for (const { gradient, limit } of againstLimit(objective(loss, model, { x, y }), theta))
        expect(Math.abs(gradient - limit)).toBeLessThan(1e-6 * (1 + Math.abs(limit)));
    }
  });
});

describe("the objective", () => {
  it("is the mean over the houses", () => {
    const J = objective(mse, linear, { x: [1, 2], y: [1, 1] });
    expect(J.value([1, 0])).toBe(0.5);
    expect(J.gradient([1, 0])).toEqual([2, 1]);
  });

  it("has MAE's derivative 0 where the model hits a price, by convention", () => {
    expect(mae.df(1, 1)).toBeCloseTo(0, 20);
  });

  it.each([
    [[], [], "There is no data: x is empty. Give at least one house."],
    [[1, 2], [1], "x has 2 values and y has 1: give one y for each x."],
    [[1, Number.NaN], [1, 2], "x[1] is NaN: give a finite number."],
    [[1, 2], [1, Number.POSITIVE_INFINITY], "y[1] is Infinity: give a finite number."],
  ])("refuses x = %j, y = %j", (x, y, message) => {
    expect(() => objective(mse, linear, { x, y })).toThrow(message);
  });

  it("refuses data that lacks a column, and names those that it has", () => {
    const refused = (data: object) => () => objective(mse, linear, data as { x: number[]; y: number[] });
    expect(refused({ x: [1], z: [2] })).toThrow(
      "The data has no column y, which is needed here; its columns are: x, z.",
    );
    expect(refused({})).toThrow("The data has no column x, which is needed here; its columns are: none.");
  });

  it("refuses another count of parameters, for its value as for its gradient", () => {
    const J = objective(mse, linear, { x: [1, 2], y: [1, 1] });
    for (const asked of [() => J.value([1]), () => J.gradient([1])]) expect(asked).toThrow("(W, b), and has 1.");
  });
});
