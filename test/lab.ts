import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { launch } from "../tools/browser";
import { installed } from "../tools/project";
import { freePorts } from "./client";
import { type Workshop, workshop } from "./workshop";

const TOKEN = "test";
/** After so long, in milliseconds, what is waited for will not come any more, however busy the machine is. */
const HANGS = 200_000;

/** JupyterLab in a workshop with the real notebooks, and a browser to drive it. */
export class Lab {
  private constructor(
    readonly shop: Workshop,
    readonly browser: Browser,
    readonly page: Page,
    readonly address: string,
    private readonly server: ChildProcess,
  ) {}

  static async start(): Promise<Lab> {
    const shop = await workshop(true);
    const [port] = await freePorts(1);
    const own = ["workspaces_dir", "user_settings_dir"].map((name) => `--LabApp.${name}=${join(shop.folder, name)}`);
    const args = [
      "-m",
      "jupyterlab",
      "--no-browser",
      "--port",
      String(port),
      "--ServerApp.port_retries=0",
      `--IdentityProvider.token=${TOKEN}`,
      `--ServerApp.root_dir=${shop.folder}`,
      ...own,
      ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
    ];
    const server = spawn(installed("python"), args, { cwd: shop.folder, stdio: "ignore" });
    const browser = await launch();
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(HANGS);
    page.on("dialog", (dialog) => void dialog.accept()); // an edited notebook asks before it is left
    const lab = new Lab(shop, browser, page, `http://127.0.0.1:${port}`, server);
    await lab.#answers();
    return lab;
  }

  async stop(): Promise<void> {
    await this.browser.close();
    const gone = new Promise((resolve) => this.server.once("exit", resolve));
    this.server.kill("SIGTERM"); // ends the kernels as well
    await gone;
    await this.shop.remove();
  }

  async #answers(): Promise<void> {
    while (this.server.exitCode === null) {
      if ((await this.ask("status").catch(() => null))?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error("JupyterLab did not start");
  }

  /** Asks JupyterLab's server. */
  ask(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.address}/api/${path}`, { ...init, headers: { authorization: `token ${TOKEN}` } });
  }

  async visit(path: string): Promise<void> {
    await this.page.goto(`${this.address}/${path}${path.includes("?") ? "&" : "?"}token=${TOKEN}`);
  }

  /** Opens the folder of the notebooks in the list of files. */
  async enter(): Promise<void> {
    await this.#listed("notebooks").dblclick();
    await this.#listed(".ipynb").first().waitFor();
  }

  /**
   * Opens a notebook from the list of files in the place of what is open, in a fresh kernel, and selects its first cell.
   * The kernel has answered by then: JupyterLab may lose one that is restarted before it knows it.
   */
  async open(name: string): Promise<Locator> {
    await this.menu("File", "Close Tab");
    await this.page.locator(".jp-MarkdownViewer, .jp-NotebookPanel").waitFor({ state: "detached" });
    await this.#endKernels();
    await this.#listed(name).dblclick();
    await this.page.locator("#jp-main-statusbar").getByText("TypeScript | Idle", { exact: true }).waitFor();
    await this.notebook.locator(".jp-Cell").first().click();
    await this.page.keyboard.press("Escape");
    await this.notebook.locator(".jp-Cell").first().and(this.page.locator(".jp-mod-active")).waitFor();
    return this.notebook;
  }

  #listed(name: string): Locator {
    return this.page.locator(".jp-DirListing-item", { hasText: name });
  }

  /** The notebook that is shown. */
  get notebook(): Locator {
    return this.page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)");
  }

  async #endKernels(): Promise<void> {
    const sessions = (await (await this.ask("sessions")).json()) as { id: string }[];
    for (const { id } of sessions) await this.ask(`sessions/${id}`, { method: "DELETE" });
  }

  /** Chooses from the menus: `menu("File", "Save Notebook")`. */
  async menu(bar: string, ...items: readonly string[]): Promise<void> {
    const label = (kind: string, text: string) => this.page.locator(kind).getByText(text, { exact: true });
    await label(".lm-MenuBar-itemLabel", bar).click();
    for (const item of items) await label(".lm-Menu-itemLabel", item).click();
  }

  /** Saves the notebook, and reads what is then in its file. */
  async save(name: string): Promise<string> {
    const path = join(this.shop.notebooks, name);
    const saved = this.page.waitForResponse(
      (answer) => answer.request().method() === "PUT" && answer.url().includes(`/api/contents/notebooks/${name}`),
    );
    await this.page.keyboard.press("ControlOrMeta+s");
    await saved;
    return readFile(path, "utf8");
  }

  /** Puts a text in the place of a cell's, with the cursor behind it. */
  async write(cell: Locator, text: string): Promise<void> {
    await cell.locator(".cm-content").click();
    await this.page.keyboard.press("ControlOrMeta+a");
    await this.page.keyboard.insertText(text);
  }
}

/** The n-th code cell. */
export const code = (notebook: Locator, n: number): Locator => notebook.locator(".jp-CodeCell").nth(n);

/** Waits until a code cell shows its number. */
export const executed = (cell: Locator, count: number): Promise<void> =>
  cell.locator(".jp-InputArea-prompt", { hasText: `[${count}]:` }).waitFor();

/** The outputs under a cell. */
export const outputs = (cell: Locator): Locator => cell.locator(".jp-OutputArea-output");

/** The error under a cell. */
export const error = (cell: Locator): Locator =>
  cell.locator(
    '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"], .jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]',
  );
