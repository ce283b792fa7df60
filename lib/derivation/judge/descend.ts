import type { Spot } from "../run/spot";

const LOOKS = 500;

/**
 * Walks downhill from a spot, letter by letter, in steps that grow while they help and shrink where they do not; stops
 * below 0 a little later, so as not to end on a border.
 */
export function descend(start: Spot, names: readonly string[], height: (spot: Spot) => number): Spot {
  let spot = start;
  let best = height(spot);
  const steps = new Map(names.map((name) => [name, Math.max(0.5, Math.abs(spot.number(name)) / 2)]));
  for (let looks = 0, smallest = false; looks < LOOKS && !smallest; ) {
    smallest = true;
    for (const name of names) {
      const step = steps.get(name)!;
      const here = spot.number(name);
      if (Math.abs(step) > 1e-13 * Math.abs(here) + 1e-15) smallest = false;
      const tries = [here + step, here - step].map((to) => spot.moved([name], to));
      const heights = tries.map((one) => number(height(one)));
      looks += 2;
      const lower = heights[0] <= heights[1] ? 0 : 1;
      if (heights[lower] < best) {
        const was = best;
        best = heights[lower];
        spot = tries[lower];
        steps.set(name, step * 2);
        if (best < 0 && was < 0) return spot;
      } else steps.set(name, step / 3);
    }
    if (best === -Infinity) return spot;
  }
  return spot;
}

function number(height: number): number {
  return Number.isNaN(height) ? Infinity : height;
}
