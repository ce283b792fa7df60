import { expect, it } from "vitest";
import { descend } from "../../lib/descent";
import { mse, objective } from "../../lib/losses";
import { linear } from "../../lib/models";
import { besideLimit, results } from "../../lib/results";
import type { Objective } from "../../lib/types";

const J = objective(mse, linear, { x: [1, 2], y: [1, 3] });
const rows = (text: string): string[][] => text.split("\n").map((row) => row.split(/ {2,}/));

it("holds each slope beside its limit, also where they differ", () => {
  const wrong: Objective = { value: J.value, gradient: (theta) => [J.gradient(theta)[0], 7] };
  expect(rows(besideLimit(J, [1, 0]).text)).toEqual([
    ["slope for", "gradient", "limit"],
    ["W", "-2", "-2"],
    ["b", "-1", "-1"],
  ]);
  expect(rows(besideLimit(wrong, [1, 0]).text)[2]).toEqual(["parameter 2", "7", "-1"]);
});

it("tells where descents ended", () => {
  const run = descend(J, [0, 0], { epochs: 1, alpha: 0.1 });
  expect(rows(results(J, { one: run }, 2).text)).toEqual([
    ["descent", "W", "b", "loss"],
    ["one", "0.7", "0.4", "0.72"],
  ]);
  const third = { ...run, theta: [1 / 3, 2 / 3] };
  expect(rows(results(J, { third }).text)[1]).toEqual(["third", "0.33333", "0.66667", "1.3889"]);
});
