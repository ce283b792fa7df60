import type { Step, Steps } from "./steps";

/** A double by the two halves of its bits, as fdlibm writes its constants. */
function bits(high: number, low: number): number {
  return new Float64Array(new Uint32Array([low, high]).buffer)[0];
}

const LN2_HIGH = bits(0x3fe62e42, 0xfee00000);
const LN2_LOW = bits(0x3dea39ef, 0x35793c76);
const INVERSE_LN2 = bits(0x3ff71547, 0x652b82fe);
const EXP_LARGEST = bits(0x40862e42, 0xfefa39ef);
const EXP_LEAST = bits(0xc0874910, 0xd52d3051);
const HALF_LN2 = bits(0x3fd62e43, 0);
const EXP = [
  bits(0x3fc55555, 0x5555553e),
  bits(0xbf66c16c, 0x16bebd93),
  bits(0x3f11566a, 0xaf25de2c),
  bits(0xbebbbd41, 0xc5d26bf1),
  bits(0x3e663769, 0x72bea4d0),
];
const LN_EVEN = [bits(0x3fd99999, 0x9997fa04), bits(0x3fcc71c5, 0x1d8e78af), bits(0x3fc39a09, 0xd078c69f)];
const LN_ODD = [
  bits(0x3fe55555, 0x55555593),
  bits(0x3fd24924, 0x94229359),
  bits(0x3fc74664, 0x96cb03de),
  bits(0x3fc2f112, 0xdf3e5244),
];
/** Added and taken away again, it leaves the nearest whole number. */
const ROUND = 2 ** 52 + 2 ** 51;
/** Cephes' e^(2 r) = (even + odd) / (even - odd), as polynomials in r^2; the odd one times r. */
const EXP_ODD = [1.0, 0.030299440770744195, 0.00012617719307481058].map((c, i) => 2 * 4 ** i * c);
const EXP_EVEN = [2.0, 0.22726554820815503, 0.002524483403496841, 3.0019850513866446e-6].map((c, i) => 4 ** i * c);
const TANH_TOP = [-1614.6876844170845, -99.28772310019185, -0.9643991794250523];
const TANH_BOTTOM = [4844.063053251255, 2235.4883906010045, 112.81167849163293, 1];

/**
 * The functions that have no operation of their own, as steps of plain arithmetic: the same on every machine. Branches
 * are choices between values that were both computed, so that two data can go through at once.
 */
export class Elementary {
  constructor(private readonly steps: Steps) {}

  /**
   * e^x: fdlibm's, to the last bit, within 1 unit in the last place. Half of the 2^k goes into the terms of the sum,
   * which is exact, and what is special is chosen beside it: the sum is what all wait for.
   */
  exp(x: Step): Step {
    const size = this.of("absolute", x);
    const k = this.choose(this.less(size, HALF_LN2), this.number(0), this.turns(x));
    const half = this.of("whole", this.times(k, this.number(0.5))); // 2^k itself may be no normal number
    const rest = this.of("twoTo", this.minus(k, half));
    const value = this.times(this.reduced(x, k, this.of("twoTo", half)), rest);
    const isTiny = this.less(size, 2 ** -28);
    const isLarge = this.steps.make("less", this.number(EXP_LARGEST), x);
    const end = this.choose(isLarge, this.number(Infinity), this.number(0));
    const special = this.choose(isTiny, this.plus(this.number(1), x), end);
    return this.choose(this.either(this.either(isTiny, isLarge), this.less(x, EXP_LEAST)), special, value);
  }

  /**
   * A rational below 0.625, else 1 - 2 / (e^2|x| + 1) with e^2|x| = 2^k B / A, A = even - odd and B = even + odd,
   * both with the coefficients of Cephes and, for one division in all, as base + top / bottom; within 2 units in the last place.
   */
  tanh(x: Step): Step {
    const size = this.of("absolute", x);
    const s = this.times(size, size);
    const v = this.atMost22(size);
    const turns = this.times(v, this.number(2 * INVERSE_LN2));
    const k = this.minus(this.plus(turns, this.number(ROUND)), this.number(ROUND));
    const high = this.minus(v, this.times(k, this.number(LN2_HIGH / 2)));
    const r = this.minus(high, this.times(k, this.number(LN2_LOW / 2))); // 2 r = 2 |x| - k ln 2
    const t = this.times(r, r);
    const [b0, b1, b2] = EXP_ODD.map(this.number);
    const odd = this.plus(this.times(r, b0), this.times(this.times(r, t), this.plus(b1, this.times(t, b2))));
    const [c0, c1, c2, c3] = EXP_EVEN.map(this.number);
    const even = this.plus(
      this.plus(c0, this.times(t, c1)),
      this.times(this.times(t, t), this.plus(c2, this.times(t, c3))),
    );
    const half = this.number(0.5);
    const power = this.times(half, this.of("twoTo", k));
    const isFar = this.steps.make("atMost", this.number(0.625), size);
    const base = this.choose(isFar, this.number(1), size);
    const nearTop = this.times(this.times(size, s), this.polynomial(s, TANH_TOP));
    const top = this.choose(isFar, this.minus(odd, even), nearTop); // -A
    const nearBottom = this.polynomial(s, TANH_BOTTOM);
    const farBottom = this.plus(this.times(even, this.plus(power, half)), this.times(odd, this.minus(power, half)));
    const bottom = this.choose(isFar, farBottom, nearBottom); // (2^k B + A) / 2
    const value = this.plus(base, this.over(top, bottom));
    return this.steps.make("withSign", value, x);
  }

