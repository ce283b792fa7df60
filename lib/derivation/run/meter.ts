import { Undefined } from "../text/errors";

let left = Infinity;

/** Lets work compute so many parts of formulas at most: what asks for more has no value. */
export function metered<T>(most: number, work: () => T): T {
  const before = left;
  left = Math.min(before, most);
  try {
    return work();
  } finally {
    left = before === Infinity ? before : before - (Math.min(before, most) - left);
  }
}

/** Whether nothing more may be computed. */
export function exhausted(): boolean {
  return left <= 0;
}

/** Counts work; throws where it has become too much. */
export function spend(parts: number): void {
  left -= parts;
  if (left <= 0) throw new Undefined("it takes too long to compute", "undecided");
}
