import type { Theta } from "../../lib";
import { line } from "./line-code";
import { J } from "./loss";
import { ends, euros, picture } from "./picture";

/** The line that a reader finds: not a good one. */
export const first: Theta = [1, 2];

const digits = (value: number): string => value.toFixed(2).replace("-", "−");

/** price = 1.00 · floors + 2.00 */
export const formula = ([W, b]: Theta): string => `${digits(W)} · floors ${b < 0 ? "−" : "+"} ${digits(Math.abs(b))}`;

/** What is said of a line, by the names of the places for it. */
export const sayings = {
  loss: (theta: Theta) => digits(J.value(theta)),
  formula,
  asked: (theta: Theta) => euros(line.predict(theta, ends[1])),
} as const;

const place = (name: keyof typeof sayings): string => `<span data-says="${name}">${sayings[name](first)}</span>`;

/** The picture with what is said of its line, as the page shows it before anybody touches it. */
export const hook = (): string => `<figure class="hook">
${picture(first)}
<figcaption>
<p class="wrong"><span>How wrong is this line?</span> <strong>${place("loss")}</strong> <small>the mean of the four squares</small></p>
<p>price = ${place("formula")}, in €100,000. What does a house of <b>five floors</b> cost? ${place("asked")}, says the line.</p>
<p class="try" hidden><button type="button">Now let the machine do it</button> <span class="step" aria-hidden="true"></span></p>
<p class="told" role="status" hidden>Drag the ends of the line. How small can you make the number?</p>
</figcaption>
</figure>`;
