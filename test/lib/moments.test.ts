import { describe, expect, it } from "vitest";
import { type DivergenceError, derivative, descend, limit, type Run, secant } from "../../lib/index";

/** J(theta) = theta^2, whose descent at the rate alpha multiplies theta by 1 - 2 alpha. */
const bowl = {
  value: ([t]: readonly number[]): number => t * t,
  gradient: ([t]: readonly number[], out: number[] = []): number[] => ((out[0] = 2 * t), out),
};

/** A loss of 1 that is 0 at just one place on the way. */
const well = (place: number) => ({
  value: ([t]: readonly number[]): number => (t === place ? 0 : 1),
  gradient: (_: readonly number[], out: number[] = []): number[] => ((out[0] = -1), out),
});

describe("the best moment of a descent", () => {
  it.each([0, 1, 7, 150, 499, 500])("is at epoch %d when the loss is least there", (epoch) => {
    const { best } = descend(well(epoch), [0], { epochs: 500, alpha: 1 });
    expect(best).toEqual({ epoch, theta: [epoch], loss: 0 });
  });

  it("is the first of equal ones", () => {
    const flat = { value: () => 3, gradient: bowl.gradient };
    expect(descend(flat, [1], { epochs: 10, alpha: 0.1 }).best).toEqual({ epoch: 0, theta: [1], loss: 3 });
  });

  it("stays as it was when the descent goes on, and is nobody's else", () => {
    const start = [0];
    const run = descend(well(3), start, { epochs: 9, alpha: 1 });
    expect(run.best.theta).toEqual([3]);
    expect(run.theta).toEqual([9]);
    expect(start).toEqual([0]);
    expect(run.history.map(({ theta }) => theta[0])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("is kept by a descent that diverged", () => {
    const cliff = { ...bowl, value: ([t]: readonly number[]): number => (Math.abs(t) < 4 ? t * t : Infinity) };
    const run = ended(() => descend(cliff, [0.5], { epochs: 50, alpha: 1.5 })); // theta := -2 theta
    expect(run.epochs).toBe(3);
    expect(run.theta).toEqual([-4]);
    expect(run.best).toEqual({ epoch: 0, theta: [0.5], loss: 0.25 });
    expect(run.history.map(({ epoch, theta }) => [epoch, ...theta])).toEqual([
      [0, 0.5],
      [1, -1],
      [2, 2],
    ]);
    expect([run.loss, run.alpha]).toEqual([4, 1.5]);
  });

  it("is kept by a descent whose last step goes too far", () => {
    const cliff = { ...bowl, value: ([t]: readonly number[]): number => (Math.abs(t) < 4 ? t * t : Infinity) };
    const run = ended(() => descend(cliff, [0.5], { epochs: 3, alpha: 1.5 }));
    expect([run.epochs, run.theta, run.best.epoch]).toEqual([3, [-4], 0]);
  });

  it("of a descent that cannot begin is its start, and nothing has happened", () => {
    const nowhere = { ...bowl, value: () => Number.NaN };
    const start = [3];
    const begin = () => descend(nowhere, start, { epochs: 5, alpha: 0.1 });
    expect(begin).toThrow("The descent cannot begin: at the start the loss is NaN. Try another start.");
    expect(ended(begin)).toEqual({
      theta: [3],
      loss: Number.NaN,
      alpha: 0,
      epochs: 0,
      history: [],
      best: { epoch: 0, theta: [3], loss: Number.POSITIVE_INFINITY },
    });
  });
});

/** How far a descent came that is said to diverge. */
function ended(descent: () => Run): Run {
  try {
    descent();
  } catch (error) {
    return (error as DivergenceError).run;
  }
  throw new Error("it did not diverge");
}

describe("the history of a descent", () => {
  const epochs = (count: number): number[] =>
    descend(bowl, [1], { epochs: count, alpha: 0.001 }).history.map(({ epoch }) => epoch);

  it("has each epoch of a short one", () => {
    for (const count of [1, 2, 50, 100]) expect(epochs(count)).toEqual(Array.from({ length: count + 1 }, (_, i) => i));
  });

  it("has the first hundred of a long one, and then each 5% later than the one before", () => {
    const all = epochs(100_000);
    expect(all.slice(0, 104)).toEqual([...Array.from({ length: 101 }, (_, i) => i), 105, 111, 117]);
    for (let i = 101; i < all.length - 1; i++) expect(all[i]).toBe(Math.ceil(all[i - 1] * 1.05));
    expect(all.at(-1)).toBe(100_000);
    expect(all.length).toBeLessThan(260);
  });

  it("has the loss and the parameters of each of its moments", () => {
    for (const { epoch, theta, loss } of descend(bowl, [1], { epochs: 400, alpha: 0.01 }).history) {
      expect(theta[0]).toBeCloseTo(0.98 ** epoch, 12);
      expect(loss).toBe(theta[0] * theta[0]);
    }
  });
});

describe("a rate", () => {
  it("may be a function of the epoch and of how many there are", () => {
    const asked: number[][] = [];
    const alpha = (...at: [number, number]): number => (asked.push(at), 0.25);
    const run = descend(bowl, [1], { epochs: 3, alpha });
    expect(asked).toEqual([
      [0, 3],
      [1, 3],
      [2, 3],
    ]);
    expect(run).toMatchObject({ theta: [0.125], loss: 0.0625, alpha: 0.25, epochs: 3 });
  });

  it("that is no number is named with its epoch", () => {
    for (const last of [5, 150]) {
      const alpha = (epoch: number): number => (epoch < last ? 0.1 : Number.NaN);
      expect(() => descend(bowl, [1], { epochs: 200, alpha })).toThrow(
        `The learning rate is NaN at epoch ${last}: give a finite number.`,
      );
    }
  });
});

describe("the limit", () => {
  it("halves the step from 0.1, ten times, or from what it is given", () => {
    const steps = (h?: number): number[] => {
      const asked: number[] = [];
      limit((step) => (asked.push(step), 1), h);
      return asked;
    };
    expect(steps()).toEqual(Array.from({ length: 11 }, (_, k) => 0.1 / 2 ** k));
    expect(steps(8)).toEqual(Array.from({ length: 11 }, (_, k) => 8 / 2 ** k));
  });

  it("of a polynomial in h^2 is found from three values", () => {
    expect(limit((h) => 7 - 3 * h ** 2 + 2 * h ** 4, 1)).toBeCloseTo(7, 13);
  });

  it("is taken where neighbours agree best, not at the smallest step", () => {
    const noisy = (h: number): number => 1 + h * h + (1e-9 / h) * Math.cos(1e5 / h); // as rounding makes it
    expect(limit(noisy, 0.1)).toBeCloseTo(1, 6);
    const early = (h: number): number => 1 + h * h + (h > 0.03 ? 1e-3 * Math.sin(1 / h) : 0);
    expect(limit(early, 0.1)).toBeCloseTo(1, 9);
  });

  it("is the first of two that agree equally well", () => {
    const values = [0, 3, 0, 300, -3000, 3e4, -3e5, 3e6, -3e7, 3e8, -3e9];
    expect(limit(() => values.shift()!)).toBe(4);
  });

  it("is found from a first step that is much too large", () => {
    expect(limit(Math.cos, 200)).toBeCloseTo(1, 14);
  });

  it("is taken with a step that grows with x, and with the same step on either side of 0", () => {
    const asked = (x: number): number => {
      const at: number[] = [];
      derivative((t) => (at.push(t), t), x);
      return Math.max(...at) - x;
    };
    expect(asked(0.5)).toBeCloseTo(0.1, 12);
    expect(asked(-50)).toBeCloseTo(5, 12);
    expect(asked(50)).toBeCloseTo(5, 12);
  });

  it("of secants is what they approach", () => {
    expect(secant((x) => x * x, 3, 0.5)).toBe(6.5);
    expect(secant((x) => x * x, 3, -1)).toBe(5);
  });
});
