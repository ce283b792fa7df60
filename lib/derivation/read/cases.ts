import type { Comparison, Expr, Relation, Row } from "../world/tree";
import type { Reader } from "./reader";
import { isRelation, nesting } from "./reader";

const OTHERWISE = /^\s*(otherwise|else|elsewhere|in all other cases|sonst)\W*$/i;
const WHEN = /^[\s,]*(if|for|when|where|falls|and|or)?[\s:,]*$/i;

/** \begin{cases}: rows of a value and its condition, in either order, with & or a comma or \text{if} between them. */
export function parseCases(r: Reader, brace: boolean): Expr {
  const start = r.pos - (brace ? 1 : 0);
  const begin = r.next();
  const inner = r.within(begin);
  const rows = inner
    .split((token) => token.kind === "break")
    .filter((row) => row.length > 0)
    .map(parseRow);
  if (rows.length === 0) r.fail("These cases have no rows.", begin.at);
  if (brace && !(r.is(".") && r.next().sized === "right"))
    r.fail("Expected \\right. after the cases that \\left\\{ opens.");
  return { kind: "cases", rows, at: r.spanFrom(start) };
}

function parseRow(row: Reader): Row {
  let value: Expr | null = null;
  let otherwise = false;
  const conditions: Reader[] = [];
  let any = false;
  for (const piece of row.split(
    (token) =>
      token.text === "&" ||
      token.text === "," ||
      token.kind === "text" ||
      token.kind === "space" ||
      token.text === ":" ||
      (token.text === "." && !token.sized),
  )) {
    if (piece.done) continue;
    if (hasRelation(piece)) conditions.push(piece);
    else if (value)
      piece.fail(`This row of cases has two values: expected a condition such as x > 0, found ${piece.found()}.`);
    else value = piece.formula("a value");
  }
  for (let i = 0; i < row.length; i++) {
    const token = row.peek(i);
    if (token.kind !== "text") continue;
    if (OTHERWISE.test(token.text)) otherwise = true;
    else if (/^\s*or\s*$/i.test(token.text)) any = true;
    else if (!WHEN.test(token.text))
      row.fail(`“${token.text}” in cases: expected if, for, when, and, or, otherwise.`, token.at);
  }
  if (!value) row.fail("This row of cases has no value.");
  if (conditions.length === 0 && !otherwise)
    row.fail(
      `This row of cases lacks its condition: write ${"x, x > 0"} or x & \\text{if } x > 0, or \\text{otherwise}.`,
    );
  const parsed = conditions.flatMap(parseCondition);
  const condition = parsed.length ? conditions.map((c) => textBetween(c)).join(any ? " or " : " and ") : "otherwise";
  return { value, when: parsed.length === 0 ? null : any ? parsed.map((c) => [c]) : [parsed], condition };
}

function textBetween(r: Reader): string {
  const first = r.peek().at;
  return first.source.slice(first.start, r.peek(r.length - 1).at.end);
}

function hasRelation(r: Reader): boolean {
  return r.split(isRelation).length > 1;
}

function parseCondition(r: Reader): Comparison[] {
  return r.split((token) => token.text === "land").map(parseComparison);
}

/** a < b, or a chain 0 < x < 1. */
export function parseComparison(r: Reader): Comparison {
  const relations: Relation[] = [];
  let depth = 0;
  for (let i = 0; i < r.length; i++) {
    depth += nesting(r.peek(i));
    if (depth === 0 && isRelation(r.peek(i))) relations.push(r.peek(i).text as Relation);
  }
  const bad = relations.find((relation) => relation === "\\approx" || relation === ":=");
  if (bad) r.fail(`${bad} is not a condition.`);
  return { relations, sides: r.split(isRelation).map((side) => side.formula()) };
}
