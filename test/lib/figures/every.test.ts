import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { descend } from "../../../lib/descent";
import { partialSlopes, secants, stepErrors } from "../../../lib/figures/derivatives";
import { fates } from "../../../lib/figures/fates";
import { colour } from "../../../lib/figures/figure";
import { fit, training } from "../../../lib/figures/fit";
import { curves } from "../../../lib/figures/functions";
import { hops } from "../../../lib/figures/hops";
import { lossContour, lossSurface } from "../../../lib/figures/landscape";
import { lossBand, lossCurve, slopes, tracks } from "../../../lib/figures/loss";
import { backpropagation } from "../../../lib/figures/network";
import { identity, leakyRelu } from "../../../lib/functions";
import { mae, mse, objective } from "../../../lib/losses";
import { cubic, linear, network } from "../../../lib/models";
import { root } from "../../../tools/project";
import { axes, figures, type Trace } from "./examples";

it.each(Object.entries(figures))(
  "%s is plain data, the same each time, with words that name its numbers",
  (_name, make) => {
    const figure = make();
    expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
    expect(JSON.stringify(make())).toBe(JSON.stringify(figure));
    expect(figure.alt).toMatch(/\d/);
    expect(figure.alt).not.toMatch(/NaN|undefined/);
  },
);

it.each(Object.entries(figures))(
  "%s can be read: its axes have titles, its traces names and hover texts, its legend its own room",
  (_name, make) => {
    const { data, layout, alt } = make();
    for (const [key, { title, visible }] of axes(layout)) if (visible !== false) expect(title?.text, key).toMatch(/\w/);
    for (const trace of data as Trace[]) {
      const says = trace.hovertemplate ?? trace.hoverinfo;
      expect(says, `${trace.name} has a hover text`).toBeTruthy();
      if (trace.hovertemplate)
        expect(trace.hovertemplate, "no box with the name of the trace").toContain("<extra></extra>");
      if (trace.showlegend !== false && "showscale" in trace === false && !("colorbar" in trace))
        expect(trace.name).toMatch(/\w/);
    }
    expect((layout as { legend: object }).legend).toMatchObject({
      orientation: "h",
      xref: "container",
      yref: "container",
      y: 1,
    });
    expect(alt, "no tags, and no minus that a screen reader leaves out").not.toMatch(/<|-\d|\de[-+]?\d/);
  },
);

it("each frame of an animation replaces traces that exist, and has its step on the slider", () => {
  for (const figure of [figures.secants(), figures.training(), figures.backpropagation()]) {
    const frames = figure.frames as { name: string; traces: number[]; data: object[] }[];
    for (const { traces, data } of frames) {
      expect(data.length).toBe(traces.length);
      for (const trace of traces) expect(figure.data[trace]).toBeDefined();
    }
    const { sliders } = figure.layout as { sliders: { steps: { label: string; value: string }[] }[] };
    expect(sliders[0].steps.map(({ label }) => label)).toEqual(frames.map(({ name }) => name));
    expect(new Set(sliders[0].steps.map(({ value }) => value)).size).toBe(frames.length);
    for (const { label, value } of sliders[0].steps)
      expect(value, "what is said of a step names it, without tags").toMatch(new RegExp(`${label}[^<]+$`));
  }
});

/** All numbers of a figure, wherever they stand. */
function numbers(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbers) : [];
}

it("no figure holds a NaN or an infinite number, whatever finite numbers it is given", () => {
  const number = fc.oneof(fc.double({ min: -1e4, max: 1e4, noNaN: true }), fc.integer({ min: -3, max: 3 }));
  const side = fc
    .tuple(number, fc.double({ min: 0.01, max: 1e3, noNaN: true }))
    .map(([low, width]) => [low, low + width] as const);
  const theta = (n: number) => fc.array(number, { minLength: n, maxLength: n });
  const homes = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 9 }), number), { minLength: 1, maxLength: 5 })
    .map((pairs) => ({ x: pairs.map(([x]) => x), y: pairs.map(([, y]) => y) }));
  const exactly = fc.constantFrom(0, 1e-6, 1e-3);
  const given = fc.record({ two: theta(2), four: theta(4), data: homes, W: side, b: side, alpha: exactly });
  fc.assert(
    fc.property(
      given,
      fc.constantFrom(linear, cubic),
      fc.constantFrom(mse, mae),
      ({ two, four, data, W, b, alpha }, model, loss) => {
        const K = objective(loss, model, data);
        const way = descend(K, two, { epochs: 3, alpha: alpha / (1 + Math.max(...data.x) ** 6) });
        const view = { W, b };
        const f = leakyRelu(0.1);
        const all = [
          fit(model, two, data),
          fit(network(f, identity), four, data),
          training(model, K, way, data, view),
          lossSurface(K, way, view),
          lossContour(K, { way }, view),
          lossCurve({ way }, "log", K.unit),
          lossCurve({ way }, "linear"),
          lossBand(K, way.history[0], { epochs: 100, alpha: 0 }),
          slopes(K, two, 0, "W", W, b),
          curves({ f: f.f, predicted: (x) => model.predict(two, x) }, W, { x: "x", y: "y" }, data),
          training(model, K, way, data),
          tracks(
            [way],
            ([W]) => W,
            "W",
            () => "one",
          ),
          fates(model, [way], data, () => "one"),
          hops(K, two, { way }),
          secants((x) => x * x, two[0], [1, 0.1]),
          stepErrors(two[0], { slope: (h) => two[1] + h }),
          partialSlopes((x, y) => x * y, [two[0], two[1]], [two[1], two[0]]),
          backpropagation(f, loss, four, data.x[0], data.y[0]),
        ];
        for (const figure of all) {
          expect(
            numbers(figure).filter((value) => !Number.isFinite(value)),
            figure.alt,
          ).toEqual([]);
          expect(figure.alt).not.toMatch(/NaN|Infinity|undefined/);
        }
      },
    ),
    { seed: 1, numRuns: 60 },
  );
});

it("draw.js knows each colour of the palette, and how it looks on dark paper", () => {
  const script = readFileSync(join(root, "jupyter/draw.js"), "utf8");
  const list = (name: string): string[] =>
    (new RegExp(`const ${name} = \\[(.*?)\\]`).exec(script)?.[1] ?? "").match(/#\w{6}/g) ?? [];
  const own: string[] = Object.values(colour).filter((value) => value.startsWith("#") && value !== colour.quiet);
  expect([...list("colours")].sort()).toEqual([...own].sort());
  const light = (hex: string): number =>
    [0.2126, 0.7152, 0.0722].reduce((sum, weight, k) => {
      const c = Number.parseInt(hex.slice(1 + 2 * k, 3 + 2 * k), 16) / 255;
      return sum + weight * (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    }, 0);
  const dark = list("lighter");
  expect(dark).toHaveLength(own.length);
  dark.forEach((hex, i) => expect(light(hex)).toBeGreaterThan(light(list("colours")[i])));
  for (const hex of dark) expect((light(hex) + 0.05) / (light("#1b1b1b") + 0.05), hex).toBeGreaterThan(4.5);
});
