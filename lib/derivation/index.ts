import type { Scope } from "./scope";
import { createScope } from "./scope";

export { DerivationError } from "./errors";
export type { Scope, Values } from "./scope";
export type { Relation } from "./tree";
export type { Derivation, Mark, Step, Verdict, Wrong } from "./verdict";

const empty: Scope = createScope({ definitions: new Map(), fixed: new Map(), data: new Map() }, []);

/** Definitions and assumptions, separated by commas, \quad, \\ or line breaks: where`\sigma(a) = …, \quad W > 0`. */
export const where: Scope["where"] = empty.where;

/** Runs a chain that needs no definitions; throws DerivationError on the first false relation. */
export const derive: Scope["derive"] = empty.derive;

/** Runs a chain that needs no definitions and says what came of it. */
export const check: Scope["check"] = empty.check;
