import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { host } from "../../lib/host";
import { progress } from "../../lib/progress";

describe("the progress of a descent", () => {
  const lines: (string | null)[] = [];
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(host, "tell").mockImplementation((line) => lines.push(line));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
    lines.length = 0;
  });

  it("is told after 400 ms, then every 200 ms, and at the end its line goes", () => {
    const watcher = progress();
    for (let epoch = 0; epoch <= 2000; epoch++) {
      watcher.passes(epoch, 3000, 1 / 3);
      if (epoch < 1000) vi.advanceTimersByTime(1);
    }
    expect(lines).toEqual([400, 600, 800, 1000].map((epoch) => said(epoch)));
    watcher.ends();
    expect(lines.at(-1)).toBeNull();
    expect(lines).toHaveLength(5);
  });

  const said = (epoch: number): string =>
    `epoch ${epoch.toLocaleString("en")} of 3,000 (${Math.floor(epoch / 30)}%), loss 0.3333`;

  it("has no line to take away when it was over soon", () => {
    const watcher = progress();
    vi.advanceTimersByTime(399);
    watcher.passes(5, 10, 1);
    watcher.ends();
    expect(lines).toEqual([]);
  });
});
