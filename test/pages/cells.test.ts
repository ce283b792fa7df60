import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { codeCells, sourceOf } from "../../tools/notebook";
import { button, cell, download, idle, run, runCell as runCellOf, write } from "./live";
import { barriers, open, type View } from "./reader";
import { printed, smallBook } from "./small";

let page: Page;
let trouble: string[];

/** Some cells that stand on each other, a chart and a task. */
const code = [
  "import { curves, descend, goals, show } from '../lib';\nlet a = 1;\nconst f = (x: number): number => a * x;",
  "const b = f(10);\nconsole.log('b', b);",
  "console.log('alone');",
  "console.log('c', b + 1);",
  "show(curves({ line: (x) => b * x }, [0, 1], { x: 'x', y: 'y' }));",
  "const guess = 1;\nshow(goals({ 'is two': guess === 2 }));",
];
const last = code.length;

const left: readonly (readonly object[])[] = [[], [printed("b 10\n")], [printed("alone\n")], [printed("c 11\n")]];
const file = smallBook(
  "Cells",
  code.map((source, i) => [source, ...(left[i] ?? [])]),
  ["Some cells.", "And", "And", "And", "And", "## Exercises\n\n### Find two\n\nFind it."],
  ["open"],
);
const come = async (view: View = {}): Promise<void> => {
  ({ page, trouble } = await open(file, view));
};
const leave = async (): Promise<void> => {
  expect(trouble).toEqual([]);
  await page.context().close();
};
/** Each test gets a page of its own. */
const eachAfresh = (): void => {
  beforeEach(() => come());
  afterEach(leave);
};
/** One page for all tests of a group, which is the book's again and has a new kernel before each. */
const eachReset = (): void => {
  beforeAll(() => come());
  beforeEach(async () => {
    if ((await page.locator("body").getAttribute("data-kernel")) === "none") return;
    for (const name of ["Restart", "Reset page"]) await button(page, name).click();
    await expect.poll(states).toEqual(Array(last).fill("fresh"));
  });
  afterAll(leave);
};
/** One page for all tests of a group, which leave it fit for the next. */
const allInOne = (): void => {
  beforeAll(() => come());
  afterAll(leave);
};

const states = (): Promise<(string | null)[]> =>
  page.locator("[data-cell]").evaluateAll((cells) => cells.map((each) => each.getAttribute("data-state")));
const outputOf = async (number: number): Promise<string> =>
  (await cell(page, number).locator(".outputs").innerText()).trim();
/** What the page tells in its own line. */
const said = (): Promise<string> => page.getByRole("status").innerText();
/** Whether the page has noted that a cell runs, so that it no longer waits for its turn. */
const isNoted = (): Promise<boolean> =>
  page.evaluate(() => Object.keys(sessionStorage).some((key) => key.endsWith("/running")));
const runCell = (number: number): Promise<void> => runCellOf(page, number);

