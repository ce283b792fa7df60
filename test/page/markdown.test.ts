import katex from "katex";
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { markdown } from "../../page/cells/markdown";
import { codeCells } from "../../tools/notebook";
import { committed, names, outputsOf } from "../book";
import { vectors } from "../vectors";

const { document } = parseHTML("<html><body></body></html>");
Object.assign(globalThis, { document, katex });

const html = (text: string): string =>
  markdown(text).innerHTML.replace(/<span class="katex(?:-display)?">[^]*?<\/annotation>[^]*$/, "FORMULA");

test.each([
  ["one\ntwo\n\nthree", "<p>one\ntwo</p><p>three</p>"],
  ["## A *head*", "<h2>A <em>head</em></h2>"],
  [
    "**Right.**\n\n- ✓ one\n- ✗ two: `a | b`",
    "<p><strong>Right.</strong></p><ul><li>✓ one</li><li>✗ two: <code>a | b</code></li></ul>",
  ],
  ["1. one\n2. two\n   - a\n   - b", "<ol><li>one</li><li>two<ul><li>a</li><li>b</li></ul></li></ol>"],
  ["> quoted\n> **twice**", "<blockquote><p>quoted\n<strong>twice</strong></p></blockquote>"],
  ["```ts\na < b && `c`\n\nd\n```\nafter", "<pre><code>a &lt; b &amp;&amp; `c`\n\nd\n</code></pre><p>after</p>"],
  ["a\n\n---\n\nb", "<p>a</p><hr><p>b</p>"],
  [
    "| a | b |\n| --: | :-- |\n| 1 | x \\| y |\n| 2 |",
    '<div class="scroll"><table><thead><tr><th style="text-align:right">a</th><th style="text-align:left">b</th></tr></thead>' +
      '<tbody><tr><td style="text-align:right">1</td><td style="text-align:left">x | y</td></tr>' +
      '<tr><td style="text-align:right">2</td><td style="text-align:left"></td></tr></tbody></table></div>',
  ],
  ["a \\* b \\$5, _it_ snake_case_name 2 * 3 * 4", "<p>a * b $5, <em>it</em> snake_case_name 2 * 3 * 4</p>"],
  [
    "<details><summary>✗</summary>\n\nAt *it*\n\n</details>\n\nout",
    "<details><summary>✗</summary><p>At <em>it</em></p></details><p>out</p>",
  ],
  [
    "[in](#here) [out](https://example.org) [no](javascript:alert(1))",
    '<p><a href="#here">in</a> <a href="https://example.org">out</a> [no](javascript:alert(1))</p>',
  ],
  ["a  \nb &lt; c", "<p>a<br>b &lt; c</p>"],
  ["where $x_1 < 2$", "<p>where FORMULA"],
  ["costs $ 5 or $6", "<p>costs $ 5 or $6</p>"],
  ["<b onclick='x'>no</b>", "<p>&lt;b onclick='x'&gt;no</p>"],
  ["</b></p>stray", "<p>stray</p>"],
  ["**a ** b*", "<p>*<em>a ** b</em></p>"],
  ["a `$x$` $`$ b", "<p>a <code>$x$</code> FORMULA"],
  ["| $|x|$ |\n|--|\n| 1 |", '<div class="scroll"><table><thead><tr><th style="text-align:">FORMULA'],
  ["&amp;lt;b&gt; <kbd>x</kbd> `&lt;`", "<p>&amp;lt;b&gt; <kbd>x</kbd> <code>&amp;lt;</code></p>"],
  ["\ue0007\ue001", "<p></p>"],
  ["", ""],
])("%j is shown", (text, expected) => {
  expect(html(text)).toBe(expected);
});

test.each(names)("the outputs of %s leave no sign of Markdown behind", (name) => {
  const texts = codeCells(committed(name))
    .flatMap(outputsOf)
    .flatMap(({ data }) => (data?.["text/markdown"] ? [[data["text/markdown"]].flat().join("")] : []));
  for (const text of texts) {
    const shown = markdown(text);
    for (const part of shown.querySelectorAll(".katex, code")) part.remove();
    expect(shown.textContent).not.toMatch(/\*\*|\$|`|^\s*\||<\w/m);
    expect(shown.querySelectorAll(".katex-error")).toHaveLength(0);
  }
});

test.each(Object.entries(vectors))("nothing runs of %s", (_, vector) => {
  for (const text of [
    vector,
    `In a line: ${vector.replaceAll("\n", " ")}.`,
    `| a |\n|--|\n| ${vector} |`,
    `- ${vector}`,
  ]) {
    const shown = markdown(text);
    for (const part of shown.querySelectorAll(".katex")) part.remove();
    for (const element of shown.querySelectorAll("*"))
      for (const { name, value } of element.attributes)
        expect(`${element.localName} ${name} ${value}`).toMatch(
          /^(div class scroll|t[hd] style text-align:\w*|a href (https?:|mailto:|#).*|img (alt .*|src data:image\/(png|jpeg|gif|webp);.*))$/s,
        );
    expect(shown.querySelector("script, style, iframe, object, embed, form, svg, math, template")).toBeNull();
  }
});
