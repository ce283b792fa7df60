import { beforeEach, expect, test } from "vitest";
import type { Node } from "../../page/cells/graph";
import { Standing, type State } from "../../page/cells/standing";

const cell = (text: string, declares: string[], reads: string[]): Node => ({ text, names: { declares, reads } });

/** The third stands on the second, this on the first; the last stands alone. */
const book = [
  cell("const a = 1", ["a"], []),
  cell("const b = a", ["b"], ["a"]),
  cell("b", [], ["b"]),
  cell("1", [], []),
];
const edited = [cell("const a = 2", ["a"], []), ...book.slice(1)];

let standing: Standing;
beforeEach(() => {
  standing = new Standing();
  standing.read(book);
  standing.begin();
});

const states = (): State[] => book.map((_, i) => standing.of(i));

/** Runs what is wanted, and what follows from it; which cells ran, in their order. */
function work(fails = -1): number[] {
  const ran: number[] = [];
  for (let i = standing.next(); i !== undefined; i = standing.next()) {
    ran.push(i);
    standing.start(i);
    expect([standing.of(i), standing.isRunning]).toEqual(["running", true]);
    standing.end(i !== fails);
    if (i !== fails) standing.follow(i);
  }
  return ran;
}

test("the first run of a cell runs what it stands on, before it and once", () => {
  expect(states()).toEqual(["fresh", "fresh", "fresh", "fresh"]);
  standing.want(2);
  expect(work()).toEqual([0, 1, 2]);
  expect(states()).toEqual(["done", "done", "done", "fresh"]);
  standing.want(2);
  expect(work()).toEqual([2]);
});

test("after an edit what stands on it is stale and runs again, and only that", () => {
  standing.read(edited);
  expect(states()).toEqual(["stale", "stale", "stale", "fresh"]);
  expect([standing.isBook(2), standing.isBook(3)]).toEqual([false, true]);
  standing.want(0);
  expect(work()).toEqual([0, 1, 2]);
  expect(states()).toEqual(["done", "done", "done", "fresh"]);
});

test("an edit while a cell runs leaves what it shows stale", () => {
  standing.start(0);
  standing.read(edited);
  standing.end(true);
  expect(standing.of(0)).toBe("stale");
});

test("what stands on a cell that failed does not run, and shows that it is old until the book's is back", () => {
  standing.read(edited);
  for (let i = 0; i < 4; i++) standing.want(i);
  expect(work(0)).toEqual([0, 3]);
  expect(states()).toEqual(["failed", "stale", "stale", "done"]);
  standing.forgive();
  expect(standing.of(0)).toBe("fresh");
  standing.read(book);
  expect(standing.isOld(0)).toBe(true);
  standing.restored(0);
  expect(states()).toEqual(["fresh", "fresh", "fresh", "done"]);
});

test("a kernel that was stopped knows nothing, and nothing is wanted of the new one", () => {
  standing.want(2);
  work();
  standing.want(3);
  standing.stop();
  expect(standing.next()).toBeUndefined();
  expect(states()).toEqual(["fresh", "fresh", "fresh", "fresh"]);
  standing.want(2);
  expect(work()).toEqual([0, 1, 2]);
});
