import type { Frame, Group, Summary } from "../../lib/frame";
import { meanOf } from "../../lib/mean";

/** A frame of its own in place of the library's, which would bring TensorFlow.js into the page. */
export async function frameOf(columns: Readonly<Record<string, readonly number[]>>): Promise<Frame> {
  return new PlainFrame(columns);
}

class PlainFrame implements Frame {
  readonly size: number;

  constructor(private readonly columns: Readonly<Record<string, readonly number[]>>) {
    this.size = Object.values(columns)[0].length;
  }

  column(name: string): readonly number[] {
    return this.columns[name];
  }

  describe(): readonly Summary[] {
    return Object.entries(this.columns).map(([column, values]) => {
      const sorted = ascending(values);
      const mean = meanOf(values);
      const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      const std = Math.sqrt(squares / (values.length - 1));
      return { column, mean, std, min: sorted[0], median: middleOf(sorted), max: sorted[sorted.length - 1] };
    });
  }

  groups(by: string, of: string): readonly Group[] {
    const groups = new Map<number, number[]>();
    this.columns[by].forEach((value, i) => {
      const group = groups.get(value) ?? [];
      group.push(this.columns[of][i]);
      groups.set(value, group);
    });
    return [...groups]
      .map(([value, of]) => ({ value, count: of.length, mean: meanOf(of), median: middleOf(ascending(of)) }))
      .sort((a, b) => a.value - b.value);
  }

  where(keep: readonly boolean[]): Frame {
    return this.take(keep.flatMap((kept, i) => (kept ? [i] : [])));
  }

  take(rows: readonly number[]): Frame {
    const taken = Object.entries(this.columns).map(([name, values]) => [name, rows.map((row) => values[row])]);
    return new PlainFrame(Object.fromEntries(taken));
  }
}

const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

/** The median of values in order. */
function middleOf(sorted: readonly number[]): number {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
