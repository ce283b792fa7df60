import { ACCENTS, accented, GREEK } from "./commands";

const SIGNS: Readonly<Record<string, string>> = {
  cdot: "·",
  times: "×",
  div: "÷",
  le: "≤",
  leq: "≤",
  ge: "≥",
  geq: "≥",
  ne: "≠",
  neq: "≠",
  approx: "≈",
  partial: "∂",
  infty: "∞",
  to: "→",
  sum: "Σ",
  prod: "Π",
  pi: "π",
  lim: "lim",
  quad: " ",
  qquad: "  ",
  lt: "<",
  gt: ">",
  land: "and",
  in: "∈",
  forall: "∀",
  "{": "{",
  "}": "}",
  left: "",
  right: "",
  limits: "",
  displaystyle: "",
  textstyle: "",
  lvert: "|",
  rvert: "|",
  vert: "|",
  prime: "'",
  ",": " ",
  ";": " ",
  ":": " ",
  "!": "",
  " ": " ",
  "\\": "; ",
};

const LOWER = scripts("0123456789aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ");
const UPPER = scripts("0123456789−ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻ⁿⁱ");

function scripts(plain: string, small: string): ReadonlyMap<string, string> {
  return new Map([...plain].map((letter, i) => [letter, [...small][i]]));
}

/** LaTeX as a line of plain text: \frac{a}{1+b} as a/(1+b), x_i^2 as xᵢ², Greek letters as themselves. */
export function plainText(tex: string): string {
  const line = convert(tex).replace(/\s+/g, " ").replace(/\( /g, "(").replace(/ \)/g, ")").trim();
  return line
    .replace(/_(\d+|[a-z])/g, (whole, below: string) => written(below, LOWER) ?? whole)
    .replace(/\^(−?\d+|[a-z])/g, (whole, above: string) => written(above, UPPER) ?? whole);
}

/** A text in small letters, if there is one for each of its own. */
function written(text: string, letters: ReadonlyMap<string, string>): string | null {
  const all = [...text].map((letter) => letters.get(letter));
  return all.includes(undefined) ? null : all.join("");
}

function convert(tex: string): string {
  let out = "";
  for (let i = 0; i < tex.length; ) {
    const command = /^\\([a-zA-Z]+\*?|[\s\S])/.exec(tex.slice(i));
    if (!command) {
      out += { "&": " ", "-": "−" }[tex[i]] ?? tex[i];
      i++;
      continue;
    }
    const [piece, end] = commandText(command[1], tex, i + command[0].length);
    out += /\d$/.test(out) && /^\d/.test(piece) ? ` · ${piece}` : piece;
    i = end;
  }
  return out.replace(/([_^])\{([A-Za-z0-9]|−?\d+)\}/g, "$1$2").replace(/\^\{([^{}]*)\}/g, "^($1)");
}

function commandText(name: string, tex: string, after: number): [string, number] {
  if (["frac", "dfrac", "tfrac"].includes(name)) {
    const [top, mid] = group(tex, after);
    const [bottom, end] = group(tex, mid);
    return [`${wrap(convert(top))}/${wrap(convert(bottom))}`, end];
  }
  if (name === "sqrt") {
    const [inner, end] = group(tex, after);
    return [`√(${convert(inner)})`, end];
  }
  if (
    ["text", "operatorname", "operatorname*", "mathrm", "textrm", "boldsymbol", "mathbf", "tag", "tag*"].includes(name)
  ) {
    const [inner, end] = group(tex, after);
    return [name === "text" || name === "textrm" ? ` ${inner} ` : inner, end];
  }
  if (name === "begin" || name === "end") {
    const [, end] = group(tex, after);
    return [name === "begin" ? "{ " : " }", end];
  }
  if (name === "mathbb") {
    const [inner, end] = group(tex, after);
    return [{ N: "ℕ", Z: "ℤ", R: "ℝ" }[inner.trim()] ?? inner, end];
  }
  if (ACCENTS.has(name)) {
    const [inner, end] = group(tex, after);
    return [accented(name, convert(inner)), end];
  }
  const sign = GREEK[name] ?? SIGNS[name];
  const space = /^\s+/.exec(tex.slice(after))?.[0].length ?? 0;
  if (["left", "right"].includes(name) && tex[after] === ".") return ["", after + 1];
  return [sign ?? name, sign !== undefined && name === "partial" ? after + space : after];
}

function group(tex: string, from: number): [string, number] {
  let i = from;
  while (tex[i] === " ") i++;
  if (tex[i] !== "{") {
    const single = /^(\\[a-zA-Z]+|.)/.exec(tex.slice(i))?.[0] ?? "";
    return [single, i + single.length];
  }
  let depth = 0;
  for (let j = i; j < tex.length; j++) {
    depth += tex[j] === "{" ? 1 : tex[j] === "}" ? -1 : 0;
    if (depth === 0) return [tex.slice(i + 1, j), j + 1];
  }
  return [tex.slice(i + 1), tex.length];
}

function wrap(text: string): string {
  const bare = text.trim();
  if ((!/^\d+[^\d.^_]/.test(bare) && /^[∂d]?\^?\d?\s?[^\s+−·×/]*$/.test(bare)) || /^\|[^|]*\|$/.test(bare)) return bare;
  return enclosed(bare) ? bare : `(${bare})`;
}

/** Whether the first bracket is closed by the last. */
function enclosed(text: string): boolean {
  if (!text.startsWith("(")) return false;
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    depth += text[i] === "(" ? 1 : text[i] === ")" ? -1 : 0;
    if (depth === 0) return i === text.length - 1;
  }
  return false;
}
