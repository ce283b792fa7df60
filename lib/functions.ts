/** A function of one number beside its derivative, in code and in LaTeX. */
export interface ScalarFunction {
  readonly name: string;
  /** What it is called in LaTeX. */
  readonly symbol: string;
  /** f(x) in LaTeX. */
  readonly tex: string;
  /** df/dx in LaTeX. */
  readonly dtex: string;
  f(x: number): number;
  df(x: number): number;
}

/** f(x) = x. */
export const identity: ScalarFunction = {
  name: "identity",
  symbol: String.raw`\operatorname{id}`,
  tex: String.raw`x`,
  dtex: String.raw`1`,
  f: (x) => x,
  df: () => 1,
};

/** Between 0 and 1, steepest at 0 (S1, S6). */
export const sigmoid: ScalarFunction = {
  name: "sigmoid",
  symbol: String.raw`\sigma`,
  tex: String.raw`\frac{1}{1 + e^{-x}}`,
  dtex: String.raw`\frac{1}{1 + e^{-x}} \cdot \left(1 - \frac{1}{1 + e^{-x}}\right)`,
  f: (x) => 1 / (1 + Math.exp(-x)), //           1 / (1 + e^-x)
  df(x) {
    const s = sigmoid.f(x);
    return s * (1 - s); //                       s (1 - s)
  },
};

/** Between -1 and 1 (T5, T6). `Math.tanh` does not overflow where (e^x - e^-x) / (e^x + e^-x) is Infinity / Infinity. */
export const tanh: ScalarFunction = {
  name: "tanh",
  symbol: String.raw`\tanh`,
  tex: String.raw`\frac{e^x - e^{-x}}{e^x + e^{-x}}`,
  dtex: String.raw`1 - \left(\frac{e^x - e^{-x}}{e^x + e^{-x}}\right)^2`,
  f: Math.tanh,
  df(x) {
    const t = Math.tanh(x);
    return 1 - t * t; //                         1 - tanh^2
  },
};

/** x where x >= 0, else 0 (B3). By convention its derivative at the kink, x = 0, is 1 (B14). */
export const relu: ScalarFunction = {
  name: "ReLU",
  symbol: String.raw`\operatorname{ReLU}`,
  tex: String.raw`\begin{cases} x & x \ge 0 \\ 0 & x < 0 \end{cases}`,
  dtex: String.raw`\begin{cases} 1 & x \ge 0 \\ 0 & x < 0 \end{cases}`,
  f: (x) => (x >= 0 ? x : 0),
  df: (x) => (x >= 0 ? 1 : 0),
};

/** x where x > 0, else slope * x (T7). By convention its derivative at the kink, x = 0, is the slope (T8). */
export function leakyRelu(slope: number): ScalarFunction {
  const a = String(slope).replace(/e(.*)/, (_, n) => String.raw` \cdot 10^{${Number(n)}}`); // 1e-7 would read as 1 e - 7
  return {
    name: "LeakyReLU",
    symbol: String.raw`\operatorname{LeakyReLU}`,
    tex: String.raw`\begin{cases} x & x > 0 \\ ${a} \cdot x & x \le 0 \end{cases}`,
    dtex: String.raw`\begin{cases} 1 & x > 0 \\ ${a} & x \le 0 \end{cases}`,
    f: (x) => (x > 0 ? x : slope * x),
    df: (x) => (x > 0 ? 1 : slope),
  };
}
