import type { Run } from "./descent";
import { againstLimit } from "./limit";
import { round, type Text, table } from "./text";
import type { Objective, Theta } from "./types";

/** Each slope of J as the code computes it, beside the limit of J's own values: two ways that share no formula. */
export function besideLimit(J: Objective, theta: Theta): Text {
  const names = namesOf(J, theta);
  return table(
    againstLimit(J, theta).map(({ gradient, limit }, j) => ({
      "slope for": names[j],
      gradient: round(gradient, 10),
      limit: round(limit, 8),
    })),
  );
}

/** Where descents ended: the parameters, and the loss there, with so many digits. */
export function results(J: Objective, runs: Readonly<Record<string, Run>>, digits = 5): Text {
  return table(
    Object.entries(runs).map(([descent, { theta }]) => ({
      descent,
      ...Object.fromEntries(namesOf(J, theta).map((name, j) => [name, round(theta[j], digits)])),
      loss: round(J.value(theta), digits),
    })),
  );
}

const namesOf = ({ parameters }: Objective, theta: Theta): readonly string[] =>
  parameters ?? theta.map((_, j) => `parameter ${j + 1}`);
