/** A name that the library exports, as its declarations have it. */
export interface LibraryName {
  readonly name: string;
  readonly kind: "function" | "value" | "type";
  /** How it is declared, in one line. */
  readonly declaration: string;
  readonly doc: string;
}