describe("running", () => {
  eachReset();

  test("loads nothing before the first touch, then runs what the cell stands on and no more", async () => {
    expect(await page.locator("body").getAttribute("data-kernel")).toBe("none");
    expect(await page.evaluate(() => "live" in (window as never as { housePrices: object }).housePrices)).toBe(false);
    await runCell(4);
    expect(await states()).toEqual(["done", "done", "fresh", "done", "fresh", "fresh"]);
    expect(await outputOf(4)).toBe("c 11");
  });

  test("an edit makes stale what stands on it, and only that runs again", async () => {
    await button(page, "Run all").click();
    await cell(page, last).and(page.locator('[data-state="done"]')).waitFor();
    await idle(page);
    await write(page, 2, "const b = f(7);\nconsole.log('b', b);");
    await cell(page, 4).and(page.locator('[data-state="stale"]')).waitFor();
    expect(await states()).toEqual(["done", "stale", "done", "stale", "stale", "done"]);
    await runCell(2);
    expect(await states()).toEqual(Array(last).fill("done"));
    expect([await outputOf(2), await outputOf(4)]).toEqual(["b 7", "c 8"]);
  });

  test("a later cell that defines a name again leaves the earlier ones alone", async () => {
    expect(await run(page, 3, "const b = 'mine';\nconsole.log(b);")).toBe("mine");
    await runCell(4);
    expect(await outputOf(4)).toBe("c mine1");
    await runCell(2);
    expect(await outputOf(2)).toBe("b 10");
  });

  test("an output that comes again stays untouched", async () => {
    const output = cell(page, 2).locator(".outputs pre");
    await output.evaluate((element) => element.setAttribute("data-same", ""));
    for (let time = 0; time < 2; time++) await runCell(2);
    expect(await output.getAttribute("data-same")).toBe("");
  });

  test("a new kernel knows nothing, and a cell brings along what it stands on", async () => {
    expect(await run(page, 3, "globalThis.seen = 1;\nconsole.log(globalThis.seen);")).toBe("1");
    await button(page, "Restart").click();
    await expect.poll(said).toBe("The kernel is new: nothing has run in it.");
    expect(await page.locator("body").getAttribute("data-kernel")).toBe("none");
    expect(await run(page, 3, "console.log(globalThis.seen);")).toBe("undefined");
    await runCell(4);
    expect(await outputOf(4)).toBe("c 11");
  });

  test("what a cell assigns to is its own, so that it may run again and again", async () => {
    for (let time = 0; time < 3; time++) expect(await run(page, 3, "a += 1;\nconsole.log(a);")).toBe("2");
    await runCell(2);
    expect(await outputOf(2)).toBe("b 10");
  });

  test("a chart changes in place", async () => {
    await leave();
    await come({ charts: true });
    await runCell(5);
    const plot = cell(page, 5).locator(".house-plot[data-drawn]");
    await plot.scrollIntoViewIfNeeded();
    await plot.evaluate((element) => element.setAttribute("data-same", ""));
    const ends = () => plot.evaluate((element) => (element as never as { data: { y: number[] }[] }).data[0].y.at(-1));
    expect(await ends()).toBe(10);
    await write(page, 2, "const b = f(3);");
    await runCell(2);
    await expect.poll(ends).toBe(3);
    expect(await plot.getAttribute("data-same")).toBe("");
  });

  test("thirty edits in a row end with the last one", async () => {
    await button(cell(page, 3), "Edit").click();
    const field = cell(page, 3).getByRole("textbox");
    for (let i = 1; i <= 30; i++) {
      await field.fill(`console.log(${i});`);
      await field.press("Control+Enter");
    }
    await expect.poll(() => outputOf(3)).toBe("30");
    await idle(page);
    expect((await states())[2]).toBe("done");
  });

  test("reads letters of all alphabets, and TypeScript that is more than types", async () => {
    const text =
      "enum E { A = 2 }\nclass C {\n  constructor(readonly x: number) {}\n}\nconst θ = 1, 𝜃 = E.A, é = new C(3).x;";
    expect(await run(page, 3, `${text}\nθ + 𝜃 + é`)).toBe("6");
  });

  test("shows a long training in a line that goes", async () => {
    const bowl =
      "{ value: ([w]: number[]) => w * w, gradient: ([w]: number[], out: number[] = []) => (out[0] = 2 * w, out) }";
    const slow = "(() => { const end = Date.now() + 1; while (Date.now() < end); return 0.001; })";
    await write(page, 3, `descend(${bowl}, [1], { epochs: 2000, alpha: ${slow} });\nconsole.log('trained');`);
    await button(cell(page, 3), "Run").click();
    await page.getByText(/^epoch [\d,]+ of 2,000 \(\d+%\), loss/).waitFor();
    await expect.poll(() => outputOf(3)).toBe("trained");
  });
});

