import { expect, it } from "vitest";
import { bestStep, partialSlopes, secants, stepErrors } from "../../../lib/figures/derivatives";
import { backpropagation } from "../../../lib/figures/network";
import { identity, relu } from "../../../lib/functions";
import { secant } from "../../../lib/limit";
import { mae, mse, objective } from "../../../lib/losses";
import { network } from "../../../lib/models";
import { type Points, pointsOf, square } from "./examples";

it("shows how a secant becomes the tangent: one moment for each step, or a picture that stands still", () => {
  const moving = secants(square, 1, [1, 0.5]);
  expect(moving.alt).toBe(
    "The curve f(x) with the line through its points at x = 1 and x + h. As h shrinks from 1 to 0.5, the slope of the line goes from 3 to 2.5: the secant becomes the tangent.",
  );
  const frames = moving.frames as { name: string; traces: number[]; data: (Points & { name: string })[] }[];
  expect(frames.map(({ name, traces }) => [name, traces])).toEqual([
    ["1", [1, 2]],
    ["0.5", [1, 2]],
  ]);
  frames.forEach(({ data: [line, points] }, k) => {
    const h = [1, 0.5][k];
    expect([points.x, points.y]).toEqual([
      [1, 1 + h],
      [1, (1 + h) ** 2],
    ]);
    expect((line.y[1] - line.y[0]) / (line.x[1] - line.x[0])).toBeCloseTo(2 + h, 9);
    expect(line.name).toContain(String(2 + h));
  });
  const still = secants(square, 1, [0.5]);
  expect(still.alt).toMatch(/At h = 0\.5 the slope of the line is 2\.5\.$/);
  expect(still.frames).toBeUndefined();
});

it("rings the step errors at a point of their curve", () => {
  for (const slope of [
    (h: number) => secant((x) => x ** 3, 1, h),
    (h: number) => ((1 + h) ** 3 - (1 - h) ** 3) / (2 * h),
  ]) {
    const [curve, ring] = pointsOf(stepErrors(3, { slope }));
    expect(curve.y[curve.x.indexOf(ring.x[0])]).toBe(ring.y[0]);
    const { h, error } = bestStep(3, slope);
    expect(error).toBe(Math.abs(slope(h) - 3));
  }
});

it("draws no point of an error of 0, for which a logarithmic axis has no place", () => {
  const [{ x, y }] = pointsOf(stepErrors(2, { slope: (h) => (h > 1e-3 ? 2 + h : 2) }));
  expect(y.map((error) => error === null)).toEqual(x.map((h) => h <= 1e-3));
});

it("lifts the lines that touch a surface above it, the more the larger the picture is", () => {
  for (const reach of [1, 100]) {
    const { data } = partialSlopes((x, y) => x + y, [0, 0], [1, 1], reach);
    const heights = (data as { mode?: string; z: number[] }[]).filter(({ mode }) => mode === "lines").map(({ z }) => z);
    expect(heights.length).toBe(2);
    for (const [low, high] of heights) expect((low + high) / 2 / reach).toBeCloseTo(0.02, 5);
  }
});

it("shows the network's gradient, as the model computes it", () => {
  const theta = [0.5, 0.25, 1.5, -0.5];
  const [W1, b1, W2, b2] = objective(mae, network(relu, identity), { x: [3], y: [4.5] }).gradient(theta);
  const text = (value: number): string => String(value).replace("-", "\u2212");
  const { alt } = backpropagation(relu, mae, theta, 3, 4.5);
  expect(alt).toContain(`W2: ${text(W2)}, b2: ${text(b2)}`);
  expect(alt).toContain(`W1: ${text(W1)}, b1: ${text(b1)}.`);
});

it("shows the loss that a network is given", () => {
  const theta = [0.5, 0.25, -1.5, -0.5];
  const figure = backpropagation(relu, mse, theta, 3, 4.5);
  const [, , , b2] = objective(mse, network(relu, identity), { x: [3], y: [4.5] }).gradient(theta);
  expect(figure.alt).toContain(`b2: ${String(b2).replace("-", "\u2212")}`);
  const spoken = ({ layout }: { layout: object }): string =>
    (layout as { sliders: { steps: { value: string }[] }[] }).sliders[0].steps[4].value;
  expect(spoken(figure)).toBe("step 4: L = (M − y)² = ((−3.125) − 4.5)² = 58.14");
  expect(spoken(backpropagation(relu, mae, theta, 3, 4.5))).toBe("step 4: L = |y − M| = |4.5 − (−3.125)| = 7.625");
});
