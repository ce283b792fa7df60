import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { HASH, trained } from "./trained";

it("every model trains to the bits that are written down, in every version of Node.js and on every machine", () => {
  expect(createHash("sha256").update(trained()).digest("hex")).toBe(HASH);
});
