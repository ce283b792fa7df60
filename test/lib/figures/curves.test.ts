import { describe, expect, it } from "vitest";
import { beside } from "../../../lib/figures/beside";
import { colour } from "../../../lib/figures/figure";
import { fit } from "../../../lib/figures/fit";
import { curves } from "../../../lib/figures/functions";
import { lossCurve } from "../../../lib/figures/loss";
import { identity, relu } from "../../../lib/functions";
import { network } from "../../../lib/models";
import { houses, pointsOf, run, type Trace } from "./examples";

it("tells the curves of a chart apart by dashes as well as by colours", () => {
  const { data } = curves({ a: (x) => x, b: (x) => -x, c: (x) => 2 * x, d: (x) => 3 * x, e: (x) => 4 * x }, [0, 1], {
    x: "x",
    y: "y",
  });
  for (const key of ["color", "dash"] as const)
    expect(new Set((data as Trace[]).map(({ line }) => line?.[key])).size).toBe(5);
});

it("breaks a curve where it jumps, and nowhere else", () => {
  const broken = (f: (x: number) => number): (number | null)[][] => {
    const [{ x, y }] = curves({ f }, [-1, 1], { x: "x", y: "y" }).data as {
      x: (number | null)[];
      y: (number | null)[];
    }[];
    return [x, y].map((values) =>
      values.includes(null) ? values.slice(values.indexOf(null) - 1, values.indexOf(null) + 2) : [],
    );
  };
  expect(broken(relu.df)[1]).toEqual([0, null, 1]);
  expect(curves({ f: relu.df }, [-1, 1], { x: "x", y: "y" }).alt).toContain("with a jump at 0");
  for (const f of [relu.f, Math.tanh, (x: number) => Math.tanh(200 * x), () => 3]) expect(broken(f)[1]).toEqual([]);
});

it("draws a corner where it is, and adds nothing to a smooth curve", () => {
  const place = 2.28341;
  const hinge = network(relu, identity);
  for (const trace of [
    pointsOf(curves({ f: (x) => Math.abs(x - place) }, [-1, 4], { x: "x", y: "y" }))[0],
    pointsOf(fit(hinge, [1, -place, 2, 0.5], houses)).find(({ name }) => name === hinge.name)!,
  ]) {
    const at = trace.x.findIndex((x) => Math.abs(x - place) < 1e-4);
    expect(trace.x[at]).toBeCloseTo(place, 4);
    expect(trace.y[at]).toBe(Math.min(...trace.y));
  }
  for (const f of [Math.tanh, Math.exp, (x: number) => x ** 3, (x: number) => 1e6 + x]) // the last bends by its rounding only
    expect(pointsOf(curves({ f }, [-3, 3], { x: "x", y: "y" }))[0].x).toHaveLength(121);
});

