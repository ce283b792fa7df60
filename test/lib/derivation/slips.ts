/** A step of a derivation as it is right, and the slips that a student makes in it. */
export interface Task {
  readonly model: string;
  readonly where: string;
  readonly left: string;
  readonly right: string;
  readonly slips: readonly string[];
}

const N = String.raw`\frac{1}{N} \sum_{i=1}^{N}`;
const mean = (h: string) => String.raw`h(x) = ${h}, \quad J = ${N} (h(x_i) - y_i)^2`;
const absolute = (M: string) => String.raw`${M}, \quad E = ${N} |y_i - M(x_i)|`;
const relu = String.raw`R(q) = \begin{cases} q & q > 0 \\ 0 & q \le 0 \end{cases}`;
const leaky = String.raw`L(k) = \begin{cases} k & k > 0 \\ \alpha k & k \le 0 \end{cases}, \quad \alpha > 0`;
const by = (of: string, letter: string) => String.raw`\frac{\partial ${of}}{\partial ${letter}}`;

export const TASKS: readonly Task[] = [
  {
    model: "linear",
    where: mean("W x + b"),
    left: by("J", "W"),
    right: String.raw`\frac{2}{N} \sum_{i=1}^{N} (W x_i + b - y_i) x_i`,
    slips: [
      String.raw`\frac{2}{N} \sum_{i=1}^{N} (W x_i + b - y_i)`,
      String.raw`\frac{1}{N} \sum_{i=1}^{N} (W x_i + b - y_i) x_i`,
      String.raw`2 \sum_{i=1}^{N} (W x_i + b - y_i) x_i`,
      String.raw`-\frac{2}{N} \sum_{i=1}^{N} (W x_i + b - y_i) x_i`,
      String.raw`\frac{2}{N} \sum_{i=1}^{N} (y_i - W x_i - b) x_i`,
      String.raw`\frac{2}{N} \sum_{i=1}^{N} (W x_i + b - y_i)^2 x_i`,
      String.raw`\frac{2}{N} \sum_{i=1}^{N} (W x_i + b + y_i) x_i`,
      String.raw`\frac{2}{N} \sum_{i=1}^{N} (W x_i - y_i) x_i`,
      String.raw`\frac{2}{N} \sum_{i=1}^{N} (x_i + b - y_i) x_i`,
      String.raw`\frac{2}{N} \sum_{i=2}^{N} (W x_i + b - y_i) x_i`,
      String.raw`\frac{2}{N} \sum_{i=1}^{N} (W x_i + b - y_i) W`,
      String.raw`\frac{2}{N} \sum_{i=1}^{N} (W x_i + b - y_i) x_i^2`,
      String.raw`\frac{2}{N} \sum_{i=1}^{N} (W x_i + b - y_i) y_i`,
      String.raw`\frac{2}{N^2} \sum_{i=1}^{N} (W x_i + b - y_i) x_i`,
      String.raw`\frac{1}{2 N} \sum_{i=1}^{N} (W x_i + b - y_i) x_i`,
      String.raw`\frac{2}{N} \sum_{i=1}^{N} |W x_i + b - y_i| x_i`,
      String.raw`\frac{2}{N} \sum_{i=0}^{N} (W x_i + b - y_i) x_i`,
      String.raw`\frac{2}{N} \sum_{i=1}^{N} (w x_i + b - y_i) x_i`,
    ],
  },
  {
    model: "linear",
    where: mean("W x + b"),
    left: by("J", "b"),
    right: String.raw`\frac{2}{N} \sum_{i=1}^{N} (W x_i + b - y_i)`,
    slips: [
      String.raw`\frac{2}{N} \sum_{i=1}^{N} (W x_i + b - y_i) x_i`,
      String.raw`\frac{2}{N} \sum_{i=1}^{N} (W x_i + b - y_i) b`,
      String.raw`\frac{1}{N} \sum_{i=1}^{N} (W x_i + b - y_i)`,
      String.raw`\frac{2}{N} \sum_{i=1}^{N} (y_i - W x_i + b)`,
      String.raw`0`,
    ],
  },
  {
    model: "sigmoid",
    where: String.raw`\sigma(a) = \frac{1}{1 + e^{-a}}`,
    left: String.raw`\frac{d}{da} \sigma(a)`,
    right: String.raw`\sigma(a) (1 - \sigma(a))`,
    slips: [
      String.raw`\sigma(a) (1 + \sigma(a))`,
      String.raw`-\sigma(a) (1 - \sigma(a))`,
      String.raw`1 - \sigma(a)`,
      String.raw`\sigma(a) (1 - a)`,
      String.raw`\frac{-1}{(1 + e^{-a})^2}`,
      String.raw`\frac{e^{-a}}{1 + e^{-a}}`,
      String.raw`\frac{-e^{-a}}{(1 + e^{-a})^2}`,
      String.raw`\frac{e^{a}}{(1 + e^{-a})^2}`,
    ],
  },
  {
    model: "sigmoid",
    where: mean(String.raw`20 \sigma(W x + b)`),
    left: by("J", "W"),
    right: String.raw`\frac{40}{N} \sum_{i=1}^{N} (h(x_i) - y_i) \sigma'(W x_i + b) x_i`,
    slips: [
      String.raw`\frac{40}{N} \sum_{i=1}^{N} (h(x_i) - y_i) \sigma'(W x_i + b)`,
      String.raw`\frac{2}{N} \sum_{i=1}^{N} (h(x_i) - y_i) \sigma'(W x_i + b) x_i`,
      String.raw`\frac{20}{N} \sum_{i=1}^{N} (h(x_i) - y_i) \sigma'(W x_i + b) x_i`,
      String.raw`\frac{40}{N} \sum_{i=1}^{N} (h(x_i) - y_i) \sigma(W x_i + b) x_i`,
      String.raw`\frac{40}{N} \sum_{i=1}^{N} (h(x_i) - y_i) x_i`,
      String.raw`\frac{40}{N} \sum_{i=1}^{N} (h(x_i) - y_i) \sigma'(W x_i) x_i`,
      String.raw`\frac{40}{N} \sum_{i=1}^{N} (y_i - h(x_i)) \sigma'(W x_i + b) x_i`,
      String.raw`40 \sum_{i=1}^{N} (h(x_i) - y_i) \sigma'(W x_i + b) x_i`,
    ],
  },
  {
    model: "cubic",
    where: mean("W x^3 + b"),
    left: by("J", "W"),
    right: String.raw`\frac{2}{N} \sum_{i=1}^{N} (W x_i^3 + b - y_i) x_i^3`,
    slips: [
      String.raw`\frac{2}{N} \sum_{i=1}^{N} (W x_i^3 + b - y_i) x_i`,
      String.raw`\frac{2}{N} \sum_{i=1}^{N} (W x_i^3 + b - y_i) x_i^2`,
      String.raw`\frac{2}{N} \sum_{i=1}^{N} (W x_i^3 + b - y_i) \cdot 3 x_i^2`,
      String.raw`\frac{2}{N} \sum_{i=1}^{N} (W x_i^3 + b - y_i)`,
      String.raw`\frac{2}{N} \sum_{i=1}^{N} (W x_i + b - y_i) x_i^3`,
      String.raw`\frac{3}{N} \sum_{i=1}^{N} (W x_i^3 + b - y_i) x_i^3`,
    ],
  },
  {
    model: "network of ReLU",
    where: absolute(String.raw`${relu}, \quad M(x) = W_2 R(W_1 x + b_1) + b_2`),
    left: by("E", "W_1"),
    right: String.raw`-${N} \frac{y_i - M(x_i)}{|y_i - M(x_i)|} W_2 R'(W_1 x_i + b_1) x_i`,
    slips: [
      String.raw`${N} \frac{y_i - M(x_i)}{|y_i - M(x_i)|} W_2 R'(W_1 x_i + b_1) x_i`,
      String.raw`-${N} \frac{y_i - M(x_i)}{|y_i - M(x_i)|} R'(W_1 x_i + b_1) x_i`,
      String.raw`-${N} \frac{y_i - M(x_i)}{|y_i - M(x_i)|} W_2 R'(W_1 x_i + b_1)`,
      String.raw`-${N} \frac{y_i - M(x_i)}{|y_i - M(x_i)|} W_1 R'(W_1 x_i + b_1) x_i`,
      String.raw`-${N} \frac{y_i - M(x_i)}{|y_i - M(x_i)|} W_2 R(W_1 x_i + b_1) x_i`,
      String.raw`-${N} W_2 R'(W_1 x_i + b_1) x_i`,
      String.raw`-${N} \frac{y_i - M(x_i)}{|y_i - M(x_i)|} W_2 R'(W_2 x_i + b_2) x_i`,
      String.raw`-\sum_{i=1}^{N} \frac{y_i - M(x_i)}{|y_i - M(x_i)|} W_2 R'(W_1 x_i + b_1) x_i`,
      String.raw`-${N} (y_i - M(x_i)) W_2 R'(W_1 x_i + b_1) x_i`,
    ],
  },
  {
    model: "network of ReLU",
    where: absolute(String.raw`${relu}, \quad M(x) = W_2 R(W_1 x + b_1) + b_2`),
    left: by("E", "b_2"),
    right: String.raw`-${N} \frac{y_i - M(x_i)}{|y_i - M(x_i)|}`,
    slips: [
      String.raw`-${N} \frac{|y_i - M(x_i)|}{y_i - M(x_i)} W_2`,
      String.raw`${N} \frac{y_i - M(x_i)}{|y_i - M(x_i)|}`,
      String.raw`-${N} \frac{y_i - M(x_i)}{|y_i - M(x_i)|} b_2`,
    ],
  },
  {
    model: "the loss of a network",
    where: String.raw`M(x) = W x + b`,
    left: String.raw`${N} |y_i - M(x_i)|`,
    right: String.raw`${N} |M(x_i) - y_i|`,
    slips: [
      String.raw`${N} (y_i - M(x_i))`,
      String.raw`${N} |y_i + M(x_i)|`,
      String.raw`\frac{1}{N} |\sum_{i=1}^{N} (y_i - M(x_i))|`,
    ],
  },
  {
    model: "network of tanh",
    where: String.raw`m = W_1 x + b_1, \quad l = \tanh(m), \quad k = W_2 l + b_2`,
    left: by("k", "W_1"),
    right: String.raw`W_2 (1 - \tanh(m)^2) x`,
    slips: [
      String.raw`W_2 (1 - \tanh(m)^2)`,
      String.raw`W_2 (1 - \tanh(m)) x`,
      String.raw`W_2 (1 + \tanh(m)^2) x`,
      String.raw`(1 - \tanh(m)^2) x`,
      String.raw`W_1 (1 - \tanh(m)^2) x`,
      String.raw`W_2 (1 - \tanh(l)^2) x`,
      String.raw`W_2 \tanh(m) x`,
      String.raw`-W_2 (1 - \tanh(m)^2) x`,
    ],
  },
  {
    model: "LeakyReLU",
    where: leaky,
    left: String.raw`\frac{d}{dk} L(k)`,
    right: String.raw`\begin{cases} 1 & k > 0 \\ \alpha & k \le 0 \end{cases}`,
    slips: [
      String.raw`\begin{cases} 1 & k > 0 \\ 0 & k \le 0 \end{cases}`,
      String.raw`\begin{cases} \alpha & k > 0 \\ 1 & k \le 0 \end{cases}`,
      String.raw`\begin{cases} 1 & k > 0 \\ -\alpha & k \le 0 \end{cases}`,
      String.raw`\begin{cases} k & k > 0 \\ \alpha & k \le 0 \end{cases}`,
      String.raw`1`,
    ],
  },
  {
    model: "derivatives",
    where: String.raw`f(x, y) = x^2 y`,
    left: String.raw`\frac{\partial f}{\partial x}`,
    right: String.raw`2 x y`,
    slips: ["2 x", "x^2", "2 y", "x y", "2 x^2 y", "2 x y^2", "2 x + y"],
  },
];
