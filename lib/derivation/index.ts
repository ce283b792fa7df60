import type { Scope } from "./scope";
import { createScope } from "./scope";

export type { Scope } from "./scope";
export type { Derivation, Mark, Outcome, Step, Verdict, Wrong } from "./show/verdict";
export { DerivationError } from "./text/errors";
export { plainText } from "./text/plain";
export type { Relation } from "./world/tree";
export type { Values } from "./world/values";

const empty: Scope = createScope({ definitions: new Map(), fixed: new Map(), data: new Map() }, []);

/** Definitions and assumptions, separated by commas, \quad, \\ or line breaks: where`\sigma(a) = …, \quad W > 0`. */
export const where: Scope["where"] = empty.where;

/** Runs a chain that needs no definitions; throws DerivationError on the first false relation. */
export const derive: Scope["derive"] = empty.derive;

/** Runs a chain that needs no definitions and says what came of it. */
export const check: Scope["check"] = empty.check;

/** Whether a chain that needs no definitions holds. */
export const holds: Scope["holds"] = empty.holds;
