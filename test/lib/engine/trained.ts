import { descend, linearly } from "../../../lib/descent";
import { objective } from "../../../lib/losses";
import { model } from "../../../lib/models";
import { random } from "../../../lib/random";
import { losses, models } from "../catalogue";

const waves = model`h(x) = A e^{-(x - c)^2} + B \tanh(x) \ln(1 + x^2) + \sqrt{|C|} \cdot |x|^D`.slopes`
  \frac{\partial h}{\partial A} = e^{-(x - c)^2}, \quad \frac{\partial h}{\partial c} = 2 A (x - c) e^{-(x - c)^2}, \quad
  \frac{\partial h}{\partial B} = \tanh(x) \ln(1 + x^2), \quad
  \frac{\partial h}{\partial C} = \frac{\operatorname{sign}(C)}{2 \sqrt{|C|}} |x|^D, \quad
  \frac{\partial h}{\partial D} = \sqrt{|C|} \cdot |x|^D \ln(|x|)`;

/** What every model, trained with every loss on one, a few and many houses, came to and came through: all numbers by their bits. */
export function trained(): Uint8Array {
  const numbers = [...models, waves].flatMap((made) =>
    losses.flatMap((by) =>
      [1, 4, 37].flatMap((N) => {
        const next = random(N);
        const column = () => Array.from({ length: N }, () => 0.5 + 4 * next());
        const J = objective(by, made, { x: column(), y: column() });
        const start = made.parameters.map(() => 0.4 + next());
        const { theta, loss, best, history } = descend(J, start, { epochs: 500, alpha: linearly(1e-4, 1e-5, 7) });
        return [...theta, loss, best.loss, ...best.theta, ...history.flatMap((one) => [one.loss, ...one.theta])];
      }),
    ),
  );
  return new Uint8Array(Float64Array.from(numbers).buffer);
}

/** The SHA-256 of these bits. */
export const HASH = "b5ea7a742e95692c2a90fca955a3692974766a54c03807b88aa91d7de6d95f68";
