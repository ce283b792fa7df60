import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installed, root } from "../tools/project";
import { launch } from "./browser";
import { freePorts } from "./client";
import { type Workshop, workshop } from "./workshop";

const TOKEN = "test";
const WAIT = 60_000;
const names = readdirSync(join(root, "notebooks")).filter((name) => name.endsWith(".ipynb")).sort();

const chart = "{ data: [{ type: 'scatter', x: [1, 2, 3], y: [1, 4, 9] }], layout: { title: { text: 'Squares' } } }";
const cells = [
  ["# A notebook"], "/** Twice x. */\nfunction twice(x: number): number {\n  return 2 * x;\n}\nconst n = 3;",
  ["A chart:"], `require("tslab/dist/jupyter").lastWriteDisplayData({ data: { "application/vnd.plotly.v1+json": ${chart}, "text/plain": "squares" }, metadata: {}, transient: {} }, false);`,
  ["A number:"], "twice(n)",
  ["Nothing yet:"], "n",
] as const;

let shop: Workshop;
let server: ChildProcess;
let address: string;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  shop = await workshop(true);
  await shop.write("own.ipynb", cells as never);
  const [port] = await freePorts(1);
  address = `http://127.0.0.1:${port}`;
  const own = ["workspaces_dir", "user_settings_dir"].map((name) => `--LabApp.${name}=${join(shop.folder, name)}`);
  const args = ["-m", "jupyterlab", "--no-browser", "--port", String(port), "--ServerApp.port_retries=0", `--IdentityProvider.token=${TOKEN}`,
    `--ServerApp.root_dir=${shop.folder}`, ...own, ...(process.getuid?.() === 0 ? ["--allow-root"] : [])];
  server = spawn(installed("python"), args, { cwd: shop.folder, stdio: "ignore" });
  browser = await launch();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  page.on("dialog", (dialog) => void dialog.accept()); // an edited notebook asks before it is left
  await answers();
}, WAIT);

afterAll(async () => {
  await browser?.close();
  const gone = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM"); // ends the kernels as well
  await gone;
  await shop.remove();
});

