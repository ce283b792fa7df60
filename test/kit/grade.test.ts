import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { grade, type Row, tableOf } from "../../tools/grade";
import { answered, claiming, exercises, handIn, solved, withCells } from "./hand-ins";

const folder = mkdtempSync(join(tmpdir(), "house-prices-hand-ins-"));
const [good, bad] = ["good", "bad"].map((name) => join(folder, name));
const [first, second, third, fourth] = solved;
const requests: string[] = [];
let server: Server;
let rows: Map<string, Row>;

beforeAll(async () => {
  server = createServer(({ url }, response) => (requests.push(String(url)), response.end("{}")));
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const place = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  // seven that are meant well
  handIn(good, "ada/02-linear.ipynb", answered(...solved));
  handIn(good, "bo/02-linear.ipynb", answered());
  handIn(
    good,
    "cy/my homework.ipynb",
    answered(first, undefined, third.replace("largestRate(K", "0.5 + 0 * largestRate(K")),
  );
  handIn(
    good,
    "di/02-linear.ipynb",
    withCells(answered(first.replace("(b + W x_i - y_i)", "(W x_i + b - y_i)"), second), ({ id: _, ...cell }) => cell),
  );
  handIn(
    good,
    "ed/02-linear.ipynb",
    answered("show(scope.check`a = ", "show(nothing);", "throw new Error('no\\nidea');"),
  );
  handIn(
    good,
    "flo/02-linear.ipynb",
    withCells(answered(...solved), (cell) => ({
      ...cell,
      id: "x",
      source: `${cell.source}`.replace(/^### .*$/gm, ""),
    })),
  );
  handIn(good, "gus/02-linear.ipynb", "not a notebook");
  // and such as are not
  handIn(bad, "loop/02-linear.ipynb", answered("for (;;);", second, "await new Promise(() => {});", fourth));
  handIn(
    bad,
    "memory/02-linear.ipynb",
    answered(
      "let all = {}; for (;;) all = { all, more: new Uint8Array(1e8).fill(1) };",
      "const all = []; for (;;) all.push(new Array(1e6).fill(0.5 + all.length));",
      third,
      fourth,
    ),
  );
  handIn(
    bad,
    "print/02-linear.ipynb",
    answered(
      "for (;;) console.log('again');",
      "for (;;) { try { console.log('x'.repeat(1e6)); } catch {} }",
      "for (;;) postMessage({ kind: 'output', id: 1, output: { output_type: 'display_data', data: {} } });",
      fourth,
    ),
  );
  handIn(
    bad,
    "lie/02-linear.ipynb",
    claiming(
      answered(
        "show(scope.check`b = b`);",
        'const goals = () => ({ markdown: "", text: "✓" });\nshow(goals());',
        third.replace("over > K.value(start)", "true"),
        undefined,
      ),
    ),
  );
  handIn(
    bad,
    "thief/02-linear.ipynb",
    answered(
      `await fetch("${place}/fetched"); show({ markdown: "", text: "✓" });`,
      `importScripts("${place}/imported"); show({ markdown: "", text: "✓" });`,
      'console.log(await (await fetch("file:///etc/passwd")).text()); show({ markdown: "", text: "✓" });',
      'console.log(require("fs")); show({ markdown: "", text: "✓" });',
    ),
  );
  handIn(bad, "=HYPERLINK(1).ipynb", answered("throw new Error('=1+1');"));
  const all = [
    ...(await grade(good, { seconds: 30, memory: 1200 })),
    ...(await grade(bad, { seconds: 3, memory: 1200 })),
  ];
  rows = new Map(all.map((row) => [row.handIn.split("/")[0], row]));
}, 600_000);

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const verdicts = (who: string): string => rows.get(who)!.verdicts.join(", ");
const remarks = (who: string): string => rows.get(who)!.remarks.join("\n");

describe("a hand-in", () => {
  test("that is right is solved", () => {
    expect(rows.get("ada")).toEqual({
      handIn: "ada/02-linear.ipynb",
      section: "02-linear.ipynb",
      verdicts: exercises.map(() => "solved"),
      remarks: [],
    });
  });

  test("in which nothing was done is not begun", () => {
    expect(verdicts("bo")).toBe("not begun, not begun, not begun, not begun");
  });

  test("is judged task by task, whatever its file is called", () => {
    expect(verdicts("cy")).toBe("solved, not begun, not solved, not begun");
  });

  test("that lost its ids is found by its headings, and another way to write a formula is right", () => {
    expect(verdicts("di")).toBe("solved, solved, not begun, not begun");
    expect(verdicts("flo")).toBe("missing, missing, missing, missing");
  });

  test("with mistakes says which", () => {
    expect(verdicts("ed")).toBe("not solved, not solved, not solved, not begun");
    expect(remarks("ed")).toMatch(/^1: line 1.*\n2: ReferenceError: nothing is not defined\n3: Error: no\nidea$/);
  });

  test("that is no notebook has a row", () => {
    expect(rows.get("gus")).toMatchObject({ section: "", verdicts: [], remarks: ["it is not a notebook"] });
  });
});

describe("a malicious hand-in costs only its own tasks", () => {
  test("if it loops", () => {
    expect(verdicts("loop")).toBe("not solved, solved, not solved, solved");
    expect(remarks("loop")).toBe("1: it did not end within 3 seconds\n3: it did not end within 3 seconds");
  });

  test("if it eats memory", () => {
    expect(verdicts("memory")).toBe("not solved, not solved, solved, solved");
    expect(remarks("memory")).toMatch(
      /1: it took more than 1200 MB of memory\n2: (it took more than|it did not end|This cell keeps more than)/,
    );
  });

  test("if it prints without end", () => {
    expect(verdicts("print")).toBe("not solved, not solved, not solved, solved");
    expect(remarks("print")).toContain("1: Error: This cell prints more than a million characters");
  });

  test("if it lies about its outputs, a person is told what to look at", () => {
    expect(verdicts("lie")).toBe("look, look, look, not begun");
    expect(remarks("lie")).toMatch(/1: .*begins otherwise\n2: it defines goals anew\n3: it lacks/);
  });

  test("if it reaches for files or the network", () => {
    expect(verdicts("thief")).toBe("not solved, not solved, not solved, not solved");
    expect(requests).toEqual([]);
  });
});

test("no text of a hand-in is a formula in the table", () => {
  const table = tableOf([...rows.values()]);
  expect(table).toMatch(/^hand-in,section,solved,tasks,1,2,3,4,remarks\n/);
  expect(table.trim().split("\n")).toHaveLength(rows.size + 1);
  expect(table).toContain('"\'=HYPERLINK(1).ipynb",02-linear.ipynb,0,4,not solved,');
  expect(tableOf([{ handIn: "a", section: "", verdicts: [], remarks: ["=1"] }])).toContain("'=1");
});
