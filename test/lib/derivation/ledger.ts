/** The chains of the notes, by the row of the ledger that numbers them; wrong rows are set right here. */
export interface Row {
  readonly id: string;
  readonly where?: string;
  readonly chain: string;
}

const mean = String.raw`J(b, W) = \frac{1}{N} \sum_{i=1}^{N} (h_\theta(x_i) - y_i)^2, \quad h_\theta(x) = \theta_0 + \theta_1 x, \quad \theta_0 = b, \quad \theta_1 = W`;
const theta = String.raw`J(\theta_0, \theta_1) = L_{MSE} = \frac{1}{N} \cdot \sum_{i=1}^{N} (h_{\theta}(x_i) - y_i)^2 \\ h_{\theta}(x_i) = \theta_0 + \theta_1 \cdot x_i`;
const sigmoid = String.raw`\sigma(a) = \frac{1}{1+e^{-a}}, \quad a = b + W x`;
const cubic = String.raw`h(x) = b + W x^3, \quad J(b, W) = \frac{1}{N} \sum_{i=1}^{N} (h(x_i) - y_i)^2`;
const net = String.raw`
  Linear(W_i, b_i, x_i) = W_i \cdot x_i + b_i
  ReLU(x_i) = \begin{cases} x_i, x_i \ge 0 \\ 0, x_i < 0 \end{cases}
  M(x) = Linear(W_2, b_2, z)
  z = ReLU(q), \quad q = Linear(W_1, b_1, x)
  MAE(y, y') = \frac{1}{N} \sum_{i=1}^{N} |y_i - y_i'|`;
const sample = net + String.raw` \\ a = y - M(x)`;
const leaky = String.raw`
  Linear(W_i, b_i, x) = W_i \cdot x + b_i
  LeakyReLU(x) = \begin{cases} x, x > 0 \\ \alpha \cdot x, x \le 0 \end{cases}
  m = Linear(W_1, b_1, x), \quad l = \tanh(m), \quad k = Linear(W_2, b_2, l)
  y' = M(x) = LeakyReLU(k)`;

