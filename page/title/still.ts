// What the title page shows before, or without, any script; made at export.
export { cards } from "./cards";
export { hook } from "./words";
