import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { Browser } from "playwright-core";
import { launch } from "./browser";
import { judgeScript, largeData } from "./bundle";
import { Problem } from "./project";

/** How far an answer may go. */
export interface Limits {
  readonly seconds: number;
  /** In megabytes: the memory of the process that runs it, the page and the library included. */
  readonly memory: number;
}

/** A task, an answer to it, and what the answer stands on. */
export interface Question {
  readonly cells: readonly string[];
  readonly task: string;
  readonly solution: string;
  readonly answer: string;
}

export interface Judgement {
  readonly verdict: string;
  readonly why: string;
}

/** An empty page: it may run scripts, and ask for nothing. */
const EMPTY = `<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; worker-src blob:">`;
/** How long the book's own cells and the browser may take beside the answer, in seconds. */
const MORE = 400;
/** How often the memory is looked at, in milliseconds. */
const OFTEN = 100;

class Ended extends Error {}

/** A browser that judges answers, each in a page of its own without a network; what grows too large there is ended. */
export class Judge {
  #browser: Promise<Browser> | undefined;

  constructor(private readonly limits: Limits) {}

  async ask(question: Question): Promise<Judgement> {
    const { seconds, memory } = this.limits;
    this.#browser ??= launch();
    const browser = await this.#browser;
    const context = await browser.newContext({ offline: true });
    const page = await context.newPage();
    let timer: NodeJS.Timeout | undefined;
    const end = new Promise<never>((_, reject) => {
      page.on("crash", () => reject(new Ended(`it took more than ${memory} MB of memory`)));
      timer = setTimeout(() => reject(new Ended("its page did not answer")), 1000 * (seconds + MORE));
    });
    const stop = watch(browser, memory);
    try {
      await page.setContent(EMPTY);
      await page.evaluate("window.housePrices = {}");
      if (question.cells.some((text) => text.includes("king-county"))) await page.addScriptTag({ path: largeData });
      await page.addScriptTag({ path: judgeScript });
      const asked = JSON.stringify({ ...question, seconds });
      return await Promise.race([page.evaluate<Judgement>(`window.judge(${asked})`), end]);
    } catch (error) {
      const { message } = error as Error;
      if (error instanceof Ended) return { verdict: "not solved", why: message };
      throw new Problem(`An answer cannot be judged: ${message.split("\n")[0]}`);
    } finally {
      clearTimeout(timer);
      stop();
      await context.close();
    }
  }

  async close(): Promise<void> {
    await (await this.#browser)?.close();
    this.#browser = undefined;
  }
}

/** Ends each page of the browser whose process takes more memory, until it is told to stop. */
function watch(browser: Browser, memory: number): () => void {
  let watching = true;
  const look = async (): Promise<void> => {
    const session = await browser.newBrowserCDPSession();
    while (watching) {
      const { processInfo } = await session.send("SystemInfo.getProcessInfo");
      for (const { id, type } of processInfo)
        if (type === "renderer" && (await sizeOf(id)) > memory) process.kill(id, "SIGKILL");
      await new Promise((resolve) => setTimeout(resolve, OFTEN));
    }
    await session.detach();
  };
  void look().catch(() => {}); // the browser is gone
  return () => {
    watching = false;
  };
}

const execute = promisify(execFile);

/** The memory that a process holds, in megabytes; 0 when it is gone. */
const sizeOf = (id: number): Promise<number> =>
  (process.platform === "linux" ? sizeOnLinux(id) : sizeElsewhere(id)).catch(() => 0);

const sizeOnLinux = async (id: number): Promise<number> =>
  (Number((await readFile(`/proc/${id}/statm`, "utf8")).split(" ")[1]) * 4096) / 1_000_000;

const sizeElsewhere = async (id: number): Promise<number> =>
  Number((await execute("ps", ["-o", "rss=", "-p", String(id)])).stdout) / 1000;
