import { Decimal as Plain } from "decimal.js";
import { describe, expect, it } from "vitest";
import { functions } from "../../../lib/engine/javascript";
import { random } from "../../../lib/random";

const Decimal = Plain.clone({ precision: 70, toExpNeg: -400, toExpPos: 400 });
const { exp, ln, tanh } = functions;

const doubles = new Float64Array(1);
const words = new Uint32Array(doubles.buffer);
const high = (x: number): number => ((doubles[0] = x), words[1] | 0);
const made = (upper: number, lower: number): number => ((words[0] = lower), (words[1] = upper), doubles[0]);
const withHigh = (x: number, upper: number): number => ((doubles[0] = x), (words[1] = upper), doubles[0]);

/** fdlibm's e_exp.c, with its branches and its bits as Sun wrote them. */
function fdlibmExp(value: number): number {
  let x = value;
  const sign = high(x) >>> 31;
  const hx = high(x) & 0x7fffffff;
  if (hx >= 0x40862e42) {
    if (Number.isNaN(x)) return x;
    if (!Number.isFinite(x)) return sign === 0 ? x : 0;
    if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
    if (x < -745.1332191019411) return 0;
  }
  let [hi, lo, k] = [0, 0, 0];
  if (hx > 0x3fd62e42) {
    if (hx < 0x3ff0a2b2) {
      hi = x - (sign ? -0.6931471803691238 : 0.6931471803691238);
      lo = sign ? -1.9082149292705877e-10 : 1.9082149292705877e-10;
      k = 1 - sign - sign;
    } else {
      k = Math.trunc(1.4426950408889634 * x + (sign ? -0.5 : 0.5));
      hi = x - k * 0.6931471803691238;
      lo = k * 1.9082149292705877e-10;
    }
    x = hi - lo;
  } else if (hx < 0x3e300000) return 1 + x;
  const t = x * x;
  const P = [0.16666666666666602, -0.0027777777777015593, 6.613756321437934e-5, -1.6533902205465252e-6];
  const c = x - t * (P[0] + t * (P[1] + t * (P[2] + t * (P[3] + t * 4.1381367970572385e-8))));
  if (k === 0) return 1 - ((x * c) / (c - 2) - x);
  const y = 1 - (lo - (x * c) / (2 - c) - hi);
  if (k === 1024) return y * 2 * 2 ** 1023;
  if (k >= -1021) return withHigh(y, high(y) + (k << 20));
  return withHigh(y, high(y) + ((k + 1000) << 20)) * 2 ** -1000;
}

/** fdlibm's e_log.c likewise. */
function fdlibmLog(value: number): number {
  let x = value;
  let k = 0;
  const [LN2_HI, LN2_LO] = [0.6931471803691238, 1.9082149292705877e-10];
  if (Number.isNaN(x) || x < 0) return Number.NaN;
  if (x === 0) return Number.NEGATIVE_INFINITY;
  if (x === Number.POSITIVE_INFINITY) return x;
  if (high(x) < 0x00100000) {
    k -= 54;
    x *= 2 ** 54;
  }
  k += (high(x) >> 20) - 1023;
  const hx = high(x) & 0x000fffff;
  const i = (hx + 0x95f64) & 0x100000;
  x = withHigh(x, hx | (i ^ 0x3ff00000));
  k += i >> 20;
  const f = x - 1;
  if ((0x000fffff & (2 + hx)) < 3) {
    if (f === 0) return k === 0 ? 0 : k * LN2_HI + k * LN2_LO;
    const R = f * f * (0.5 - 0.3333333333333333 * f);
    return k === 0 ? f - R : k * LN2_HI - (R - k * LN2_LO - f);
  }
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const t1 = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const t2 = z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const R = t2 + t1;
  if (((hx - 0x6147a) | (0x6b851 - hx)) > 0) {
    const half = 0.5 * f * f;
    if (k === 0) return f - (half - s * (half + R));
    return k * LN2_HI - (half - (s * (half + R) + k * LN2_LO) - f);
  }
  return k === 0 ? f - s * (f - R) : k * LN2_HI - (s * (f - R) - k * LN2_LO - f);
}

const EDGES = [
  0,
  -0,
  1,
  -1,
  5e-324,
  -5e-324,
  2 ** -1022,
  2 ** -1022 - 5e-324,
  2 ** -28,
  -(2 ** -28),
  2 ** -29,
  0.625,
  0.6249999999999999,
  22,
  22.1,
  709.78,
  709.782712893384,
  709.7827128933841,
  710,
  -708.4,
  -745.13,
  -745.1332191019412,
  -746,
  Number.MAX_VALUE,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
  made(0x3fd62e42, 0xffffffff),
  made(0x3fd62e43, 0),
  made(0x3ff0a2b2, 0),
  made(0x3ff0a2b1, 0xffffffff),
  made(0x3ff6a09b, 0xffffffff),
  made(0x3ff6a09c, 0),
  made(0x3ff6147a, 0),
  made(0x3ff6b851, 0xffffffff),
  made(0x3ff6b852, 0),
  1 + 2 ** -20,
  1 - 2 ** -20,
  1 + 2 ** -21,
];

