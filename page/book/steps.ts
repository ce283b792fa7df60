/** A line of a derivation: what stands left of its sign, the sign with what stands right of it, and the reason. */
interface Row {
  readonly left: string;
  readonly right: string;
  readonly reason: string;
}

/** What is one thing to TeX where it is cut: a command, or a sign. */
const TOKEN = /\\begin\{\w+\*?\}|\\end\{\w+\*?\}|\\[a-zA-Z]+|\\[^]|[^]/g;

/** The lines of a block `aligned` of the form left &= right && reason; undefined of anything else. */
export function rowsOf(tex: string): Row[] | undefined {
  const body = /^\s*\\begin\{aligned\}([^]*)\\end\{aligned\}\s*$/.exec(tex)?.[1];
  if (body === undefined) return undefined;
  const rows: string[][] = [[""]];
  let depth = 0;
  for (const token of body.match(TOKEN) ?? []) {
    if (token === "{" || token.startsWith("\\begin{")) depth++;
    if (token === "}" || token.startsWith("\\end{")) depth--;
    if (depth < 0) return undefined;
    const row = rows[rows.length - 1];
    if (depth === 0 && token === "\\\\") rows.push([""]);
    else if (depth === 0 && token === "&") row.push("");
    else row[row.length - 1] += token;
  }
  const full = rows.filter((row, i) => i < rows.length - 1 || row.join("").trim() !== "");
  if (full.some((row) => row.length < 2 || row.length === 3 || row.length > 4 || row[2]?.trim())) return undefined;
  return full.map(([left, right, , reason = ""]) => ({
    left: left.trim(),
    right: right.trim(),
    reason: reason.replace(/^\s*\\quad/, "").trim(),
  }));
}

/** The lines as HTML, by what typesets a formula: on a wide page a column of signs, on a phone one under the other. */
export function steps(rows: readonly Row[], typeset: (tex: string) => string): string {
  const part = (name: string, tex: string): string =>
    tex && `<span class="${name}">${typeset(name === "reason" ? tex : `\\displaystyle ${tex}`)}</span>`;
  const lines = rows.map(
    ({ left, right, reason }) =>
      `<span class="step">${part("left", left)}${part("right", `{}${right}`)}${part("reason", reason)}</span>`,
  );
  return `<span class="steps">${lines.join("")}</span>`;
}
