import type { Theta } from "../../lib";
import { descend } from "../../lib/descent";
import { line } from "./line-code";
import { J } from "./loss";
import { ends, euros, moving, priceAt, prices, px, py } from "./picture";
import { first, formula, sayings } from "./words";

const names = ["The line at half a floor", "The line at five floors"];
const EPOCHS = 500;
const ALPHA = 0.04;
/** How long the machine's way is shown, in milliseconds. */
const SHOWN = 5000;
/** How far a key moves an end, in 100,000 EUR. */
const KEYS: Readonly<Record<string, number>> = {
  ArrowUp: 0.1,
  ArrowRight: 0.1,
  ArrowDown: -0.1,
  ArrowLeft: -0.1,
  PageUp: 1,
  PageDown: -1,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** Puts the line of the title page into the reader's hand, and then into the machine's. */
export function hand(figure: HTMLElement): void {
  const svg = figure.querySelector("svg")!;
  const field = svg.querySelector(".moving")!;
  const handles = [...svg.querySelectorAll<SVGGElement>(".handle")];
  const told = figure.querySelector<HTMLElement>(".told")!;
  const stepped = figure.querySelector<HTMLElement>(".step")!;
  const button = figure.querySelector("button")!;

  let theta: Theta = first;
  let frame = 0;

  const priceOf = (end: number): number => line.predict(theta, ends[end]);

  function show(now: Theta): void {
    theta = now;
    field.innerHTML = moving(theta);
    for (const place of figure.querySelectorAll<HTMLElement>("[data-says]"))
      place.textContent = sayings[place.dataset["says"] as keyof typeof sayings](theta);
    handles.forEach((handle, end) => {
      const price = priceOf(end);
      handle.setAttribute("transform", `translate(${px(ends[end])} ${py(price)})`);
      handle.setAttribute("aria-valuenow", price.toFixed(2));
      handle.setAttribute("aria-valuetext", `${euros(price)}; the line is wrong by ${sayings.loss(theta)}`);
    });
  }

  /** The line through both ends, one of them moved to a price. */
  function move(end: number, price: number): void {
    stop();
    const held = Math.min(prices.largest, Math.max(prices.least, price));
    const [left, right] = end === 0 ? [held, priceOf(1)] : [priceOf(0), held];
    const W = (right - left) / (ends[1] - ends[0]);
    show([W, left - W * ends[0]]);
  }

  function stop(): void {
    cancelAnimationFrame(frame);
    stepped.textContent = "";
  }

  /** Shows how the machine goes down from here, by the gradient. */
  function descent(): void {
    stop();
    const [mine, run] = [theta, descend(J, theta, { epochs: EPOCHS, alpha: ALPHA })];
    told.textContent = "";
    const end = (): void => {
      stop();
      show(run.theta);
      told.textContent = `${EPOCHS} steps, each a little downhill, and the line is ${formula(theta)}: wrong by ${sayings.loss(theta)}, where yours was wrong by ${sayings.loss(mine)}. How did the machine know which way to turn? That is this book.`;
    };
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return end();
    const begin = performance.now();
    const go = (now: number): void => {
      const i = Math.floor((Math.max(0, now - begin) / SHOWN) * run.history.length);
      if (i >= run.history.length) return end();
      show(run.history[i].theta);
      stepped.textContent = `step ${run.history[i].epoch} of ${EPOCHS}`;
      frame = requestAnimationFrame(go);
    };
    frame = requestAnimationFrame(go);
  }

  handles.forEach((handle, end) => {
    const attributes = {
      role: "slider",
      tabindex: "0",
      "aria-label": names[end],
      "aria-orientation": "vertical",
      "aria-valuemin": `${prices.least}`,
      "aria-valuemax": `${prices.largest}`,
    };
    for (const [name, value] of Object.entries(attributes)) handle.setAttribute(name, value);
    handle.addEventListener("keydown", (event) => {
      const by = KEYS[event.key];
      if (by === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      move(end, priceOf(end) + by);
    });
    let grip = 0; // how far from the knob's middle it was taken
    const height = (event: PointerEvent): number =>
      new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM()!.inverse()).y;
    handle.addEventListener("pointerdown", (event) => {
      handle.setPointerCapture(event.pointerId);
      grip = py(priceOf(end)) - height(event);
    });
    handle.addEventListener("pointermove", (event) => {
      if (handle.hasPointerCapture(event.pointerId)) move(end, priceAt(height(event) + grip));
    });
  });
  button.addEventListener("click", descent);
  for (const hidden of figure.querySelectorAll<HTMLElement>("figcaption > [hidden]")) hidden.hidden = false;
  show(theta);
}
