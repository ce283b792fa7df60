import type { Objective, Theta } from "../../lib";
import { meanOf } from "../../lib/mean";
import { houses, line, squared } from "./line-code";

/** Of each house how far the line is off: above it is positive. */
export const residuals = (theta: Theta): number[] => houses.x.map((x, i) => houses.y[i] - line.predict(theta, x));

/** The mean squared error of the line, and its gradient (L4, L11, L12), without a compiler: the title page runs no text. */
export const J: Objective = {
  value: (theta) => meanOf(houses.x.map((x, i) => squared.f(line.predict(theta, x), houses.y[i]))),
  gradient(theta, out = []) {
    const slopes = houses.x.map((x, i) => {
      const dJ = squared.df(line.predict(theta, x), houses.y[i]);
      return line.gradient(theta, x).map((dh) => dJ * dh); // dJ/dh * dh/dtheta
    });
    for (let p = 0; p < theta.length; p++) out[p] = meanOf(slopes.map((slope) => slope[p]));
    return out;
  },
};
