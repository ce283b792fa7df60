import { plainText } from "../derivation/text/plain";
import type { Formula } from "./formula";
import { compiled, type Line, Writer } from "./javascript";
import { type Step, Steps } from "./steps";
import { identifier, type Translator } from "./translate";

/** A function in code: what it is called, what it takes, with and without types, and its lines. */
export interface Code {
  readonly name: string;
  readonly takes: string;
  readonly typed: string;
  readonly lines: readonly Line[];
}

/** Where the comment of a line begins, if the line leaves room for it. */
const COMMENT = 48;

/** The code that a formula became, with types and with the formula that each line computes. */
export function shownCode(codes: readonly Code[]): string {
  const line = ({ code, formula }: Line): string =>
    formula ? `  ${code.padEnd(COMMENT - 3)} // ${formula}` : `  ${code}`;
  return codes
    .map(({ name, typed, lines }) => [`function ${name}${typed} {`, ...lines.map(line), "}"].join("\n"))
    .join("\n\n");
}

/** The functions that run: the same code without types. */
export function functionsOf<T>(codes: readonly Code[]): T {
  const bodies = codes.map(({ name, takes, lines }) =>
    [`${name}(${takes}) {`, ...lines.map(({ code }) => code), "},"].join("\n"),
  );
  return compiled<T>(`return {\n${bodies.join("\n")}\n};`);
}

interface Result {
  readonly before: string;
  readonly step: Step;
  readonly formula: string;
}

function linesOf(translator: Translator, results: readonly Result[]): Line[] {
  const writer = new Writer(
    results.map(({ step }) => step),
    translator.labels,
    translator.formulas,
  );
  const constants = writer.constants();
  return [
    ...constants,
    ...results.map(({ before, step, formula }) => ({ code: `${before}${writer.written(step)};`, formula })),
  ];
}

/** f and df of a function of one letter, or of a loss of two, by the first of its letters. */
export function functionCode(formula: Formula): Code[] {
  const names = formula.letters.map(identifier);
  return (["f", "df"] as const).map((name) => {
    const steps = new Steps();
    const translator = formula.translator(steps, (letter, at) => formula.input(steps, letter, at));
    const of = name === "f" ? formula.value(translator) : formula.slope(translator, formula.letters[0]);
    const tex = name === "f" ? formula.ownTex : formula.slopeTex(formula.letters[0]);
    return {
      name,
      takes: names.join(", "),
      typed: `(${names.map((one) => `${one}: number`).join(", ")}): number`,
      lines: linesOf(translator, [{ before: "return ", step: of, formula: plainText(tex) }]),
    };
  });
}

/** predict and gradient of a model with these parameters. */
export function modelCode(formula: Formula, parameters: readonly string[]): Code[] {
  const theta = `[${parameters.map(identifier).join(", ")}]`;
  const several = formula.letters.length > 1;
  const x = several ? `[${formula.letters.map(identifier).join(", ")}]` : identifier(formula.letters[0]);
  const types = `${theta}: Theta, ${x}: ${several ? "readonly number[]" : "number"}`;
  const make = (results: (translator: Translator) => readonly Result[]): Line[] => {
    const steps = new Steps();
    const translator = formula.translator(steps, (letter, at) => formula.input(steps, letter, at, parameters));
    return linesOf(translator, results(translator));
  };
  return [
    {
      name: "predict",
      takes: `${theta}, ${x}`,
      typed: `(${types}): number`,
      lines: make((translator) => [
        { before: "return ", step: formula.value(translator), formula: plainText(formula.ownTex) },
      ]),
    },
    {
      name: "gradient",
      takes: `${theta}, ${x}, out = []`,
      typed: `(${types}, out: number[] = []): number[]`,
      lines: [
        ...make((translator) =>
          parameters.map((letter, p) => ({
            before: `out[${p}] = `,
            step: formula.slope(translator, letter),
            formula: plainText(formula.slopeTex(letter)),
          })),
        ),
        { code: "return out;", formula: "" },
      ],
    },
  ];
}
