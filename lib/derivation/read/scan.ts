import { ALIGNING, FONTS, KNOWN, nearest, refusalOf, SPACING, UNICODE, WRAPPING } from "../text/commands";
import type { Span } from "../text/errors";
import { DerivationError } from "../text/errors";

export interface Token {
  readonly kind:
    | "number"
    | "value"
    | "letter"
    | "word"
    | "command"
    | "symbol"
    | "text"
    | "tag"
    | "set"
    | "break"
    | "newline"
    | "space"
    | "end";
  readonly text: string;
  readonly at: Span;
  /** For a letter: the whole run of letters it stands in, and where that run starts. */
  readonly run?: { readonly text: string; readonly start: number };
  /** For a delimiter: written with \left or \right (or \lvert, \rvert). */
  readonly sized?: "left" | "right";
}

/** A template's text with the numbers put in; `values` tells where those stand. */
export interface Source {
  readonly text: string;
  readonly values: ReadonlyMap<number, { readonly end: number; readonly value: number }>;
}

/** Joins a template as it was typed (backslashes kept) with its `${numbers}`. */
export function sourceOf(strings: TemplateStringsArray, values: readonly unknown[]): Source {
  const places = new Map<number, { end: number; value: number }>();
  let text = "";
  strings.raw.forEach((piece, i) => {
    text += plainAscii(piece);
    if (i >= values.length) return;
    const value = values[i];
    const start = text.length;
    const at = { source: `${text}\${…}`, start, end: start + 4 };
    if (typeof value !== "number")
      throw new DerivationError(
        `\${…} takes a number, not ${Array.isArray(value) ? "an array: pick an element, or fix data with at({ x: […] })" : `a ${typeof value}`}.`,
        at,
      );
    if (!Number.isFinite(value))
      throw new DerivationError(`\${…} is ${value}: only finite numbers can be compared.`, at);
    text += numberTex(value, text);
    places.set(start, { end: text.length, value });
  });
  return { text, values: places };
}

/** Characters pasted from a page become the LaTeX they look like; words in \text keep theirs. */
function plainAscii(text: string): string {
  return text.replace(/\\(?:text|textrm|mbox|tag\*?)\s*\{[^{}]*\}|[^\x00-\x7f]/g, (found) => {
    if (found.length > 1) return found;
    const tex = UNICODE[found] ?? (/[₀-₉]/.test(found) ? `_${found.charCodeAt(0) - 0x2080}` : found);
    return /[a-zA-Z]$/.test(tex) ? `${tex} ` : tex;
  });
}

