// What the export makes of a page's parts: it runs in Node.
export { rowsOf, steps } from "./book/steps";
export { cards } from "./title/cards";
export { hook } from "./title/words";