describe("what fails, and is mended in the same page", () => {
  allInOne();

  test.each([
    ["a throw", "const n = 1;\n\nthrow new RangeError('too big')", /^RangeError: too big\n +at cell \[3\], line 3$/],
    [
      "a throw in a function",
      "interface P {\n  a: 1;\n}\nfunction g() {\n  throw new Error('in g');\n}\ng()",
      /^Error: in g\n +at g \(cell \[3\], line 5\)\n +at cell \[3\], line 7$/,
    ],
    ["a thrown string", "throw 'no'", /^Thrown: no$/],
    ["a cause", "throw new Error('outer', { cause: new Error('inner') })", /^Error: outer[^]*caused by\nError: inner/],
    ["a syntax error", "const = 1", /^TypeScript: line 1, column 7: .*\n +const = 1\n +\^$/],
    [
      "a brace that is not closed",
      "function g() {\n  return 1;",
      /^TypeScript: line 1, column 14: This { is not closed\./,
    ],
    [
      "a regular expression",
      "const n = 1;\n/a(/.test('a')",
      /^TypeScript: line 2, column 2: Invalid regular expression/,
    ],
    ["a bracket too many", "const n = 1;\nMath.max(n, 2))", /^TypeScript: line 2, column 15: This \) closes nothing\./],
    ["an awaited rejection", "await Promise.reject(new Error('awaited'))", /^Error: awaited\n +at cell \[3\], line 1$/],
    ["a throw after an await", "await null;\n\nthrow new Error('after')", /^Error: after\n +at cell \[3\], line 3$/],
    ["a floating rejection", "void Promise.reject(new Error('floating'));", /^Error: floating/],
    [
      "a throw in a timer",
      "setTimeout(() => {\n  throw new Error('timer');\n}, 150);\nundefined",
      /^Error: timer\n.*line 2/,
    ],
    [
      "a throw in a callback that the cell waits for",
      "setTimeout(() => { throw new Error('early') }, 20);\nawait new Promise(() => {})",
      /^Error: early/,
    ],
    [
      "a throw in lib",
      "import { derivative } from '../lib';\nderivative(() => { throw new Error('mine') }, 1)",
      /^Error: mine\n +at cell \[3\], line 2$/,
    ],
    ["a name from nowhere", "tetha + 1", /^ReferenceError: tetha is not defined[^]*Is it spelt right/],
    ["a name that lib has", "sigmoidal(20)", /It is in lib: import { sigmoidal } from "\.\.\/lib";$/],
    [
      "a name that lib has not",
      "import { desend } from '../lib'",
      /^Error: "\.\.\/lib" has no desend: is it spelt right\?/,
    ],
    ["another module", "import fs from 'fs'", /^Error: A page carries no module "fs", only "\.\.\/lib"/],
    [
      "another module, asked for later",
      "await import('fs')",
      /^Error: A page carries no module "fs", only "\.\.\/lib"/,
    ],
    [
      "a file that the page does not carry",
      "import { readHouses } from '../lib';\nawait readHouses('nowhere.csv')",
      /^DataError: There is no file "nowhere.csv" in this page, which carries "\.\.\/data\/house-prices\.csv"/,
    ],
    [
      "a function that calls itself without end",
      "function deep(n) {\n  return deep(n + 1) + 1;\n}\ndeep(0)",
      /^RangeError: A function calls itself without end\.\n +at deep \(cell \[3\], line 2\)$/,
    ],
    [
      "a list that grows without end",
      "const a: number[][] = [];\nwhile (true) a.push(new Array(1e6).fill(0));",
      /^RangeError: This cell keeps more than \d[.\d]* GB, which is what a page may hold: keep less\.\n +at cell \[3\], line 2$/,
    ],
    [
      "a list that grows without end by its index",
      "const o = { a: [] as Float64Array[] };\nfor (let i = 0; ; i++) o.a[i] = new Float64Array(1e6);",
      /^RangeError: This cell keeps more than/,
    ],
    [
      "a text that is doubled",
      "let s = 'ab';\nwhile (true) s += s;",
      /^RangeError: This is longer than a page can hold/,
    ],
    ["too many numbers", "new Float64Array(1e11)", /^RangeError: This is longer than a page can hold/],
    ["a request", "await fetch('https://example.org')", /^TypeError/],
    ["too much print", "for (;;) console.log('x'.repeat(1000))", /This cell prints more than a million characters/],
  ])("%s is told", async (what, text, expected) => {
    expect(await run(page, 3, text)).toMatch(expected);
    expect((await states())[2]).toBe("failed");
    expect(await said()).toBe("Cell 3 failed.");
    expect(await run(page, 3, "console.log('mended')")).toMatch(/^mended/);
    if (what === "a request") trouble.length = 0; // the browser complains of it, too
  });
});

