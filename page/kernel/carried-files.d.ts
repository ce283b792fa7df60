/** The files of the book's data by the paths that the notebooks know them by; the bundler puts them in. */
declare module "carried-files" {
  const files: Readonly<Record<string, string>>;
  export default files;
}
