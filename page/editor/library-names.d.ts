/** The names that the library exports, read from its declarations when the script is bundled. */
declare module "library-names" {
  const names: readonly string[];
  export default names;
}
