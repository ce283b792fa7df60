/** Something to read: Markdown (with LaTeX) for a page, plain text for where there is none. */
export interface Text {
  readonly markdown: string;
  readonly text: string;
}

/** What a cell of a table may hold; a number is shown with all the digits that tell it from its neighbours. */
export type Cell = string | number | boolean;

/** A table: one object a row, its keys are the columns. */
export function table(rows: readonly Readonly<Record<string, Cell>>[]): Text {
  const columns = Object.keys(rows[0] ?? {});
  const cells = rows.map((row) => columns.map((column) => write(row[column])));
  const line = (values: readonly string[]): string => `| ${values.join(" | ")} |`;
  const align = columns.map((column) => (typeof rows[0][column] === "number" ? "--:" : ":--"));
  const width = columns.map((column, i) => Math.max(column.length, ...cells.map((row) => row[i].length)));
  const plain = (values: readonly string[]): string =>
    values
      .map((value, i) => value.padEnd(width[i]))
      .join("  ")
      .trimEnd();
  return {
    markdown: [line(columns), line(align), ...cells.map(line)].join("\n"),
    text: [plain(columns), ...cells.map(plain)].join("\n"),
  };
}

/** The number rounded to so many significant digits, for a table that is read and not compared. */
export function round(value: number, digits = 5): number {
  return Number(value.toPrecision(digits));
}

/** Several numbers in one place of a table, each rounded to so many significant digits: `0.69, 0.77`. */
export function listed(values: readonly number[], digits = 3): string {
  return values.map((value) => round(value, digits)).join(", ");
}

/**
 * Holds digits that somebody printed against computed numbers, digit for digit.
 *
 * @throws Error when any differs, naming it with both.
 */
export function sameDigits(rows: Readonly<Record<string, readonly [printed: string, ours: number]>>): Text {
  for (const [name, [printed, ours]] of Object.entries(rows))
    if (printed !== String(ours)) throw new Error(`${name} is printed as ${printed}, and we compute ${ours}.`);
  return table(
    Object.entries(rows).map(([name, [printed, ours]]) => ({ number: name, printed, ours: String(ours), same: true })),
  );
}

/** A number from 10,000 on has commas between its thousands. */
function write(cell: Cell): string {
  if (typeof cell === "boolean") return cell ? "yes" : "no";
  if (typeof cell === "string") return cell;
  return String(cell).replace(/^-?\d{5,}/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
}
