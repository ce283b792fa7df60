/** As much of Node.js as most cells use; what else it has is compiled when a cell needs it. */
interface Console {
  log(message?: any, ...optionalParams: any[]): void;
}
declare var console: Console;
