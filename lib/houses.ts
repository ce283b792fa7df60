import { readRows } from "./csv";
import type { Data } from "./types";

export { DataError } from "./csv";

/**
 * Reads houses from a CSV file with a header: by default x is the column `floors` (a count) and y is `price` (in
 * 100,000 EUR). A byte-order mark, CRLF line ends, blank lines and further columns do no harm.
 *
 * @throws DataError when the file, a column or a number is missing or is not what it should be.
 */
export async function readHouses(path: string, x = "floors", y = "price"): Promise<Data> {
  const rows = await readRows(path, [x, y]);
  const data = { x: [] as number[], y: [] as number[] };
  for (const row of rows) {
    data.x.push(row.number(x));
    data.y.push(row.number(y));
  }
  return data;
}
