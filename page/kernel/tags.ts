/** The tags of the templates whose text is LaTeX. */
export const TAGS: ReadonlySet<string> = new Set([
  "where",
  "derive",
  "check",
  "holds",
  "number",
  "model",
  "loss",
  "scalar",
  "slopes",
  "shortcut",
]);
