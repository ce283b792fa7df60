import chromium from "@sparticuz/chromium";
import { type Browser, chromium as playwright } from "playwright-core";
import { Problem } from "./project";

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
    // in a single process the browser dies with the first context that is closed
    args: [...chromium.args.filter((arg) => arg !== "--single-process"), "--disable-background-networking"],
  });
}