  /** The natural logarithm: fdlibm's, operation for operation, within 1 unit in the last place. */
  ln(x: Step): Step {
    const low = this.less(x, 2 ** -1022);
    const normal = this.choose(low, this.times(x, this.number(2 ** 54)), x);
    const m = this.of("mantissa", normal);
    const upper = this.steps.make("atMost", this.number(bits(0x3ff6a09c, 0)), m);
    const f = this.minus(this.choose(upper, this.times(m, this.number(0.5)), m), this.number(1));
    const exponent = this.plus(this.of("exponent", normal), this.choose(low, this.number(-54), this.number(0)));
    const k = this.plus(exponent, this.choose(upper, this.number(1), this.number(0)));
    const s = this.over(f, this.plus(this.number(2), f));
    const z = this.times(s, s);
    const w = this.times(z, z);
    const even = this.times(w, this.polynomial(w, LN_EVEN));
    const odd = this.times(z, this.polynomial(w, LN_ODD));
    const R = this.plus(odd, even);
    const square = this.times(this.times(this.number(0.5), f), f);
    const middle = this.steps.make(
      "and",
      this.steps.make("atMost", this.number(1 + 0x6147a / 2 ** 20), m),
      this.less(m, 1 + 0x6b852 / 2 ** 20),
    );
    const [kHigh, kLow] = [LN2_HIGH, LN2_LOW].map((part) => this.times(k, this.number(part)));
    const nearOne = this.steps.make(
      "and",
      this.steps.make("atMost", this.number(-(2 ** -20)), f),
      this.less(f, 2 ** -20),
    );
    const cubic = this.times(
      this.times(f, f),
      this.minus(this.number(0.5), this.times(this.number(0.3333333333333333), f)),
    );
    const bent = this.minus(square, this.plus(this.times(s, this.plus(square, R)), kLow));
    const plain = this.minus(this.times(s, this.minus(f, R)), kLow);
    const correction = this.choose(nearOne, this.minus(cubic, kLow), this.choose(middle, bent, plain));
    const value = this.minus(kHigh, this.minus(correction, f)); //  k ln 2 + ln(1 + f)
    const positive = this.choose(this.steps.make("equal", x, this.number(Infinity)), x, value);
    const zero = this.choose(this.steps.make("equal", x, this.number(0)), this.number(-Infinity), this.number(NaN));
    return this.choose(this.steps.make("less", this.number(0), x), positive, zero);
  }

  /** From 22 on 2 / (e^2x + 1) takes nothing from 1. */
  private atMost22(x: Step): Step {
    const end = this.number(22);
    return this.choose(this.steps.make("less", end, x), end, x);
  }

  /** The whole number of ln 2 in x, to the nearest. */
  private turns(x: Step): Step {
    const half = this.steps.make("withSign", this.number(0.5), x);
    return this.of("whole", this.plus(this.times(this.number(INVERSE_LN2), x), half));
  }

  /** e^(x - k ln 2) times this power of 2. */
  private reduced(x: Step, k: Step, power: Step): Step {
    const high = this.minus(x, this.times(k, this.number(LN2_HIGH)));
    const low = this.times(k, this.number(LN2_LOW));
    const r = this.minus(high, low);
    const t = this.times(r, r);
    const c = this.minus(r, this.times(t, this.polynomial(t, EXP)));
    const q = this.over(this.times(this.times(r, power), c), this.minus(this.number(2), c));
    return this.minus(power, this.minus(this.minus(this.times(low, power), q), this.times(high, power)));
  }

  /** c[0] + x (c[1] + x (c[2] + ...)). */
  private polynomial(x: Step, c: readonly number[]): Step {
    const last = this.number(c[c.length - 1]);
    return c.slice(0, -1).reduceRight((sum, value) => this.plus(this.number(value), this.times(x, sum)), last);
  }

  private number = (value: number): Step => this.steps.number(value);
  private plus = (a: Step, b: Step): Step => this.steps.make("add", a, b);
  private minus = (a: Step, b: Step): Step => this.steps.make("subtract", a, b);
  private times = (a: Step, b: Step): Step => this.steps.make("multiply", a, b);
  private over = (a: Step, b: Step): Step => this.steps.make("divide", a, b);
  private either = (a: Step, b: Step): Step => this.steps.make("or", a, b);
  private less = (a: Step, b: number): Step => this.steps.make("less", a, this.number(b));
  private of = (name: "absolute" | "negate" | "whole" | "twoTo" | "exponent" | "mantissa", a: Step): Step =>
    this.steps.make(name, a);
  private choose = (when: Step, then: Step, otherwise: Step): Step => this.steps.make("choose", when, then, otherwise);
}

/** The same program with exp, tanh and ln written out. */
export function writtenOut(results: readonly Step[], steps: Steps): Step[] {
  const elementary = new Elementary(steps);
  const done = new Map<Step, Step>();
  const rewrite = (step: Step): Step => {
    let now = done.get(step);
    if (now) return now;
    const of = step.of.map(rewrite);
    if (step.operation === "exp" || step.operation === "tanh" || step.operation === "ln")
      now = elementary[step.operation](of[0]);
    else if (of.length > 0) now = steps.make(step.operation, ...of);
    else now = step.operation === "input" ? steps.input(step.name) : steps.number(step.value);
    done.set(step, now);
    return now;
  };
  return results.map(rewrite);
}
