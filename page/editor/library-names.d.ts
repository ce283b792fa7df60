/** The names that the library exports, read from its declarations when the page is bundled. */
declare module "library-names" {
  export interface LibraryName {
    readonly name: string;
    readonly kind: "function" | "value" | "type";
    /** How it is declared, in one line. */
    readonly declaration: string;
    readonly doc: string;
  }
  const names: readonly LibraryName[];
  export default names;
}
