// Made when the page is bundled: the houses, and the code that the formulas of the line and of its loss became.
import type { Data, Loss, Model } from "../../lib";

export declare const houses: Data;
export declare const line: Pick<Model, "predict" | "gradient">;
export declare const squared: Pick<Loss, "f" | "df">;
