import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readHouses } from "../../lib/houses";

const folder = mkdtempSync(join(tmpdir(), "houses-"));
const file = join(folder, "houses.csv");
afterAll(() => rmSync(folder, { recursive: true }));

const read = (text: string): ReturnType<typeof readHouses> => {
  writeFileSync(file, text);
  return readHouses(file);
};

it("reads the book's data", async () => {
  expect(await readHouses("data/house-prices.csv")).toEqual({ x: [1, 2, 3, 4], y: [0.7, 1.5, 4.5, 9.5] });
});

it.each([
  ["a byte-order mark", "\ufefffloors,price\n1,0.5\n"],
  ["CRLF", "floors,price\r\n1,0.5\r\n"],
  ["no last newline", "floors,price\n1,0.5"],
  ["blank lines", "floors,price\n\n1,0.5\n\n  ,\n"],
  ["quotes and spaces", '"floors" , price\n"1", 0.5 \n'],
  ["other columns, in another order", "price,street,floors\n5e-1,High Street,1\n"],
])("reads a file with %s", async (_what, text) => {
  expect(await read(text)).toEqual({ x: [1], y: [0.5] });
});

it.each([
  ["1", 1],
  ["+1.5", 1.5],
  ["-20", -20],
  ["12.5", 12.5],
  ["5.", 5],
  [".25", 0.25],
  ["12e3", 12_000],
  ["1.5E+2", 150],
  ["25e-1", 2.5],
])("reads the number %s", async (text, value) => {
  expect(await read(`floors,price\n${text},${text}\n`)).toEqual({ x: [value], y: [value] });
});

it.each(["1 2", "0x10", "--1", "1e", "e5", "1e1.5", ".", "x1", "1x", "1..2", "1e+", "+"])(
  "takes %j for no number",
  async (text) => {
    await expect(read(`floors,price\n1,${text}\n`)).rejects.toThrow(
      `houses.csv", row 1 (line 2), column "price" is "${text}": give a finite number, with a point for the decimals.`,
    );
  },
);

it("reads the columns that it is asked for", async () => {
  writeFileSync(file, "a,b,c\n1,2,3\n4,5,6\n");
  expect(await readHouses(file, "c", "a")).toEqual({ x: [3, 6], y: [1, 4] });
});

describe("names the file, the row, the column and the cure", () => {
  it("when there is no file", async () => {
    await expect(readHouses("nowhere.csv")).rejects.toThrow(
      'There is no file "nowhere.csv": a path is relative to the notebook\'s folder.',
    );
  });

  it.each([
    ["is empty", "", "is empty: it needs a header and a line for each house."],
    ["is blank", " \n\n", "is empty: it needs a header and a line for each house."],
    ["has a header only", "floors,price\n", "has a header but no rows: add one line for each house."],
    ["misspells a column", "floors,prize\n1,2\n", 'has no column "price": its first line names "floors", "prize".'],
    ["names a column twice", "floors,price,price\n1,2,3\n", 'has two columns "price": rename one.'],
    [
      "is separated by semicolons",
      "floors;price\n1;2\n",
      "is separated by semicolons: save it with commas between the columns.",
    ],
    ["has no column and a semicolon elsewhere", "a;b,floors\n1,2\n", 'has no column "price": its first line names'],
    ["has one column only", "floors\n1\n", 'has no column "price": its first line names "floors".'],
    ["is written in UTF-16", "f\0l\0,\0", "is written in UTF-16: save it as “CSV UTF-8”."],
    ["leaves a quote open", 'floors,price\n1,"2\n', "cannot be read as CSV: Quoted field unterminated."],
    ["has a line after blank ones", "floors,price\n\n1,2\n,\n3,x\n", "row 2 (line 5)"],
    ["has a short row", "floors,price\n1,2\n3\n", "row 2 (line 3) has 1 value, the header 2 columns"],
    [
      "has a long row",
      "floors,price\n1,2,3\n",
      "row 1 (line 2) has 3 values, the header 2 columns: give one value for each column.",
    ],
    ["lacks a number", "floors,price\n1,2\n3,\n", 'row 2 (line 3), column "price" is empty: give a number.'],
    ["holds NaN", "floors,price\n1,NaN\n", 'row 1 (line 2), column "price" is "NaN": give a finite number'],
    ["holds a text", "floors,price\ntwo,2\n", 'row 1 (line 2), column "floors" is "two": give a finite number'],
    ["holds a decimal comma", 'floors,price\n1,"0,5"\n', 'column "price" is "0,5": give a finite number, with a point'],
    ["holds infinity", "floors,price\n1,Infinity\n", 'column "price" is "Infinity": give a finite number'],
    ["overflows", "floors,price\n1,1e999\n", 'column "price" is "1e999", which is too large: give a finite number.'],
  ])("when it %s", async (_what, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
    await expect(read(text)).rejects.toThrow(file);
  });
});
