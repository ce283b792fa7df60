import type { DataFrame } from "danfojs-node/dist/danfojs-base/index.js";

/** A table of numbers with named columns. */
export interface Frame {
  readonly size: number;
  column(name: string): readonly number[];
  /** What is in each column, in the order of the columns. */
  describe(): readonly Summary[];
  /** The rows by their value in the column `by`, from the least value up, with what they have in the column `of`. */
  groups(by: string, of: string): readonly Group[];
  /** The rows that are marked `true`, in their order. */
  where(keep: readonly boolean[]): Frame;
  /** The rows of these numbers (from 0), in that order. */
  take(rows: readonly number[]): Frame;
}

/** What is in a column; `std` is the standard deviation with N - 1 below the line. */
export interface Summary {
  readonly column: string;
  readonly mean: number;
  readonly std: number;
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** The rows that share a value. */
export interface Group {
  readonly value: number;
  readonly count: number;
  readonly mean: number;
  readonly median: number;
}

/**
 * A frame that danfojs keeps. Only this file knows danfojs, which brings mathjs and TensorFlow.js and takes a second to
 * load: it is loaded when it is first needed, and without its readers of files. A page has a frame of its own in its place.
 */
export async function frameOf(columns: Readonly<Record<string, readonly number[]>>): Promise<Frame> {
  const { DataFrame } = await import("danfojs-node/dist/danfojs-base/index.js");
  const names = Object.keys(columns);
  const rows = columns[names[0]].map((_, i) => names.map((name) => columns[name][i]));
  return new DanfoFrame(new DataFrame(rows, { columns: names }));
}

class DanfoFrame implements Frame {
  constructor(private readonly frame: DataFrame) {}

  get size(): number {
    return this.frame.shape[0];
  }

  column(name: string): readonly number[] {
    return this.frame.column(name).values as number[];
  }

  describe(): readonly Summary[] {
    const said = this.frame.describe();
    return this.frame.columns.map((column) => {
      const values = said.column(column).values as number[];
      const told = (statistic: string): number => values[said.index.indexOf(statistic)];
      return {
        column,
        mean: told("mean"),
        std: told("std"),
        min: told("min"),
        median: told("median"),
        max: told("max"),
      };
    });
  }

  groups(by: string, of: string): readonly Group[] {
    const groups = this.frame.groupby([by]);
    const counts = new Map(groups.col([of]).count().values as [number, number][]);
    const means = groups.col([of]).mean().values as [number, number][];
    return means
      .map(([value, mean]) => ({
        value,
        count: counts.get(value)!,
        mean,
        median: groups.getGroup([value]).column(of).median(), // danfojs knows no median of groups
      }))
      .sort((a, b) => a.value - b.value); // danfojs has whole numbers first
  }

  where(keep: readonly boolean[]): Frame {
    return new DanfoFrame(this.frame.query([...keep]));
  }

  take(rows: readonly number[]): Frame {
    return new DanfoFrame(this.frame.iloc({ rows: [...rows] }));
  }
}
