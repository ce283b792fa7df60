/** Greek letters that are ordinary letters here; pi is a number. */
export const GREEK: Readonly<Record<string, string>> = {
  alpha: "α",
  beta: "β",
  gamma: "γ",
  delta: "δ",
  epsilon: "ε",
  varepsilon: "ε",
  zeta: "ζ",
  eta: "η",
  theta: "θ",
  vartheta: "ϑ",
  iota: "ι",
  kappa: "κ",
  lambda: "λ",
  mu: "μ",
  nu: "ν",
  xi: "ξ",
  rho: "ρ",
  sigma: "σ",
  tau: "τ",
  upsilon: "υ",
  phi: "φ",
  varphi: "ϕ",
  chi: "χ",
  psi: "ψ",
  omega: "ω",
  Gamma: "Γ",
  Delta: "Δ",
  Theta: "Θ",
  Lambda: "Λ",
  Xi: "Ξ",
  Pi: "Π",
  Sigma: "Σ",
  Phi: "Φ",
  Psi: "Ψ",
  Omega: "Ω",
  ell: "ℓ",
};

/** Functions known without a definition, with the number of their arguments (0: one or more). */
export const BUILTINS: Readonly<Record<string, number>> = {
  exp: 1,
  ln: 1,
  tanh: 1,
  sinh: 1,
  cosh: 1,
  sin: 1,
  cos: 1,
  tan: 1,
  sign: 1,
  sgn: 1,
  max: 0,
  min: 0,
  sigma: 1,
};

/** Commands that only space or size what stands around them. */
export const SPACING: ReadonlySet<string> = new Set([
  ",",
  ";",
  ":",
  "!",
  " ",
  ">",
  "displaystyle",
  "textstyle",
  "limits",
  "nolimits",
  "nonumber",
  "notag",
  "big",
  "Big",
  "bigg",
  "Bigg",
  "bigl",
  "bigr",
  "Bigl",
  "Bigr",
  "biggl",
  "biggr",
  "Biggl",
  "Biggr",
  "thinspace",
  "enspace",
  "hfill",
  "strut",
]);

/** Fonts that leave a letter the letter it is. */
export const FONTS: ReadonlySet<string> = new Set(["boldsymbol", "mathbf", "bm", "mathit", "mathnormal", "pmb"]);

/** What makes another letter of the one it holds. */
export const ACCENTS: ReadonlySet<string> = new Set(["hat", "bar", "tilde", "mathcal"]);

/** Environments that only align what they hold. */
export const ALIGNING: ReadonlySet<string> = new Set([
  "aligned",
  "align",
  "align*",
  "split",
  "equation",
  "equation*",
  "gathered",
  "gather",
  "gather*",
  "alignedat",
]);

/** What people paste from a page, and the LaTeX it stands for; both look the same when typeset. */
export const UNICODE: Readonly<Record<string, string>> = {
  "−": "-",
  "–": "-",
  "·": "\\cdot",
  "⋅": "\\cdot",
  "×": "\\times",
  "÷": "\\div",
  "≤": "\\le",
  "≥": "\\ge",
  "≠": "\\ne",
  "≈": "\\approx",
  "∂": "\\partial",
  "∑": "\\sum",
  "∏": "\\prod",
  "∞": "\\infty",
  "→": "\\to",
  "√": "\\sqrt",
  π: "\\pi",
  "′": "'",
  "’": "'",
  "≔": ":=",
  "½": "\\frac{1}{2}",
  "⁡": "",
  "\u00a0": " ",
  "\u2009": " ",
  "\u202f": " ",
  "\u200b": "",
  "²": "^2",
  "³": "^3",
  θ: "\\theta",
  α: "\\alpha",
  β: "\\beta",
  σ: "\\sigma",
  λ: "\\lambda",
  μ: "\\mu",
  δ: "\\delta",
  ε: "\\varepsilon",
  η: "\\eta",
  γ: "\\gamma",
  Δ: "\\Delta",
  φ: "\\varphi",
  ω: "\\omega",
  ρ: "\\rho",
  τ: "\\tau",
};

const OTHER = [
  "frac",
  "dfrac",
  "tfrac",
  "cdot",
  "times",
  "div",
  "sqrt",
  "sum",
  "prod",
  "lim",
  "to",
  "infty",
  "partial",
  "left",
  "right",
  "begin",
  "end",
  "text",
  "quad",
  "qquad",
  "le",
  "leq",
  "ge",
  "geq",
  "ne",
  "neq",
  "approx",
  "operatorname",
  "mathrm",
  "lvert",
  "rvert",
  "vert",
  "prime",
  "tag",
  "pi",
  "in",
  "land",
  "colon",
  "coloneqq",
  "mathbb",
  "lt",
  "gt",
  "downarrow",
  "uparrow",
  "log",
  "lor",
  "rightarrow",
  "nearrow",
  "searrow",
  "textrm",
  "mathop",
  "bigl",
  "lbrace",
  "rbrace",
  "lbrack",
  "rbrack",
];

/** Every command with a meaning here. */
export const KNOWN: ReadonlySet<string> = new Set([
  ...OTHER,
  ...ACCENTS,
  ...Object.keys(GREEK),
  ...Object.keys(BUILTINS).filter((name) => name !== "sign" && name !== "sgn"),
  ...SPACING,
  ...FONTS,
]);

/** Words that, spelt without a backslash, are a slip rather than a product of letters. */
export const SLIPS: ReadonlySet<string> = new Set(
  [...KNOWN].filter((name) => /^[a-zA-Z]{3,}$/.test(name) || name === "ln"),
);

/** The nearest of some names, for "did you mean". */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  let best: string | null = null;
  let least = Math.max(2, Math.floor(name.length / 3) + 1);
  for (const candidate of candidates) {
    const far = distance(name.toLowerCase(), candidate.toLowerCase()) + (name[0] === candidate[0] ? 0 : 0.5);
    if (far < least) [best, least] = [candidate, far];
  }
  return best;
}

/** Edits between two words, a swap of neighbours counting as one. */
function distance(a: string, b: string): number {
  const d = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      d[i][j] = Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.length][b.length];
}

const MARKS: Readonly<Record<string, string>> = { hat: "\u0302", bar: "\u0304", tilde: "\u0303" };

/** A letter under its accent: ŷ. */
export function accented(accent: string, letter: string): string {
  return accent in MARKS ? (letter + MARKS[accent]).normalize("NFC") : letter === "L" ? "ℒ" : letter;
}

/** A name as text for people: θ_0, ŷ. */
export function pretty(name: string): string {
  return name
    .replace(/([a-z]+)\{(.+)\}/, (whole, accent, letter) => (ACCENTS.has(accent) ? accented(accent, letter) : whole))
    .replace(/[A-Za-z]+/g, (word) => GREEK[word] ?? word);
}

/** A name as LaTeX: \theta_{0}, \operatorname{MAE}. */
export function texOf(name: string): string {
  const [, base, primes, , sub] = /^(.*?)('*)(_(.*))?$/s.exec(name) ?? ["", name, "", "", ""];
  const accent = /^(hat|bar|tilde|mathcal)\{(.*)\}$/.exec(base);
  const word = (text: string) =>
    text in GREEK ? `\\${text}` : /^[A-Za-z]{2,}$/.test(text) ? `\\operatorname{${text}}` : text;
  const core = accent ? `\\${accent[1]}{${word(accent[2])}}` : word(base);
  return (
    core +
    (sub ? `_{${sub.replace(/[A-Za-z]{2,}/g, (text) => (text in GREEK ? `\\${text}` : `\\text{${text}}`))}}` : "") +
    primes
  );
}
