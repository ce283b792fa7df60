import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes a notebook of Markdown cells, and of charts as `show` leaves them. */
export function notebook(folder: string, name: string, ...cells: readonly (string | object)[]): void {
  const written = cells.map((cell, i) =>
    typeof cell === "string"
      ? { cell_type: "markdown", id: `m${i}`, metadata: {}, source: cell }
      : {
          cell_type: "code",
          id: `c${i}`,
          metadata: {},
          execution_count: i,
          source: "show(figure); // a < b && $x$",
          outputs: [
            {
              output_type: "display_data",
              metadata: {},
              data: { "application/vnd.plotly.v1+json": cell, "text/plain": "A line that rises." },
            },
            { output_type: "stream", name: "stdout", text: "costs $5 or $6\n" },
          ],
        },
  );
  mkdirSync(folder, { recursive: true });
  const metadata = { language_info: { name: "typescript" } };
  writeFileSync(join(folder, name), JSON.stringify({ cells: written, metadata, nbformat: 4, nbformat_minor: 5 }));
}

const line = {
  data: [{ type: "scatter", x: [1, 2, 3], y: [1, 4, 9], name: "squares", line: { color: "#0072B2" } }],
  layout: { xaxis: { title: { text: "x" } } },
};
const moving = {
  ...line,
  layout: {
    ...line.layout,
    sliders: [
      {
        currentvalue: { prefix: "h = " },
        steps: ["2", "1"].map((label) => ({ label, method: "animate", args: [[label], { mode: "immediate" }] })),
      },
    ],
  },
  frames: [
    { name: "2", data: [{ y: [1, 4, 9] }] },
    { name: "1", data: [{ y: [1, 2, 3] }] },
  ],
};
const heights = [
  [1, 2, 1],
  [2, 0, 2],
  [1, 2, 1],
];
const bowl = { data: [{ type: "surface", z: heights }], layout: { height: 480 } };

const first = "# One\n\nThe first sentence has $x_1 < 2$ in it. The second has not.";
const derivation =
  "## A *derivation* of $x$\n\n$$\n\\begin{aligned} a &= b \\\\ &< c \\end{aligned}\n$$\n\n| $x$ | `$raw$` |\n|--:|:--|\n| 1 | $\\sqrt{2}$ |";
const folded =
  "<details><summary>Solution</summary>\n\nIt is $x$ *here*.\n\n```ts\nconst found = 1;\n```\n\n</details>";

/** A few windows of text. */
const long = Array.from({ length: 60 }, (_, i) => `A paragraph that is here to be read, number ${i + 1}.`).join("\n\n");

/** The second notebook as it should be. */
export const two = ["# Two\n\nShort.", "## Nothing else\n\nAn end."] as const;

/** The made-up notebooks: all that a page can have, and a page with next to nothing. */
export function makeUp(folder: string): void {
  const ways = "## Where next\n\nTo [two](02-two.ipynb#Nothing-else), or [up](#Where-next).";
  const [more, most] = ["## Much more", "## Even more"].map((heading) => `${heading}\n\n${long}`);
  notebook(folder, "01-one.ipynb", first, derivation, folded, line, more, moving, most, bowl, ways);
  notebook(folder, "02-two.ipynb", ...two);
}
