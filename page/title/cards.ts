// A small picture for each section, drawn of what the section computes.
import {
  cubic,
  type Data,
  descend,
  identity,
  leakyRelu,
  leastSquares,
  linear,
  linearly,
  type Model,
  mae,
  mse,
  network,
  objective,
  random,
  readHouses,
  relu,
  sigmoidal,
  type Theta,
  tanh,
} from "../../lib";

const [WIDE, HIGH] = [270, 170];
/** The rates with which the notes train most of their models. */
const settings = { epochs: 10_000, alpha: linearly(0.005, 0.0001) };

type Point = readonly [x: number, y: number];
type Curve = (x: number) => number;

/** From the numbers of a window to the places of the picture. */
interface Field {
  readonly from: number;
  readonly to: number;
  at(point: Point): string;
}

function field([from, to]: Point, [low, high]: Point): Field {
  const place = (share: number, length: number): string => (share * length).toFixed(1);
  return {
    from,
    to,
    at: ([x, y]) => `${place((x - from) / (to - from), WIDE)} ${place((high - y) / (high - low), HIGH)}`,
  };
}

const path = (f: Field, points: readonly Point[], kind: string): string =>
  `<path class="${kind}" d="M${points.map((point) => f.at(point)).join("L")}"/>`;

const curve = (f: Field, h: Curve, kind: string): string =>
  path(
    f,
    Array.from({ length: 91 }, (_, i) => f.from + ((f.to - f.from) * i) / 90).map((x) => [x, h(x)]),
    kind,
  );

function dots(f: Field, points: readonly Point[], kind: string, radius = 5): string {
  return points
    .map((point) => {
      const [x, y] = f.at(point).split(" ");
      return `<circle class="${kind}" cx="${x}" cy="${y}" r="${radius}"/>`;
    })
    .join("");
}

/** The secants of x² that turn into its tangent. */
function tangent(): string {
  const f = field([-0.6, 2.4], [-1, 5]);
  const secants = [1.4, 0.9, 0.45].map((h) => curve(f, (x) => 1 + (2 + h) * (x - 1), "quiet"));
  const points = [1.4, 0.9, 0.45].map((h): Point => [1 + h, (1 + h) ** 2]);
  const rest = curve(f, (x) => 1 + 2 * (x - 1), "good") + dots(f, points, "faint", 4) + dots(f, [[1, 1]], "ink");
  return secants.join("") + curve(f, (x) => x * x, "model") + rest;
}

/** The way down the loss of the line, over the rings of equal loss. */
function rings(houses: Data): string {
  const J = objective(mse, linear, houses);
  const least = leastSquares(houses);
  const f = field([0.7, 4.6], [-6.2, 2]); // W, b
  const at = ([W, b]: Theta): Point => [W, b];
  const levels = [0.3, 1, 2.4, 5, 9, 15].map((level) => {
    const around = Array.from({ length: 121 }, (_, i) => (2 * Math.PI * i) / 120).map((angle): Theta => {
      const [dW, db] = [0.3 * Math.cos(angle), Math.sin(angle)];
      const rise = J.value([least[0] + dW, least[1] + db]) - J.value(least); // a square: it grows with the distance's square
      const far = Math.sqrt(level / rise);
      return [least[0] + far * dW, least[1] + far * db];
    });
    return path(f, around.map(at), "ring");
  });
  const run = descend(J, [2.5, 0.3], { epochs: 400, alpha: 0.105 });
  const way = run.history.map(({ theta }) => at(theta));
  return levels.join("") + path(f, way, "way") + dots(f, way.slice(0, 12), "step", 2.5) + dots(f, [at(least)], "ink");
}

/** Houses, and curves through them. */
function fits(houses: Data, curves: readonly (readonly [Curve, string])[], [from, to]: Point, top = 11): string {
  const f = field([from, to], [-1.2, top]);
  const sold = houses.x.map((x, i): Point => [x, houses.y[i]]);
  return curves.map(([h, kind]) => curve(f, h, kind)).join("") + dots(f, sold, "sold");
}

