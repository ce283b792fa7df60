import { expect, it } from "vitest";
import { sameDigits, table } from "../../lib/text";

it("writes a table as Markdown and as plain text", () => {
  const { markdown, text } = table([
    { name: "W", value: 2.94, ok: true },
    { name: "b", value: -3.3, ok: false },
  ]);
  expect(markdown).toBe("| name | value | ok |\n| :-- | --: | :-- |\n| W | 2.94 | yes |\n| b | -3.3 | no |");
  expect(text).toBe("name  value  ok\nW     2.94   yes\nb     -3.3   no");
});

it("compares digits to the last and says which differ", () => {
  expect(sameDigits({ W: ["2.5", 2.5] }).text).toContain("2.5");
  expect(() => sameDigits({ W: ["2.5", 2.5000000000000004] })).toThrow(
    "W is printed as 2.5, and we compute 2.5000000000000004.",
  );
});
