import { createHash } from "node:crypto";
import { expect, it } from "vitest";
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

it("every model trains to the bits that are written here, in every version of Node.js and on every machine", () => {
  const hash = createHash("sha256");
  for (const made of [...models, waves])
    for (const by of losses)
      for (const N of [1, 4, 37]) {
        const next = random(N);
        const column = () => Array.from({ length: N }, () => 0.5 + 4 * next());
        const J = objective(by, made, { x: column(), y: column() });
        const start = made.parameters.map(() => 0.4 + next());
        const { theta, loss, best, history } = descend(J, start, { epochs: 500, alpha: linearly(1e-4, 1e-5, 7) });
        const numbers = [
          ...theta,
          loss,
          best.loss,
          ...best.theta,
          ...history.flatMap((one) => [one.loss, ...one.theta]),
        ];
        hash.update(new Uint8Array(Float64Array.from(numbers).buffer));
      }
  expect(hash.digest("hex")).toBe("7cf7aff265a1c80044ff5a126c794c53ad9fdf1a7d7cc5094fac351cfd34f187");
});
