import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../tools/project";
import { names } from "./book";
import { code, error, executed, Lab, outputs } from "./lab";
import { vectors } from "./vectors";

const LINEAR = "02-linear.ipynb";
/** The first, the longest, and the last, which has tables and the sales. */
const SHOWN = [names[0], names[4], names[7]];
const committed = (name: string): Promise<string> => readFile(join(root, "notebooks", name), "utf8");
const drawn = ".house-plot[data-drawn]";

let lab: Lab;
let page: Page;

beforeAll(async () => {
  lab = await Lab.start();
  page = lab.page;
});
afterAll(() => lab?.stop());

describe("JupyterLab", () => {
  test("offers TypeScript and no other language", async () => {
    const { default: first, kernelspecs } = (await (await lab.ask("kernelspecs")).json()) as {
      default: string;
      kernelspecs: Record<string, { spec: { display_name: string } }>;
    };
    expect(first).toBe("tslab");
    expect(Object.values(kernelspecs).map(({ spec }) => spec.display_name)).toEqual(["TypeScript"]);
  });

  test.skipIf(!existsSync(join(root, "README.md")))("lands on the README", async () => {
    await lab.visit("");
    await page.locator(".jp-MarkdownViewer h1").first().waitFor();
    expect(await page.locator(".jp-toast, .Toastify__toast").count()).toBe(0);
  });

  test.each(SHOWN)("shows %s as it was executed, and saves it without changing a byte", async (name) => {
    if (name === SHOWN[0]) await lab.enter();
    const notebook = await lab.open(name);
    await notebook.locator(".house-plot").first().scrollIntoViewIfNeeded();
    await notebook.locator(drawn).first().waitFor();
    expect(await notebook.locator(".jp-RenderedLatex, .MathJax, mjx-container").count()).toBeGreaterThan(10);
    expect(await lab.save(name)).toBe(await committed(name));
  });
});

