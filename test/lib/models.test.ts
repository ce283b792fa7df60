import { describe, expect, it } from "vitest";
import { DerivationError } from "../../lib/derivation";
import { identity, leakyRelu, relu, scalar, tanh } from "../../lib/functions";
import { againstLimit, partial } from "../../lib/limit";
import { loss, mae, mse, objective } from "../../lib/losses";
import { linear, type Model, model, network } from "../../lib/models";
import { random } from "../../lib/random";
import { losses, models, networks } from "./catalogue";
import { template } from "./derivation/tag";

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

  it("gives its value and its gradient in one pass, too", () => {
    const J = objective(mae, network(tanh, identity), { x: [1, 2, 4], y: [1, 5, 2] });
    const [theta, out]: number[][] = [[0.3, -0.2, 1.5, 0.4], []];
    expect(J.both?.(theta, out)).toBe(J.value(theta));
    expect(out).toEqual(J.gradient(theta));
    expect(Object.keys(J)).toEqual(["unit", "parameters", "value", "gradient"]); // so a copy is trained by its gradient
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

it.each(models)("the loss of $name refuses a theta of a wrong length in a sentence", (model) => {
  const K = objective(mse, model, { x: [1, 2, 3, 4], y: [0.7, 1.5, 4.5, 9.5] });
  const theta = model.parameters.slice(1).map(() => 1);
  for (const work of [() => K.value(theta), () => K.gradient(theta)]) {
    expect(work).toThrow(RangeError);
    expect(work).toThrow(`(${model.parameters.join(", ")}), and has ${theta.length}.`);
  }
});

describe("the parameters of a model", () => {
  const line = model`h(x) = W x + b`;
  const slopes = ["\\frac{\\partial h}{\\partial W} = x", "\\frac{\\partial h}{\\partial b} = 1"];
  const both = template(slopes.join(", \\quad "));

  it("are in the order in which they stand in the formula, or as they are named", () => {
    const named = line.parameters("b", "W").slopes(both);
    expect([line.slopes(both).parameters, named.parameters]).toEqual([
      ["W", "b"],
      ["b", "W"],
    ]);
    expect([named.predict([1, 5], 3), named.gradient([1, 5], 3)]).toEqual([16, [1, 3]]);
  });

  it("are in the order in which they first stand there", () => {
    const made = model`h(x) = W x + b + W`.slopes`
      \frac{\partial h}{\partial W} = x + 1, \quad \frac{\partial h}{\partial b} = 1`;
    expect(made.parameters).toEqual(["W", "b"]);
  });

  it("may have numbers: W1 is W_1", () => {
    const made = model`h(x) = W_1 x + W_2`.parameters("W2", "W1")
      .slopes`\frac{\partial h}{\partial W_1} = x, \quad \frac{\partial h}{\partial W_2} = 1`;
    expect([made.parameters, made.gradient([0, 0], 7)]).toEqual([
      ["W2", "W1"],
      [1, 7],
    ]);
  });

  it.each([
    [() => line.parameters("W", "b", "W").slopes(both), "W is named as a parameter, and twice: its letters are W, b."],
    [
      () => line.parameters("W", "b", "V").slopes(both),
      "V is named as a parameter, and h(x) has no such letter: its letters are W, b.",
    ],
    [
      () => line.parameters("b").slopes(both),
      "W is neither a parameter nor x: name it among the parameters, or put its number in its place.",
    ],
    [() => model`h(x, s) = W x + V s`.parameters("W").slopes(both), "V is neither a parameter nor x or s: name it"],
    [
      () => line.parameters("W", "b").slopes`\frac{\partial h}{\partial W} = x, \frac{\partial h}{\partial b} = 2`,
      "hold",
    ],
    [
      () => linear.shortcut`\frac{\partial h}{\partial W} = 0`,
      "A derivative of h(x) is missing, with respect to b: give its formula, too.",
    ],
  ])("that cannot be are refused: %s", (make, message) => {
    expect(make).toThrow(DerivationError);
    expect(make).toThrow(message);
  });

  it("may have slopes that are false, if they are said to be a shortcut", () => {
    const wrong = line.shortcut`\frac{\partial h}{\partial W} = 0, \quad \frac{\partial h}{\partial b} = 2`;
    expect(wrong.gradient([1, 1], 3)).toEqual([0, 2]);
  });
});

describe("a name", () => {
  it("is that of the formula until it is called otherwise", () => {
    const made = model`f(x) = W x`.slopes`\frac{\partial f}{\partial W} = x`;
    const other = made.called("ramp");
    expect([made.name, other.name, other.called("hill").name]).toEqual(["model f", "ramp", "hill"]);
    expect(other.predict([2], 3)).toBe(6);
    expect(other.shortcut`\frac{\partial f}{\partial W} = 1`.name).toBe("ramp");
  });

  it("of a network tells its functions, and nothing of the identity", () => {
    expect([network(tanh, identity).name, network(relu, leakyRelu(0.1)).name]).toEqual([
      "network of tanh",
      "network of ReLU and LeakyReLU",
    ]);
  });

  it("of a loss comes with its unit, if there is one", () => {
    const square = loss`L(h, y) = (h - y)^2`.slope`\frac{\partial L}{\partial h} = 2 (h - y)`;
    const data = { x: [1], y: [1] };
    const [bare, priced] = [square.called("square"), square.called("square", "EUR²")];
    expect([square.name, bare.name, priced.name, priced.unit]).toEqual(["L", "square", "square", "EUR²"]);
    expect(objective(priced, linear, data).unit).toBe("EUR²");
    for (const without of [square, bare, objective(bare, linear, data)]) expect("unit" in without).toBe(false);
  });
});

it("a function has one letter, and a loss two", () => {
  expect(() => scalar`f(x, t) = x t`.slope`\frac{\partial f}{\partial x} = t`).toThrow(
    "f(x, t) stands where a function of one letter is needed.",
  );
  expect(() => loss`L(h) = h`.slope`\frac{\partial L}{\partial h} = 1`).toThrow(
    "L(h) stands where a function of 2 letters is needed.",
  );
});
