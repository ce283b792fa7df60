import type { Data as Trace } from "plotly.js-dist-min";
import { plainText } from "../derivation";
import type { ScalarFunction } from "../functions";
import type { FormulaLoss } from "../losses";
import type { Figure, Theta } from "../types";
import { animate, colour, figure, type Moment, told } from "./figure";

/** Where each quantity stands: the values flow along the upper row, the parameters and the price feed in from below. */
const places = {
  x: { at: [0, 1], name: "x" },
  q: { at: [1, 1], name: "q" },
  z: { at: [2, 1], name: "z" },
  M: { at: [3, 1], name: "M" },
  L: { at: [4, 1], name: "L" },
  W1: { at: [0.6, 0], name: "W<sub>1</sub>" },
  b1: { at: [1.4, 0], name: "b<sub>1</sub>" },
  W2: { at: [2.6, 0], name: "W<sub>2</sub>" },
  b2: { at: [3.4, 0], name: "b<sub>2</sub>" },
  y: { at: [4.2, 0], name: "y" },
} as const;

type Name = keyof typeof places;
type Values = Partial<Record<Name, number>>;

/** A circle that waits for its turn: pale enough for dark letters on it. */
const faint = "#cfcfcf";

const names = Object.keys(places) as Name[];
const arrows: readonly (readonly [Name, Name])[] = [
  ["x", "q"],
  ["W1", "q"],
  ["b1", "q"],
  ["q", "z"],
  ["z", "M"],
  ["W2", "M"],
  ["b2", "M"],
  ["M", "L"],
  ["y", "L"],
];

