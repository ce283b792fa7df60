import { Bytes } from "./bytes";
import { writtenOut } from "./elementary";
import type { Pass } from "./pass";
import { dependents, inOrder, type Operation, type Step } from "./steps";

/** Where things lie in the memory that the loop shares with JavaScript, in bytes; each number is a double. */
export interface Layout {
  readonly theta: number;
  /** The least loss so far, the epoch of this call in which it was, and the parameters there. */
  readonly best: number;
  readonly bestEpoch: number;
  readonly bestTheta: number;
  /** The loss of the first epoch of a call, of the last update, and of the last look. */
  readonly first: number;
  readonly last: number;
  readonly now: number;
  /** A rate for each epoch of a call. */
  readonly rates: number;
  /** The data two by two: both values of the first column, both of the next, ... */
  readonly data: number;
}

/** So many epochs can be done in one call. */
export const LONGEST = 16_384;

export function layoutOf(parameters: number): Layout {
  const after = (count: number): number => 8 * (2 * parameters + count);
  const rates = 16 * Math.ceil(after(5) / 16);
  return {
    theta: 0,
    bestTheta: 8 * parameters,
    best: after(0),
    bestEpoch: after(1),
    first: after(2),
    last: after(3),
    now: after(4),
    rates,
    data: rates + 8 * LONGEST,
  };
}

const I32 = 0x7f;
const F64 = 0x7c;
const V128 = 0x7b;
const NOTHING = 0x40;

/** Operations on two doubles at once: one instruction each, 0xfd and this. */
const VECTOR: Partial<Record<Operation, number>> = {
  add: 0xf0,
  subtract: 0xf1,
  multiply: 0xf2,
  divide: 0xf3,
  negate: 0xed,
  absolute: 0xec,
  squareRoot: 0xef,
  whole: 0x7a,
  larger: 0xf5,
  smaller: 0xf4,
  less: 0x49,
  atMost: 0x4b,
  equal: 0x47,
  and: 0x4e,
  or: 0x50,
};
const OR = 0x50;
const AND = 0x4e;
const BITSELECT = 0x52;
const SHIFT_LEFT = 0xcb;
const SHIFT_RIGHT = 0xcd;
const LESSER = 0xf6; // of a, b: b < a ? b : a

/** So many data are written out beside each other; more go through a loop, two at a time. */
const FEW = 8;

/**
 * A module whose `run(epochs)` makes so many epochs of gradient descent over N data: two data a vector, the sums in
 * the order of the data. It returns how many updates were made: fewer if a loss was no finite number.
 */
export function descentModule(pass: Pass, N: number): Uint8Array {
  const type = new Bytes().unsigned(1).byte(0x60).unsigned(1).byte(I32).unsigned(1).byte(I32);
  const imported = new Bytes().unsigned(1).text("m").text("m").byte(0x02, 0x00).unsigned(1);
  const functions = new Bytes().unsigned(1).unsigned(0);
  const exported = new Bytes().unsigned(1).text("run").byte(0x00).unsigned(0);
  const code = new Bytes().unsigned(1).sized(new Loop(pass, N).body());
  return new Bytes()
    .byte(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00)
    .section(1, type)
    .section(2, imported)
    .section(3, functions)
    .section(7, exported)
    .section(10, code)
    .toArray();
}

/** The code of one function, with its locals. */
class Code extends Bytes {
  private readonly locals: number[] = [];

  constructor(private readonly parameters: number) {
    super();
  }

  local(type: number): number {
    return this.parameters + this.locals.push(type) - 1;
  }

