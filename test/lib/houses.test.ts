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

describe("names the file, the row, the column and the cure", () => {
  it("when there is no file", async () => {
    await expect(readHouses("nowhere.csv")).rejects.toThrow(
      'There is no file "nowhere.csv": a path is relative to the notebook\'s folder.',
    );
  });

  it.each([
    ["is empty", "", "is empty: it needs a header"],
    ["has a header only", "floors,price\n", "has a header but no rows"],
    ["misspells a column", "floors,prize\n1,2\n", 'has no column "price": its first line names "floors", "prize".'],
    ["names a column twice", "floors,price,price\n1,2,3\n", 'has two columns "price"'],
    ["is separated by semicolons", "floors;price\n1;2\n", "is separated by semicolons: save it with commas"],
    ["has a short row", "floors,price\n1,2\n3\n", "row 2 (line 3) has 1 value, the header 2 columns"],
    ["has a long row", "floors,price\n1,2,3\n", "row 1 (line 2) has 3 values, the header 2 columns"],
    ["lacks a number", "floors,price\n1,2\n3,\n", 'row 2 (line 3), column "price" is empty'],
    ["holds NaN", "floors,price\n1,NaN\n", 'row 1 (line 2), column "price" is "NaN": give a finite number'],
    ["holds a text", "floors,price\ntwo,2\n", 'row 1 (line 2), column "floors" is "two": give a finite number'],
    ["holds a decimal comma", 'floors,price\n1,"0,5"\n', 'column "price" is "0,5": give a finite number, with a point'],
    ["holds infinity", "floors,price\n1,Infinity\n", 'column "price" is "Infinity": give a finite number'],
    ["overflows", "floors,price\n1,1e999\n", 'column "price" is "1e999", which is too large'],
  ])("when it %s", async (_what, text, message) => {
    await expect(read(text)).rejects.toThrow(message);
    await expect(read(text)).rejects.toThrow(file);
  });
});
