import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./project";

const katex = join(root, "node_modules/katex/dist");

/** The fonts that pages carry: those for which a formula that the checker reads can ask, and what stands in words. */
const CARRIED: ReadonlySet<string> = new Set(
  [
    ...["AMS-Regular", "Caligraphic-Regular", "Main-Regular", "Main-Bold", "Main-Italic"],
    ...["Math-Italic", "Math-BoldItalic", "SansSerif-Regular"],
    ...["Size1-Regular", "Size2-Regular", "Size3-Regular", "Size4-Regular"],
  ].map((name) => `KaTeX_${name}`),
);

const style = readFileSync(join(katex, "katex.min.css"), "utf8");

/** KaTeX's style with the carried fonts inside it: a page fetches nothing. */
export function katexStyle(): string {
  const inlined = style.replace(
    /@font-face\{[^}]*?src:url\(fonts\/(\w+-\w+)\.woff2\)[^}]*\}/g,
    (face, name: string) => {
      if (!CARRIED.has(name)) return "";
      const font = readFileSync(join(katex, `fonts/${name}.woff2`), "base64");
      return face.replace(/src:[^;}]*/, () => `src:url(data:font/woff2;base64,${font}) format("woff2")`);
    },
  );
  return `/* KaTeX, copyright 2013-2020 Khan Academy and other contributors, MIT licence */\n${inlined}`;
}

/** The text's own faces, each of a weight and a slope: those that pages use, with the letters of Western Europe. */
const TEXT = [
  ["Source Serif 4", "source-serif-4", 400, "normal"],
  ["Source Serif 4", "source-serif-4", 400, "italic"],
  ["Source Serif 4", "source-serif-4", 600, "normal"],
  ["Source Sans 3", "source-sans-3", 400, "normal"],
  ["Source Sans 3", "source-sans-3", 600, "normal"],
] as const;

/** The style that brings the text's faces, inside it: the book looks the same everywhere. */
export function textStyle(): string {
  const faces = TEXT.map(([family, name, weight, slope]) => {
    const file = join(root, `node_modules/@fontsource/${name}/files/${name}-latin-${weight}-${slope}.woff2`);
    const source = `url(data:font/woff2;base64,${readFileSync(file, "base64")}) format("woff2")`;
    return `@font-face{font-family:"${family}";font-weight:${weight};font-style:${slope};font-display:block;src:${source}}`;
  });
  return `/* Source Serif 4 and Source Sans 3, copyright Adobe, SIL Open Font License 1.1 */\n${faces.join("\n")}\n`;
}

/** The classes of KaTeX's elements that ask for a font which no page carries, with its name. */
const LACKING: ReadonlyMap<string, string> = new Map(
  [...style.matchAll(/([^{}]+)\{([^{}]*font-family:(KaTeX_\w+)[^{}]*)\}/g)].flatMap(([, selectors, rule, family]) => {
    const face = (/font-weight:700/.test(rule) ? "Bold" : "") + (/font-style:italic/.test(rule) ? "Italic" : "");
    const font = `${family}-${face || "Regular"}`;
    if (CARRIED.has(font)) return [];
    return [...selectors.matchAll(/\.katex \.([\w-]+)(?:,|$)/g)].map(([, name]) => [name, font] as const);
  }),
);

/** The font that a typeset formula asks for and no page carries. */
export function lackingFont(formula: string): string | undefined {
  const classes = [...formula.matchAll(/class="([^"]*)"/g)].flatMap(([, names]) => names.split(" "));
  return classes.map((name) => LACKING.get(name)).find((font) => font !== undefined);
}