/** A million arguments: of ordinary size, and of every size there is. */
function* arguments_(seed: number): Generator<number> {
  const next = random(seed);
  for (let i = 0; i < 500_000; i++) yield 20 * next() - 10;
  for (let i = 0; i < 250_000; i++) yield 1500 * next() - 750;
  for (let i = 0; i < 250_000; i++) yield made((next() * 2 ** 32) >>> 0, (next() * 2 ** 32) >>> 0);
}

function differing(ours: (x: number) => number, theirs: (x: number) => number, xs: Iterable<number>): number[] {
  const found: number[] = [];
  for (const x of xs) if (!Object.is(ours(x), theirs(x))) found.push(x);
  return found;
}

describe("exp and ln", () => {
  it("are fdlibm's to the last bit", () => {
    expect(differing(exp, fdlibmExp, [...EDGES, ...arguments_(1)])).toEqual([]);
    expect(differing(ln, fdlibmLog, [...EDGES, ...arguments_(2)])).toEqual([]);
  });
});

/** A double as decimal.js has it, exactly: its text alone has only so many digits as tell it from its neighbours. */
function exact(x: number): Plain {
  let [whole, shift] = [x, 0];
  while (!Number.isInteger(whole)) [whole, shift] = [whole * 2, shift + 1];
  return new Decimal(whole).div(new Decimal(2).pow(shift));
}

/** Units in the last place between a double and the true value. */
function off(ours: number, truth: Plain): number {
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(truth.toNumber()))) - 52);
  return Math.abs(truth.minus(exact(ours)).div(exact(unit)).toNumber());
}

describe("against decimal.js", () => {
  const next = random(3);
  const some = Array.from({ length: 2000 }, (_, i) => (i % 2 ? 4 * next() - 2 : 40 * next() - 20));

  it("exp and ln are within 1 unit in the last place", () => {
    for (const x of some) {
      expect(off(exp(x), exact(x).exp()), `exp ${x}`).toBeLessThan(1);
      const y = Math.abs(x) + 1e-9;
      expect(off(ln(y), exact(y).ln()), `ln ${y}`).toBeLessThan(1);
    }
  });

  it("tanh is itself at the edges, and odd", () => {
    const edges = [
      0,
      -0,
      5e-324,
      -5e-324,
      1e-300,
      30,
      -30,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      Number.NaN,
    ];
    expect(edges.map(tanh)).toEqual([0, -0, 5e-324, -5e-324, 1e-300, 1, -1, 1, -1, Number.NaN]);
    expect(some.filter((x) => tanh(-x) !== -tanh(x))).toEqual([]);
  });

  /** e^(2 n d) for n = 1, 2, ... to some fifty digits, each from the one before by a product of whole numbers. */
  it.each([
    ["from 0 to 24", 12_345_677 / 2 ** 39, 1_000_000],
    ["from 0 to 1", 8_589_935 / 2 ** 42, 500_000],
  ])("tanh is within 2 units in the last place at a million points, %s", (_name, d, count) => {
    const SHIFT = 170n;
    const ONE = 1n << SHIFT;
    const big = (value: Plain): bigint => BigInt(value.times(new Decimal(2).pow(170)).toFixed(0));
    const factor = big(exact(2 * d).exp());
    let e = ONE;
    let worst = 0;
    for (let n = 1; n <= count; n++) {
      e = (e * factor) >> SHIFT;
      const truth = ((e - ONE) << SHIFT) / (e + ONE);
      const ours = tanh(n * d);
      const unit = 2 ** (Math.floor(Math.log2(ours)) - 52);
      const gap = (BigInt(ours * 2 ** 100) << 70n) - truth;
      worst = Math.max(worst, Math.abs(Number(gap)) / 2 ** 170 / unit);
    }
    expect(
      off(
        tanh(count * d),
        exact(2 * count * d)
          .exp()
          .minus(1)
          .div(
            exact(2 * count * d)
              .exp()
              .plus(1),
          ),
      ),
    ).toBeLessThan(2);
    const last = big(exact(2 * count * d).exp());
    expect(Number(((last - e) << 60n) / last) / 2 ** 60).toBeCloseTo(0, 30); // the products have not drifted
    expect(worst).toBeGreaterThan(0.5);
    expect(worst).toBeLessThan(2);
  });
});