  get = (local: number): this => this.byte(0x20).unsigned(local);
  set = (local: number): this => this.byte(0x21).unsigned(local);
  tee = (local: number): this => this.byte(0x22).unsigned(local);
  i32 = (value: number): this => this.byte(0x41).signed(value);
  f64 = (value: number): this => this.byte(0x44).double(value);
  vector = (operation: number): this => this.byte(0xfd).unsigned(operation);
  twice = (value: number): this => this.vector(0x0c).double(value).double(value);
  /** A pattern of bits, by its two halves. */
  pattern = (high: number, low: number): this => this.twice(new Float64Array(new Uint32Array([low, high]).buffer)[0]);
  lane = (lane: 0 | 1): this => this.vector(0x21).byte(lane);
  loadDouble = (at: number): this => this.byte(0x2b, 3).unsigned(at);
  storeDouble = (at: number): this => this.byte(0x39, 3).unsigned(at);
  loadVector = (at: number): this => this.vector(0x00).byte(4).unsigned(at);
  loadTwice = (at: number): this => this.vector(0x0a).byte(3).unsigned(at);

  whole(): Bytes {
    const all = new Bytes().unsigned(this.locals.length);
    for (const type of this.locals) all.unsigned(1).byte(type);
    return all.append(this).byte(0x0b);
  }
}

class Loop {
  private readonly code = new Code(1);
  private readonly layout: Layout;
  private readonly results: readonly Step[];
  private readonly order: readonly Step[];
  /** The steps that each datum has its own of. */
  private readonly each: ReadonlySet<Step>;
  private readonly sums: readonly number[];
  /** The locals of what is the same for all data. */
  private readonly shared = new Map<Step, number>();

  constructor(
    private readonly pass: Pass,
    private readonly N: number,
  ) {
    this.layout = layoutOf(pass.parameters.length);
    this.results = writtenOut([pass.loss, ...pass.slopes], pass.steps);
    this.order = inOrder(this.results);
    this.each = dependents(this.order, new Set(pass.columns));
    this.sums = this.results.map(() => this.code.local(F64));
  }

  body(): Bytes {
    const { code, pass, layout, N, sums, order, each, shared } = this;
    const epochs = 0;
    const theta = pass.parameters.map(() => code.local(V128));
    pass.parameters.forEach((name, p) => {
      code
        .i32(0)
        .loadTwice(layout.theta + 8 * p)
        .set(theta[p]);
      shared.set(pass.steps.input(name), theta[p]);
    });
    const [best, last, loss, rate] = Array.from({ length: 4 }, () => code.local(F64));
    const [epoch, at] = Array.from({ length: 2 }, () => code.local(I32));
    const keep = (place: number): void =>
      theta.forEach((local, p) =>
        code
          .i32(0)
          .get(local)
          .lane(0)
          .storeDouble(place + 8 * p),
      );
    const isPower = Number.isInteger(Math.log2(N)); // then 1/N is exact, and to multiply by it quicker than to divide
    const mean = (sum: number): Code =>
      code
        .get(sum)
        .f64(isPower ? 1 / N : N)
        .byte(isPower ? 0xa2 : 0xa3);
    code.i32(0).loadDouble(layout.best).set(best);
    code.i32(0).loadDouble(layout.last).set(last);
    for (const step of order) if (step.operation === "number") this.compute(step, shared); // once, before the loop

    code.byte(0x02, NOTHING).get(epochs).byte(0x45, 0x0d, 0); // block, left at once if there are no epochs
    code.byte(0x03, NOTHING); //                 loop over the epochs
    for (const step of order) if (!each.has(step) && step.of.length > 0) this.compute(step, shared);
    for (const sum of sums) code.f64(0).set(sum);
    code.i32(0).set(at);
    if (N <= FEW) this.data(at, N);
    else {
      const size = 16 * pass.columns.length;
      code.byte(0x03, NOTHING); //               loop over the pairs of data
      this.data(at, 2);
      code.get(at).i32(size).byte(0x6a).tee(at);
      code.i32(size * (N >> 1)).byte(0x49, 0x0d, 0, 0x0b);
      if (N % 2 === 1) this.data(at, 1);
    }

    mean(sums[0]).set(loss);
    code.i32(0).get(loss).storeDouble(layout.now);
    code.get(loss).get(loss).byte(0xa1).f64(0).byte(0x62, 0x0d, 1); // Infinity and NaN end it: loss - loss is not 0
    code.get(loss).get(best).byte(0x63, 0x04, NOTHING);
    code.get(loss).set(best);
    code.i32(0).get(epoch).byte(0xb8).storeDouble(layout.bestEpoch);
    keep(layout.bestTheta);
    code.byte(0x0b);
    code.get(epoch).byte(0x45, 0x04, NOTHING).i32(0).get(loss).storeDouble(layout.first).byte(0x0b);
    code.get(loss).set(last);
    code.get(epoch).i32(3).byte(0x74).loadDouble(layout.rates).set(rate);
    theta.forEach((local, p) => {
      code.get(local).lane(0).get(rate);
      mean(sums[p + 1])
        .byte(0xa2, 0xa1)
        .vector(0x14)
        .set(local); // theta - rate * 1/N sum
    });
    code.get(epoch).i32(1).byte(0x6a).tee(epoch);
    code.get(epochs).byte(0x49, 0x0d, 0, 0x0b, 0x0b); // until all are made

    keep(layout.theta);
    code.i32(0).get(best).storeDouble(layout.best);
    code.i32(0).get(last).storeDouble(layout.last);
    return code.get(epoch).whole();
  }

