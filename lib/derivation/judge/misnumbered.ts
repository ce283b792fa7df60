import type { Runner } from "../run/runner";
import { texOf } from "../text/commands";
import { math } from "../text/say";
import type { Expr } from "../world/tree";
import { partsOf, walk } from "../world/tree";
import { lettersOf } from "../world/usage";

/**
 * A sum over data from 0 to N beside a factor N: it counts N + 1 data, x_0 to x_N, and N is their number. Both sides of
 * a chain may make the mistake alike, so no comparison of values shows it.
 */
export function misnumbered(side: Expr, runner: Runner): string | null {
  const { world, usage } = runner;
  let found: string | null = null;
  const inspect = (expr: Expr): void =>
    walk(expr, (part) => {
      if (
        part.kind !== "series" ||
        part.from?.kind !== "number" ||
        part.from.text !== "0" ||
        part.to?.kind !== "letter"
      )
        return;
      const count = part.to.name;
      const data = [...lettersOf(part.of, world)].find((name) => usage.data.has(name));
      if (data && countsElsewhere(expr, count))
        found = `the sum takes ${math(`${texOf(data)}_0`)} to ${math(`${texOf(data)}_${count}`)}, that is ${math(`${count} + 1`)} terms, and ${math(count)} is their number: it should start one later, at ${math(`${part.index} = 1`)}`;
    });
  inspect(side);
  for (const [name, definitions] of world.definitions)
    if (lettersOf(side, world).has(name)) definitions.forEach(({ body }) => inspect(body));
  return found;
}

/** N as a factor, not as a sum's end. */
function countsElsewhere(expr: Expr, name: string): boolean {
  if (expr.kind === "letter") return expr.name === name;
  if (expr.kind === "series") return countsElsewhere(expr.of, name);
  let found = false;
  const parts = expr.kind === "cases" ? expr.rows.map(({ value }) => value) : partsOf(expr);
  for (const part of parts) found ||= countsElsewhere(part, name);
  return found;
}