describe(`${LINEAR} in JupyterLab`, () => {
  let notebook: Locator;
  beforeAll(async () => {
    notebook = await lab.open(LINEAR);
  });

  test("draws its first chart although its cells are sent before the kernel has started", async () => {
    await restart("Restart Kernel and Clear Outputs of All Cells…");
    await top(notebook);
    for (let cell = 0; cell < 4; cell++) await page.keyboard.press("Shift+Enter");
    await executed(code(notebook, 1), 2);
    await code(notebook, 1).locator(".house-plot").scrollIntoViewIfNeeded();
    await code(notebook, 1).locator(drawn).waitFor();
  });

  describe("run after a restart by the menu", () => {
    beforeAll(async () => {
      const all = await notebook.locator(".jp-CodeCell").count();
      await lab.menu("Edit", "Clear Outputs of All Cells");
      await restart("Restart Kernel and Run All Cells…");
      await executed(code(notebook, all - 1), all);
    });

    test("is saved without changing a byte", async () => {
      expect(await lab.save(LINEAR)).toBe(await committed(LINEAR));
    });

    test("shows an equation with its number, and a link to it leads to the heading over it", async () => {
      const text = notebook.locator(".jp-MarkdownCell", { hasText: "The largest stable rate, the edge" });
      await text.scrollIntoViewIfNeeded();
      expect(await text.locator("mjx-container mlabeledtr mtext").textContent()).toBe("(2.4)");
      await text.getByRole("link", { name: "(2.3)" }).click();
      const heading = notebook.getByRole("heading", { name: "Why almost any start ends in nearly the same place" });
      await expect.poll(async () => Math.abs((await heading.boundingBox())?.y ?? Infinity)).toBeLessThan(800);
    });

    test("is exported by the menu as a page that needs no network", async () => {
      await lab.save(LINEAR);
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        (async () => {
          await lab.menu("File", "Save and Export Notebook As", "HTML");
          await page.locator(".jp-Dialog .jp-mod-accept").click(); // as it stands, with "Sanitize HTML output" ticked
        })(),
      ]);
      expect(download.suggestedFilename()).toBe("02-linear.html");
      const file = join(lab.shop.folder, "02-linear.html");
      await download.saveAs(file);

      const context = await lab.browser.newContext({ viewport: { width: 1280, height: 900 }, offline: true });
      const reader = await context.newPage();
      const trouble: string[] = [];
      reader.on("pageerror", ({ message }) => trouble.push(message));
      reader.on("console", (message) => message.type() === "error" && trouble.push(message.text()));
      await context.route(/^(?!file:|data:|blob:)/, (route) => (trouble.push(route.request().url()), route.abort()));
      await reader.goto(pathToFileURL(file).href);
      const charts = reader.locator(".house-plot");
      expect(await charts.count()).toBe((await committed(LINEAR)).split('"application/vnd.plotly.v1+json"').length - 1);
      for (const each of [charts.first(), charts.last()]) {
        await each.scrollIntoViewIfNeeded();
        await each.and(reader.locator(drawn)).waitFor();
      }
      expect(await reader.locator("main .katex").count()).toBeGreaterThan(50);
      expect(await reader.locator(".katex-error").count()).toBe(0);
      expect(await reader.locator("main").innerText()).not.toContain("\\begin{aligned}");
      expect(trouble).toEqual([]);
      await context.close();
    });

    test("completes a name of lib with Tab, and explains it with Shift+Tab", async () => {
      await lab.write(code(notebook, 1), "desc");
      await page.keyboard.press("Tab");
      await page.locator(".jp-Completer-item", { hasText: "descend" }).waitFor();
      await page.keyboard.press("Enter");
      await expect.poll(() => code(notebook, 1).locator(".cm-content").innerText()).toBe("descend");
      await page.keyboard.insertText("(");
      expect(await explained()).toMatch(
        /^function descend\(J: Objective, start: Theta, [^]*: Run\n\nGradient descent: /,
      );
    });

    test("says what is wrong with a type, and where", async () => {
      const cell = code(notebook, 1);
      await lab.write(cell, 'const steps = 10;\ndescend(J, start, { epochs: steps, alpha: "small" });');
      await page.keyboard.press("Control+Enter");
      await error(cell).waitFor();
      expect(await error(cell).innerText()).toBe(
        [
          "TypeScript: line 2, column 36: Type 'string' is not assignable to type 'number | Rate'.",
          '  descend(J, start, { epochs: steps, alpha: "small" });',
          "                                     ^",
        ].join("\n"),
      );
    });

    test("shows where an error was thrown, and stops a cell without end", async () => {
      const cell = code(notebook, 1);
      await lab.write(cell, "const m = 1;\nthrow new RangeError('too big')");
      await page.keyboard.press("Control+Enter");
      await error(cell).filter({ hasText: "RangeError" }).waitFor();
      expect(await error(cell).innerText()).toMatch(/^RangeError: too big\n {4}at cell \[\d+\], line 2$/);

      await lab.write(cell, "while (true) {}");
      await page.keyboard.press("Control+Enter");
      await interrupt(cell);
      await expect.poll(() => error(cell).innerText()).toBe("Interrupted: the cell was stopped");
    });

    test("tells how far a long training is, stops it, and keeps no line of that", async () => {
      const cell = code(notebook, 1);
      const waiting = "() => { const end = Date.now() + 1; while (Date.now() < end); return 0.001; }";
      await lab.write(cell, `console.log("before");\ndescend(J, start, { epochs: 1500, alpha: ${waiting} });\n"after"`);
      await page.keyboard.press("Control+Enter");
      await outputs(cell).filter({ hasText: "after" }).waitFor();
      expect(await outputs(cell).allInnerTexts()).toEqual(["before\nafter\n"]);

      await lab.write(cell, 'console.log("before");\ndescend(J, start, { epochs: 2_000_000_000, alpha: 0.001 });');
      await page.keyboard.press("Control+Enter");
      const line = outputs(cell).filter({ hasText: "of 2,000,000,000" });
      const seen = new Set<string>();
      while (seen.size < 3) seen.add(await line.innerText());
      for (const text of seen) expect(text).toMatch(/^epoch [\d,]+ of 2,000,000,000 \(\d+%\), loss \d\.\d{3}$/);
      expect(await outputs(cell).count()).toBe(2);

      await page.locator('.jp-Toolbar [data-command="notebook:interrupt-kernel"]').click();
      await error(cell).waitFor();
      expect(await outputs(cell).allInnerTexts()).toEqual(["before\n", "Interrupted: the cell was stopped"]);
      const saved = await lab.save(LINEAR); // with the error, and without the line
      expect(saved).toContain("the cell was stopped");
      expect(saved).not.toContain("of 2,000,000,000");

      await lab.write(cell, "1 + 1");
      await page.keyboard.press("Control+Enter");
      await outputs(cell).getByText("2", { exact: true }).waitFor();
    });

    test("exports nothing that runs because it is shown", async () => {
      const name = "hostile.ipynb";
      await lab.shop.write(
        name,
        Object.values(vectors).map((vector) => [vector] as const),
      );
      const exported = await fetch(
        `${lab.address}/nbconvert/html/notebooks/${name}?download=true&sanitize_html=false&token=test`,
      );
      const context = await lab.browser.newContext({ bypassCSP: true }); // what was cleaned shows only without the policy
      const ran: string[] = [];
      await context.exposeFunction("ran", (what: string) => void ran.push(what));
      const reader = await context.newPage();
      await reader.setContent(await exported.text());
      await reader.locator(".cell").last().waitFor();
      await reader.waitForTimeout(500);
      expect(await reader.locator(".cell").count()).toBe(Object.keys(vectors).length);
      expect(ran).toEqual([]);
      await context.close();
    });
  });
});

/** Selects the first cell. */
async function top(notebook: Locator): Promise<void> {
  await notebook.locator(".jp-Cell").first().click();
  await page.keyboard.press("Escape");
}

/** Chooses from the menu of the kernel, and says yes. */
async function restart(item: string): Promise<void> {
  await lab.menu("Kernel", item);
  await page.locator(".jp-Dialog .jp-mod-accept", { hasText: "Restart" }).click();
}

/** Asks for what stands before the cursor to be explained. */
async function explained(): Promise<string> {
  await page.keyboard.press("Shift+Tab");
  const tooltip = page.locator(".jp-Tooltip");
  await tooltip.waitFor();
  const text = await tooltip.innerText();
  await page.keyboard.press("Escape");
  return text;
}

/** Presses i twice, again and again, because a signal that comes while a cell is compiled is lost. */
async function interrupt(cell: Locator): Promise<void> {
  const running = cell.locator(".jp-InputArea-prompt", { hasText: "[*]:" });
  await running.waitFor();
  while (await running.isVisible()) {
    await page.keyboard.press("i");
    await page.keyboard.press("i");
    await page.waitForTimeout(1000);
  }
}
