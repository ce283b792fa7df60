import { parse } from "papaparse";
import { host } from "./host";

/** A file of houses that cannot be used; the message names the file, the row, the column and the cure. */
export class DataError extends Error {
  override readonly name = "DataError";
}

/** One line of a file. */
export interface Row {
  /** Which row of which file it is, for a message. */
  readonly where: string;
  /** What stands in a column, without spaces around it. */
  text(column: string): string;
  /** The number that stands in a column. */
  number(column: string): number;
}

/**
 * The rows of a CSV file that has these columns. A byte-order mark, CRLF line ends, blank lines and further columns do
 * no harm.
 *
 * @throws DataError when the file or a column is missing, or a row has too few or too many values.
 */
export async function readRows(path: string, wanted: readonly string[]): Promise<Row[]> {
  const [header, ...lines] = await readLines(path);
  const columns = header.map((name) => name.trim());
  const file = quote(path);
  const places = new Map(wanted.map((name) => [name, find(file, columns, name)]));
  const rows: Row[] = [];
  lines.forEach((cells, i) => {
    if (cells.every((cell) => cell.trim() === "")) return; // a blank line
    const where = `${file}, row ${rows.length + 1} (line ${i + 2})`;
    if (cells.length !== columns.length)
      throw new DataError(
        `${where} has ${count(cells.length, "value")}, the header ${count(columns.length, "column")}: give one value for each column.`,
      );
    const text = (column: string): string => cells[places.get(column)!].trim();
    rows.push({ where, text, number: (column) => toNumber(text(column), `${where}, column ${quote(column)}`) });
  });
  if (rows.length === 0) throw new DataError(`${file} has a header but no rows: add one line for each house.`);
  return rows;
}

/** All lines of the file as texts: a short row, an empty place and a NaN are ours to name. */
async function readLines(path: string): Promise<string[][]> {
  const text = await host.read(path).catch(({ message }: Error) => {
    throw new DataError(message);
  });
  const { data, errors } = parse<string[]>(text, { delimiter: "," });
  if (text.includes("\0")) throw new DataError(`${quote(path)} is written in UTF-16: save it as “CSV UTF-8”.`);
  if (text.trim() === "") throw new DataError(`${quote(path)} is empty: it needs a header and a line for each house.`);
  if (errors.length > 0) throw new DataError(`${quote(path)} cannot be read as CSV: ${errors[0].message}.`);
  return data;
}

function find(file: string, columns: readonly string[], name: string): number {
  const found = columns.indexOf(name);
  if (found < 0)
    throw new DataError(
      columns.length === 1 && columns[0].includes(";")
        ? `${file} is separated by semicolons: save it with commas between the columns.`
        : `${file} has no column ${quote(name)}: its first line names ${columns.map(quote).join(", ")}.`,
    );
  if (columns.includes(name, found + 1)) throw new DataError(`${file} has two columns ${quote(name)}: rename one.`);
  return found;
}

function toNumber(text: string, where: string): number {
  if (text === "") throw new DataError(`${where} is empty: give a number.`);
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text))
    throw new DataError(`${where} is ${quote(text)}: give a finite number, with a point for the decimals.`);
  const value = Number(text);
  if (!Number.isFinite(value))
    throw new DataError(`${where} is ${quote(text)}, which is too large: give a finite number.`);
  return value;
}

export const quote = (text: string): string => `"${text}"`;
const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;
