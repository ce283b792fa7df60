import type { Theta } from "../../lib";
import { houses, line } from "./line-code";
import { residuals } from "./loss";

/** Where the two handles hold the line, in floors; the right one stands on the house whose price is asked for. */
export const ends = [0.5, 5] as const;
/** The least and the largest price to which a handle goes, in 100,000 EUR. */
export const prices = { least: -2.5, largest: 13 } as const;

const size = { width: 440, height: 410 };
const ground = 400; // on which the houses stand
const perFloor = 70;
const perPrice = 20;

/** The places of floors and of prices in the picture. */
export const px = (floors: number): number => 92 + (floors - ends[0]) * perFloor;
export const py = (price: number): number => 280 - price * perPrice;
export const priceAt = (y: number): number => (280 - y) / perPrice;

/** A price as people say it. */
export function euros(price: number): string {
  const amount = Math.round(price * 100) * 1000; // 100,000 EUR
  return `${amount < 0 ? "−" : ""}€${Math.abs(amount).toLocaleString("en")}`;
}

/** A house with so many floors, standing on the ground; dashed where it is not sold yet. */
function house(floors: number, sold: boolean): string {
  const [x, wide, storey] = [px(floors), 32, 13];
  const top = ground - 16 - floors * storey;
  const windows = Array.from({ length: floors }, (_, i) => {
    const y = top + i * storey + 4;
    return `<path class="window" d="M${x - 10} ${y}h7v6h-7zM${x + 3} ${y}h7v6h-7z"/>`;
  });
  const walls = `<path class="walls" d="M${x - wide / 2} ${ground - 16}V${top}l${wide / 2} -11l${wide / 2} 11V${ground - 16}z"/>`;
  const name = `<text x="${x}" y="${ground}" text-anchor="middle">${floors}</text>`;
  return `<g class="house${sold ? "" : " asked"}">${walls}${windows.join("")}${name}</g>`;
}

/** What stands still: the scale of prices, and the houses. */
function still(): string {
  const scale = [0, 5, 10].map((price) => {
    const words = price === 10 ? "€1 million" : euros(price);
    return `<path class="grid" d="M4 ${py(price)}H${size.width - 4}"/><text x="4" y="${py(price) - 5}">${words}</text>`;
  });
  const sold = houses.x.map((floors) => house(floors, true));
  return `<g aria-hidden="true">${scale.join("")}${sold.join("")}${house(ends[1], false)}<text x="4" y="${ground}">floors</text></g>`;
}

/** What moves with the line: it, the squares on what it misses, and what it says of the house that is asked for. */
export function moving(theta: Theta): string {
  const [left, right] = [ends[0] - 0.4, ends[1] + 0.25];
  const path = `M${px(left)} ${py(line.predict(theta, left))}L${px(right)} ${py(line.predict(theta, right))}`;
  const squares = residuals(theta).map((off, i) => {
    const side = Math.abs(off) * perPrice;
    const x = px(houses.x[i]) - (i < houses.x.length / 2 ? 0 : side); // towards the middle
    const y = Math.min(py(houses.y[i]), py(houses.y[i] - off));
    return `<rect class="square" x="${x}" y="${y}" width="${side}" height="${side}"/>`;
  });
  const dots = houses.x.map((x, i) => `<circle class="sold" cx="${px(x)}" cy="${py(houses.y[i])}" r="6"/>`);
  const asked = line.predict(theta, ends[1]);
  const says = `<text class="says" x="${size.width - 6}" y="${py(asked) - 20}" text-anchor="end">${euros(asked)}?</text>`;
  return `${squares.join("")}<path class="line" d="${path}"/>${dots.join("")}${says}`;
}

/** The whole picture; its handles are those of a script. */
export function picture(theta: Theta): string {
  const handles = ends.map((x) => {
    const arrows = `<path d="M-4 -5l4 -5l4 5M-4 5l4 5l4 -5"/>`;
    return `<g class="handle" transform="translate(${px(x)} ${py(line.predict(theta, x))})"><circle class="reach" r="30"/><circle class="knob" r="12"/>${arrows}</g>`;
  });
  return `<svg viewBox="0 0 ${size.width} ${size.height}" role="group" aria-label="Four houses by their floors and prices, a line, and a square on what it misses of each">
<clipPath id="field"><path d="M0 -20H${size.width}V318H0z"/></clipPath>
${still()}<g class="moving" clip-path="url(#field)" aria-hidden="true">${moving(theta)}</g>${handles.join("")}</svg>`;
}