describe("what fails", () => {
  eachReset();

  test("what fails after its cell has ended is told by the next one", async () => {
    const late = `const { port1, port2 } = new MessageChannel();
const end = Date.now() + 1500; // long after the cell has ended, however busy the machine is
port1.onmessage = () => {
  if (Date.now() > end) throw new Error('late');
  port2.postMessage(0);
};
port2.postMessage(0);`;
    await run(page, 3, `${late}\nundefined`);
    expect((await states())[2]).toBe("done");
    await page.waitForTimeout(2500);
    expect(await run(page, 3, "1")).toMatch(
      /^Error: a cell before this one failed after it had ended\ncaused by\nError: late/,
    );
    expect(await run(page, 3, "1")).toBe("1");
  });

  test("what stands on a failed cell does not run", async () => {
    await write(page, 1, `${code[0]}\nthrow new Error('first');`);
    await button(cell(page, 4), "Run").click();
    await cell(page, 1).and(page.locator('[data-state="failed"]')).waitFor();
    await idle(page);
    expect(await states()).toEqual(["failed", "stale", "fresh", "stale", "stale", "stale"]);
    expect(await outputOf(4)).toBe("c 11");
  });

  test("a cell that is stopped before it runs shows what it did, and is known to be edited", async () => {
    await runCell(3);
    await write(page, 3, "const b = 'mine';\nconsole.log(b);");
    await cell(page, 3).evaluate(async (element) => {
      for (const name of ["run", "stop"]) {
        element.querySelector<HTMLElement>(`[data-do="${name}"]`)!.click();
        for (let i = 0; i < 100; i++) await null; // all that the page does before the kernel can answer
      }
    });
    await expect.poll(said).toBe("Cell 3 was stopped before it ran.");
    expect(await outputOf(3)).toBe("alone");
    await cell(page, 4).and(page.locator('[data-state="stale"]')).waitFor(); // it would read another b
    expect((await states())[2]).toBe("stale");
    await runCell(3);
    expect(await outputOf(3)).toBe("mine");
  });

  test.each([
    ["an endless loop", "for (;;) {}"],
    ["an endless wait", "await new Promise(() => {})"],
    ["a loop after an await", "await null;\nfor (;;) {}"],
  ])("%s is stopped, and the next cell brings along what it needs", async (_, text) => {
    await runCell(2);
    await write(page, 3, text);
    await button(cell(page, 3), "Run").click();
    await expect.poll(isNoted).toBe(true);
    await button(cell(page, 3), "Stop").click();
    await expect.poll(() => outputOf(3)).toBe("Interrupted: the cell was stopped");
    await expect.poll(said).toBe("Cell 3 was stopped.");
    await runCell(4);
    expect(await states()).toEqual(["done", "done", "failed", "done", "fresh", "fresh"]);
  });
});

