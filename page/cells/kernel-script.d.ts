/** The text of the worker's script; the bundler puts it in. */
declare module "kernel-script" {
  const text: string;
  export default text;
}
