import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Drafts } from "../../page/cells/drafts";
import type { End, Runner } from "../../page/cells/runner";
import type { Read } from "../../page/kernel/protocol";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A kernel that is played: a cell ends at once, or never. */
class Played implements Runner {
  readonly ran: string[] = [];
  #ends = (): void => {};

  async read(texts: readonly string[]): Promise<readonly Read[]> {
    return texts.map(() => ({ names: { declares: [], reads: [] }, sliders: [], formulas: ["f"] }));
  }
  run({ text }: { readonly text: string }): Promise<End> {
    this.ran.push(text);
    return new Promise((ended) => {
      this.#ends = () => ended("stopped");
      if (!text.includes("for (;;)")) ended("done");
    });
  }
  stop(): void {
    this.#ends();
  }
}

test("a cell that takes too long is not run for the next draft, until its text is another", async () => {
  const kernel = new Played();
  const drafts = new Drafts(kernel);
  const cells = (first: string) => [
    { text: first, names: { declares: ["f"], reads: [] } },
    { text: "f", names: { declares: [], reads: ["f"] } },
  ];
  const draft = async (text: string, first: string): Promise<string[]> => {
    const asked = drafts.of(2, text, cells(first));
    await vi.runAllTimersAsync();
    await asked;
    return kernel.ran.splice(0);
  };
  expect(await draft("f + 1", "for (;;);")).toEqual(["for (;;);"]);
  expect(await draft("f + 2", "for (;;);")).toEqual([]);
  expect(await draft("f + 2", "f = 1")).toEqual(["f = 1", "f + 2"]);
  expect(await draft("f + 3", "f = 1")).toEqual(["f + 3"]);
});
