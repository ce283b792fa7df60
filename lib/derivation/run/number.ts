import { Decimal as Plain } from "decimal.js";
import { Undefined } from "../text/errors";
import { exponential } from "./exponential";
import { spend } from "./meter";

/** Digits that every value is computed with. */
export const DIGITS = 64;

/** A Decimal of our own, so that its precision is nobody else's business. */
export const Decimal = Plain.clone({ precision: DIGITS, toExpNeg: -9, toExpPos: 21 });
export type Decimal = Plain;

/** Computes with another number of digits for a while. */
export function withDigits<T>(digits: number, work: () => T): T {
  const before = Decimal.precision;
  if (digits === before) return work();
  if (digits > MOST_DIGITS) throw new Undefined("too many derivatives within each other", "undecided");
  Decimal.set({ precision: digits });
  try {
    return work();
  } finally {
    Decimal.set({ precision: before });
  }
}

/** More digits are never needed, and constants are not known to more. */
const MOST_DIGITS = 900;

/** What a slow function costs, in parts of a formula. */
const SLOW = 50;

const memory = new Map<string, Decimal>();

/** Slow functions are asked for the same argument again and again: e^{-a} on each side of a chain. */
function remembered(name: string, x: Decimal, compute: () => Decimal): Decimal {
  const key = `${name}${Decimal.precision} ${x.toString()}`;
  const known = memory.get(key);
  if (known) return known;
  spend(SLOW * (Decimal.precision / DIGITS) ** 2);
  if (memory.size > 20_000) memory.clear();
  const value = compute();
  memory.set(key, value);
  return value;
}

export function finite(value: Decimal): Decimal {
  if (value.isFinite()) return value;
  throw value.isNaN() ? new Undefined("an undefined operation") : new Undefined("too large a number", "large");
}

export function exp(x: Decimal): Decimal {
  if (!x.isFinite() || x.e > 3) return x.exp();
  return remembered("exp", x, () => {
    const size = new Decimal(exponential(x.abs(), Decimal.precision));
    return x.isNegative() ? new Decimal(1).div(size) : size.toSignificantDigits(Decimal.precision);
  });
}

export function ln(x: Decimal): Decimal {
  if (x.isZero()) throw new Undefined("the logarithm of 0");
  if (x.isNegative()) throw new Undefined("the logarithm of a negative number");
  return remembered("ln", x, () => x.ln());
}

export function root(x: Decimal, degree: number): Decimal {
  if (x.isNegative() && !x.isZero() && degree % 2 === 0) throw new Undefined("an even root of a negative number");
  if (degree === 2) return remembered("sqrt", x, () => x.sqrt());
  if (x.isZero()) return x;
  const size = remembered(`root${degree}`, x.abs(), () => x.abs().pow(new Decimal(1).div(degree)));
  return x.isNegative() ? size.neg() : size;
}

export function divide(a: Decimal, b: Decimal): Decimal {
  if (b.isZero()) throw new Undefined(a.isZero() ? "0/0" : "a division by 0");
  return a.div(b);
}

export function power(base: Decimal, exponent: Decimal): Decimal {
  if (base.isNegative() && exponent.isInteger() && exponent.abs().gte(10_000)) {
    const size = power(base.neg(), exponent);
    return exponent.mod(2).isZero() ? size : size.neg();
  }
  if (exponent.isInteger() && exponent.abs().lt(10_000)) {
    spend(2 * (exponent.e + 2) * (Decimal.precision / DIGITS) ** 2);
    if (exponent.eq(2)) return finite(base.times(base));
    if (base.isZero() && exponent.isNegative()) throw new Undefined("a division by 0");
    return finite(exponent.isNegative() ? new Decimal(1).div(base.pow(exponent.neg())) : base.pow(exponent));
  }
  if (exponent.times(2).isInteger() && exponent.abs().lt(1000)) {
    const half = power(base, exponent.minus("0.5"));
    if (base.isNegative() && !base.isZero()) throw new Undefined("a root of a negative number");
    return half.times(root(base, 2));
  }
  if (base.isZero()) {
    if (exponent.isNegative()) throw new Undefined("a division by 0");
    return base;
  }
  if (base.isNegative()) throw new Undefined("a fractional power of a negative number");
  return finite(remembered(`pow ${exponent.toString()}`, base, () => base.pow(exponent)));
}

