/**
 * What a value may be, in ordinary numbers: anything from low to high. A range of one number is a point, and NaN stands
 * for no value there.
 */
export type Range = readonly [low: number, high: number];

export const EVERYTHING: Range = [-Infinity, Infinity];
const { MIN_VALUE, MAX_VALUE } = Number;

export function point(value: number): Range {
  return [value, value];
}

export function isPoint([low, high]: Range): boolean {
  return low === high || Number.isNaN(low);
}

/** A wide range of which too little is known is everything. */
function wide(low: number, high: number): Range {
  return [Number.isNaN(low) ? -Infinity : low, Number.isNaN(high) ? Infinity : high];
}

export function hull(all: readonly Range[]): Range {
  return wide(Math.min(...all.map(([low]) => low)), Math.max(...all.map(([, high]) => high)));
}

/** The next number above one: what x > 0 leaves x. */
export function after(x: number): number {
  return x === 0 ? Number.MIN_VALUE : x + Math.abs(x) * Number.EPSILON;
}

export function before(x: number): number {
  return -after(-x);
}

export function plus(a: Range, b: Range): Range {
  if (isPoint(a) && isPoint(b)) return point(a[0] + b[0]);
  return wide(a[0] + b[0], a[1] + b[1]);
}

export function negated([low, high]: Range): Range {
  return [-high, -low];
}

export function minus(a: Range, b: Range): Range {
  return plus(a, negated(b));
}

export function times(a: Range, b: Range): Range {
  if (isPoint(a) && isPoint(b)) return point(a[0] * b[0]);
  return corners(a, b, (x, y) => (x === 0 || y === 0 ? 0 : x * y));
}

export function over(a: Range, b: Range): Range {
  if (isPoint(a) && isPoint(b)) return point(b[0] === 0 ? NaN : a[0] / b[0]);
  if (b[0] < 0 && b[1] > 0) return EVERYTHING;
  if (b[0] === 0) return corners(a, [MIN_VALUE, b[1]], (x, y) => (x === 0 ? 0 : x / y));
  if (b[1] === 0) return corners(a, [b[0], -MIN_VALUE], (x, y) => (x === 0 ? 0 : x / y));
  return corners(a, b, (x, y) => (x === 0 ? 0 : x / y));
}

function corners(a: Range, b: Range, f: (x: number, y: number) => number): Range {
  const all = [f(a[0], b[0]), f(a[0], b[1]), f(a[1], b[0]), f(a[1], b[1])];
  return wide(Math.min(...all), Math.max(...all));
}

export function magnitude(a: Range): Range {
  if (a[0] >= 0) return a;
  if (a[1] <= 0) return negated(a);
  return isPoint(a) ? point(Math.abs(a[0])) : [0, Math.max(-a[0], a[1])];
}

export function greatest(all: readonly Range[]): Range {
  return [Math.max(...all.map(([low]) => low)), Math.max(...all.map(([, high]) => high))];
}

export function least(all: readonly Range[]): Range {
  return negated(greatest(all.map(negated)));
}

export function raised(base: Range, exponent: Range): Range {
  if (!isPoint(exponent)) return base[0] >= 0 && !isPoint(base) ? [0, Infinity] : powers(base, exponent);
  const n = exponent[0];
  if (isPoint(base)) return point(base[0] === 0 && n < 0 ? NaN : base[0] ** n);
  if (n < 0) return over(point(1), raised(base, point(-n)));
  if (n % 2 === 0) return raisedEach(magnitude(base), n);
  return Number.isInteger(n) ? raisedEach(base, n) : raisedEach([Math.max(0, base[0]), Math.max(0, base[1])], n);
}

function powers(base: Range, exponent: Range): Range {
  return base[0] > 0 ? corners(base, exponent, (x, y) => x ** y) : EVERYTHING;
}

function raisedEach([low, high]: Range, n: number): Range {
  return wide(low ** n, high ** n);
}

export function rooted(of: Range, degree: number): Range {
  if (degree % 2 === 1) return each(of, (x) => Math.sign(x) * Math.abs(x) ** (1 / degree));
  if (isPoint(of)) return point(degree === 2 ? Math.sqrt(of[0]) : of[0] < 0 ? NaN : of[0] ** (1 / degree));
  return [Math.max(0, of[0]) ** (1 / degree), Math.max(0, of[1]) ** (1 / degree)];
}

/** A function that grows everywhere. */
function each([low, high]: Range, f: (x: number) => number): Range {
  return low === high ? point(f(low)) : wide(f(low), f(high));
}

/** e^x is never 0 and never without bound. */
export function exponential(x: Range): Range {
  if (isPoint(x)) return point(Math.exp(x[0]));
  return [Math.max(MIN_VALUE, Math.exp(x[0])), Math.min(MAX_VALUE, Math.exp(x[1]))];
}

/** A function with values on a part only, and what those may be. */
function partly(f: (x: number) => number, [low, high]: Range): (x: Range) => Range {
  return (x) => {
    if (!isPoint(x)) return [low, high];
    const value = f(x[0]);
    return point(Number.isFinite(value) ? value : NaN);
  };
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/** The ranges of the functions of one number that are known to grow, or to keep within bounds. */
export const KNOWN: Readonly<Record<string, (x: Range) => Range>> = {
  exp: exponential,
  ln: (x) => (isPoint(x) ? point(x[0] > 0 ? Math.log(x[0]) : NaN) : each([Math.max(0, x[0]), x[1]], Math.log)),
  tanh: (x) => each(x, Math.tanh),
  sinh: (x) => each(x, Math.sinh),
  cosh: (x) => each(magnitude(x), Math.cosh),
  sigma: (x) => (isPoint(x) ? point(logistic(x[0])) : [Math.max(MIN_VALUE, logistic(x[0])), logistic(x[1])]),
  sin: (x) => (isPoint(x) ? point(Math.sin(x[0])) : [-1, 1]),
  cos: (x) => (isPoint(x) ? point(Math.cos(x[0])) : [-1, 1]),
  tan: (x) => (isPoint(x) ? point(Math.tan(x[0])) : EVERYTHING),
  sign: (x) => each(x, Math.sign),
  arcsin: partly(Math.asin, [-Math.PI / 2, Math.PI / 2]),
  arccos: partly(Math.acos, [0, Math.PI]),
  arctan: (x) => each(x, Math.atan),
  arsinh: (x) => each(x, Math.asinh),
  arcosh: partly(Math.acosh, [0, Infinity]),
  artanh: partly(Math.atanh, EVERYTHING),
};
