import { execFileSync } from "node:child_process";
import { type Browser, launch } from "puppeteer-core";

/** An installed Firefox, if there is one. */
export const firefox = ["firefox", "firefox-esr"]
  .map((name) => {
    try {
      return execFileSync("which", [name], { encoding: "utf8" }).trim();
    } catch {
      return "";
    }
  })
  .find(Boolean);

export const launchFirefox = (): Promise<Browser> =>
  launch({ browser: "firefox", executablePath: firefox!, headless: true });
