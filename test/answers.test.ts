import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  cubic,
  descend,
  identity,
  leastSquares,
  linear,
  linearly,
  mae,
  mse,
  network,
  objective,
  readHouses,
  relu,
} from "../lib/index";
import { chartsOf, type Notebook, sourceOf } from "../tools/notebook";
import { root } from "../tools/project";
import { committed, names, outputsOf, wordsOf } from "./book";

const houses = await readHouses(join(root, "data/house-prices.csv"));
const section = (number: string): Notebook => committed(names.find((name) => name.startsWith(number))!);

/** The cells of a notebook under a heading. */
function under(notebook: Notebook, heading: string): Notebook {
  const at = notebook.cells.findIndex((cell) => cell.cell_type === "markdown" && sourceOf(cell).includes(heading));
  const cells = notebook.cells.slice(at);
  const next = cells.findIndex((cell, i) => i > 0 && cell.cell_type === "markdown" && /^## /m.test(sourceOf(cell)));
  return { ...notebook, cells: cells.slice(0, next < 0 ? undefined : next) };
}

/** The first table of a cell's outputs, as its columns of text. */
function tableOf(notebook: Notebook): Record<string, string>[] {
  const text = notebook.cells
    .flatMap(outputsOf)
    .map(wordsOf)
    .find((words) => /\S {2,}\S/.test(words))!;
  const [head, ...rows] = text.split("\n");
  const starts = [...head.matchAll(/(?<=^| {2})\S/g)].map(({ index }) => index);
  const cells = (line: string): string[] => starts.map((from, i) => line.slice(from, starts[i + 1]).trim());
  return rows.map((row) => Object.fromEntries(cells(head).map((column, i) => [column, cells(row)[i]])));
}

interface Trace {
  readonly x?: readonly number[];
  readonly y?: readonly number[];
  readonly name?: string;
  readonly xaxis?: string;
}
interface Axis {
  readonly title?: { readonly text: string };
  readonly type?: string;
  readonly ticktext?: readonly string[];
}

test.each(names)("in %s each curve over the epochs begins at epoch 0, and the axis says so", (name) => {
  for (const { figure } of chartsOf(committed(name)))
    for (const { x = [], xaxis = "x", name: curve } of figure.data as readonly Trace[]) {
      const axis = figure.layout[xaxis.replace("x", "xaxis")] as Axis | undefined;
      if (axis?.title?.text !== "epoch" || /^(least|largest) loss$/.test(curve ?? "")) continue;
      if (axis.type === "log") expect([axis.ticktext?.[0], x[0] < 1]).toEqual(["0", true]);
      else expect(x[0]).toBe(0);
    }
});

describe("section 5 answers where the kink may start", () => {
  const walked = (place: number, w = 2): { kink: number; loss: number } => {
    const J = objective(mae, network(relu, identity), houses);
    const { theta, loss } = descend(J, [w, -w * place, w, 1], { epochs: 10_000, alpha: linearly(0.005, 0.0001) });
    return { kink: -theta[1] / theta[0], loss };
  };
  const place = under(section("05"), "## Where may the kink start?");
  const words = place.cells.map(sourceOf).join("\n");

  test("by a watershed between 2.0 and 2.1, which moves with the steepness at the start", () => {
    for (const start of [2.1, 2.5, 2.9, 3.3, 3.9]) {
      expect(walked(start).kink).toBeGreaterThan(2.2);
      expect(walked(start).loss).toBeLessThan(0.21);
    }
    for (const start of [1.2, 1.6, 2]) {
      expect(walked(start).kink).toBeCloseTo(1.8, 2);
      expect(walked(start).loss).toBeCloseTo(0.2504, 3);
    }
    expect(words).toContain("**There is a watershed, between 2.0 and 2.1.**");
    for (const start of [1.2, 2.1, 3.9]) expect(walked(start, 1).loss).toBeCloseTo(0.25, 2);
    expect(walked(3.9, 3).loss).toBeCloseTo(0.95, 2);
    const rows = tableOf({ ...place, cells: place.cells.filter(({ id }) => id === "code-36e") });
    for (const row of rows)
      for (const start of [1.2, 2.1, 3.9]) {
        const { loss } = walked(start, Math.sqrt(Number(row["begins to climb by"])));
        expect(Number(row[`MAE from ${start}`])).toBeCloseTo(loss, 2);
      }
    expect(rows.length).toBeGreaterThan(3);
  });

  test("with a number to drag from 1 to 4, and the walks in a chart", () => {
    expect(words).toMatch(/slider\(3\.3, \{ from: 1, to: 4,/);
    const walks = chartsOf(place).flatMap(({ figure }) => figure.data as readonly Trace[]);
    for (const start of [1.2, 3.3]) {
      const walk = walks.find(({ y = [] }) => Math.abs(y[0] - start) < 1e-9)!;
      expect(walk.y!.at(-1)).toBeCloseTo(walked(start).kink, 2);
    }
  });
});

test("section 6 shows all of the last million epochs tremble, not a few of them", () => {
  const place = under(section("06"), "## It never rests");
  const [low, high] = chartsOf(place)[0].figure.data as readonly Required<Trace>[];
  expect(low.x.at(0)).toBeLessThan(1.1e6);
  expect(low.x.at(-1)).toBeGreaterThan(1.9e6);
  expect(low.x.length).toBeGreaterThanOrEqual(100);
  low.y.forEach((least, i) => expect(high.y[i] / least).toBeGreaterThan(1.05));
});

test("section 7 says how each model was trained, and has both losses of it", () => {
  const place = under(section("07"), "## All models on all houses");
  const rows = tableOf(place);
  expect(rows.map((row) => row["trained on"])).toEqual(["MSE", "MSE", "MSE", "MAE", "MAE"]);
  const cubes = { x: houses.x.map((x) => x ** 3), y: houses.y };
  const closed = [
    [linear, leastSquares(houses)],
    [cubic, leastSquares(cubes)],
  ] as const;
  closed.forEach(([model, theta], i) => {
    const { MSE, MAE } = rows[2 * i];
    expect(Number(MSE)).toBeCloseTo(objective(mse, model, houses).value(theta), 3);
    expect(Number(MAE)).toBeCloseTo(objective(mae, model, houses).value(theta), 3);
  });
  expect(place.cells.map(sourceOf).join(" ")).toMatch(
    /line and the cubic take their best numbers from the closed form/,
  );
  expect(section("07").cells.map(sourceOf).join(" ")).not.toContain("trained as in its section");
});
