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
  varrho: "ϱ",
  sigma: "σ",
  varsigma: "ς",
  tau: "τ",
  upsilon: "υ",
  varpi: "ϖ",
  varkappa: "ϰ",
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
  Upsilon: "Υ",
  Phi: "Φ",
  Psi: "Ψ",
  Omega: "Ω",
  ell: "ℓ",
  hbar: "ℏ",
};

/** Functions known without a definition, with the number of their arguments (0: one or more). */
export const BUILTINS: Readonly<Record<string, number>> = {
  exp: 1,
  ln: 1,
  sin: 1,
  cos: 1,
  tan: 1,
  cot: 1,
  sec: 1,
  csc: 1,
  arcsin: 1,
  arccos: 1,
  arctan: 1,
  sinh: 1,
  cosh: 1,
  tanh: 1,
  coth: 1,
  sech: 1,
  csch: 1,
  arsinh: 1,
  arcosh: 1,
  artanh: 1,
  sign: 1,
  factorial: 1,
  binom: 2,
  max: 0,
  min: 0,
  sigma: 1,
};

/** Other names of the same functions. */
const SYNONYMS: Readonly<Record<string, string>> = {
  log: "ln",
  sgn: "sign",
  asin: "arcsin",
  acos: "arccos",
  atan: "arctan",
  arctg: "arctan",
  tg: "tan",
  ctg: "cot",
  cosec: "csc",
  arcsinh: "arsinh",
  arccosh: "arcosh",
  arctanh: "artanh",
  asinh: "arsinh",
  acosh: "arcosh",
  atanh: "artanh",
};

/** Functions that LaTeX has a command for; the others are written \\operatorname{…}. */
export const FUNCTION_COMMANDS: readonly string[] = [
  ..."exp ln log sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth max min binom".split(" "),
];

/** The function that a word or a command names, or null. */
export function functionNamed(word: string): string | null {
  const name = Object.hasOwn(SYNONYMS, word) ? SYNONYMS[word] : word;
  return Object.hasOwn(BUILTINS, name) && name !== "factorial" ? name : null;
}

export function isGreek(word: string): boolean {
  return Object.hasOwn(GREEK, word);
}

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
  "scriptstyle",
  "scriptscriptstyle",
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
  "mathstrut",
  "medspace",
  "thickspace",
  "negthinspace",
  "allowbreak",
  "nobreak",
  "/",
]);

/** Commands that leave what their braces hold as it is. */
export const WRAPPING: ReadonlySet<string> = new Set(["boxed", "mathopen", "mathclose", "mathord"]);

/** Fonts that leave a letter the letter it is. */
export const FONTS: ReadonlySet<string> = new Set(["boldsymbol", "mathbf", "bm", "mathit", "mathnormal", "pmb"]);

/** What makes another letter of the one it holds. */
export const ACCENTS: ReadonlySet<string> = new Set(["hat", "bar", "tilde", "mathcal"]);

/** Wide accents and what they are. */
export const WIDE: Readonly<Record<string, string>> = { widehat: "hat", overline: "bar", widetilde: "tilde" };

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
  "alignat",
  "alignat*",
  "multline",
  "multline*",
  "eqnarray",
  "eqnarray*",
  "displaymath",
  "math",
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
  "⁴": "^4",
  "⁵": "^5",
  ℓ: "\\ell",
  ℏ: "\\hbar",
  "∇": "\\nabla",
  "∫": "\\int",
  "±": "\\pm",
  "∓": "\\mp",
  "…": "\\dots",
  "⋯": "\\cdots",
  "∈": "\\in",
  "∀": "\\forall",
  ℝ: "\\mathbb{R}",
  ℕ: "\\mathbb{N}",
  ℤ: "\\mathbb{Z}",
  "⟨": "\\langle",
  "⟩": "\\rangle",
  "‖": "\\|",
  "¼": "\\frac{1}{4}",
  "←": "\\leftarrow",
  ν: "\\nu",
  κ: "\\kappa",
  ξ: "\\xi",
  ψ: "\\psi",
  χ: "\\chi",
  ζ: "\\zeta",
  ϕ: "\\phi",
  ϵ: "\\epsilon",
  Σ: "\\Sigma",
  Ω: "\\Omega",
  Φ: "\\Phi",
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