describe("values and prints", () => {
  allInOne();

  test.each([
    ["the value of the last expression", "const o = { x: 1, f: () => 2 };\no", "{ x: 1, f: [Function: f] }"],
    ["nothing of undefined", "undefined", ""],
    [
      "a shorthand, a pattern and an await",
      "const [x, { y }] = await Promise.resolve([1, { y: 2 }]);\nJSON.stringify({ x, y, a })",
      '{"x":1,"y":2,"a":1}',
    ],
    [
      "types, enums and private names",
      "enum E { p, q }\nclass A { #x = 1; get x(): number { return this.#x } }\nnew A().x + E.q",
      "2",
    ],
    ["what is printed as if it were an error", "console.error('%s:%d - %s', 1, 2, 'only a note')", "1:2 - only a note"],
    ["what a timer prints", "setTimeout(() => console.log('late'), 100);\nundefined", "late"],
    [
      "names in Greek letters, and a regular expression",
      "const θ = 2, été = /(?<a>\\p{L})/u;\nθ + 'é'.match(été)!.groups!.a",
      "2é",
    ],
    ["HTML as it is", "'<img src=x onerror=alert(1)></script><b>'", "<img src=x onerror=alert(1)></script><b>"],
    [
      "Markdown, but nothing in it that runs",
      "show({ markdown: '**bold** <img src=\"data:,\" onerror=\"document.title=1\"> $x^2$ <script>document.title=2</script>', text: '' })",
      "bold",
    ],
  ])("show %s", async (_, text, expected) => {
    const shown = await run(page, 3, `import { show } from '../lib';\n${text}`);
    if (expected === "bold") expect(shown).toMatch(/^bold/);
    else expect(shown).toBe(expected);
    expect(await page.title()).toBe("1 Cells · House prices");
    expect(await cell(page, 3).locator(".outputs").locator("script, [onerror]").count()).toBe(0);
  });

  test("loses no output", async () => {
    const lines = (await run(page, 3, "for (let i = 0; i < 3000; i++) console.log(i);")).trim().split("\n");
    expect(lines.map(Number)).toEqual(Array.from({ length: 3000 }, (_, i) => i));
  });
});

