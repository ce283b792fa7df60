import type { Expr } from "../world/tree";
import { parseName } from "./names";
import type { Reader } from "./reader";

type SeriesHead = Pick<Extract<Expr, { kind: "series" }>, "kind" | "product" | "index" | "from" | "to">;
type LimitHead = Pick<Extract<Expr, { kind: "limit" }>, "kind" | "letter" | "to" | "side">;

/** The letter that ends a sum without end, in the limit that such a sum is. */
const END = "#n";

/** \sum_{i=1}^{N}, with its bounds in either order; \sum_i runs over the data. `of` reads what is summed. */
export function parseSeries(r: Reader, of: () => Expr): Expr {
  const start = r.pos;
  const { endless, ...head } = parseSeriesHead(r);
  const series: Expr = { ...head, of: of(), at: r.spanFrom(start) };
  return endless ? { kind: "limit", letter: END, to: "infinity", side: 0, of: series, at: series.at } : series;
}

function parseSeriesHead(r: Reader): SeriesHead & { readonly endless: boolean } {
  const command = r.next();
  const product = command.text === "prod";
  let below: Reader | null = null;
  let above: Reader | null = null;
  for (;;) {
    if (!below && r.take("_")) below = script(r);
    else if (!above && r.take("^")) above = script(r);
    else break;
  }
  if (!below) r.fail(`A sum needs its index: write \\${command.text}_{i=1}^{N}.`, command.at);
  if (above?.is("+") && above.is("infty", 1)) above.next();
  const endless = above?.is("infty") === true && above.length === above.pos + 1;
  if (endless && product)
    above!.fail("A product without end is not run here: write it as a limit, \\lim_{n \\to \\infty}.");
  const end: Expr = { kind: "letter", name: END, base: END, index: null, at: command.at };
  const to = endless ? end : (above?.formula("the sum's end") ?? null);
  const index = parseName(below).name;
  if (below.done && endless) r.fail(`The sum has no start: write \\sum_{${index}=0}^{\\infty}.`, command.at);
  if (below.done) return { kind: "series", product, index, from: null, to, endless };
  if (!below.take("="))
    below.fail(`Expected = after the sum's index, found ${below.found()}: write \\${command.text}_{i=1}^{N}.`);
  const from = below.formula("the sum's start");
  if (!to) r.fail(`The sum has no end: write \\${command.text}_{${index}=…}^{N}.`, command.at);
  return { kind: "series", product, index, from, to, endless };
}

function script(r: Reader): Reader {
  if (r.is("{")) return r.within(r.next());
  const start = r.pos;
  r.next();
  return r.part(start, r.pos);
}

/** \lim_{h \to 0}, to 0^+ or 0^- from one side, to \infty. */
export function parseLimitHead(r: Reader): LimitHead {
  const command = r.next();
  if (!r.take("_") || !r.is("{")) r.fail("A limit needs its letter: write \\lim_{h \\to 0}.", command.at);
  const below = r.within(r.next());
  const letter = parseName(below).name;
  const from = below.next().text;
  if (!["to", "rightarrow", "downarrow", "uparrow", "nearrow", "searrow"].includes(from))
    below.fail("Expected \\to after the limit's letter: write \\lim_{h \\to 0}.", command.at);
  const above = ["downarrow", "searrow"].includes(from) ? 1 : ["uparrow", "nearrow"].includes(from) ? -1 : 0;
  const negative = below.is("-") && below.is("infty", 1);
  if (negative) below.next();
  if (below.is("+") && below.is("infty", 1)) below.next();
  if (below.take("infty")) return { kind: "limit", letter, to: negative ? "-infinity" : "infinity", side: 0 };
  const [end, side] = oneSided(below);
  return {
    kind: "limit",
    letter,
    to: below.part(below.pos, end).formula("where the limit goes"),
    side: side || (above as -1 | 0 | 1),
  };
}

/** Where the target ends, and the side a final + or - names: 0^+, 0^{-}, 0+. */
function oneSided(r: Reader): [end: number, side: -1 | 0 | 1] {
  const n = r.length;
  const text = (i: number) => r.peek(i - r.pos).text;
  const sign = (s: string) => (s === "+" ? 1 : s === "-" ? -1 : 0);
  if (text(n - 1) === "}" && text(n - 3) === "{" && text(n - 4) === "^") return [n - 4, sign(text(n - 2))];
  if (sign(text(n - 1)) !== 0) return [text(n - 2) === "^" ? n - 2 : n - 1, sign(text(n - 1))];
  return [n, 0];
}
