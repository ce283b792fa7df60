import { expect, test } from "vitest";
import { goals } from "../../lib/goals";

test("a goal is reached, not reached, or wrong in a way that is told", () => {
  expect(goals({ "it settles": true, "it is fast": true })).toEqual({
    markdown: "**Right.**\n\n- ✓ it settles\n- ✓ it is fast",
    text: "Right.\n✓ it settles\n✓ it is fast",
  });
  expect(goals({ "it settles": true, "it is fast": false, "it is near": "0.3 is missing" }).text).toBe(
    "Not yet: 1 of 3 reached.\n✓ it settles\n✗ it is fast\n✗ it is near: 0.3 is missing",
  );
});