/** What a factor may begin with, besides letters, functions and brackets. */
export const BEGINNINGS = [
  "frac",
  "dfrac",
  "tfrac",
  "cfrac",
  "dbinom",
  "tbinom",
  "sqrt",
  "sum",
  "prod",
  "lim",
  "infty",
  "partial",
];

const OTHER = [
  ...BEGINNINGS,
  "cdot",
  "times",
  "div",
  "to",
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
  "lbrack",
  "rbrack",
  "not",
  "prime",
  "tag",
  "pi",
  "land",
  "coloneqq",
  "lt",
  "gt",
  "downarrow",
  "uparrow",
  "lor",
  "rightarrow",
  "nearrow",
  "searrow",
  "textrm",
  "lbrace",
  "rbrace",
];

/** Every command with a meaning here. */
export const KNOWN: ReadonlySet<string> = new Set([
  ...OTHER,
  ...ACCENTS,
  ...Object.keys(GREEK),
  ...Object.keys(WIDE),
  ...FUNCTION_COMMANDS,
  ...SPACING,
  ...FONTS,
]);

/** What is not run here, and what to write instead. */
const REFUSED: readonly [commands: string, say: (command: string) => string][] = [
  ["int iint iiint oint idotsint", () => "An integral is not run here: write its derivative, or a sum."],
  ["nabla grad", () => "\\nabla stands for several derivatives at once: write each, \\frac{\\partial J}{\\partial W}."],
  [
    "mathbb",
    () => "Expectations and sets of numbers are not run here: write a mean as \\frac{1}{N} \\sum_{i=1}^{N} ….",
  ],
  [
    "dots ldots cdots dotsb dotsc vdots ddots hdots",
    (name) => `\\${name} leaves out what is to be checked: write \\sum_{i=1}^{N}, or all of it.`,
  ],
  ["pm mp", (name) => `\\${name} stands for two formulas: write each of them.`],
  [
    "| Vert lVert rVert norm",
    () => "A norm is not run here: for the absolute value write |…|, for a length a root of a sum.",
  ],
  ["vec overrightarrow", () => "A vector is not run here: write each of its components."],
  ["top intercal dagger", () => "A transposed vector is not run here: write the sum \\sum_{j=1}^{n} w_j x_j."],
  [
    "langle rangle otimes odot oplus ominus wedge bigotimes star ast bullet",
    (name) => `\\${name} is not run here: products of numbers are written \\cdot, those of vectors as a sum.`,
  ],
  ["dot ddot", () => "A dot does not say by which letter: write \\frac{dx}{dt}."],
  ["circ", () => "\\circ is not run here: write f(g(x)), and angles with \\pi."],
  ["over", () => "\\over is old TeX: write \\frac{…}{…}."],
  ["choose", () => "\\choose is old TeX: write \\binom{n}{k}."],
  ["lfloor rfloor lceil rceil", () => "Rounding is not run here: for a whole number write the number."],
  ["liminf limsup sup inf argmax argmin Pr det dim gcd", (name) => `\\${name} is not run here: write max, min or lim.`],
  ["%", () => "Percent are not run here: write \\frac{p}{100}."],
  [
    "overset underset underbrace overbrace stackrel substack color textcolor colorbox cancel phantom middle bmod pmod mod",
    (name) => `\\${name} is not run here: leave it out, or say it in \\text{…}.`,
  ],
  [
    "implies Rightarrow Longrightarrow iff Leftrightarrow equiv propto sim simeq cong ll gg mapsto longrightarrow",
    (name) =>
      `\\${name} is not checked: the relations are = \\ne < > \\le \\ge \\approx :=, and a new line starts with \\\\.`,
  ],
  [
    "notin subset subseteq cup cap setminus mid exists therefore because",
    (name) => `\\${name} is not run here: say it in \\text{…}.`,
  ],
];

const SENTENCES: ReadonlyMap<string, string> = new Map(
  REFUSED.flatMap(([names, say]) => names.split(" ").map((name): [string, string] => [name, say(name)])),
);

/** Why a command is not read, and what to write instead; undefined if nothing is known of it. */
export function refusalOf(command: string): string | undefined {
  return SENTENCES.get(command);
}

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