describe("the names of curves", () => {
  interface Label {
    text: string;
    x: number;
    y: number;
    font?: { color: string };
  }
  const labels = (figure: { layout: object }): Label[] =>
    (figure.layout as { annotations?: Label[] }).annotations ?? [];
  const legend = (figure: { data: readonly object[] }): number =>
    (figure.data as Trace[]).filter(({ showlegend }) => showlegend !== false).length;
  const titles = { x: "x", y: "y" };

  it("stand beside them, in their colours, where there is room", () => {
    const figure = curves({ up: (x) => x, down: (x) => -x }, [-1, 1], titles);
    expect(labels(figure).map(({ text, font }) => [text, font?.color])).toEqual([
      ["up", colour.model],
      ["down", colour.slope],
    ]);
    for (const { text, x, y } of labels(figure)) expect(y).toBeCloseTo(text === "up" ? x : -x, 4);
    expect(legend(figure)).toBe(0);
  });

  const points = (name: string, x: number[], y: (number | null)[], more = {}) => ({
    ...{ type: "scatter", mode: "markers", name, x, y },
    ...more,
  });
  const sheet = (...data: object[]) => {
    const axis = { range: [0, 1] };
    return { alt: "", data, layout: { xaxis: axis, yaxis: axis } };
  };

  it("stand beside nothing that has no legend: a single trace, if nobody asks for it", () => {
    const single = sheet(points("one", [0.5], [0.5]));
    expect(labels(beside(single))).toEqual([]);
    expect(labels(beside(sheet(points("one", [0.5], [0.5], { showlegend: true }))))).toHaveLength(1);
  });

  it("lie on no other name, and mind no point that is none", () => {
    const [one, other] = labels(
      beside(sheet(points("first name", [0.5, 0.2], [0.5, null]), points("other name", [0.56], [0.5]))),
    ) as (Label & { xanchor: string; yanchor: string })[];
    expect([one.text, other.text]).toEqual(["first name", "other name"]);
    expect([one.xanchor, one.yanchor]).not.toEqual([other.xanchor, other.yanchor]);
  });

  it.each([
    [0.3, 0],
    [-0.3, 0],
    [0, 0.3],
    [0, -0.3],
  ])("stand over their points where the other is %d to the right and %d above", (right, above) => {
    const both = beside(sheet(points("one", [0.5], [0.5]), points("two", [0.5 + right], [0.5 + above])));
    expect(labels(both)).toMatchObject(
      ["one", "two"].map((text) => ({ text, xanchor: "center", yanchor: "bottom", yshift: 3 })),
    );
  });

  it.each(["lines", "markers"])("stand in the colour of the text beside %s that have none", (mode) => {
    const plain = { type: "scatter", mode, name: "one", showlegend: true, x: [0.2, 0.8], y: [0.5, 0.5] };
    expect(labels(beside(sheet(plain))).map(({ font }) => font?.color)).toEqual(["currentColor"]);
  });

  it("stand where the axis is logarithmic as well", () => {
    const [label] = labels(lossCurve({ run }));
    const [{ x, y }] = pointsOf(lossCurve({ run }));
    expect(x.map((epoch, i) => [Math.log10(epoch), Math.log10(y[i])])).toContainEqual([label.x, label.y]);
  });

  it("stand in a legend where curves lie close together, or where one is too long", () => {
    const close = curves({ a: (x) => x, b: (x) => x + 0.01, c: (x) => x - 0.01 }, [-1, 1], titles);
    const long = curves({ ["a name of many words ".repeat(4)]: (x) => x }, [-1, 1], titles);
    expect([labels(close), labels(long)]).toEqual([[], []]);
    expect([legend(close), legend(long)]).toEqual([3, 1]);
  });
});

describe("names behind the plot", () => {
  interface Label {
    readonly text: string;
    readonly xref?: string;
    readonly x: number;
    readonly y: number;
  }
  const near = { low: (x: number) => x, high: (x: number) => 1.02 * x, far: (x: number) => 2 * x };
  const shown = curves(near, [-1, 1], { x: "x", y: "y" }, { x: [-0.5], y: [1] });
  const labels = (shown.layout as { annotations: Label[] }).annotations;

  it("stand at the ends of curves that lie too close for names beside them, in their order, and do not touch", () => {
    const behind = labels.filter(({ xref }) => xref === "paper").sort((a, b) => a.y - b.y);
    expect(behind.map(({ text }) => text)).toEqual(["low", "high", "far"]);
    for (const { text, x, y } of behind) {
      expect(x).toBe(1);
      expect(Math.abs(y - near[text as keyof typeof near](1))).toBeLessThan(0.15);
    }
    expect(behind[1].y - behind[0].y).toBeGreaterThan(0.15); // of a height of four
  });

  it("are not there for curves of which one ends where the plot shows nothing", () => {
    const x = Array.from({ length: 41 }, (_, i) => i / 20 - 1);
    const data = Object.entries({ ...near, under: (x: number) => -x }).map(([name, f]) => ({
      ...{ type: "scatter", mode: "lines", name },
      ...{ x, y: x.map(f) },
    }));
    const behind = (range: number[]): Label[] => {
      const figure = { data, layout: { yaxis: { range } }, alt: "" } as never as Parameters<typeof beside>[0];
      const { annotations = [] } = beside(figure).layout as { annotations?: Label[] };
      return annotations.filter(({ xref }) => xref === "paper");
    };
    expect(
      [
        [-2.2, 2.2],
        [-0.5, 2.2],
        [-2.2, 1.5],
      ].map((range) => behind(range).length),
    ).toEqual([4, 0, 0]);
  });

  it("take a margin, and leave the houses their place among the curves", () => {
    expect((shown.layout as { margin: { r: number } }).margin.r).toBeGreaterThan(30);
    expect(labels.find(({ text }) => text === "houses")).toMatchObject({ x: -0.5, y: 1 });
    expect((shown.data as { showlegend: boolean }[]).every(({ showlegend }) => !showlegend)).toBe(true);
  });
});
