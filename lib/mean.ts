/** The sum, in the order of the values. */
export function sumOf(values: readonly number[] | Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** 1/N times the sum; NaN of no values. */
export const meanOf = (values: readonly number[] | Float64Array): number => sumOf(values) / values.length;
