import { DataError, quote, type Row, readRows } from "./csv";
import { type Frame, frameOf, type Group } from "./frame";
import { shuffled } from "./random";
import { round, type Text, table } from "./text";

export type { Group } from "./frame";

/** What is known of a sale: the year, floors (a count, in halves), living area (square feet), grade (1 to 13), USD. */
const COLUMNS = ["year", "floors", "sqft_living", "grade", "price"] as const;
/** What is known of a sale, as its column is called. */
export type Column = (typeof COLUMNS)[number];

/**
 * Reads sales of houses from a CSV file with the columns `date` (YYYY-MM-DD), `floors` (a count, in halves),
 * `sqft_living` (the living area in square feet), `grade` (1 to 13) and `price` (USD).
 *
 * @throws DataError when the file or a column is missing, or a value cannot be one of a sale.
 */
export async function readSales(path: string): Promise<Sales> {
  const rows = await readRows(path, ["date", ...COLUMNS.slice(1)]);
  rows.forEach((row, i) => {
    if (i > 0 && wordsOf(row) === wordsOf(rows[i - 1]))
      throw new DataError(`${row.where} repeats the row above it: delete it.`);
  });
  const columns = Object.fromEntries(COLUMNS.map((name) => [name, rows.map((row) => valueOf(row, name))]));
  return new Sales(await frameOf(columns));
}

const wordsOf = (row: Row): string => ["date", ...COLUMNS.slice(1)].map((name) => row.text(name)).join();

/** The ranges that a sale's values must lie in, each with its cure. */
const SENSE: Readonly<Record<Exclude<Column, "year">, readonly [(value: number) => boolean, string]>> = {
  floors: [(value) => value >= 1 && Number.isInteger(2 * value), "give whole or half floors, from 1 on"],
  sqft_living: [(value) => value > 0, "an area is above 0 square feet"],
  grade: [(value) => value >= 1 && value <= 13 && Number.isInteger(value), "a grade is a whole number from 1 to 13"],
  price: [(value) => value > 0, "a sale has a price above 0 USD"],
};

function valueOf(row: Row, column: Column): number {
  if (column === "year") return yearOf(row);
  const value = row.number(column);
  const [makesSense, cure] = SENSE[column];
  if (!makesSense(value)) throw new DataError(`${row.where}, column ${quote(column)} is ${value}: ${cure}.`);
  return value;
}

function yearOf(row: Row): number {
  const text = row.text("date");
  const date = new Date(`${text}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(date.getTime()) || !date.toISOString().startsWith(text))
    throw new DataError(`${row.where}, column "date" is ${quote(text)}: give a day as 2014-10-13.`);
  return date.getUTCFullYear();
}

/** Sales of houses as a data frame. */
export class Sales {
  constructor(private readonly frame: Frame) {}

  /** How many sales there are. */
  get size(): number {
    return this.frame.size;
  }

  /** All values of a column, one a sale. */
  column(name: Column): readonly number[] {
    return this.frame.column(known(name));
  }

  /** What is in each column: its mean, standard deviation, least, middle and largest value. */
  describe(): Text {
    return table(
      this.frame.describe().map(({ column, mean, std, ...rest }) => ({
        column,
        mean: round(mean, 10),
        std: round(std, 8),
        ...rest,
      })),
    );
  }

  /** The sales that share a value of the column, from the least value up: how many, the mean and the median price (USD). */
  groupBy(name: Column): readonly Group[] {
    return this.frame.groups(known(name), "price");
  }

  /**
   * The sales whose value in the column is as asked, in their order.
   *
   * @throws RangeError when there is none.
   */
  where(name: Column, asked: (value: number) => boolean): Sales {
    const keep = this.column(name).map(asked);
    if (!keep.includes(true))
      throw new RangeError(`None of the ${this.size} sales has such a value of ${name}: ask for another.`);
    return new Sales(this.frame.where(keep));
  }

  /**
   * A part of the sales, drawn at random but the same for the same seed, to be held out (`test`), and the rest (`train`).
   *
   * @throws RangeError when one of the two would be empty.
   */
  holdOut(part: number, seed: number): { readonly train: Sales; readonly test: Sales } {
    const count = Math.round(part * this.size);
    if (!(count >= 1 && count < this.size))
      throw new RangeError(
        `A part of ${part} of ${this.size} sales is ${count}: choose one that leaves sales on both sides.`,
      );
    const order = shuffled(this.size, seed);
    const rows = (chosen: readonly number[]): Sales => new Sales(this.frame.take([...chosen].sort((a, b) => a - b)));
    return { train: rows(order.slice(count)), test: rows(order.slice(0, count)) };
  }
}

function known(name: Column): Column {
  if (!COLUMNS.includes(name))
    throw new RangeError(`The sales have no column ${quote(name)}: they have ${COLUMNS.join(", ")}.`);
  return name;
}