/** A rate a little too large for the cubic: hops from side to side, up the walls of its loss. */
function hops(houses: Data): string {
  const J = objective(mse, cubic, houses);
  const b = 0.5;
  const loss: Curve = (W) => J.value([W, b]);
  const step = (W: number): number => W - 0.00093 * J.gradient([W, b])[0];
  const way: Point[] = [];
  for (let W = 0.1; way.length < 7; W = step(W)) way.push([W, loss(W)]);
  const f = field([-0.02, 0.31], [-4, 32]);
  return curve(f, loss, "model") + path(f, way, "way") + dots(f, way, "step", 4);
}

/** What descent makes of the soft bend from a dozen starts. */
function starts(houses: Data): string {
  const net = network(tanh, leakyRelu(1e-6));
  const J = objective(mae, net, houses);
  const next = random(3);
  const runs = Array.from({ length: 16 }, () => {
    const start = Array.from({ length: 4 }, () => 4 * next() - 2);
    return descend(J, start, { epochs: 60_000, alpha: 5e-4 }).best;
  });
  const curves = runs.map(
    ({ theta, loss }) => [(x: number) => net.predict(theta, x), loss < 1 ? "model thin" : "quiet"] as const,
  );
  return fits(houses, curves, [0.4, 4.7]);
}

/** What the prices of the sales are, for one floor to three: the more floors, the lower it stands. */
function ridges({ x, y }: Data): string {
  const f = field([4.85, 6.75], [-0.4, 6.3]); // log10(USD)
  const BINS = 48;
  return [3, 2.5, 2, 1.5, 1]
    .map((floors, row) => {
      const counts = new Array<number>(BINS).fill(0);
      x.forEach((value, i) => {
        const bin = Math.floor(((Math.log10(y[i]) - f.from) / (f.to - f.from)) * BINS);
        if (value === floors && bin >= 0 && bin < BINS) counts[bin]++;
      });
      const largest = Math.max(...counts);
      const base = 4.2 - row;
      const points = counts.map(
        (count, i): Point => [f.from + ((i + 0.5) * (f.to - f.from)) / BINS, base + (1.9 * count) / largest],
      );
      return path(f, [[f.from, base], ...points, [f.to, base]], "ridge");
    })
    .join("");
}

/** What the sections of the book compute, drawn: by their names, that is, those of their notebooks without the number. */
function pictures(houses: Data, sales: () => Promise<Data>): Record<string, () => string | Promise<string>> {
  const trained = (model: Model, loss: typeof mse, start: Theta, more = settings): Curve => {
    const { theta } = descend(objective(loss, model, houses), start, more).best;
    return (x) => model.predict(theta, x);
  };
  const [W, b] = leastSquares(houses);
  const [V, c] = leastSquares({ x: houses.x.map((x) => x ** 3), y: houses.y });
  const line: Curve = (x) => linear.predict([W, b], x);
  const sigmoid = () => trained(sigmoidal(20), mse, [0.5, 0.3850835739]);
  const cube: Curve = (x) => cubic.predict([V, c], x);
  const hinge = () => trained(network(relu, identity), mae, [2, -4.6, 2, 1]);
  const soft = () =>
    trained(network(tanh, leakyRelu(1e-6)), mae, [0.5, 0.5, 0.5, 0.5], { epochs: 2_000_000, alpha: () => 5e-5 });
  const all = (): [Curve, string][] => [
    [line, "model"],
    [sigmoid(), "good"],
    [cube, "other"],
    [hinge(), "ink"],
    [soft(), "light"],
  ];
  return {
    derivatives: tangent,
    linear: () => rings(houses),
    sigmoid: () => fits(houses, [[sigmoid(), "model"]], [-1, 8], 21),
    cubic: () => hops(houses),
    backpropagation: () => fits(houses, [[hinge(), "model"]], [0.4, 4.7]),
    "tanh-leakyrelu": () => starts(houses),
    "looking-back": () => fits(houses, all(), [0.2, 7], 26),
    "real-houses": async () => ridges(await sales()),
  };
}

/** The pictures of these sections as SVG, of those that have one, by their names; `data` is the folder of the houses. */
export async function cards(data: string, names: readonly string[]): Promise<Record<string, string>> {
  const draw = pictures(await readHouses(`${data}/house-prices.csv`), () => readHouses(`${data}/king-county.csv`));
  const drawn: Record<string, string> = {};
  for (const name of names.filter((name) => name in draw))
    drawn[name] = `<svg viewBox="0 0 ${WIDE} ${HIGH}" aria-hidden="true">${await draw[name]()}</svg>`;
  return drawn;
}
