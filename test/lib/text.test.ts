import { expect, it } from "vitest";
import { listed, round, sameDigits, table } from "../../lib/text";

it("writes a table as Markdown and as plain text", () => {
  const { markdown, text } = table([
    { name: "W", value: 2.94, ok: true },
    { name: "b", value: -3.3, ok: false },
  ]);
  expect(markdown).toBe("| name | value | ok |\n| :-- | --: | :-- |\n| W | 2.94 | yes |\n| b | -3.3 | no |");
  expect(text).toBe("name  value  ok\nW     2.94   yes\nb     -3.3   no");
});

it("compares digits to the last and says which differ", () => {
  expect(sameDigits({ W: ["2.5", 2.5], loss: ["10", 10] }).text).toBe(
    "number  printed  ours  same\nW       2.5      2.5   yes\nloss    10       10    yes",
  );
  expect(() => sameDigits({ W: ["2.5", 2.5000000000000004] })).toThrow(
    "W is printed as 2.5, and we compute 2.5000000000000004.",
  );
});

it("writes a table of nothing", () => {
  expect(table([]).text).toBe("");
});

it("is as wide as its widest cell, and no line ends in spaces", () => {
  expect(
    table([
      { a: "long", b: "" },
      { a: 1, b: "x" },
    ]).text,
  ).toBe("a     b\nlong\n1     x");
});

it("rounds to significant digits, five if nobody says", () => {
  expect([round(1_234_567), round(0.00123456789), round(-2.96, 2)]).toEqual([1_234_600, 0.0012346, -3]);
});

it("writes several numbers in one place, and commas between the thousands of a large one", () => {
  expect(listed([0.6912, 12.345, 1e-6])).toBe("0.691, 12.3, 0.000001");
  expect(listed([0.6912, 0.0904], 2)).toBe("0.69, 0.09");
  const written = [9999, 10_000, -1_234_567.25, 1e21, 0.000012].map((n) => table([{ n }]).text.split("\n")[1]);
  expect(written).toEqual(["9999", "10,000", "-1,234,567.25", "1e+21", "0.000012"]);
});
