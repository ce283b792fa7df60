import type { Span } from "../text/errors";
import { DerivationError } from "../text/errors";
import type { Expr } from "../world/tree";
import type { Names } from "../world/world";
import type { Token } from "./scan";

const OPEN = new Set(["(", "[", "{", "\\{"]);
const CLOSE = new Set([")", "]", "}", "\\}"]);

/** +1 for a token that opens a bracket, -1 for one that closes it. */
export function nesting(token: Token): number {
  if (token.kind === "command") return token.text.startsWith("begin ") ? 1 : token.text.startsWith("end ") ? -1 : 0;
  if (token.kind !== "symbol") return 0;
  if (token.sized) return token.sized === "left" ? 1 : -1;
  return OPEN.has(token.text) ? 1 : CLOSE.has(token.text) ? -1 : 0;
}

export function isRelation(token: Token): boolean {
  return token.kind === "symbol" && ["=", "<", ">", ":=", "\\ne", "\\le", "\\ge", "\\approx"].includes(token.text);
}

/** \in, between a letter and what it may be. */
export function isMember(token: Token): boolean {
  return token.kind === "symbol" && token.text === "\\in";
}

/** What is said where \in stands anywhere else. */
export const MEMBERSHIP =
  "\\in says what a letter stands for, behind a formula: x^2 \\ge 0, \\quad x \\in \\mathbb{R}.";

/** What a stretch of tokens may be read as; handed to the reader, since each of these is made of the others. */
export interface Grammar {
  readonly formula: (r: Reader, what?: string) => Expr;
  readonly sum: (r: Reader) => Expr;
  readonly factor: (r: Reader) => Expr;
  readonly power: (r: Reader) => Expr;
  readonly atom: (r: Reader) => Expr;
  readonly script: (r: Reader) => Expr;
}

/** A cursor over the tokens of one side, fraction part or script. */
export class Reader {
  pos = 0;
  /** How many |…| are open at this bracket level. */
  bars = 0;
  private readonly tokens: Token[];
  private readonly last: Token;

  /** @param end the token that ends this stretch: messages name it as what was found instead */
  constructor(
    tokens: readonly Token[],
    end: Token,
    readonly names: Names,
    private readonly grammar: Grammar,
  ) {
    this.tokens = tokens.filter((token) => token.kind !== "newline" && token.kind !== "space");
    this.last = end;
  }

  /** All that is left, as one formula; `what` names it where it is missing. */
  formula(what?: string): Expr {
    return this.grammar.formula(this, what);
  }

  /** Terms with + and - between them. */
  sum(): Expr {
    return this.grammar.sum(this);
  }

  /** A power, or a sum, a limit or a derivative with all it acts on. */
  factor(): Expr {
    return this.grammar.factor(this);
  }

  /** An atom with its exponent. */
  power(): Expr {
    return this.grammar.power(this);
  }

  /** One indivisible thing. */
  atom(): Expr {
    return this.grammar.atom(this);
  }

  /** What stands after ^: a group, or a single sign. */
  script(): Expr {
    return this.grammar.script(this);
  }

  peek(ahead = 0): Token {
    return this.tokens[this.pos + ahead] ?? this.last;
  }

  next(): Token {
    const token = this.peek();
    this.pos++;
    return token;
  }

  get done(): boolean {
    return this.pos >= this.tokens.length;
  }

  is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return (
      this.pos + ahead < this.tokens.length &&
      (token.kind === "symbol" || token.kind === "command") &&
      token.text === text
    );
  }

  take(text: string): boolean {
    if (!this.is(text)) return false;
    this.pos++;
    return true;
  }

  /** Whether one pair of brackets holds all that is left. */
  get enclosed(): boolean {
    let depth = 0;
    for (let i = this.pos; i < this.tokens.length; i++) {
      depth += nesting(this.tokens[i]);
      if (depth === 0) return i > this.pos && i === this.tokens.length - 1;
    }
    return false;
  }

  expect(text: string, why = ""): Token {
    if (!this.is(text)) this.fail(`Expected ${text}${why}, found ${this.found()}.`);
    return this.next();
  }

  found(token: Token = this.peek()): string {
    if (token.kind === "end") return "the end";
    return `“${token.at.source.slice(token.at.start, token.at.end)}”`;
  }

  fail(message: string, at: Span = this.peek().at): never {
    throw new DerivationError(message, at);
  }

  /** From a token's position to the last token read. */
  spanFrom(start: number): Span {
    const first = this.tokens[start] ?? this.last;
    const final = this.tokens[Math.max(start, this.pos - 1)] ?? first;
    return { source: first.at.source, start: first.at.start, end: final.at.end };
  }

  /** The tokens between the bracket just opened and the one that closes it, which is read too. */
  within(open: Token): Reader {
    const start = this.pos;
    let depth = 1;
    while (depth > 0) {
      if (this.done) this.fail(`This ${this.found(open)} is never closed.`, open.at);
      depth += nesting(this.next());
    }
    return new Reader(this.tokens.slice(start, this.pos - 1), this.tokens[this.pos - 1], this.names, this.grammar);
  }

  /** Where the bracket that opens at a position closes; -1 if it does not. */
  closing(from: number): number {
    let depth = 0;
    for (let i = from; i < this.tokens.length; i++) {
      depth += nesting(this.tokens[i]);
      if (depth === 0) return i;
    }
    return -1;
  }

  /** A reader over a stretch of these tokens. */
  part(from: number, to: number): Reader {
    return new Reader(this.tokens.slice(from, to), this.tokens[to] ?? this.last, this.names, this.grammar);
  }

  get length(): number {
    return this.tokens.length;
  }

  /** Whether the exponent that comes next is followed by an opening bracket, as in f^2(x). */
  closingScriptBeforeBracket(): boolean {
    const end = this.is("{", 1) ? this.closing(this.pos + 1) : this.pos + 1;
    return end > 0 && this.is("(", end + 1 - this.pos);
  }

  /** The next single token, as TeX takes an argument without braces: of 12 only the 1. */
  single(): Reader {
    const token = this.peek();
    if (token.kind === "number" && token.text.length > 1) {
      const cut = token.at.start + 1;
      const half = (text: string, start: number, end: number): Token => ({
        ...token,
        text,
        at: { ...token.at, start, end },
      });
      this.tokens.splice(
        this.pos,
        1,
        half(token.text[0], token.at.start, cut),
        half(token.text.slice(1), cut, token.at.end),
      );
    }
    this.pos++;
    return this.part(this.pos - 1, this.pos);
  }

  /** Splits at top-level tokens that satisfy a condition, which are left out. */
  split(at: (token: Token) => boolean): Reader[] {
    const parts: Reader[] = [];
    let depth = 0;
    let from = this.pos;
    for (let i = this.pos; i < this.tokens.length; i++) {
      if (depth === 0 && at(this.tokens[i])) {
        parts.push(this.part(from, i));
        from = i + 1;
      }
      depth += nesting(this.tokens[i]);
    }
    parts.push(this.part(from, this.tokens.length));
    return parts;
  }
}
