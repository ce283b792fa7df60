import { describe, expect, it } from "vitest";
import { descend } from "../../../lib/descent";
import { fates } from "../../../lib/figures/fates";
import { training } from "../../../lib/figures/fit";
import { curves } from "../../../lib/figures/functions";
import { lossCurve } from "../../../lib/figures/loss";
import { noted } from "../../../lib/figures/remark";
import { linear } from "../../../lib/models";
import { houses, J, run } from "./examples";

it("puts a remark where it belongs, also on logarithmic axes, and tells it", () => {
  const still = noted(lossCurve({ run }), { x: 100, y: 10 }, "here");
  const { annotations } = still.layout as { annotations: { x: number; y: number; text: string }[] };
  expect(annotations.at(-1)).toMatchObject({ x: 2, y: 1, text: "here" });
  expect(still.alt).toContain("Noted at 100: here.");
});

it("puts a remark in the place of the figure's own", () => {
  const texts = ({ layout }: { layout: object }) =>
    (layout as { annotations: { text: string; name?: string }[] }).annotations
      .filter(({ name }) => name === "remark")
      .map(({ text }) => text);
  const falling = lossCurve({ run });
  expect(texts(falling)).toEqual([expect.stringContaining("of the fall")]);
  expect(texts(noted(falling, { x: 100, y: 10 }, "who is right?"))).toEqual(["who is right?"]);
  expect(noted(falling, { x: 100, y: 10 }, "who is right?").alt).toMatch(/: who is right\?$/);
});

it("puts a remark above its place where it can lie nowhere else, and in the middle where its place is not on the axes", () => {
  const notes = (figure: { layout: object }) =>
    (figure.layout as { annotations: { ay: number; ax: number; y: number }[] }).annotations;
  const rising = curves({ rising: (x) => x }, [0, 1], { x: "x", y: "y" });
  const long = notes(noted(rising, { x: 0.5, y: 0.5 }, "a remark that is much too long for any picture of a phone")).at(
    -1,
  )!;
  expect(long.ay).toBeGreaterThan(long.y);
  const nowhere = notes(noted(lossCurve({ run }), { x: 0, y: 0 }, "here")).at(-1)!;
  const { range } = (lossCurve({ run }).layout as { xaxis: { range: [number, number] } }).xaxis;
  expect(nowhere.ax).toBeGreaterThan(range[0]);
  expect(nowhere.ax).toBeLessThan(range[1]);
});

it("lays a remark within the plot: below a place that is high, and to the left of one at the right", () => {
  const axis = { range: [0, 1] };
  const sheet = { alt: "", data: [], layout: { xaxis: axis, yaxis: axis } };
  const spot = (x: number, y: number, remark: string) =>
    (noted(sheet, { x, y }, remark).layout as { annotations: { ax: number; ay: number }[] }).annotations[0];
  expect(spot(0.5, 0.95, "here").ay).toBeLessThan(0.95);
  const remark = "a remark of some length";
  expect(spot(0.8, 0.5, remark).ax).toBeLessThanOrEqual(1 - (0.0225 * remark.length) / 2);
  expect(spot(0.2, 0.5, remark).ax).toBeGreaterThanOrEqual((0.0225 * remark.length) / 2);
});

it("lays a remark where titles of panels are no hindrance", () => {
  const panels = fates(linear, [run], houses, () => "one");
  const bare = { ...panels, layout: { ...panels.layout, annotations: [] } };
  const place = { x: 2, y: 3 };
  const [withTitles, without] = [panels, bare].map(
    (figure) =>
      (noted(figure, place, "here").layout as { annotations: { ax: number; ay: number }[] }).annotations.at(-1)!,
  );
  expect([withTitles.ax, withTitles.ay]).toEqual([without.ax, without.ay]);
});

it("lays no remark on a curve", () => {
  const rising = curves({ rising: (x) => x }, [0, 1], { x: "x", y: "y" });
  for (const place of [0.2, 0.5, 0.8]) {
    const { annotations } = noted(rising, { x: place, y: place }, "a remark").layout as {
      annotations: { ax: number; ay: number }[];
    };
    const { ax, ay } = annotations.at(-1)!;
    expect(Math.abs(ax - ay)).toBeGreaterThan(0.03);
    for (const side of [ax, ay]) expect(side > 0 && side < 1).toBe(true);
  }
});

it("lays no remark on a curve at any moment of an animation, nor minds what another panel shows", () => {
  const slow = descend(J, [0, 0], { epochs: 3000, alpha: 0.002 });
  const still = noted(training(linear, J, slow, houses), { x: 3.5, y: 3 }, "here");
  const { annotations } = still.layout as { annotations: { ax: number; ay: number }[] };
  const { ax, ay } = annotations.at(-1)!;
  expect([ax >= 0.7 && ax <= 4.3, ay > -3 && ay < 13]).toEqual([true, true]);
  for (const { data } of still.frames as { data: [{ x: number[]; y: number[] }] }[]) {
    const [{ x, y }] = data;
    const at = x.reduce((best, value, i) => (Math.abs(value - ax) < Math.abs(x[best] - ax) ? i : best), 0);
    expect(Math.abs(y[at] - ay)).toBeGreaterThan(0.3);
  }
});

describe("a remark makes way for a name that lies there, and for none that lies beside it:", () => {
  const place = { x: 0.5, y: 0.5 };
  const wide = 0.0225 * "a name of some length".length;
  /** Where a remark stands when the plot, from 0 to 1, has this name in it. */
  const spot = (...names: object[]): number[] => {
    const axis = { range: [0, 1] };
    const data = [{ type: "scatter", mode: "markers", x: [0, 1], y: [0, 1] }];
    const figure = { alt: "", data, layout: { xaxis: axis, yaxis: axis, annotations: names } };
    const { ax, ay } = (
      noted(figure, place, "here").layout as { annotations: { ax: number; ay: number }[] }
    ).annotations.at(-1)!;
    return [ax, ay];
  };
  const [u, v] = spot();

  it.each<[xanchor: string | undefined, right: number]>([
    ["left", wide],
    ["center", wide / 2],
    ["auto", wide / 2],
    [undefined, wide / 2],
    ["right", 0],
  ])("anchored %s", (xanchor, right) => {
    for (const [yanchor, up] of [
      ["bottom", 0.0375],
      ["middle", 0],
      ["auto", 0],
      [undefined, 0],
      ["top", -0.0375],
    ] as const) {
      const name = (x: number, y: number, text = "a name of some length", more = {}): object => ({
        ...{ x, y: y - up, text, ...(xanchor ? { xanchor } : {}), ...(yanchor ? { yanchor } : {}) },
        ...more,
      });
      const around = u - right + wide / 2; // the name's middle is over the remark
      expect(spot(name(around, v)), `${yanchor}`).not.toEqual([u, v]);
      for (const off of [
        name(around + wide / 2 + 0.06, v),
        name(around - wide / 2 - 0.06, v),
        name(around, v + 0.06),
        name(around, v - 0.06),
        name(around, v, ""),
        name(around, v, "a name of some length", { xref: "paper" }),
      ])
        expect(spot(off), `${yanchor} ${JSON.stringify(off)}`).toEqual([u, v]);
    }
  });
});
