import { expect, it } from "vitest";
import { meanOf, sumOf } from "../../lib/mean";
import { once } from "../../lib/once";

it("a sum is taken in the order of the values", () => {
  expect(sumOf([])).toBe(0);
  expect(sumOf([1, 2, 4])).toBe(7);
  expect(sumOf([1, 1e16, -1e16])).toBe(0); // the 1 is lost first
  expect(sumOf(Float64Array.of(1e16, -1e16, 1))).toBe(1);
});

it("a mean is the sum by how many there are", () => {
  expect(meanOf([1, 2, 6])).toBe(3);
  expect(meanOf([])).toBeNaN();
});

it("what is made once is the same for the same key, and another for another", () => {
  const asked: number[] = [];
  const squares = once((key: number) => (asked.push(key), [key * key]));
  expect(squares(3)).toBe(squares(3));
  expect(squares(4)).toEqual([16]);
  expect(asked).toEqual([3, 4]);
});
