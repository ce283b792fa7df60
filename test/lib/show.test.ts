import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { code } from "../../lib/code";
import { type Content, host } from "../../lib/host";
import { linear } from "../../lib/models";
import { show } from "../../lib/show";
import { root } from "../../tools/project";

/** What is displayed when this is shown. */
function displayed(what: Parameters<typeof show>[0]): Content {
  const shown: Content[] = [];
  vi.spyOn(host, "display").mockImplementation((content) => void shown.push(content));
  show(what);
  expect(shown).toHaveLength(1);
  return shown[0];
}

afterEach(() => void vi.restoreAllMocks());

describe("what is shown", () => {
  it("is a chart for Plotly, and its words where there is none", () => {
    const [data, layout, frames] = [[{ type: "scatter" }], { height: 300 }, [{ name: "0" }]];
    expect(displayed({ data, layout, frames, alt: "A point." })).toStrictEqual({
      data: { "application/vnd.plotly.v1+json": { data, layout, frames }, "text/plain": "A point." },
      metadata: {},
    });
  });

  it("is a text as Markdown and as plain text", () => {
    expect(displayed({ markdown: "**yes**", text: "yes" })).toStrictEqual({
      data: { "text/markdown": "**yes**", "text/plain": "yes" },
      metadata: {},
    });
  });

  it.each([
    [{ given: ["a"], how: "at 12 points" }, { derivation: { given: ["a"], how: "at 12 points" } }],
    [{ given: ["a"] }, {}],
    [{ how: "at 12 points" }, {}],
  ])("of a derivation with %j has the metadata %j", (more, metadata) => {
    expect(displayed({ markdown: "m", text: "t", ...more } as Parameters<typeof show>[0]).metadata).toStrictEqual(
      metadata,
    );
  });

  it("is code in a block of TypeScript", () => {
    const { markdown, text } = code(linear);
    expect(text).toMatch(/^function predict\(\[W, b\]: Theta, x: number\): number \{/);
    expect(markdown).toBe(`\`\`\`ts\n${text}\n\`\`\``);
  });
});

describe("without a notebook", () => {
  it("what is shown is printed in words, and a line that passes is not", () => {
    const print = vi.spyOn(console, "log").mockImplementation(() => {});
    show({ markdown: "**yes**", text: "yes" });
    show({ data: [], layout: {}, alt: "A chart of nothing." });
    host.tell("epoch 1 of 2");
    expect(print.mock.calls).toEqual([["yes"], ["A chart of nothing."]]);
  });

  it("loads nothing of the kernel, which would bring TypeScript along", () => {
    const library = JSON.stringify(join(root, "lib/dist/index.js"));
    const text = `require(${library}); console.log(Object.keys(require.cache).filter((file) => /tslab/.test(file)))`;
    expect(execFileSync(process.execPath, ["-e", text], { encoding: "utf8" })).toBe("[]\n");
  });
});

describe("in a notebook", () => {
  const jupyter = createRequire(import.meta.url)("tslab/dist/jupyter") as Record<string, unknown>;
  const sent: unknown[] = [];
  beforeEach(() => {
    jupyter["lastWriteDisplayData"] = (...all: unknown[]) => sent.push(["shown", ...all]);
    jupyter["writePassingLine"] = (line: unknown) => sent.push(["line", line]);
  });
  afterEach(() => {
    jupyter["lastWriteDisplayData"] = null;
    delete jupyter["writePassingLine"];
    sent.length = 0;
  });

  it("what is shown is a new output, and a line that passes is sent on", () => {
    show({ markdown: "**yes**", text: "yes" });
    host.tell("epoch 1 of 2");
    const data = { "text/markdown": "**yes**", "text/plain": "yes" };
    expect(sent).toEqual([
      ["shown", { data, metadata: {}, transient: {} }, false],
      ["line", "epoch 1 of 2"],
    ]);
  });

  it("a chart names its picture by its content, and comes without one where there is none", () => {
    const figure = { data: [{ type: "scatter" }], layout: { height: 300 } };
    show({ ...figure, alt: "A point." });
    const picture = createHash("sha256").update(JSON.stringify(figure)).digest("hex").slice(0, 16);
    const data = { "application/vnd.plotly.v1+json": figure, "text/plain": "A point." };
    expect(sent).toEqual([["shown", { data, metadata: { picture }, transient: {} }, false]]);
  });
});

describe("a file that cannot be read", () => {
  it.each([
    ["nowhere.csv", 'There is no file "nowhere.csv": a path is relative to the notebook\'s folder.'],
    ["data", '"data" is a folder: name a file in it.'],
    ["x".repeat(300), /^"x+" cannot be read: ENAMETOOLONG.*\.$/],
  ])("%s is named with the cure", async (path, message) => {
    await expect(host.read(path)).rejects.toThrow(message);
  });
});