export const LEDGER: readonly Row[] = [
  {
    id: "D1",
    where: String.raw`f(x, y) = x^2 y + e^{x y}`,
    chain: String.raw`f_{x} = \frac{\partial f}{\partial x} = \lim_{h \to 0} \frac{f(x+h, y) - f(x, y)}{h} = 2xy + y e^{xy}`,
  },
  {
    id: "D2",
    where: String.raw`f(x, y) = x^2 y + y^3`,
    chain: String.raw`f_{y} = \frac{\partial f}{\partial y} = \lim_{h \to 0} \frac{f(x, y+h) - f(x, y)}{h} = x^2 + 3y^2`,
  },
  {
    id: "D3",
    where: String.raw`f(b, W) = (b + W x - y)^2`,
    chain: String.raw`f_W = \lim_{h \to 0} \frac{f(b, W + h) - f(b, W)}{h} = 2 (b + W x - y) x`,
  },
  { id: "L1", chain: String.raw`\frac{\partial}{\partial W} [W \cdot x + b] = x` },
  { id: "L2", chain: String.raw`\frac{\partial}{\partial x} [W \cdot x + b] = W` },
  { id: "L3", chain: String.raw`\frac{\partial}{\partial b} [W \cdot x + b] = 1` },
  { id: "L4", where: mean, chain: String.raw`J(b, W) = \frac{1}{N} \sum_{i=1}^{N} (b + W \cdot x_i - y_i)^2` },
  {
    id: "L4 theta",
    where: theta,
    chain: String.raw`J(\theta_0, \theta_1) = \frac{1}{N} \cdot \sum_{i=1}^{N} (\theta_0 + \theta_1 x_i - y_i)^2`,
  },
  {
    id: "L5",
    where: mean,
    chain: String.raw`h_{\theta}(x_i) = \theta_0 + \theta_1 \cdot x_i \text{ (is our model)}`.replace(/x_i/g, "u"),
  },
  {
    id: "L6",
    where: mean,
    chain: String.raw`b := b - \alpha \cdot \frac{\partial}{\partial b} J(b, W) = b - \alpha \frac{2}{N} \sum_{i=1}^N (b + W x_i - y_i)`,
  },
  {
    id: "L7",
    where: mean,
    chain: String.raw`W := W - \alpha \cdot \frac{\partial}{\partial W} J(b, W) = W - \alpha \frac{2}{N} \sum_{i=1}^N (b + W x_i - y_i) x_i`,
  },
  {
    id: "L6 L7 theta",
    where: theta,
    chain: String.raw`\begin{aligned} \boldsymbol{\theta}_0 &:= \boldsymbol{\theta}_0 - \boldsymbol{\alpha} \cdot \frac{\partial}{\partial \boldsymbol{\theta}_0} \boldsymbol{J}(\boldsymbol{\theta}_{0}, \boldsymbol{\theta}_{1}) \\ \theta_1 &:= \theta_1 - \alpha \cdot \frac{\partial}{\partial \theta_1} J(\theta_0, \theta_1) \end{aligned}`,
  },
  {
    id: "L8",
    where: mean,
    chain: String.raw`t_0 := b - \alpha \frac{\partial J}{\partial b}, \quad t_1 := W - \alpha \frac{\partial J}{\partial W} \\ b := t_0, \quad W := t_1`,
  },
  {
    id: "L11",
    where: theta,
    chain: String.raw`\frac{\partial}{\partial \theta_0} J(\theta_0, \theta_1) = \frac{\partial}{\partial \theta_0} \cdot \frac{1}{N} \cdot \sum_{i=1}^{N} (h_{\theta}(x_i) - y_i)^2 = \frac{\partial}{\partial \theta_0} \cdot \frac{1}{N} \cdot \sum_{i=1}^{N} (\theta_0 + \theta_1 x_i - y_i)^2 = \frac{2}{N} \sum_{i=1}^{N} (\theta_0 + \theta_1 x_i - y_i) \cdot 1`,
  },
  {
    id: "L11 b",
    where: String.raw`\theta_0 = b, \theta_1 = W`,
    chain: String.raw`\frac{2}{N} \sum_{i=1}^{N} (\theta_0 + \theta_1 x_i - y_i) \cdot 1 = \frac{2}{N} \sum_{i=1}^{N} (b + W \cdot x_i - y_i) \cdot 1`,
  },
  {
    id: "L12",
    where: theta,
    chain: String.raw`\frac{\partial}{\partial \theta_1} J(\theta_0, \theta_1) = \frac{\partial}{\partial \theta_1} \cdot \frac{1}{N} \cdot \sum_{i=1}^{N} (h_{\theta}(x_i) - y_i)^2 = \frac{\partial}{\partial \theta_1} \cdot \frac{1}{N} \cdot \sum_{i=1}^{N} (\theta_0 + \theta_1 x_i - y_i)^2 = \frac{2}{N} \sum_{i=1}^{N} (\theta_0 + \theta_1 x_i - y_i) \cdot x_i`,
  },
  {
    id: "L12 W",
    where: String.raw`\theta_0 = b, \theta_1 = W`,
    chain: String.raw`\frac{2}{N} \sum_{i=1}^{N} (\theta_0 + \theta_1 x_i - y_i) \cdot x_i = \frac{2}{N} \sum_{i=1}^{N} (b + W \cdot x_i - y_i) \cdot x_i`,
  },
  { id: "S1", chain: String.raw`\sigma(x) = \frac{1}{1+e^{-x}}` },
  {
    id: "S4",
    where: String.raw`h_\theta(x) = \frac{1}{1 + e^{-(\theta_0 + \theta_1 x)}}, \quad J(\theta_0, \theta_1) = \frac{1}{N} \sum_{i=1}^N (h_\theta(x_i) - y_i)^2`,
    chain: String.raw`\frac{\partial}{\partial \theta_0} J(\theta_0, \theta_1) = \frac{\partial}{\partial \theta_0} \cdot \frac{1}{N} \cdot \sum_{i=1}^{N} (h_{\theta}(x_i) - y_i)^2 = \frac{2}{N} \sum_{i=1}^N (h_\theta(x_i) - y_i) \, h_\theta(x_i) \, (1 - h_\theta(x_i))`,
  },
  {
    id: "S5",
    where: String.raw`a = b + W \cdot x, \theta_0 = b, \theta_1 = W`,
    chain: String.raw`\frac{1}{1 + e^{-(\theta_0 + \theta_1 \cdot x)}} = \frac{1}{1 + e^{-(b + W \cdot x)}} = \frac{1}{1 + e^{-a}}`,
  },
  {
    id: "S6",
    where: sigmoid,
    chain: String.raw`
    \frac{\partial}{\partial a} \frac{1}{1 + e^{-a}} = \frac{\partial}{\partial a} (1 + e^{-a})^{-1} = -(1 + e^{-a})^{-2} \cdot \frac{\partial}{\partial a} (1 + e^{-a}) = -(1 + e^{-a})^{-2} \cdot (\frac{\partial}{\partial a} 1 + \frac{\partial}{\partial a} e^{-a}) = \\
    &= -(1 + e^{-a})^{-2} \cdot (0 + e^{-a} \cdot \frac{\partial}{\partial a} [-a]) = -(1 + e^{-a})^{-2} \cdot (e^{-a} \cdot -1) = \frac{e^{-a}}{(1 + e^{-a})^2} = \\
    &= \frac{e^{-a}}{(1 + e^{-a}) \cdot (1 + e^{-a})} = \frac{1 \cdot e^{-a}}{(1 + e^{-a}) \cdot (1 + e^{-a})} = \frac{1}{1 + e^{-a}} \cdot \frac{e^{-a}}{1 + e^{-a}} = \\
    &= \frac{1}{1 + e^{-a}} \cdot \frac{e^{-a} + 1 - 1}{1 + e^{-a}} = \frac{1}{1 + e^{-a}} \cdot (\frac{1 + e^{-a}}{1 + e^{-a}} - \frac{1}{1 + e^{-a}}) = \frac{1}{1 + e^{-a}} \cdot (1 - \frac{1}{1 + e^{-a}}) = \sigma(a)\,(1-\sigma(a))`,
  },
  {
    id: "S7",
    where: sigmoid + String.raw`, h = \sigma(a)`,
    chain: String.raw`\frac{\partial}{\partial b} \frac{1}{1 + e^{-a}} = \frac{\partial h}{\partial a} \cdot \frac{\partial a}{\partial b} = \frac{e^{-a}}{(1 + e^{-a})^2} \cdot 1 = \frac{1}{1 + e^{-a}} \cdot (1 - \frac{1}{1 + e^{-a}}) \cdot 1`,
  },
  {
    id: "S8",
    where: sigmoid + String.raw`, h_\theta(x) = \sigma(a), W = \theta_1`,
    chain: String.raw`\frac{\partial}{\partial \theta_1} \frac{1}{1 + e^{-a}} = \frac{\partial}{\partial W} \frac{1}{1 + e^{-a}} = \frac{\partial h_\theta(x)}{\partial a} \cdot \frac{\partial a}{\partial W} = \frac{e^{-a}}{(1 + e^{-a})^2} \cdot x = \frac{1}{1 + e^{-a}} \cdot (1 - \frac{1}{1 + e^{-a}}) \cdot x = \sigma'(a) \cdot x`,
  },
  { id: "S11", where: String.raw`W > 0`, chain: String.raw`\lim_{x \to \infty} 20 \sigma(W x + b) = 20` },
  { id: "K1", where: cubic, chain: String.raw`h(0) = b, \quad h(x) - h(0) = W x^3` },
  {
    id: "K2",
    where: cubic,
    chain: String.raw`\frac{\partial J}{\partial W} = \frac{2}{N} \sum_{i=1}^{N} (h(x_i) - y_i) \cdot x_i^3`,
  },
  {
    id: "K2 b",
    where: cubic,
    chain: String.raw`\frac{\partial J}{\partial b} = \frac{2}{N} \sum_{i=1}^{N} (h(x_i) - y_i)`,
  },
  { id: "K3", chain: String.raw`\frac{\partial}{\partial x} [W \cdot x^3 + b] = W \cdot 3 \cdot x^2` },
  {
    id: "B1",
    where: String.raw`Linear(W_i, b_i, x_i) = W_i \cdot x_i + b_i \\ ReLU(x_i) = \begin{cases} x_i, x_i \ge 0 \\ 0, x_i < 0 \end{cases} \\ y' = M(x) = Linear(W_1, b_1, W_2, b_2, x) = Linear(W_2, b_2, ReLU(Linear(W_1, b_1, x)))`,
    chain: String.raw`y' = M(x) = Linear(W_1, b_1, W_2, b_2, x) = Linear(W_2, b_2, ReLU(Linear(W_1, b_1, x))) = W_2 \max(0, W_1 x + b_1) + b_2`,
  },
  { id: "B3", where: net, chain: String.raw`ReLU(x) = \begin{cases} x, x \ge 0 \\ 0, x < 0 \end{cases} = \max(0, x)` },
  { id: "B4", where: net, chain: String.raw`MAE(y, M(x)) = \frac{1}{N} \sum_{i=1}^{N} |y_i - M(x_i)|` },
  {
    id: "B5",
    where: net,
    chain: String.raw`W_1' = W_1 - \alpha \cdot \frac{\partial MAE(y, M(x))}{\partial W_1} = W_1 - \frac{\alpha}{N} \sum_{i=1}^N \frac{\partial (|y_i - M(x_i)|)}{\partial W_1}`,
  },
  {
    id: "B6",
    where: net,
    chain: String.raw`b_2' = b_2 - \alpha \cdot \frac{\partial MAE(y, M(x))}{\partial b_2} = b_2 - \frac{\alpha}{N} \sum_{i=1}^N \frac{\partial (|y_i - M(x_i)|)}{\partial b_2}`,
  },
  {
    id: "B7",
    where: net,
    chain: String.raw`\frac{\partial MAE(y, M(x))}{\partial W_2} = \frac{1}{N} \sum_{i=1}^{N} \frac{\partial (|y_i - M(x_i)|)}{\partial W_2}`,
  },
  {
    id: "B8",
    where: String.raw`a = y - M(x), M(x) = W x + b`,
    chain: String.raw`\frac{\partial |a|}{\partial a} = \frac{\partial \sqrt{a^2}}{\partial a} = \frac{\partial (a^2)^{\frac{1}{2}}}{\partial a} = \frac{1}{2} \cdot (a^2)^{-\frac{1}{2}} \cdot \frac{\partial a^2}{\partial a} = \frac{1}{2} \cdot (a^2)^{-\frac{1}{2}} \cdot 2a = a \cdot (a^2)^{-\frac{1}{2}} = a \cdot \frac{1}{|a|} = \frac{a}{|a|} = \frac{y - M(x)}{|y - M(x)|}`,
  },
  {
    id: "B9",
    where: net,
    chain: String.raw`\frac{\partial Linear(W_i, b_i, x)}{\partial W_i} = \frac{\partial (W_i \cdot x + b_i)}{\partial W_i} = x`,
  },
  {
    id: "B10",
    where: net,
    chain: String.raw`\frac{\partial Linear(W_i, b_i, x)}{\partial b_i} = \frac{\partial (W_i \cdot x + b_i)}{\partial b_i} = 1`,
  },
  {
    id: "B11",
    where: sample,
    chain: String.raw`\frac{\partial (|y - M(x)|)}{\partial W_2} = \frac{\partial |a|}{\partial a} \cdot \frac{\partial a}{\partial W_2} = -\frac{\partial |a|}{\partial a} \cdot \frac{\partial M(x)}{\partial W_2} = -\frac{y - M(x)}{|y - M(x)|} \cdot \frac{\partial Linear(W_2, b_2, ReLU(Linear(W_1, b_1, x)))}{\partial W_2} = -\frac{a}{|a|} \cdot ReLU(q)`,
  },
  {
    id: "B11 mean",
    where: net,
    chain:
      String.raw`\frac{\partial MAE(y, M(x))}{\partial W_2} = \frac{1}{N} \sum_{i=1}^{N} -\frac{y_i - M(x_i)}{|y_i - M(x_i)|} \cdot ReLU(Linear(W_1, b_1, x_i)) = -\frac{1}{N} \sum_{i=1}^{N} \operatorname{sign}(y_i - M(x_i)) \, ReLU(q_i)`.replace(
        "_{i=1}^{N} -\\frac{y_i - M(x_i)}{|y_i - M(x_i)|} \\cdot ReLU(Linear(W_1, b_1, x_i))",
        "_{i=1}^{N} (-1) \\frac{y_i - M(x_i)}{|y_i - M(x_i)|} \\cdot ReLU(Linear(W_1, b_1, x_i))",
      ),
  },
  {
    id: "B12",
    where: net,
    chain: String.raw`M(x) = Linear(W_2, b_2, ReLU(Linear(W_1, b_1, x))) = Linear(W_2, b_2, z) = W_2 \cdot z + b_2`,
  },
  {
    id: "B13",
    where: sample,
    chain: String.raw`\frac{\partial |a|}{\partial W_1} = -\frac{\partial |a|}{\partial a} \cdot \frac{\partial M(x)}{\partial W_1} = -\frac{\partial |a|}{\partial a} \cdot \frac{\partial Linear(W_2, b_2, z)}{\partial W_1} = -\frac{\partial |a|}{\partial a} \cdot \frac{\partial Linear(W_2, b_2, z)}{\partial z} \cdot \frac{\partial z}{\partial W_1} = -\frac{\partial |a|}{\partial a} \cdot W_2 \cdot \frac{\partial ReLU(Linear(W_1, b_1, x))}{\partial W_1} = -\frac{\partial |a|}{\partial a} \cdot W_2 \cdot \frac{\partial ReLU(q)}{\partial q} \cdot \frac{\partial q}{\partial W_1} = -\frac{\partial |a|}{\partial a} \cdot W_2 \cdot \frac{\partial ReLU(q)}{\partial q} \cdot \frac{\partial (W_1 \cdot x + b_1)}{\partial W_1} = -\frac{\partial |a|}{\partial a} \cdot W_2 \cdot \frac{\partial ReLU(q)}{\partial q} \cdot x = -\frac{y - M(x)}{|y - M(x)|} \cdot W_2 \cdot \frac{\partial ReLU(q)}{\partial q} \cdot x`,
  },
  {
    id: "B14",
    where: net,
    chain: String.raw`\frac{\partial ReLU(q)}{\partial q} = \begin{bmatrix} 1, q \ge 0 \\ 0, q < 0 \end{bmatrix}`,
  },
  {
    id: "B15",
    where: net,
    chain: String.raw`\frac{\partial ReLU(W_1 \cdot x + b_1)}{\partial [W_1 \cdot x + b_1]} = \begin{cases} 1, W_1 \cdot x + b_1 \ge 0 \\ 0, W_1 \cdot x + b_1 < 0 \end{cases}`,
  },
  {
    id: "B16",
    where: sample,
    chain: String.raw`\frac{\partial |a|}{\partial b_1} = -\frac{\partial |a|}{\partial a} \cdot \frac{\partial M(x)}{\partial b_1} = -\frac{\partial |a|}{\partial a} \cdot \frac{\partial Linear(W_2, b_2, z)}{\partial z} \cdot \frac{\partial z}{\partial b_1} = -\frac{\partial |a|}{\partial a} \cdot W_2 \cdot \frac{\partial ReLU(q)}{\partial q} \cdot \frac{\partial (W_1 \cdot x + b_1)}{\partial b_1} = -\frac{\partial |a|}{\partial a} \cdot W_2 \cdot \frac{\partial ReLU(q)}{\partial q} \cdot 1`,
  },
  { id: "T1", where: leaky, chain: String.raw`y' = M(x) = LeakyReLU(Linear(W_2, b_2, \tanh(Linear(W_1, b_1, x))))` },
  {
    id: "T1 slope",
    where: String.raw`LeakyReLU(x, \alpha) = \begin{cases} x & \text{if } x > 0 \\ \alpha x & \text{otherwise} \end{cases}, \quad y' = LeakyReLU(W x + b, \alpha)`,
    chain: String.raw`y' = \max(W x + b, 0) + \alpha \min(W x + b, 0)`,
  },
  {
    id: "T5",
    where: String.raw`tanh(x) = \frac{e^{x} - e^{-x}}{e^{x} + e^{-x}}`,
    chain: String.raw`tanh(x) = \frac{e^{2x} - 1}{e^{2x} + 1} = 2\sigma(2x) - 1 = \tanh(x)`,
  },
  {
    id: "T6",
    chain: String.raw`
    \frac{\partial \tanh(x)}{\partial x} = \frac{\partial}{\partial x} \frac{e^{x} - e^{-x}}{e^{x} + e^{-x}} = \frac{\partial (e^{x} - e^{-x}) \cdot (e^{x} + e^{-x})^{-1}}{\partial x} = \frac{\partial (e^{x} - e^{-x})}{\partial x} \cdot (e^{x} + e^{-x})^{-1} + (e^{x} - e^{-x}) \cdot \frac{\partial (e^{x} + e^{-x})^{-1}}{\partial x} = \\
    &= \frac{\partial (e^{x} - e^{-x})}{\partial (e^{x} - e^{-x})} \cdot \frac{\partial (e^{x} - e^{-x})}{\partial x} \cdot (e^{x} + e^{-x})^{-1} + (e^{x} - e^{-x}) \cdot \frac{\partial (e^{x} + e^{-x})^{-1}}{\partial (e^{x} + e^{-x})} \cdot \frac{\partial (e^{x} + e^{-x})}{\partial x} = \\
    &= (e^{x} + e^{-x}) \cdot (e^{x} + e^{-x})^{-1} - (e^{x} - e^{-x}) \cdot (e^{x} + e^{-x})^{-2} \cdot (e^{x} - e^{-x}) = 1 - (e^{x} - e^{-x})^{2} \cdot (e^{x} + e^{-x})^{-2} = 1 - \tanh^2(x)`,
  },
  {
    id: "T8",
    where: leaky,
    chain: String.raw`\frac{\partial LeakyReLU(x)}{\partial x} = \begin{cases} 1, x > 0 \\ \alpha, x \le 0 \end{cases}`,
  },
  {
    id: "T11",
    where: leaky,
    chain: String.raw`k = Linear(W_2, b_2, \tanh(Linear(W_1, b_1, x))) \\ l = \tanh(Linear(W_1, b_1, x))`,
  },
  {
    id: "T12",
    where: leaky,
    chain: String.raw`\frac{\partial y'}{\partial W_2} = \frac{\partial LeakyReLU(k)}{\partial k} \cdot \frac{\partial k}{\partial W_2} = \\ &= \frac{\partial LeakyReLU(k)}{\partial k} \cdot \frac{\partial Linear(W_2, b_2, l)}{\partial W_2} = \\ &= \frac{\partial LeakyReLU(k)}{\partial k} \cdot l = \frac{\partial LeakyReLU(k)}{\partial k} \cdot \tanh(Linear(W_1, b_1, x))`,
  },
  {
    id: "T13",
    where: leaky,
    chain: String.raw`\frac{\partial y'}{\partial b_2} = \frac{\partial LeakyReLU(k)}{\partial k} \cdot \frac{\partial k}{\partial b_2} = \frac{\partial LeakyReLU(k)}{\partial k} \cdot \frac{\partial Linear(W_2, b_2, l)}{\partial b_2} = \frac{\partial LeakyReLU(k)}{\partial k} \cdot 1`,
  },
  {
    id: "T14",
    where: leaky,
    chain: String.raw`\frac{\partial y'}{\partial W_1} = \frac{\partial LeakyReLU(k)}{\partial k} \cdot \frac{\partial k}{\partial W_1} = \\ = \frac{\partial LeakyReLU(k)}{\partial k} \cdot \frac{\partial Linear(W_2, b_2, l)}{\partial W_1} = \\ = \frac{\partial LeakyReLU(k)}{\partial k} \cdot \frac{\partial Linear(W_2, b_2, l)}{\partial l} \cdot \frac{\partial l}{\partial W_1} = \\ = \frac{\partial LeakyReLU(k)}{\partial k} \cdot \frac{\partial Linear(W_2, b_2, l)}{\partial l} \cdot \frac{\partial \tanh(Linear(W_1, b_1, x))}{\partial W_1} = \\ = \frac{\partial LeakyReLU(k)}{\partial k} \cdot \frac{\partial Linear(W_2, b_2, l)}{\partial l} \cdot \frac{\partial \tanh(m)}{\partial m} \cdot \frac{\partial m}{\partial W_1} = \\ = \frac{\partial LeakyReLU(k)}{\partial k} \cdot \frac{\partial Linear(W_2, b_2, l)}{\partial l} \cdot \frac{\partial \tanh(m)}{\partial m} \cdot x = LeakyReLU'(k) \, W_2 \, \tanh'(m) \, x`,
  },
  {
    id: "T15",
    where: leaky,
    chain: String.raw`\frac{\partial y'}{\partial b_1} = \frac{\partial LeakyReLU(k)}{\partial k} \cdot \frac{\partial Linear(W_2, b_2, l)}{\partial l} \cdot \frac{\partial \tanh(m)}{\partial m} \cdot 1`,
  },
];