describe("what the reader made", () => {
  eachAfresh();

  test("is there after a reload, until it is reset", async () => {
    await run(page, 2, "const b = 5;\nconsole.log('b', b);");
    await page.reload();
    await idle(page);
    expect(await cell(page, 2).locator("pre").first().innerText()).toContain("const b = 5;");
    expect(await states()).toEqual(["fresh", "stale", "fresh", "stale", "stale", "fresh"]);
    await button(cell(page, 2), "Reset").click();
    await expect.poll(states).toEqual(Array(last).fill("fresh"));
    expect(await said()).toBe("Cell 2 is the book's again.");
    expect(await outputOf(2)).toBe("b 10");
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
  });

  test("is not put into another edition of the book, and waits for its own", async () => {
    await run(page, 3, "console.log('mine');");
    const text = async (): Promise<string> => {
      await page.reload();
      await idle(page);
      return (await cell(page, 3).locator("pre").first().innerText()).trim();
    };
    const ours = readFileSync(file, "utf8");
    await page.route("**/01-small.html", (route) =>
      route.fulfill({ contentType: "text/html", body: ours.replace("b + 1", "b + 2") }),
    );
    expect(await text()).toBe("console.log('alone');");
    await page.unroute("**/01-small.html");
    expect(await text()).toBe("console.log('mine');");
  });

  test("is reset with its outputs and those of its dependents", async () => {
    await run(page, 2, "const b = 5;\nconsole.log('b', b);");
    expect(await outputOf(4)).toBe("c 6");
    await button(page, "Reset page").click();
    await expect.poll(() => outputOf(4)).toBe("c 11");
    expect(await said()).toBe("The page is the book's again.");
    expect(await outputOf(2)).toBe("b 10");
    await expect.poll(states).not.toContain("stale");
  });

  test("is taken along as a notebook", async () => {
    await run(page, 2, "const b = 5;\nconsole.log('b', b);");
    const taken = await download(page);
    expect(codeCells(taken).map(sourceOf)).toEqual(
      code.map((text, i) => (i === 1 ? "const b = 5;\nconsole.log('b', b);" : text)),
    );
    expect(codeCells(taken)[1].outputs).toEqual([{ output_type: "stream", name: "stdout", text: ["b 5\n"] }]);
    expect(taken.metadata["kernelspec"]).toMatchObject({ name: "tslab" });
    expect(taken.cells.map(({ id }) => id)).toEqual(code.flatMap((_, i) => [`m${i}`, `c${i}`]));
  });

  test("solves a task, and the contents show it after a reload, too", async () => {
    const task = page.locator(".contents").getByRole("listitem").filter({ hasText: "Find two" }).last();
    await runCell(last);
    expect(await task.innerText()).not.toContain("solved");
    await run(page, last, "const guess = 2;\nshow(goals({ 'is two': guess === 2 }));");
    expect(await task.innerText()).toContain("✓ solved");
    await page.reload();
    await idle(page);
    expect(await task.innerText()).toContain("✓ solved");
    await run(page, last, "const guess = 3;\nshow(goals({ 'is two': guess === 2 }));");
    expect(await task.innerText()).not.toContain("solved");
    await page.reload();
    await idle(page);
    expect(await task.innerText()).not.toContain("solved");
    await run(page, last, "const guess = 2;\nshow(goals({ 'is two': guess === 2 }));");
    expect(await task.innerText()).toContain("✓ solved");
    await button(page, "Reset page").click();
    await expect.poll(() => task.innerText()).not.toContain("solved");
  });

  test("stays in its own page", async () => {
    const other = await page.context().newPage();
    await other.goto(page.url());
    expect(await run(page, 3, "const mine = 1;\nconsole.log('one');")).toContain("one");
    expect(await run(other, 3, "console.log(typeof mine);")).toContain("undefined");
    expect(await outputOf(3)).toBe("one");
  });

  test("is told that it is not kept, where the browser keeps nothing", async () => {
    await page.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    });
    await page.reload();
    await button(cell(page, 3), "Edit").click();
    await cell(page, 3).getByRole("textbox").fill("1");
    await expect.poll(said).toMatch(/^This browser does not keep what you edit/);
  });
});

describe("a page that ends in the middle of a cell", () => {
  eachAfresh();

  test("says so once, when it is opened again, unless the reader left it", async () => {
    const begin = async () => {
      await button(cell(page, 3), "Run").click();
      await expect.poll(() => page.evaluate(() => sessionStorage.length)).toBe(1);
    };
    const comeAgain = async () => {
      await page.reload();
      await idle(page);
    };
    await write(page, 3, "for (;;);");
    await begin();
    await comeAgain();
    expect(await outputOf(3)).toBe("alone");
    await begin();
    await page.evaluate(() => void (Storage.prototype.removeItem = () => {})); // a page that is gone does nothing more
    await comeAgain();
    expect(await outputOf(3)).toBe("Ended: the page ended in the middle of this cell (was it out of memory?)");
    expect(await cell(page, 3).getAttribute("data-state")).toBe("failed");
    expect(await said()).toBe("Cell 3 failed.");
    await comeAgain();
    expect(await outputOf(3)).toBe("alone");
  });
});

