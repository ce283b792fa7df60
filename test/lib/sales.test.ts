import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { frameOf } from "../../lib/frame";
import {
  areasAndPrices,
  bootstrap,
  descend,
  explained,
  type Figure,
  groupMeans,
  leastSquares,
  leastSquaresPlane,
  type Objective,
  priceHistograms,
  ranked,
  readSales,
  type Sales,
  type Theta,
} from "../../lib/index";
import { frameOf as pageFrameOf } from "../../page/kernel/frame";

const path = "data/king-county.csv";
const folder = mkdtempSync(join(tmpdir(), "sales-"));
const file = join(folder, "sales.csv");
afterAll(() => rmSync(folder, { recursive: true }));

const header = "date,floors,sqft_living,grade,price";
const first = "2014-10-13,1,1180,7,221900";
const read = (...lines: string[]): Promise<Sales> => {
  writeFileSync(file, `${lines.join("\n")}\n`);
  return readSales(file);
};

let sales: Sales;
beforeAll(async () => {
  sales = await readSales(path);
});

describe("the sales of King County", () => {
  it("are the file that the README of the data describes", () => {
    const readme = readFileSync("data/README.md", "utf8");
    const bytes = readFileSync(path);
    expect(readme).toContain(createHash("sha256").update(bytes).digest("hex"));
    expect(readme).toContain(`${bytes.length.toLocaleString("en")} bytes`);
  });

  it("have the means and medians that were computed independently", () => {
    expect(sales.size).toBe(21_613);
    const rows = sales
      .groupBy("floors")
      .map(({ value, count, mean, median }) => [value, count, mean.toFixed(2), median]);
    expect(rows).toEqual([
      [1, 10_680, "442180.63", 390_000],
      [1.5, 1_910, "558980.64", 524_475],
      [2, 8_241, "648891.16", 542_950],
      [2.5, 161, "1060346.49", 799_200],
      [3, 613, "582526.04", 490_000],
      [3.5, 8, "933312.50", 534_500],
    ]);
    expect(sales.describe().text).toMatch(/^price +540,088\.1418 +367,127\.2 +75,000 +450,000 +7,700,000$/m);
  });

  it("are fitted and explained as was computed independently", () => {
    const [x, y] = [sales.column("floors"), sales.column("price")];
    const cubes = x.map((floors) => floors ** 3);
    for (const [feature, W, b, part] of [
      [x, 174_588.812582, 279_198.511194, 0.0659431],
      [cubes, 14_600.983156, 470_867.149171, 0.0420816],
    ] as const) {
      const line = leastSquares({ x: feature, y });
      expect(line[0]).toBeCloseTo(W, 5);
      expect(line[1]).toBeCloseTo(b, 5);
      expect(
        explained(
          feature.map((value) => line[0] * value + line[1]),
          y,
        ),
      ).toBeCloseTo(part, 7);
    }
    const means = new Map(sales.groupBy("floors").map(({ value, mean }) => [value, mean]));
    expect(
      explained(
        x.map((floors) => means.get(floors)!),
        y,
      ),
    ).toBeCloseTo(0.0846352, 7);
  });

  it("are held out by a seed, each sale once, in their order", () => {
    const { train, test } = sales.holdOut(0.2, 8);
    expect([train.size, test.size]).toEqual([17_290, 4_323]);
    const sorted = (...parts: Sales[]): number[] => parts.flatMap((part) => part.column("price")).sort((a, b) => a - b);
    expect(sorted(train, test)).toEqual(sorted(sales));
    expect(sales.holdOut(0.2, 8).test.column("price")).toEqual(test.column("price"));
    expect(sales.holdOut(0.2, 9).test.column("price")).not.toEqual(test.column("price"));
  });

  it("are chosen by a column", () => {
    const later = sales.where("year", (year) => year === 2015);
    expect(new Set(later.column("year"))).toEqual(new Set([2015]));
    expect(later.size).toBe(sales.column("year").filter((year) => year === 2015).length);
    expect(() => sales.where("floors", (floors) => floors > 9)).toThrow(
      "None of the 21613 sales has such a value of floors",
    );
    expect(() => sales.holdOut(0, 1)).toThrow(
      "A part of 0 of 21613 sales is 0: choose one that leaves sales on both sides.",
    );
    expect(() => sales.column("rooms" as "price")).toThrow('The sales have no column "rooms": they have year, floors');
  });
});

