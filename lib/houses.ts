import { parse } from "papaparse";
import { host } from "./host";
import type { Data } from "./types";

/** A file of houses that cannot be used; the message names the file, the row, the column and the cure. */
export class DataError extends Error {
  override readonly name = "DataError";
}

/**
 * Reads houses from a CSV file with a header: by default x is the column `floors` (a count) and y is `price` (in
 * 100,000 EUR). A byte-order mark, CRLF line ends, blank lines and further columns do no harm.
 *
 * @throws DataError when the file, a column or a number is missing or is not what it should be.
 */
export async function readHouses(path: string, x = "floors", y = "price"): Promise<Data> {
  const [header, ...rows] = await readRows(path);
  const columns = header.map((name) => name.replace(/^\ufeff/, "").trim());
  const file = quote(path);
  const xColumn = find(file, columns, x);
  const yColumn = find(file, columns, y);
  const data = { x: [] as number[], y: [] as number[] };
  rows.forEach((row, i) => {
    if (row.every((cell) => cell.trim() === "")) return; // a blank line
    const where = `${file}, row ${data.x.length + 1} (line ${i + 2})`;
    if (row.length !== columns.length)
      throw new DataError(
        `${where} has ${count(row.length, "value")}, the header ${count(columns.length, "column")}: give one value for each column.`,
      );
    data.x.push(toNumber(row[xColumn], `${where}, column ${quote(x)}`));
    data.y.push(toNumber(row[yColumn], `${where}, column ${quote(y)}`));
  });
  if (data.x.length === 0) throw new DataError(`${file} has a header but no rows: add one line for each house.`);
  return data;
}

/** All lines of the file as texts: a short row, an empty place and a NaN are ours to name. */
async function readRows(path: string): Promise<string[][]> {
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
  const have = columns.map(quote).join(", ");
  if (found < 0 && columns.length === 1 && columns[0].includes(";"))
    throw new DataError(`${file} is separated by semicolons: save it with commas between the columns.`);
  if (found < 0) throw new DataError(`${file} has no column ${quote(name)}: its first line names ${have}.`);
  if (columns.indexOf(name, found + 1) >= 0) throw new DataError(`${file} has two columns ${quote(name)}: rename one.`);
  return found;
}

function toNumber(text: string, where: string): number {
  const trimmed = text.trim();
  if (trimmed === "") throw new DataError(`${where} is empty: give a number.`);
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed))
    throw new DataError(`${where} is ${quote(text)}: give a finite number, with a point for the decimals.`);
  const value = Number(trimmed);
  if (!Number.isFinite(value))
    throw new DataError(`${where} is ${quote(text)}, which is too large: give a finite number.`);
  return value;
}

const quote = (text: string): string => `"${text}"`;
const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;