/** One house on its way through M(x) = W2 z + b2, z = f(q), q = W1 x + b1, and its loss L: values forward, derivatives of L back. */
export function backpropagation(f: ScalarFunction, loss: FormulaLoss, theta: Theta, x: number, y: number): Figure {
  if (theta.length !== 4)
    throw new RangeError(
      `theta needs one number for each parameter of the network (W1, b1, W2, b2), and has ${theta.length}.`,
    );
  const [W1, b1, W2, b2] = theta;
  const q = W1 * x + b1;
  const z = f.f(q);
  const M = W2 * z + b2;
  const L = loss.f(M, y);
  const dM = loss.df(M, y); //                   ∂L/∂M
  const dz = dM * W2; //                         ∂L/∂z = ∂L/∂M * ∂M/∂z
  const df = f.df(q);
  const dq = dz * df; //                         ∂L/∂q = ∂L/∂z * ∂z/∂q
  const n = (value: number): string => told(value, 4);
  const known = { x, W1, b1, W2, b2, y };
  const d = (name: string): string => `∂L/∂${name}`;
  const [w1, c1, w2, c2] = [places.W1.name, places.b1.name, places.W2.name, places.b2.name];
  const steps: readonly { caption: string; values?: Values; slopes?: Values }[] = [
    { caption: "A house, its price,<br>and the parameters", values: known },
    { caption: `q = ${w1} x + ${c1}<br>= ${n(W1)} · ${n(x)} + ${n(b1)} = ${n(q)}`, values: { q } },
    { caption: `z = ${f.name}(q)<br>= ${f.name}(${n(q)}) = ${n(z)}`, values: { z } },
    { caption: `M = ${w2} z + ${c2}<br>= ${n(W2)} · ${n(z)} + ${n(b2)} = ${n(M)}`, values: { M } },
    { caption: `L = ${lossOf(loss.tex, "M", "y")}<br>= ${lossOf(loss.tex, n(M), n(y))} = ${n(L)}`, values: { L } },
    { caption: `Back: ${d("M")} = ${lossOf(loss.slopeTex, "M", "y")}<br>= ${n(dM)}`, slopes: { M: dM } },
    { caption: `${d(w2)} = ${d("M")} · z<br>= ${n(dM)} · ${n(z)} = ${n(dM * z)}`, slopes: { W2: dM * z } },
    { caption: `${d(c2)} = ${d("M")} · 1<br>= ${n(dM)}`, slopes: { b2: dM } },
    { caption: `${d("z")} = ${d("M")} · ${w2}<br>= ${n(dM)} · ${n(W2)} = ${n(dz)}`, slopes: { z: dz } },
    { caption: `${d("q")} = ${d("z")} · ${f.name}′(q)<br>= ${n(dz)} · ${n(df)} = ${n(dq)}`, slopes: { q: dq } },
    { caption: `${d(w1)} = ${d("q")} · x<br>= ${n(dq)} · ${n(x)} = ${n(dq * x)}`, slopes: { W1: dq * x } },
    { caption: `${d(c1)} = ${d("q")} · 1<br>= ${n(dq)}`, slopes: { b1: dq } },
  ];
  const moments: Moment[] = steps.map(({ caption, values, slopes }, k) => {
    const seen: Values = Object.assign({}, ...steps.slice(0, k + 1).map((step) => step.values));
    const felt: Values = Object.assign({}, ...steps.slice(0, k + 1).map((step) => step.slopes));
    const now = { ...values, ...slopes };
    return {
      label: String(k),
      spoken: `step ${k}: ${caption.replaceAll("<br>", " ").replaceAll(/<.*?>/g, "")}`,
      traces: [0, 1, 2, 3],
      data: [
        {
          marker: {
            size: 34,
            color: names.map((name) => (name in now ? (slopes ? colour.slope : colour.light) : faint)),
          },
          hovertext: names.map(
            (name) =>
              [seen, felt]
                .map((known, i) =>
                  name in known ? `${i ? "∂L/∂" : ""}${places[name].name} = ${n(known[name] ?? 0)}` : "",
                )
                .filter(Boolean)
                .join("<br>") || "not known yet",
          ),
        },
        { text: names.map((name) => (name in seen ? n(seen[name] ?? 0) : "")) },
        { text: names.map((name) => (name in felt ? n(felt[name] ?? 0) : "")) },
        { text: [caption] },
      ],
    };
  });
  const still = figure(
    `A network as a graph: ${n(x)} floors go in, q = ${n(q)}, z = ${n(z)}, the prediction M = ${n(M)}, the loss ${n(L)} for a price of ${n(y)}. Back from the loss flow its derivatives, with respect to M: ${n(dM)}, W2: ${n(dM * z)}, b2: ${n(dM)}, z: ${n(dz)}, q: ${n(dq)}, W1: ${n(dq * x)}, b1: ${n(dq)}.`,
    [
      {
        ...labels(
          [0, 0],
          "markers+text",
          names.map((name) => places[name].name),
        ),
        ...moments[0].data[0],
        hoverinfo: "text",
        textfont: { color: "#111111" },
      } as Trace,
      {
        ...labels([0.26, -0.26], "text", []),
        ...moments[0].data[1],
        name: "value",
        showlegend: true,
        textfont: { color: colour.model, size: 14 },
      } as Trace,
      {
        ...labels([0.46, -0.46], "text", []),
        ...moments[0].data[2],
        name: "slope of L",
        showlegend: true,
        textfont: { color: colour.slope, size: 14 },
      } as Trace,
      {
        type: "scatter",
        mode: "text",
        x: [2.1],
        y: [1.85],
        ...moments[0].data[3],
        textfont: { size: 15 },
        hoverinfo: "skip",
        showlegend: false,
      } as Trace,
    ],
    {
      xaxis: { visible: false, range: [-0.4, 4.6], fixedrange: true },
      yaxis: { visible: false, range: [-0.6, 2.05], fixedrange: true },
      annotations: arrows.map(arrow),
      height: 430,
    },
  );
  return animate(still, "step", moments, 1500);
}

/** The right side of a loss' formula with what stands for its h and y, as a caption shows it. */
function lossOf(tex: string, h: string, y: string): string {
  const value = (text: string): string => (text.startsWith("−") ? `(${text})` : text);
  return plainText(tex.slice(tex.indexOf("=") + 1)).replace(/\b[hy]\b/g, (letter) => value(letter === "h" ? h : y));
}

/** A label at each place, so far above it in the upper row and so far in the lower: no arrow runs through it there. */
function labels(
  [upper, lower]: readonly [number, number],
  mode: "text" | "markers+text",
  text: string[],
): Partial<Trace> {
  return {
    type: "scatter",
    mode,
    x: names.map((name) => places[name].at[0]),
    y: names.map((name) => places[name].at[1] + (places[name].at[1] > 0 ? upper : lower)),
    text,
    hoverinfo: "skip",
    showlegend: false,
  };
}

/** From the rim of one circle to the rim of the next. */
function arrow([from, to]: readonly [Name, Name]): object {
  const [[ax, ay], [x, y]] = [places[from].at, places[to].at];
  return {
    x,
    y,
    ax,
    ay,
    xref: "x",
    yref: "y",
    axref: "x",
    ayref: "y",
    text: "",
    standoff: 19,
    startstandoff: 18,
    arrowhead: 2,
    arrowwidth: 2,
    arrowcolor: colour.quiet,
  };
}