describe("a few sales", () => {
  const prices = (sales: Sales): readonly number[] => sales.column("price");

  it("are held out down to one, and keep their order", async () => {
    const few = await read(header, ...[50, 40, 30, 20, 10].map((price) => first.replace("221900", String(price))));
    for (const [part, count] of [
      [0.1, 1],
      [0.5, 3],
      [0.8, 4],
    ]) {
      const { train, test } = few.holdOut(part, 3);
      expect([train.size, test.size]).toEqual([5 - count, count]);
      for (const half of [train, test]) expect(prices(half)).toEqual([...prices(half)].sort((a, b) => b - a));
    }
    expect(() => few.holdOut(0.09, 3)).toThrow(
      "A part of 0.09 of 5 sales is 0: choose one that leaves sales on both sides.",
    );
    expect(() => few.holdOut(0.9, 3)).toThrow(
      "A part of 0.9 of 5 sales is 5: choose one that leaves sales on both sides.",
    );
    expect(() => few.holdOut(Number.NaN, 3)).toThrow("A part of NaN of 5 sales is NaN");
  });

  it("at the edges of what makes sense are read", async () => {
    const edges = await read(
      header,
      "2014-12-31,1,0.5,1,0.01",
      "2015-01-01,3.5,13540,13,7700000",
      first,
      "2014-10-14,1,1180,7,221900",
    );
    expect(edges.column("year")).toEqual([2014, 2015, 2014, 2014]);
    expect(edges.column("grade")).toEqual([1, 13, 7, 7]);
    expect(edges.column("floors")).toEqual([1, 3.5, 1, 1]);
  });
});

describe("a page's frame", () => {
  it("gives what danfojs gives", async () => {
    const names = ["floors", "sqft_living", "price"] as const;
    const columns = Object.fromEntries(names.map((name) => [name, sales.column(name)]));
    const [ours, theirs] = await Promise.all([pageFrameOf(columns), frameOf(columns)]);
    const same = (a: readonly object[], b: readonly object[]): void => {
      expect(a.map((row) => Object.keys(row))).toEqual(b.map((row) => Object.keys(row)));
      a.forEach((row, i) => {
        for (const [key, value] of Object.entries(row)) {
          const other = (b[i] as Record<string, unknown>)[key];
          if (typeof value === "number")
            expect(Math.abs(value - (other as number))).toBeLessThanOrEqual(1e-12 * Math.abs(value));
          else expect(value).toBe(other);
        }
      });
    };
    const third = columns["price"].map((_, i) => i % 3 === 0);
    for (const [a, b] of [
      [ours, theirs],
      [ours.where(third), theirs.where(third)],
      [ours.take([7, 3, 5, 11]), theirs.take([7, 3, 5, 11])],
    ]) {
      expect(a.size).toBe(b.size);
      for (const name of names) expect(a.column(name)).toEqual(b.column(name));
      same(a.describe(), b.describe());
      same(a.groups("floors", "price"), b.groups("floors", "price"));
    }
  });
});

