/**
 * The lines of a file that the page carries, as texts, in the place of Papa Parse. The bundler carries no file with a
 * quote in it, so a comma always parts two values.
 */
export const parse = (
  text: string,
  _settings: object,
): { readonly data: string[][]; readonly errors: readonly never[] } => ({
  data: text.split(/\r?\n/).map((line) => line.split(",")),
  errors: [],
});
