import chromium from "@sparticuz/chromium";
import { type Browser, chromium as playwright } from "playwright-core";
import { Problem } from "./project";

/** What the npm package asks of its Chromium, and a reader's browser does not have. */
const unwanted = new Set([
  "--single-process", // such a browser dies with the first context that is closed
  "--disable-web-security", // under which a page from disk may do what it may not elsewhere
  "--allow-running-insecure-content",
  "--disable-site-isolation-trials",
]);

/** Where no graphics card is, the processor plays one: for surfaces it must, for all else it is quicker by itself. */
const plain = ["--disable-gpu-rasterization", "--disable-gpu-compositing"];

/** A headless Chromium: the one that npm brought on Linux x64, an installed Chrome elsewhere. */
export async function launch(): Promise<Browser> {
  if (process.platform !== "linux" || process.arch !== "x64")
    return playwright.launch({ channel: "chrome" }).catch(() => {
      throw new Problem(
        "Google Chrome is needed here, to draw pictures and to run the tests: install it from https://www.google.com/chrome.",
      );
    });
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [...chromium.args.filter((arg) => !unwanted.has(arg)), "--disable-background-networking", ...plain],
  });
}