describe("a file of sales is refused with its row and the cure", () => {
  it.each([
    ["no price", "2014-10-13,1,1180,7,", 'row 2 (line 3), column "price" is empty: give a number.'],
    ["a price of 0", "2014-10-13,1,1180,7,0", 'column "price" is 0: a sale has a price above 0 USD.'],
    ["a negative area", "2014-10-13,1,-1180,7,1", 'column "sqft_living" is -1180: an area is above 0 square feet.'],
    ["quarter floors", "2014-10-13,1.25,1180,7,1", 'column "floors" is 1.25: give whole or half floors, from 1 on.'],
    ["no floors", "2014-10-13,0.5,1180,7,1", 'column "floors" is 0.5: give whole or half floors, from 1 on.'],
    ["an area of 0", "2014-10-13,1,0,7,1", 'column "sqft_living" is 0: an area is above 0 square feet.'],
    ["a grade of 0", "2014-10-13,1,1180,0,1", 'column "grade" is 0: a grade is a whole number from 1 to 13.'],
    ["half a grade", "2014-10-13,1,1180,7.5,1", 'column "grade" is 7.5: a grade is a whole number from 1 to 13.'],
    ["a day with an hour", "2014-10-13T00,1,1180,7,1", 'column "date" is "2014-10-13T00": give a day as 2014-10-13.'],
    ["a month that is none", "2014-13-01,1,1180,7,1", 'column "date" is "2014-13-01": give a day as 2014-10-13.'],
    ["an odd grade", "2014-10-13,1,1180,14,1", 'column "grade" is 14: a grade is a whole number from 1 to 13.'],
    ["a day that is none", "2015-02-30,1,1180,7,1", 'column "date" is "2015-02-30": give a day as 2014-10-13.'],
    ["another form of date", "13.10.2014,1,1180,7,1", 'column "date" is "13.10.2014": give a day as 2014-10-13.'],
    ["a year of six digits", "+012014-10-13,1,1180,7,1", 'column "date" is "+012014-10-13": give a day as 2014-10-13.'],
    ["a repeated row", first, "row 2 (line 3) repeats the row above it: delete it."],
  ])("%s", async (_, line, message) => {
    await expect(read(header, first, line)).rejects.toThrow(message);
    await expect(read(header, first, line)).rejects.toThrow(file);
  });

  it("other columns", async () => {
    await expect(readSales("data/house-prices.csv")).rejects.toThrow(
      '"data/house-prices.csv" has no column "date": its first line names "floors", "price".',
    );
  });
});

describe("a plane", () => {
  it("is found where it is", () => {
    const [x, s] = [
      [1, 2, 3, 4],
      [2, 1, 5, 3],
    ];
    const theta = leastSquaresPlane({ x, s, y: x.map((value, i) => 3 * value - 2 * s[i] + 7) });
    expect(theta.map((value) => Number(value.toFixed(12)))).toEqual([3, -2, 7]);
  });

  it("is refused where many are best", () => {
    expect(() => leastSquaresPlane({ x: [1, 2, 3], s: [2, 4, 6], y: [1, 2, 4] })).toThrow("lie on one line");
  });
});

describe("what is explained", () => {
  const y = [1, 2, 3, 4, 5, 6];

  it("is all, nothing, or less than nothing", () => {
    expect(explained(y, y)).toBe(1);
    expect(
      explained(
        y.map(() => 3.5),
        y,
      ),
    ).toBe(0);
    expect(explained([...y].reverse(), y)).toBeLessThan(0);
    expect(() => explained([1], y)).toThrow("Each price needs one prediction: there are 6, and 1 to explain them.");
    expect(() => explained([1, 1], [2, 2])).toThrow("All prices are equal");
  });

  it("lies in an interval that repeats with its seed and narrows with the data", () => {
    const many = Array.from({ length: 400 }, (_, i) => (i * 37) % 101);
    const near = many.map((value, i) => value + 20 * Math.sin(7 * i));
    const width = (n: number): number => {
      const { it } = bootstrap({ it: near.slice(0, n) }, many.slice(0, n), { seed: 1 });
      expect(it.low).toBeLessThan(it.value);
      expect(it.high).toBeGreaterThan(it.value);
      return it.high - it.low;
    };
    expect(width(400) / width(100)).toBeGreaterThan(0.35);
    expect(width(400) / width(100)).toBeLessThan(0.7); // about 1/2: four times as many
    const twice = [1, 1].map((seed) => bootstrap({ near, mean: many.map(() => 50) }, many, { seed }));
    expect(twice[0]).toEqual(twice[1]);
    expect(twice[0]["near"].lead).toEqual({ value: 0, low: 0, high: 0 });
    expect(twice[0]["mean"].lead.high).toBeLessThan(0);
  });
});

