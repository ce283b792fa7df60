import { describe, expect, it } from "vitest";
import { leakyRelu, relu, sigmoid, tanh } from "../../lib/functions";
import { derivative } from "../../lib/limit";
import { random } from "../../lib/random";
import { functions } from "./catalogue";

const kinked = ["ReLU", "LeakyReLU"];

describe.each(functions)("$name", (fn) => {
  it("has the derivative that the limit gives", () => {
    const next = random(1);
    for (let k = 0; k < 200; k++) {
      let x = 8 * next() - 4;
      if (kinked.includes(fn.name) && Math.abs(x) < 0.5) x += Math.sign(x);
      expect(fn.df(x)).toBeCloseTo(derivative(fn.f, x), 9);
    }
  });
});

it("states what holds at the kink", () => {
  expect([relu.f(0), relu.df(0)]).toEqual([0, 1]);
  expect([leakyRelu(0.1).f(0), leakyRelu(0.1).df(0)]).toEqual([0, 0.1]);
});

it("does not overflow far out", () => {
  expect([tanh.f(1000), tanh.f(-1000), tanh.df(1000)]).toEqual([1, -1, 0]);
  expect([sigmoid.f(1000), sigmoid.f(-1000), sigmoid.df(-1000)]).toEqual([1, 0, 0]);
});
