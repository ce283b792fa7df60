import { describe, expect, it } from "vitest";
import { Bytes } from "../../../lib/engine/bytes";

describe("a number in LEB128", () => {
  it.each<[value: number, bytes: number[]]>([
    [0, [0]],
    [0x7f, [0x7f]],
    [0x80, [0x80, 1]],
    [624_485, [0xe5, 0x8e, 0x26]], // the example of the DWARF standard
    [2 ** 32, [0x80, 0x80, 0x80, 0x80, 0x10]],
  ])("%d without a sign has as few bytes as it needs", (value, bytes) => {
    expect([...new Bytes().unsigned(value).toArray()]).toEqual(bytes);
  });

  it.each<[value: number, bytes: number[]]>([
    [2, [2]],
    [-2, [0x7e]],
    [0x3f, [0x3f]],
    [0x40, [0xc0, 0]],
    [-0x40, [0x40]],
    [-0x41, [0xbf, 0x7f]],
    [-123_456, [0xc0, 0xbb, 0x78]], // the example of Wikipedia
  ])("%d with its sign has as few bytes as it needs", (value, bytes) => {
    expect([...new Bytes().signed(value).toArray()]).toEqual(bytes);
  });
});

it("what is put together keeps its order, and says its length where that is asked", () => {
  const inner = new Bytes().text("ab").double(1);
  expect([...new Bytes().byte(9).section(3, inner).append(inner).toArray()]).toEqual([
    ...[9, 3, 11],
    ...[2, 97, 98, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f],
    ...[2, 97, 98, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f],
  ]);
});
