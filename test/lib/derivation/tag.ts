import type { Scope } from "../../../lib/derivation";
import { check, derive, where } from "../../../lib/derivation";

/** A string as a template without values, for tables of formulas. */
export function template(text: string): TemplateStringsArray {
  return Object.assign([text], { raw: [text] });
}

export function scopeOf(definitions: string | undefined): Pick<Scope, "check" | "derive"> {
  return definitions ? where(template(definitions)) : { check, derive };
}