describe("the charts", () => {
  const traces = ({ data }: Figure) => data as Record<string, unknown>[];

  it("count every sale, in a bar of its number of floors", () => {
    const bars = traces(priceHistograms(sales)).filter(({ type }) => type === "bar");
    const counted = bars.map(({ y }) => (y as number[]).reduce((sum, n) => sum + n, 0));
    expect(counted).toEqual(sales.groupBy("floors").map(({ count }) => count));
  });

  it("has each histogram in a strip of its own, from the top down", () => {
    const { data, layout } = priceHistograms(sales);
    const axes = (data as { yaxis: string }[]).map(({ yaxis }) => yaxis);
    const strips = [...new Set(axes)].map(
      (name) => (layout as Record<string, { domain: number[] }>)[name.replace("y", "yaxis")].domain,
    );
    expect(strips).toHaveLength(6);
    strips.forEach(([low, high], i) => {
      expect(low).toBeLessThan(high);
      expect(high).toBeLessThanOrEqual(i === 0 ? 1 : strips[i - 1][0]);
    });
  });

  it("count every sale, in a field of its area and price", () => {
    const fields = traces(areasAndPrices(sales, (x, area) => x + area, [1, 3]))[0]["text"] as string[][];
    const counted = fields.flat().reduce((sum, text) => sum + Number.parseInt(text.replace(",", ""), 10), 0);
    expect(counted).toBe(21_613);
  });

  it("has the larger a point the more sales it stands for, and none that hides the others", () => {
    const sizes = (traces(groupMeans(sales, {})).at(-1)!["marker"] as { size: number[] }).size;
    const groups = sales.groupBy("floors").map(({ count }, i) => ({ count, size: sizes[i] }));
    const rising = groups.sort((a, b) => a.count - b.count).map(({ size }) => size);
    expect(rising).toEqual([...rising].sort((a, b) => a - b));
    expect(rising[0]).toBeGreaterThan(5);
    expect(rising.at(-1)).toBeLessThan(30);
  });

  it("rank models by what they explain, in per cent, each with its interval, against the ceiling", () => {
    const parts = { b: { value: 0.05, low: 0.04, high: 0.07 }, a: { value: 0.02, low: -0.01, high: 0.025 } };
    const [points, ceiling] = traces(ranked(parts, 0.0846)) as [
      { error_x: { color: string; array: number[]; arrayminus: number[] }; marker: { color: string } },
      object,
    ];
    expect(points).toMatchObject({ x: [2, 5], y: ["a", "b"], error_x: { array: [0.5, 2], arrayminus: [3, 1] } });
    expect(points.marker.color).toBe(points.error_x.color);
    expect(ceiling).toMatchObject({ x: [8.46, 8.46], y: ["a", "b"] });
  });

  it("say in words what they show", () => {
    const J: Objective = { value: () => 1, gradient: () => [-5] };
    const flat = { run: descend(J, [0], { epochs: 20, alpha: 0.05 }), says: ([c]: Theta) => c };
    const means = groupMeans(sales, { flat });
    expect(means.alt).toMatch(/10\.6 at 2\.5 floors \(161 sales\).*after 20 epochs: flat: 5, 5, 5, 5, 5, 5\.$/);
    const said = (means.frames as { name: string; data: { y: number[] }[] }[]).map(({ name, data }) => [
      Number(name),
      data[0].y[0],
    ]);
    expect(said.map(([epoch]) => epoch)).toEqual([0, 1, 2, 5, 10, 20]);
    for (const [epoch, price] of said) expect(price).toBeCloseTo(epoch / 4, 4); // as it was at that epoch
    const { alt } = ranked({ a: { value: 0.05, low: 0.04, high: 0.07 } }, 0.0846);
    expect(alt).toContain("a 5% (4% to 7%). A dashed line stands at the ceiling of 8.46%.");
  });
});