/** tanh by its definition in e^{2x}, which neither overflows nor needs a case. */
function tanh(x: Decimal): Decimal {
  return new Decimal(1).minus(new Decimal(2).div(exp(x.times(2)).plus(1)));
}

/** decimal.js knows 1025 digits of pi, and an angle of n digits takes twice as many. */
const MOST_OF_ANGLE = 480;

/** What is known of angles ends somewhere. */
function ofAngle(name: "sin" | "cos" | "tan", x: Decimal): Decimal {
  if (x.abs().gt("1e300")) throw new Undefined("too large an angle", "large");
  if (Decimal.precision > MOST_OF_ANGLE) throw new Undefined("too many derivatives within each other", "undecided");
  return remembered(name, x, () => x[name]());
}

function inverse(name: "asin" | "acos" | "atanh" | "acosh", x: Decimal): Decimal {
  const value = remembered(name, x, () => x[name]());
  if (value.isNaN()) throw new Undefined(`a number of which there is no ${INVERSES[name]}`);
  return finite(value);
}

const INVERSES = { asin: "arcsin", acos: "arccos", atanh: "artanh", acosh: "arcosh" } as const;

const LARGEST_FACTORIAL = 400;

/** n! and the binomials speak of whole numbers from 0 on only. */
function factorial(n: Decimal): Decimal {
  if (!n.isInteger() || n.isNegative()) throw new Undefined(`${shown(n, 6)}! is not defined`, "outside");
  if (n.gt(LARGEST_FACTORIAL)) throw new Undefined("too large a factorial", "undecided");
  let product = new Decimal(1);
  for (let k = 2; k <= n.toNumber(); k++) product = product.times(k);
  spend(n.toNumber());
  return product;
}

function binomial(n: Decimal, k: Decimal): Decimal {
  if (!k.isInteger() || k.isNegative()) throw new Undefined("a binomial is taken of a whole number", "outside");
  if (k.gt(LARGEST_FACTORIAL)) throw new Undefined("too large a binomial", "undecided");
  let product = new Decimal(1);
  for (let i = 0; i < k.toNumber(); i++) product = product.times(n.minus(i)).div(i + 1);
  spend(k.toNumber());
  return n.isInteger() ? product.round() : product;
}

function hyperbolic(x: Decimal, sign: 1 | -1): Decimal {
  return finite(exp(x).plus(exp(x.neg()).times(sign)).div(2));
}

/** The functions that need no definition. */
export const FUNCTIONS: Readonly<Record<string, (...args: Decimal[]) => Decimal>> = {
  exp: (x) => finite(exp(x)),
  ln,
  tanh,
  sinh: (x) => hyperbolic(x, -1),
  cosh: (x) => hyperbolic(x, 1),
  coth: (x) => divide(new Decimal(1), tanh(x)),
  sech: (x) => new Decimal(1).div(hyperbolic(x, 1)),
  csch: (x) => divide(new Decimal(1), hyperbolic(x, -1)),
  sin: (x) => ofAngle("sin", x),
  cos: (x) => ofAngle("cos", x),
  tan: (x) => ofAngle("tan", x),
  cot: (x) => divide(ofAngle("cos", x), ofAngle("sin", x)),
  sec: (x) => divide(new Decimal(1), ofAngle("cos", x)),
  csc: (x) => divide(new Decimal(1), ofAngle("sin", x)),
  arcsin: (x) => inverse("asin", x),
  arccos: (x) => inverse("acos", x),
  arctan: (x) => remembered("atan", x, () => x.atan()),
  arsinh: (x) => remembered("asinh", x, () => x.asinh()),
  arcosh: (x) => inverse("acosh", x),
  artanh: (x) => inverse("atanh", x),
  factorial,
  binom: binomial,
  sigma: (x) => new Decimal(1).div(exp(x.neg()).plus(1)),
  sign: (x) => new Decimal(x.isZero() ? 0 : x.isNegative() ? -1 : 1),
  max: (...all) => all.reduce((a, b) => (b.gt(a) ? b : a)),
  min: (...all) => all.reduce((a, b) => (b.lt(a) ? b : a)),
};

/** A number as people read it, with so many digits. */
export function shown(value: Decimal, digits = 10): string {
  const rounded = value.toSignificantDigits(digits);
  return rounded.toString();
}

/** A number among words, in three digits. */
export function roughly(value: Decimal): string {
  const text = shown(value, 3).replace("-", "−");
  return value.toSignificantDigits(3).eq(value.toSignificantDigits(12)) ? text : `about ${text}`;
}