function numberTex(value: number, before: string): string {
  const [digits, exponent] = String(value).split("e");
  const tex = exponent ? `${digits}\\cdot 10^{${Number(exponent)}}` : digits;
  const alone = /(^|[=<>({[,&]|\\(approx|ne|neq|le|leq|ge|geq))\s*$/.test(before);
  return alone || (value >= 0 && !exponent) ? tex : `(${tex})`;
}

const RELATIONS = new Set(["=", "<", ">", ":="]);
const RELATION_COMMANDS = new Set([
  "ne",
  "neq",
  "le",
  "leq",
  "ge",
  "geq",
  "leqslant",
  "geqslant",
  "approx",
  "lt",
  "gt",
  "coloneqq",
  "gets",
  "leftarrow",
]);

/** Splits LaTeX into tokens; spacing that means nothing is left out. */
export function scan(source: Source): Token[] {
  return new Scanner(source).all();
}

class Scanner {
  private readonly tokens: Token[] = [];
  /** Open braces: where, and whether a relation may stand inside (scripts, environments). */
  private readonly braces: { at: Span; free: boolean; silent: boolean }[] = [];
  /** Open environments, where they begin. */
  private readonly begins: Span[] = [];
  private pos = 0;

  constructor(private readonly source: Source) {}

  all(): Token[] {
    while (this.pos < this.source.text.length) this.one();
    const open = this.braces[this.braces.length - 1];
    if (open) throw new DerivationError("This { is never closed: expected }.", open.at);
    const begin = this.begins[this.begins.length - 1];
    if (begin) throw new DerivationError("This environment is never closed: expected \\end.", begin);
    this.push("end", "", this.pos, this.pos);
    return this.tokens;
  }

  private span(start: number, end: number): Span {
    return { source: this.source.text, start, end };
  }

  private push(kind: Token["kind"], text: string, start: number, end: number, more: Partial<Token> = {}): void {
    this.tokens.push({ kind, text, at: this.span(start, end), ...more });
    this.pos = end;
  }

  private fail(message: string, start = this.pos, end = start + 1): never {
    throw new DerivationError(message, this.span(start, end));
  }

  private one(): void {
    const { text, values } = this.source;
    const start = this.pos;
    const value = values.get(start);
    if (value) return this.push("value", String(value.value), start, value.end);
    const c = text[start];
    const number = /^(\d+(\.\d+)?|\.\d+)/.exec(text.slice(start, start + 400));
    const code = /^\d+(\.\d+)?e[-+]?\d+/.exec(text.slice(start, start + 40));
    if (code)
      this.fail(
        `“${code[0]}” is code: write \\cdot 10^{…} for a power of ten, or spaces around the sign if e is Euler's number.`,
        start,
        start + code[0].length,
      );
    if (number) return this.push("number", number[0], start, start + number[0].length);
    if (/[a-zA-Z]/.test(c)) return this.letters();
    if (c === "\n") return this.push("newline", c, start, start + 1);
    if (/[\s~]/.test(c)) {
      this.pos++;
      return;
    }
    if (c === "\\") return this.command();
    this.symbol(c);
  }

  private letters(): void {
    const start = this.pos;
    const run = /^[a-zA-Z]+/.exec(this.source.text.slice(start))![0];
    for (let i = 0; i < run.length; i++)
      this.push("letter", run[i], start + i, start + i + 1, { run: { text: run, start } });
  }

  private symbol(c: string): void {
    const start = this.pos;
    const two = this.source.text.slice(start, start + 2);
    const cure = {
      "<=": "\\le",
      ">=": "\\ge",
      "!=": "\\ne",
      "==": "=",
      "=>": "a new line",
      "->": "\\to",
      "**": "^{…}",
    }[two];
    if (cure && two !== "->") this.fail(`“${two}” is code, not LaTeX: write ${cure}.`, start, start + 2);
    if (two === ":=") return this.relation(":=", start, start + 2);
    if (c === "*") this.fail("“*” is not how a product is typeset: write \\cdot.");
    if (c === "$") this.fail("Leave the \\$ out: the whole template is a formula.");
    if (c === "%" || c === "#" || c === '"') this.fail(`“${c}” has no meaning in a formula here.`);
    if (/^\{,\}\d/.test(this.source.text.slice(start, start + 4)))
      this.fail("A comma between digits reads as a list: write the number without it.", start, start + 3);
    if (c === "{") this.braces.push({ at: this.span(start, start + 1), free: this.opensScript(), silent: false });
    if (c === "}") {
      const open = this.braces.pop();
      if (!open) this.fail("This } closes nothing: a { is missing before it.");
      if (open.silent) {
        this.pos++;
        return;
      }
    }
    if (RELATIONS.has(c)) return this.relation(c, start, start + 1);
    if (!"+-/^_=()[]{}|,;&'.:!".includes(c)) this.fail(`The character “${c}” has no meaning in a formula here.`);
    this.push("symbol", c, start, start + 1);
  }

  private relation(text: string, start: number, end: number): void {
    const open = this.braces[this.braces.length - 1];
    if (open && !open.free && this.begins.length === 0) {
      const opener = this.source.text.slice(open.at.start, Math.min(open.at.start + 12, start)).trim();
      this.fail(`Expected }, found “${text}”: the brace opened at “${opener}…” is not closed.`, start, end);
    }
    this.push("symbol", text, start, end);
  }

  private opensScript(): boolean {
    const last = this.tokens[this.tokens.length - 1];
    return last?.kind === "symbol" && (last.text === "_" || last.text === "^");
  }

  private command(): void {
    const start = this.pos;
    const { text } = this.source;
    const found = /^\\([a-zA-Z]+\*?|[\s\S])/.exec(text.slice(start));
    if (!found) this.fail("A backslash ends the formula.");
    let name = found[1];
    let end = start + found[0].length;
    if (name.endsWith("*") && name !== "*" && !["operatorname*", "tag*"].includes(name)) {
      name = name.slice(0, -1);
      end--;
    }
    if (name === "[" || name === "]" || name === "(" || name === ")")
      this.fail(`Leave the \\${name} out: the whole template is a formula.`, start, end);
    if (name === "in") return this.push("symbol", "\\in", start, end);
    if (name === "forall") return this.push("text", "for all", start, end);
    const set = name === "mathbb" ? /^\s*(?:\{\s*([NZR])\s*\}|([NZR]))/.exec(text.slice(end)) : null;
    if (set && this.tokens.at(-1)?.text === "\\in")
      return this.push("set", set[1] ?? set[2], start, end + set[0].length);
    const refusal = refusalOf(name);
    if (refusal) this.fail(refusal, start, end);
    if (name === "\\") return this.lineBreak(text[end] === "*" ? end + 1 : end);
    if (name === "\n") {
      this.pos = start + 1;
      return;
    }
    if (SPACING.has(name)) {
      this.pos = end;
      return;
    }
    if (name === "quad" || name === "qquad") return this.push("space", name, start, end);
    if (name === "{" || name === "}") return this.push("symbol", `\\${name}`, start, end);
    if (name === "lbrace" || name === "rbrace")
      return this.push("symbol", name === "lbrace" ? "\\{" : "\\}", start, end);
    if (name === "lbrack" || name === "rbrack") return this.push("symbol", name === "lbrack" ? "[" : "]", start, end);
    if (FONTS.has(name) || WRAPPING.has(name)) return this.font(end, WRAPPING.has(name));
    if (name === "label" || name === "hspace" || name === "mspace") return this.skip(name, start, end);
    if (name === "not") {
      const equals = /^\s*=/.exec(text.slice(end));
      if (!equals) this.fail("\\not stands before = only: write \\ne.", start, end);
      return this.relation("\\ne", start, end + equals[0].length);
    }
    if (name === "begin" || name === "end") return this.environment(name, start, end);
    if (name === "left" || name === "right") return this.delimiter(name, start, end);
    if (name === "lvert" || name === "rvert")
      return this.push("symbol", "|", start, end, { sized: name === "lvert" ? "left" : "right" });
    if (name === "vert") return this.push("symbol", "|", start, end);
    if (
      ["text", "textrm", "mbox", "tag", "tag*", "operatorname", "operatorname*", "mathrm", "textit", "mathsf"].includes(
        name,
      )
    )
      return this.group(name, start, end);
    if (RELATION_COMMANDS.has(name)) return this.relationCommand(name, start, end);
    if (!KNOWN.has(name)) this.unknown(name, start, end);
    this.push("command", name, start, end);
  }

  /** A command whose braces hold nothing of the formula. */
  private skip(name: string, start: number, end: number): void {
    const found = /^\s*\{[^{}]*\}/.exec(this.source.text.slice(end));
    if (!found) this.fail(`Expected {…} after \\${name}.`, start, end);
    this.pos = end + found[0].length;
  }

  private relationCommand(name: string, start: number, end: number): void {
    const plain: Record<string, string> = {
      neq: "\\ne",
      leq: "\\le",
      geq: "\\ge",
      leqslant: "\\le",
      geqslant: "\\ge",
      lt: "<",
      gt: ">",
      coloneqq: ":=",
      gets: ":=",
      leftarrow: ":=",
    };
    this.relation(plain[name] ?? `\\${name}`, start, end);
  }

  private unknown(name: string, start: number, end: number): never {
    const prefix = [...KNOWN]
      .filter((known) => known.length > 1 && name.startsWith(known))
      .sort((a, b) => b.length - a.length)[0];
    const near = nearest(name, KNOWN);
    if (prefix && prefix.length > 2 && (!near || name.length > near.length + 1 || near === prefix))
      this.fail(`Unknown command \\${name}: a space after \\${prefix}?`, start, end);
    this.fail(
      `Unknown command \\${name}${near ? `: did you mean \\${near}?` : `: for a name of your own write \\operatorname{${name}}.`}`,
      start,
      end,
    );
  }

  private lineBreak(end: number): void {
    const skip = /^\s*\[[-.\d\s]*(pt|em|ex|mm|cm|px)\]/.exec(this.source.text.slice(end));
    if (this.braces.some((open) => !open.silent) && this.begins.length === 0)
      this.fail("Expected }, found \\\\: a brace before this line break is not closed.", this.pos, end);
    this.push("break", "\\\\", this.pos, end + (skip ? skip[0].length : 0));
  }

  /** A font changes no meaning: its braces vanish, so that \boldsymbol{\theta}_1 is \theta_1. */
  private font(end: number, free: boolean): void {
    const brace = /^\s*\{/.exec(this.source.text.slice(end));
    this.pos = end;
    if (!brace) return;
    const at = end + brace[0].length;
    this.braces.push({ at: this.span(at - 1, at), free, silent: true });
    this.pos = at;
  }

  private environment(name: string, start: number, end: number): void {
    const found = /^\s*\{([a-zA-Z]+\*?)\}/.exec(this.source.text.slice(end));
    if (!found) this.fail(`Expected {…} with the environment's name after \\${name}.`, start, end);
    let stop = end + found[0].length;
    if (ALIGNING.has(found[1])) {
      const count =
        name === "begin" && /at\*?$/.test(found[1]) ? /^\s*\{\d+\}/.exec(this.source.text.slice(stop)) : null;
      this.pos = stop + (count ? count[0].length : 0);
      return;
    }
    if (/^([pvVB]|small)?matrix\*?$/.test(found[1]))
      this.fail("A matrix is not run here: write each of its numbers.", start, stop);
    if (!["cases", "dcases", "rcases", "array", "bmatrix"].includes(found[1]))
      this.fail(`The environment ${found[1]} is not known: cases is, and aligned.`, start, stop);
    if (name === "begin") this.begins.push(this.span(start, stop));
    else if (!this.begins.pop()) this.fail(`\\end{${found[1]}} has no \\begin{${found[1]}}.`, start, stop);
    const columns =
      found[1] === "array" && name === "begin" ? /^\s*\{[^{}]*\}/.exec(this.source.text.slice(stop)) : null;
    if (columns) stop += columns[0].length;
    this.push("command", `${name} ${found[1]}`, start, stop);
  }

  private delimiter(name: "left" | "right", start: number, end: number): void {
    const found = /^\s*(\\[{}|]|\\([lr]?[vV]ert|[lr]brace|[lr]brack)(?![a-zA-Z])|[()[\]|.])/.exec(
      this.source.text.slice(end),
    );
    if (!found) {
      const command = /^\s*\\([a-zA-Z]+)/.exec(this.source.text.slice(end));
      this.fail((command && refusalOf(command[1])) ?? `Expected a bracket after \\${name}.`, start, end);
    }
    const plain: Record<string, string> = {
      "\\lvert": "|",
      "\\rvert": "|",
      "\\vert": "|",
      "\\lbrace": "\\{",
      "\\rbrace": "\\}",
      "\\lbrack": "[",
      "\\rbrack": "]",
    };
    if (found[1] === "\\|" || /^\\[lr]?Vert$/.test(found[1])) this.fail(refusalOf("|")!, start, end);
    this.push("symbol", plain[found[1]] ?? found[1], start, end + found[0].length, { sized: name });
  }

  /** \text{…}, \operatorname{…} and \tag{…} with what stands in their braces, as it is. */
  private group(name: string, start: number, end: number): void {
    const { text } = this.source;
    const open = /^\s*\{/.exec(text.slice(end));
    const single = open ? null : /^\s*([a-zA-Z])/.exec(text.slice(end));
    if (single)
      return this.push("letter", single[1], start, end + single[0].length, { run: { text: single[1], start } });
    if (!open) this.fail(`Expected {…} after \\${name}.`, start, end);
    const from = end + open[0].length;
    let depth = 1;
    let stop = from;
    while (stop < text.length && depth > 0) {
      depth += text[stop] === "{" ? 1 : text[stop] === "}" ? -1 : 0;
      stop++;
    }
    if (depth > 0) this.fail("This { is never closed: expected }.", from - 1, from);
    const content = text.slice(from, stop - 1);
    const words = ["operatorname", "operatorname*", "mathrm", "textit", "mathsf"].includes(name);
    const shown = words ? -1 : content.replace(/\$[^$]*\$/g, (math) => " ".repeat(math.length)).search(/[=<>≠≤≥≈]/);
    if (shown >= 0)
      this.fail(
        `“${content[shown]}” among words is displayed but not run: set the formula between \\$…\\$.`,
        from + shown,
      );
    if (!words) return this.push(name.startsWith("tag") ? "tag" : "text", content, start, stop);
    if (/^[a-zA-Z]$/.test(content)) return this.push("letter", content, start, stop, { run: { text: content, start } });
    if (!/^[a-zA-Z][a-zA-Z0-9 -]*$/.test(content))
      this.fail(`\\${name}{…} takes a name made of letters.`, from, stop - 1);
    this.push("word", content.replace(/[ -]/g, ""), start, stop);
  }
}
