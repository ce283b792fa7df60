import { createHash } from "node:crypto";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { script } from "../../tools/bundle";
import { root } from "../../tools/project";
import { HASH } from "../lib/engine/trained";
import { firefox, launchFirefox } from "./firefox";
import { Reader } from "./reader";

/** The library's trainings, bundled as a page's kernel is. */
let trainings: string;
beforeAll(async () => {
  trainings = await script(join(root, "test/pages/trained.ts"), { "carried-files": {} });
});

/** Runs in the browser: what a worker of this text says. */
const said = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(URL.createObjectURL(new Blob([text])));
    worker.onmessage = ({ data }) => resolve(data as string);
    worker.onerror = ({ message }) => reject(new Error(message));
  });

const hash = (bits: string): string => createHash("sha256").update(bits, "latin1").digest("hex");

describe("every model trains to the bits that are written down, in a worker", () => {
  test("of Chromium", async () => {
    const reader = await Reader.come();
    expect(hash(await reader.page.evaluate(said, trainings))).toBe(HASH);
    await reader.leave();
  });

  test("of Chromium without WebAssembly, in JavaScript", async () => {
    const reader = await Reader.come();
    expect(hash(await reader.page.evaluate(said, `WebAssembly = undefined;\n${trainings}`))).toBe(HASH);
    await reader.leave();
  });

  test.skipIf(!firefox)("of Firefox (skipped where none is installed)", async () => {
    const browser = await launchFirefox();
    const page = await browser.newPage();
    expect(hash(await page.evaluate(said, trainings))).toBe(HASH);
    await browser.close();
  });
});