describe("a browser that lacks something", () => {
  eachAfresh();

  test("cells run where the browser's storage is closed", async () => {
    await page.addInitScript(() => {
      const refuse = () => {
        throw new DOMException("closed", "SecurityError");
      };
      for (const storage of ["localStorage", "sessionStorage"]) Object.defineProperty(window, storage, { get: refuse });
    });
    await page.reload();
    expect(await run(page, 3, "console.log('mine');")).toBe("mine");
    expect(await said()).toBe("Cell 3 has run.");
    await write(page, 3, "console.log('other');");
    expect(await run(page, 2, "console.log(f(2));")).toBe("2");
  });

  test.each([
    ["that is old", () => void delete (Array.prototype as { findLast?: unknown }).findLast],
    ["without workers", () => void delete (window as { Worker?: unknown }).Worker],
  ])("a browser %s is told in a sentence, and nothing else is lost", async (_, become) => {
    await page.addInitScript(become);
    await page.reload();
    await button(cell(page, 3), "Run").click();
    await expect
      .poll(said)
      .toBe("The cells do not run here: this browser is from before 2023, and a newer one is needed.");
    expect(await outputOf(3)).toBe("alone");
  });

  test.each(["live.js", "markdown.js", "katex.min.js"])("says so when %s is missing", async (file) => {
    await page.route(`**/${file}`, (route) => route.abort());
    await button(cell(page, 3), "Run").click();
    await expect.poll(said).toBe(`The cells do not run here: assets/${file} is missing.`);
    trouble.length = 0; // the browser complains of it, too
  });
});

describe("for everybody", () => {
  eachAfresh();

  test("all goes by keyboard: Edit, type, Ctrl+Enter, Shift+Enter, Escape, Tab", async () => {
    await button(cell(page, 3), "Edit").focus();
    await page.keyboard.press("Enter");
    const field = cell(page, 3).getByRole("textbox");
    await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press("Control+a");
    await page.keyboard.type("console.log(6 * 7);");
    await page.keyboard.press("Control+Enter");
    await expect.poll(() => outputOf(3)).toBe("42");
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press("Escape");
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Run");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Reset");
    await field.press("Shift+Enter");
    await expect.poll(() => page.evaluate(() => document.activeElement?.closest("[data-cell]")?.id)).toContain("c3");
    expect(await said()).toBe("Cell 3 has run.");
  });

  test("the focus goes on from Reset to Edit, and from Run to Stop and back", async () => {
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await write(page, 3, "await new Promise(() => {});");
    await button(cell(page, 3), "Run").press("Enter");
    await expect.poll(focused).toBe("Stop");
    await page.keyboard.press("Enter");
    await expect.poll(focused).toBe("Run");
    await button(cell(page, 3), "Reset").press("Enter");
    await expect.poll(focused).toBe("Edit");
  });

  test("Escape leaves a cell that runs for its Stop, and finds Run when it has ended", async () => {
    await write(page, 3, "await new Promise(() => {});");
    const field = cell(page, 3).getByRole("textbox");
    await field.press("Control+Enter");
    await cell(page, 3).and(page.locator('[data-state="running"]')).waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent);
    await field.press("Escape");
    expect(await focused()).toBe("Stop");
    await page.keyboard.press("Enter");
    await expect.poll(focused).toBe("Run");
  });

  test("no barrier while editing, running and after an error", async () => {
    expect(await barriers(page)).toEqual([]);
    await write(page, 3, "throw new Error('no');");
    expect(await barriers(page)).toEqual([]);
    await button(cell(page, 3), "Run").click();
    await expect.poll(() => outputOf(3)).toMatch(/^Error: no/);
    expect(await barriers(page)).toEqual([]);
    await write(page, 4, "await new Promise(() => {})");
    await button(cell(page, 4), "Run").click();
    await cell(page, 4).and(page.locator('[data-state="running"]')).waitFor();
    expect(await barriers(page)).toEqual([]);
    await button(cell(page, 4), "Stop").click();
  });
});

test("what makes it live, and what edits, weigh little", async () => {
  const { gzipSync } = await import("node:zlib");
  const weigh = (name: string): number =>
    gzipSync(readFileSync(join(dirname(file), "assets", name)), { level: 9 }).length;
  expect(weigh("live.js") + weigh("markdown.js")).toBeLessThan(203_000); // at the first touch, with KaTeX
  expect(weigh("editor.js")).toBeLessThan(117_000); // at the first edit
  expect(weigh("names.js")).toBeLessThan(8_000); // explains the library's names, once one is typed
});