async function answers(): Promise<void> {
  const end = Date.now() + WAIT;
  while (Date.now() < end) {
    if ((await ask("status").catch(() => null))?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error("JupyterLab did not start");
}

const ask = (path: string, init: RequestInit = {}) =>
  fetch(`${address}/api/${path}`, { ...init, headers: { authorization: `token ${TOKEN}` } });

/** Opens a notebook in a fresh kernel and selects its first cell. */
async function open(name: string): Promise<Locator> {
  const sessions = (await (await ask("sessions")).json()) as { id: string }[];
  for (const { id } of sessions) await ask(`sessions/${id}`, { method: "DELETE" });
  await page.goto(`${address}/lab/tree/notebooks/${name}?reset&token=${TOKEN}`);
  const notebook = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)");
  await page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").first().waitFor({ timeout: WAIT });
  await settled();
  await notebook.locator(".jp-Cell").first().click();
  await page.keyboard.press("Escape");
  await notebook.locator(".jp-Cell").first().and(page.locator(".jp-mod-active")).waitFor();
  return notebook;
}

/** Waits until JupyterLab has laid out its window and moves the focus no more. */
async function settled(): Promise<void> {
  const focus = () => page.evaluate(() => document.activeElement?.className ?? "");
  for (let before = "", same = 0; same < 5; ) {
    const now = await focus();
    same = now === before ? same + 1 : 0;
    before = now;
    await page.waitForTimeout(200);
  }
}

/** The n-th code cell. */
const code = (notebook: Locator, n: number) => notebook.locator(".jp-CodeCell").nth(n);

/** Waits until a code cell shows its number. */
const executed = (cell: Locator, count: number) =>
  cell.locator(".jp-InputArea-prompt", { hasText: `[${count}]:` }).waitFor({ timeout: WAIT });

/** Presses Shift+Enter on every cell, each when the one before it is done. */
async function step(notebook: Locator): Promise<void> {
  let count = 0;
  const all = await notebook.locator(".jp-Cell").all();
  for (const [i, cell] of all.entries()) {
    const isCode = (await cell.getAttribute("class"))!.includes("jp-CodeCell");
    await page.keyboard.press(i < all.length - 1 ? "Shift+Enter" : "Control+Enter"); // which adds no cell at the end
    if (isCode) await executed(cell, ++count);
  }
}

async function replace(cell: Locator, text: string): Promise<void> {
  await cell.locator(".cm-content").click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
}

describe("JupyterLab", () => {
  test("offers TypeScript and no other language", async () => {
    const { default: first, kernelspecs } = (await (await ask("kernelspecs")).json()) as { default: string; kernelspecs: Record<string, { spec: { display_name: string } }> };
    expect(first).toBe("tslab");
    expect(Object.values(kernelspecs).map(({ spec }) => spec.display_name)).toEqual(["TypeScript"]);
  });

  test.skipIf(!existsSync(join(root, "README.md")))("lands on the README", async () => {
    await page.goto(`${address}/?token=${TOKEN}`);
    await page.locator(".jp-MarkdownViewer h1").first().waitFor({ timeout: WAIT });
    expect(await page.locator(".jp-toast, .Toastify__toast").count()).toBe(0);
  });

  test("steps through a notebook, draws its chart, runs an edited cell again", async () => {
    const notebook = await open("own.ipynb");
    await step(notebook);
    const drawn = code(notebook, 1).locator(".js-plotly-plot .scatterlayer .trace path.js-line");
    await drawn.waitFor({ timeout: WAIT });
    expect((await drawn.boundingBox())!.height).toBeGreaterThan(50);
    expect(await code(notebook, 2).locator(".jp-OutputArea-output").innerText()).toBe("6\n");

    await replace(code(notebook, 2), "twice(n) + 1");
    await page.keyboard.press("Shift+Enter");
    await executed(code(notebook, 2), 5);
    expect(await code(notebook, 2).locator(".jp-OutputArea-output").innerText()).toBe("7\n");
  });

  test("shows an error as an error, and stops a cell without end", async () => {
    const notebook = await open("own.ipynb");
    const cell = code(notebook, 0);
    await replace(cell, "const n = 1;\nthrow new RangeError('too big')");
    await page.keyboard.press("Shift+Enter");
    await executed(cell, 1);
    const error = cell.locator('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"], .jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]');
    expect(await error.innerText()).toBe("RangeError: too big\n    at cell [1], line 2");

    await replace(cell, "while (true) {}");
    await page.keyboard.press("Control+Enter");
    await cell.locator(".jp-InputArea-prompt", { hasText: "[*]:" }).waitFor();
    // again and again, because a signal that comes while the cell is compiled is lost
    while (await cell.locator(".jp-InputArea-prompt", { hasText: "[*]:" }).isVisible()) {
      await page.keyboard.press("i");
      await page.keyboard.press("i");
      await page.waitForTimeout(1000);
    }
    await executed(cell, 2);
    expect(await error.innerText()).toBe("Interrupted: the cell was stopped");
  });

  test("completes a name with Tab, and explains it with Shift+Tab", async () => {
    const notebook = await open("own.ipynb");
    const cell = code(notebook, 0);
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.press("Shift+Enter");
    await executed(cell, 1);
    await replace(code(notebook, 2), "twi");
    await page.keyboard.press("Tab");
    await page.locator(".jp-Completer-item", { hasText: "twice" }).waitFor({ timeout: WAIT });
    await page.keyboard.press("Enter");
    await page.keyboard.insertText("(");
    await page.keyboard.press("Shift+Tab");
    const tooltip = page.locator(".jp-Tooltip");
    await tooltip.waitFor({ timeout: WAIT });
    expect(await tooltip.innerText()).toContain("Twice x.");
  });

  test.each(names)("runs %s and saves it without changing a byte", async (name) => {
    const notebook = await open(name);
    await step(notebook);
    await page.keyboard.press("ControlOrMeta+s");
    const path = join(shop.notebooks, name);
    await page.locator(".lm-TabBar-tab.jp-mod-current:not(.jp-mod-dirty)").waitFor({ timeout: WAIT });
    expect(await readFile(path, "utf8")).toBe(await readFile(join(root, "notebooks", name), "utf8"));
  }, 600_000);
});
