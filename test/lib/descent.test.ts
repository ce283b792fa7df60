import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { DivergenceError, descend, linearly } from "../../lib/descent";
import { host } from "../../lib/host";
import { leastSquares } from "../../lib/least-squares";
import { mse, objective } from "../../lib/losses";
import { linear, sigmoidal } from "../../lib/models";
import { random } from "../../lib/random";
import { curvature, eigenvalues, largestRate } from "../../lib/stability";

const houses = { x: [1, 2, 3, 4], y: [0.7, 1.5, 4.5, 9.5] };
const J = objective(mse, linear, houses);
const settings = { epochs: 10_000, alpha: linearly(0.005, 0.0001) };

describe("the printed digits", () => {
  it("of the linear model come out bit for bit (L13)", () => {
    const { theta, loss, alpha } = descend(J, [0.5, 0.95739849198], settings);
    expect([...theta, loss, alpha].map(String)).toEqual([
      "2.939305864784624",
      "-3.2979591578193053",
      "1.103000695674468",
      "0.0001490000000000007",
    ]);
  });

  it("of the sigmoid model come out bit for bit with the linear gradient (S9)", () => {
    const shortcut = { ...sigmoidal(20), gradient: linear.gradient };
    const { theta, loss } = descend(objective(mse, shortcut, houses), [0.5, 0.3850835739], settings);
    expect([...theta, loss].map(String)).toEqual(["1.1346469402126882", "-4.6482628586296135", "0.014018127818400896"]);
  });
});

describe("descent", () => {
  it("reaches the least-squares optimum of random data", () => {
    const next = random(5);
    for (let k = 0; k < 10; k++) {
      const x = Array.from({ length: 5 }, () => 2 * next() - 1);
      const y = x.map(() => next());
      const run = descend(objective(mse, linear, { x, y }), [next(), next()], { epochs: 20_000, alpha: 0.3 });
      leastSquares({ x, y }).forEach((value, p) => expect(run.theta[p]).toBeCloseTo(value, 8));
    }
  });

  it("follows a gradient that writes to what it is given, or returns an array of its own", () => {
    const settings = { epochs: 50, alpha: 0.01 };
    const own = { value: J.value, gradient: (theta: readonly number[]) => [...J.gradient(theta)] };
    expect(descend(own, [1, 1], settings)).toEqual(descend(J, [1, 1], settings));
  });

  it("starts its history at the start and ends it at the end", () => {
    const run = descend(J, [0, 0], { epochs: 1000, alpha: 0.01 });
    expect(run.history[0]).toEqual({ epoch: 0, theta: [0, 0], loss: J.value([0, 0]) });
    expect(run.history.at(-1)).toEqual({ epoch: 1000, theta: run.theta, loss: J.value(run.theta) });
    expect(run.best.loss).toBe(Math.min(...run.history.map(({ loss }) => loss)));
    expect(new Set(run.history.map(({ epoch }) => epoch)).size).toBe(run.history.length);
  });

  it("converges just below the largest rate and not just above it", () => {
    const rate = largestRate(J, [0, 0]);
    expect(rate).toBeCloseTo(0.11976, 5);
    const end = (alpha: number): number => descend(J, [0, 0], { epochs: 2000, alpha }).loss;
    expect(end(rate * 0.99)).toBeCloseTo(1.103, 6);
    expect(end(rate * 1.01)).toBeGreaterThan(1e6);
  });

  it("says that it diverged, where, and what to do, and keeps the way", () => {
    try {
      descend(J, [0, 0], { epochs: 10_000, alpha: 0.2 });
      expect.unreachable();
    } catch (error) {
      if (!(error instanceof DivergenceError)) throw error;
      expect(error.message).toMatch(
        /^The descent diverged: at epoch \d+ .*The rate 0.2 is too large: try a smaller one\.$/,
      );
      expect(error.run.history.length).toBeGreaterThan(10);
    }
  });

  it.each([
    [[0, 0], { epochs: 0, alpha: 0.1 }, "epochs is 0"],
    [[0, 0], { epochs: 1.5, alpha: 0.1 }, "epochs is 1.5"],
    [[0, 0], { epochs: 10, alpha: Number.NaN }, "The learning rate is NaN"],
    [[0, Number.NaN], { epochs: 10, alpha: 0.1 }, "The start is [0, NaN]"],
    [[], { epochs: 10, alpha: 0.1 }, "The start is []"],
    [[0, 0, 0], { epochs: 10, alpha: 0.1 }, "for each parameter of the linear model (W, b), and has 3"],
  ])("refuses the start %j with %j", (start, options, message) => {
    const begin = () => descend(J, start, options);
    expect(begin).toThrow(message);
    expect(begin).toThrow(RangeError); // a text alone is content with undefined that is thrown
  });

  it("refuses a start of another length, also where the objective does not look at it", () => {
    const two = { value: () => 1, gradient: () => [1, 1] };
    expect(() => descend(two, [0], { epochs: 1, alpha: 1 })).toThrow(
      "The start needs one number for each parameter of the model: it has 1 for 2.",
    );
  });
});

describe("a long descent", () => {
  const lines: (string | null)[] = [];
  /** A rate that takes so many milliseconds an epoch. */
  const slow = (milliseconds: number, rate: number) => () => {
    vi.advanceTimersByTime(milliseconds);
    return rate;
  };
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(host, "tell").mockImplementation((line) => lines.push(line));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
    lines.length = 0;
  });

  it("says nothing when it is over soon", () => {
    descend(J, [0, 0], { epochs: 1000, alpha: slow(0.3, 0.01) });
    expect(lines).toEqual([]);
  });

  it("tells now and then how far it is, and takes its line away at the end", () => {
    descend(J, [0, 0], { epochs: 1500, alpha: slow(1, 0.01) });
    const lossAfter = (epochs: number) => J.value(descend(J, [0, 0], { epochs, alpha: 0.01 }).theta).toPrecision(4);
    const told = lines.slice(0, -1).map((line) => Number(/^epoch ([\d,]+) of/.exec(line ?? "")?.[1].replace(",", "")));
    expect(told.length).toBeGreaterThan(2);
    expect(lines).toEqual([
      ...told.map((epoch) => {
        const part = Math.floor((100 * epoch) / 1500);
        return `epoch ${epoch.toLocaleString("en")} of 1,500 (${part}%), loss ${lossAfter(epoch)}`;
      }),
      null,
    ]);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told[0]).toBeGreaterThan(300);
  });

  it("takes its line away when it diverges", () => {
    expect(() => descend(J, [0, 0], { epochs: 10_000, alpha: slow(2, 0.123) })).toThrow(DivergenceError);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.indexOf(null)).toBe(lines.length - 1);
  });
});

describe("closed forms", () => {
  it("give the least-squares optimum, where the gradient is 0", () => {
    const best = leastSquares(houses);
    expect(best[0]).toBeCloseTo(2.94, 12);
    expect(best[1]).toBeCloseTo(-3.3, 12);
    expect(J.value(best)).toBeCloseTo(1.103, 12);
    for (const slope of J.gradient(best)) expect(slope).toBeCloseTo(0, 12);
  });

  it("need two different x", () => {
    expect(() => leastSquares({ x: [2, 2], y: [1, 3] })).toThrow("All x are equal");
  });

  it("give the curvature of the loss", () => {
    const [steep, flat] = eigenvalues(curvature(J, [1, 1]));
    expect(steep).toBeCloseTo(16.7006, 4);
    expect(flat).toBeCloseTo(0.29939, 5);
    expect(() =>
      eigenvalues([
        [0, 1],
        [-1, 0],
      ]),
    ).toThrow("not real");
  });
});
