import type { Output, Reading, Run } from "../kernel/protocol";

/** What a cell does while it runs. */
export interface Listener {
  output(output: Output): void;
  /** A line that passes, in place of the one before it; null takes it away. */
  line(line: string | null): void;
}

/** How a run ended: `stopped` when what ran it was ended in the middle. */
export type End = "done" | "failed" | "stopped";

/** What reads and runs the cells of a page, one after the other. */
export interface Runner {
  /** The names of each text; what is not answered when the runner ends has none. */
  read(texts: readonly string[]): Promise<readonly Reading[]>;
  /** Runs a cell, after what was asked before. */
  run(cell: Pick<Run, "place" | "text" | "draft">, listener: Listener): Promise<End>;
  /** Ends whatever runs; what was known is gone, and what was asked ends as stopped. */
  stop(): void;
}
