import { describe, expect, it } from "vitest";
import { type DivergenceError, descend, type Run } from "../../../lib/descent";
import { secants } from "../../../lib/figures/derivatives";
import { fit } from "../../../lib/figures/fit";
import { curves } from "../../../lib/figures/functions";
import { hops } from "../../../lib/figures/hops";
import { lossContour } from "../../../lib/figures/landscape";
import { lossCurve, slopes } from "../../../lib/figures/loss";
import { mse, objective } from "../../../lib/losses";
import { linear } from "../../../lib/models";
import type { Theta } from "../../../lib/types";
import { houses, J, run, window } from "./examples";

it("says in the chart by how much a fit misses most, where one can see it", () => {
  const remarks = (y: number[], theta: Theta = [1, 0]): string[] =>
    (fit(linear, theta, { x: [1, 2, 3], y }).layout as { annotations: { text: string; ax?: number }[] }).annotations
      .filter(({ ax }) => ax !== undefined)
      .map(({ text }) => text);
  expect([remarks([1, 5, 3.1]), remarks([1.5, 2, 2])]).toEqual([["3 too low"], ["1 too high"]]);
  expect([remarks([1, 2, 3]), remarks([1, 2, 3.001]), remarks([0, 0, 0], [0, 0])]).toEqual([[], [], []]);
});

it("names the first of the houses that a model misses by most", () => {
  expect(fit(linear, [0, 0], { x: [1, 2], y: [1, 1] }).alt).toContain("by at most 1, at 1 floor, where it is too low");
});

it("says of a loss on its way only what its ends do not say", () => {
  const said = (...losses: number[]): string =>
    lossCurve({ run: { ...run, history: losses.map((loss, epoch) => ({ epoch, theta: [0, 0], loss })) } }).alt;
  expect(said(0, 0, 0)).toMatch(/ from 0 to 0 in 2 epochs\.$/);
  expect(said(2, 1, 3, 2)).toMatch(/ from 2 to 2 in 3 epochs, at least 1, at most 3\.$/);
});

it("says when nine tenths of the fall of a loss are done", () => {
  const history = [10, 1, 0].map((loss, epoch) => ({ epoch, theta: [0, 0], loss }));
  const remarks = (lossCurve({ run: { ...run, history } }).layout as { annotations: { text: string }[] }).annotations;
  expect(remarks.map(({ text }) => text)).toContain("nine tenths of the fall by epoch 1");
});

it("says of a slope of 0 that descent stays there", () => {
  expect(slopes(objective(mse, linear, { x: [1], y: [1] }), [1, 0], 1, "b", [0], [-1, 1]).alt).toContain(
    "so descent stays",
  );
});

it("remarks on a descent that came no farther than its start where this start is drawn", () => {
  const wild = ((): Run => {
    try {
      return descend(J, [2.9, -3.3], { epochs: 9, alpha: 1e300 });
    } catch (error) {
      return (error as DivergenceError).run;
    }
  })();
  expect(wild.history).toHaveLength(1);
  const slow = descend(J, [0, 0], { epochs: 9, alpha: 1e-3 });
  for (const [epochs, start] of [["log", Math.log10(0.4)] as const, ["linear", 0] as const]) {
    const { annotations } = lossCurve({ wild, slow }, epochs).layout as { annotations: { x: number; text: string }[] };
    expect(annotations.at(-1)).toMatchObject({ text: expect.stringMatching(/^ends lowest/), x: expect.closeTo(start) });
  }
});

describe("what a chart says of itself", () => {
  const said = (figure: { layout: object }): string[] =>
    ((figure.layout as { annotations?: { text: string }[] }).annotations ?? []).map(({ text }) => text);

  it("where nine tenths of a fall are done, and which of several descents ends lowest", () => {
    const epoch = run.history.find(({ loss }) => loss <= run.loss + 0.1 * (run.history[0].loss - run.loss))!.epoch;
    expect(said(lossCurve({ run }))).toContain(`nine tenths of the fall by epoch ${epoch}`);
    const named = { ["a name that has no room in the plot ".repeat(3)]: run };
    expect(said(lossCurve(named))).toEqual([`nine tenths of the fall by epoch ${epoch}`]);
    const short = descend(J, [0, 0], { epochs: 5, alpha: 0.01 });
    expect(said(lossCurve({ short, run })).join()).toMatch(/ends lowest, at 1\.\d/);
    expect(said(lossCurve({ run, again: run })).join()).toMatch(/all end near 1\.\d/);
    expect(said(lossCurve({ wild: descend(J, [0, 0], { epochs: 5, alpha: 0.2 }) })).join()).not.toContain("fall");
  });

  it("how far models are apart where there is no house, and the top of a curve", () => {
    const titles = { x: "floors", y: "price" };
    const both = { flat: () => 3, rising: (x: number) => x };
    expect(said(curves(both, [0, 6], titles, houses))).toContain("3 apart at 6 floors");
    expect(said(curves({ rising: both.rising }, [0, 6], titles, houses))).toContain("6 at 6 floors");
    expect(said(curves(both, [0, 4.5], titles, houses)).join()).not.toContain("apart");
    expect(said(curves({ hill: (x) => 2 - x * x }, [-1, 1], titles))).toContain("at most 2");
    expect(said(curves({ rising: both.rising }, [-1, 1], titles)).join()).not.toContain("at most");
  });

  it("where paths start, and what the loss is where they come to, if to one place", () => {
    const other = descend(J, [4, -6], { epochs: 500, alpha: 0.05 });
    expect(said(lossContour(J, { run }, window))).toEqual(["start", expect.stringMatching(/^J = 1\.\d+$/)]);
    expect(said(lossContour(J, { run, other }, window))).toEqual(["run", "other", expect.stringMatching(/^J = 1/)]);
    const near = descend(J, [4, -6], { epochs: 1, alpha: 0.001 });
    expect(said(lossContour(J, { run, near }, window)).filter((text) => text.startsWith("J"))).toHaveLength(0);
    expect(said(lossContour(J, { run, far: descend(J, [90, 0], { epochs: 1, alpha: 0.01 }) }, window))).not.toContain(
      "far",
    );
  });

  it("how much farther out the last step went", () => {
    const [wild, done] = [0.2, 0.05].map((alpha) => descend(J, [0, -3.3], { epochs: 4, alpha }));
    const frames = hops(J, [2.94, -3.3], { wild, done }).frames as { layout: object }[];
    const distance = ({ theta: [W] }: { theta: readonly number[] }): number => Math.abs(W - 2.94);
    const times = distance(wild.history[2]) / distance(wild.history[1]);
    const [shown] = said(frames[2]);
    expect(Number(/now (\S+) times/.exec(shown)?.[1])).toBeCloseTo(times, 1);
    expect(said(frames[0])).toEqual(["<b>wild</b>", "<b>done</b>"]);
  });

  it("the slope of a secant as rise over run, at each moment", () => {
    const frames = secants((x) => x * x, 1, [1, 0.5]).frames as { layout: object }[];
    expect(frames.map((frame) => said(frame)[0])).toEqual(["slope 3 / 1 = 3", "slope 1.25 / 0.5 = 2.5"]);
  });
});
