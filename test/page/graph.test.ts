import { expect, test } from "vitest";
import { type Node, States, sources, standsOn } from "../../page/cells/graph";

const cell = (text: string, declares: string[], reads: string[]): Node => ({ text, names: { declares, reads } });

const cells = [
  cell("const a = 1", ["a"], []),
  cell("const b = a", ["b"], ["a", "Math"]),
  cell("show(b)", [], ["b", "show"]),
  cell("const a = 2", ["a"], []),
  cell("show(a)", [], ["a", "show"]),
];

test("a cell reads from the last cell before it that defines the name", () => {
  expect(sources(cells).map((each) => [...each])).toEqual([[], [0], [1], [], [3]]);
  expect([...standsOn(2, sources(cells))].sort()).toEqual([0, 1, 2]);
  expect([...standsOn(4, sources(cells))].sort()).toEqual([3, 4]);
});

test("an edit changes the state of a cell and of what stands on it, and taking it back restores both", () => {
  const states = new States();
  const of = (changed: readonly Node[]) => states.of(changed, sources(changed));
  const before = of(cells);
  const edited = of(cells.map((each, i) => (i === 0 ? cell("const a = 5", ["a"], []) : each)));
  expect(edited.map((state, i) => state === before[i])).toEqual([false, false, false, true, true]);
  expect(of(cells)).toEqual(before);
});

test("two cells of one text have different states where they stand on different cells", () => {
  const twice = [cells[0], cell("show(a)", [], ["a"]), cell("const a = 2", ["a"], []), cell("show(a)", [], ["a"])];
  const [, one, , other] = new States().of(twice, sources(twice));
  expect(one).not.toBe(other);
});
