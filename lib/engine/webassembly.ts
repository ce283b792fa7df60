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

/**
 * A module whose `run(epochs, N)` makes so many epochs of gradient descent over N data: two data at a time, the sums in
 * the order of the data. It returns how many updates were made: fewer if a loss was no finite number. With `halving`
 * N must be a power of 2: sums are then multiplied by 1/N, which is quicker than to divide, and the same to the last bit.
 */
export function descentModule(pass: Pass, halving: boolean): Uint8Array {
  const type = new Bytes().unsigned(1).byte(0x60).unsigned(2).byte(I32, I32).unsigned(1).byte(I32);
  const imported = new Bytes().unsigned(1).text("m").text("m").byte(0x02, 0x00).unsigned(1);
  const functions = new Bytes().unsigned(1).unsigned(0);
  const exported = new Bytes().unsigned(1).text("run").byte(0x00).unsigned(0);
  const code = new Bytes().unsigned(1).sized(new Loop(pass, halving).body());
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
  private readonly code = new Code(2);
  private readonly layout: Layout;
  private readonly places = new Map<Step, number>();
  private readonly uses = new Map<Step, number>();
  private readonly loss: Step;
  private readonly slopes: readonly Step[];

  constructor(
    private readonly pass: Pass,
    private readonly halving: boolean,
  ) {
    this.layout = layoutOf(pass.parameters.length);
    [this.loss, ...this.slopes] = writtenOut([pass.loss, ...pass.slopes], pass.steps);
  }

  body(): Bytes {
    const { code, pass, layout } = this;
    const [epochs, N] = [0, 1];
    const results = [this.loss, ...this.slopes];
    const order = inOrder(results);
    for (const step of [...order.flatMap(({ of }) => of), ...results])
      this.uses.set(step, (this.uses.get(step) ?? 0) + 1);
    const input = (name: string): Step => pass.steps.input(name);

    const theta = pass.parameters.map(() => code.local(V128));
    pass.parameters.forEach((name, p) => {
      code
        .i32(0)
        .loadTwice(layout.theta + 8 * p)
        .set(theta[p]);
      this.places.set(input(name), theta[p]);
    });
    const columns = pass.columns.map(() => code.local(V128));
    pass.columns.forEach((name, c) => this.places.set(input(name), columns[c]));
    const [count, best, last, loss, rate] = Array.from({ length: 5 }, () => code.local(F64));
    const sums = results.map(() => code.local(F64));
    const terms = results.map(() => code.local(V128));
    const [epoch, at, left] = Array.from({ length: 3 }, () => code.local(I32));
    code.get(N).byte(0xb8).set(count);
    if (this.halving) code.f64(1).get(count).byte(0xa3).set(count);
    const keep = (place: number): void =>
      theta.forEach((local, p) =>
        code
          .i32(0)
          .get(local)
          .lane(0)
          .storeDouble(place + 8 * p),
      );
    const mean = (sum: number): Code =>
      code
        .get(sum)
        .get(count)
        .byte(this.halving ? 0xa2 : 0xa3); // 1/N sum
    code.i32(0).loadDouble(layout.best).set(best);
    code.i32(0).loadDouble(layout.last).set(last);

    code.byte(0x02, NOTHING, 0x03, NOTHING); //  block, loop over the epochs
    code.get(epoch).get(epochs).byte(0x4f, 0x0d, 1); // until all are made
    const each = dependents(order, new Set(pass.columns));
    for (const step of order) if (!each.has(step) && step.of.length > 0) this.keep(step);
    for (const sum of sums) code.f64(0).set(sum);
    code.i32(layout.data).set(at).get(N).set(left);

    code.byte(0x03, NOTHING); //                 loop over the pairs of data
    columns.forEach((column, c) =>
      code
        .get(at)
        .loadVector(16 * c)
        .set(column),
    );
    results.forEach((result, r) => this.value(result).set(terms[r]));
    const add = (lane: 0 | 1): void =>
      sums.forEach((sum, r) => code.get(sum).get(terms[r]).lane(lane).byte(0xa0).set(sum));
    add(0);
    code.get(left).i32(1).byte(0x4b, 0x04, NOTHING); // if there is a second one
    add(1);
    code.byte(0x0b);
    code
      .get(at)
      .i32(16 * columns.length)
      .byte(0x6a)
      .set(at);
    code.get(left).i32(2).byte(0x6b).tee(left).i32(0).byte(0x4a, 0x0d, 0, 0x0b);

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
    code.get(epoch).i32(1).byte(0x6a).set(epoch);
    code.byte(0x0c, 0, 0x0b, 0x0b);

    keep(layout.theta);
    code.i32(0).get(best).storeDouble(layout.best);
    code.i32(0).get(last).storeDouble(layout.last);
    return code.get(epoch).whole();
  }

  private keep(step: Step): void {
    const local = this.code.local(V128);
    this.compute(step).set(local);
    this.places.set(step, local);
  }

  /** Puts a step's value on the stack; what is used again is kept in a local. */
  private value(step: Step): Code {
    const place = this.places.get(step);
    if (place !== undefined) return this.code.get(place);
    if (step.operation === "number") return this.code.twice(step.value);
    this.compute(step);
    if ((this.uses.get(step) ?? 0) < 2) return this.code;
    const local = this.code.local(V128);
    this.places.set(step, local);
    return this.code.tee(local);
  }

  private compute(step: Step): Code {
    const { code } = this;
    const { operation, of } = step;
    const [a, b, c] = of;
    switch (operation) {
      case "choose":
        if (a.operation === "less" && a.of[0] === b && a.of[1] === c) {
          this.value(c);
          return this.value(b).vector(LESSER);
        }
        this.value(b);
        this.value(c);
        return this.value(a).vector(BITSELECT);
      case "withSign":
        this.value(b);
        return this.value(a).twice(-0).vector(BITSELECT);
      case "twoTo": // the whole number lands in the lowest bits, and from there in those of the exponent
        return this.value(a)
          .twice(2 ** 52 + 2 ** 51 + 1023)
          .vector(VECTOR.add!)
          .i32(52)
          .vector(SHIFT_LEFT);
      case "exponent":
        this.value(a)
          .i32(52)
          .vector(SHIFT_RIGHT)
          .twice(2 ** 52)
          .vector(OR);
        return code.twice(2 ** 52 + 1023).vector(VECTOR.subtract!);
      case "mantissa":
        return this.value(a).pattern(0x000fffff, 0xffffffff).vector(AND).pattern(0x3ff00000, 0).vector(OR);
      default:
        for (const part of of) this.value(part);
        return code.vector(VECTOR[operation]!);
    }
  }
}