  /** Adds what the next data give to the sums. No pair waits for another: they go on side by side, step by step. */
  private data(at: number, count: number): void {
    const { code, pass, results, order, each, sums, layout } = this;
    const pairs = Array.from({ length: Math.ceil(count / 2) }, () => new Map(this.shared));
    pairs.forEach((places, pair) =>
      pass.columns.forEach((name, c) => {
        const column = code.local(V128);
        code
          .get(at)
          .loadVector(layout.data + 16 * (pair * pass.columns.length + c))
          .set(column);
        places.set(pass.steps.input(name), column);
      }),
    );
    for (const step of order)
      if (each.has(step) && step.of.length > 0) for (const places of pairs) this.compute(step, places);
    for (let i = 0; i < count; i++)
      results.forEach((result, r) =>
        code
          .get(sums[r])
          .get(pairs[i >> 1].get(result)!)
          .lane(i % 2 === 0 ? 0 : 1)
          .byte(0xa0)
          .set(sums[r]),
      );
  }

  /** Computes a step of those before it, and keeps its value in a local. */
  private compute(step: Step, places: Map<Step, number>): void {
    const local = this.code.local(V128);
    this.computed(step, (part) => this.code.get(places.get(part)!)).set(local);
    places.set(step, local);
  }

  /** Puts a step's value on the stack. */
  private computed(step: Step, value: (part: Step) => Code): Code {
    const { code } = this;
    const { operation, of } = step;
    const [a, b, c] = of;
    switch (operation) {
      case "number":
        return code.twice(step.value);
      case "choose":
        if (a.operation === "less" && a.of[0] === b && a.of[1] === c) {
          value(c);
          return value(b).vector(LESSER);
        }
        value(b);
        value(c);
        return value(a).vector(BITSELECT);
      case "withSign":
        value(b);
        return value(a).twice(-0).vector(BITSELECT);
      case "twoTo": // the whole number lands in the lowest bits, and from there in those of the exponent
        return value(a)
          .twice(2 ** 52 + 2 ** 51 + 1023)
          .vector(VECTOR.add!)
          .i32(52)
          .vector(SHIFT_LEFT);
      case "exponent":
        value(a)
          .i32(52)
          .vector(SHIFT_RIGHT)
          .twice(2 ** 52)
          .vector(OR);
        return code.twice(2 ** 52 + 1023).vector(VECTOR.subtract!);
      case "mantissa":
        return value(a).pattern(0x000fffff, 0xffffffff).vector(AND).pattern(0x3ff00000, 0).vector(OR);
      default:
        for (const part of of) value(part);
        return code.vector(VECTOR[operation]!);
    }
  }
}
