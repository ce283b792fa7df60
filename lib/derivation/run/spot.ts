import type { Decimal } from "./number";
import { point } from "./range";
import type { Place } from "./rough/machine";
import type { SampledPoint } from "./sample";

/** A point that was drawn, in ordinary numbers, with some of its letters moved. */
export class Spot implements Place {
  private constructor(
    readonly from: SampledPoint,
    /** What the point gives, as far as it was asked for. */
    private readonly drawn: Map<string, number>,
    /** What was moved. */
    readonly numbers: ReadonlyMap<string, number>,
  ) {}

  static at(from: SampledPoint): Spot {
    return new Spot(from, new Map(), new Map());
  }

  get length(): number | null {
    const count = this.from.length;
    return count === null ? null : (this.numbers.get("N") ?? count);
  }

  letter(name: string) {
    return point(this.numbers.get(name) ?? this.remembered(name, () => this.from.letter(name)));
  }

  element(base: string, k: number) {
    const name = `${base}_${k}`;
    return point(this.numbers.get(name) ?? this.remembered(name, () => this.from.element(base, k)));
  }

  /** The number of a letter or of an element of data, x_2. */
  number(name: string): number {
    return this.numbers.get(name) ?? (this.from.letters.get(name) ?? this.from.elements.get(name))?.toNumber() ?? NaN;
  }

  /** The same with some letters moved to one number. */
  moved(names: readonly string[], to: number): Spot {
    const numbers = new Map(this.numbers);
    for (const name of names) numbers.set(name, to);
    return new Spot(this.from, this.drawn, numbers);
  }

  private remembered(name: string, drawn: () => Decimal): number {
    let value = this.drawn.get(name);
    if (value === undefined) this.drawn.set(name, (value = drawn().toNumber()));
    return value;
  }
}
