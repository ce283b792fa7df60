/** The MIME type of a slider's output. */
export const SLIDER = "application/vnd.house-prices.slider+json";

/** What the output of a slider says. */
export interface Range {
  readonly value: number;
  readonly from: number;
  readonly to: number;
  readonly step: number;
  readonly label?: string;
}

/** A range input with its name and its number, in the place of a slider's words. */
export function sliderElement(range: Range, name: string | undefined): HTMLElement {
  const element = document.createElement("label");
  element.className = "slider";
  element.append(document.createElement("span"));
  const input = element.appendChild(document.createElement("input"));
  Object.assign(input, { type: "range", autocomplete: "off" });
  const number = element.appendChild(document.createElement("output"));
  number.setAttribute("aria-hidden", "true"); // the input itself says its value
  setRange(element, range, name);
  return element;
}

/** Gives a slider other bounds and another number; it stays the same element, so that a finger on it is not lost. */
export function setRange(
  element: HTMLElement,
  { value, from, to, step, label }: Range,
  name: string | undefined,
): void {
  element.querySelector("span")!.textContent = label ?? name ?? "Number";
  Object.assign(inputIn(element), { min: from, max: to, step });
  setNumber(element, value);
}

/** Moves a slider to a number, unless the reader has moved it on meanwhile. */
export function setNumber(element: HTMLElement, number: number): void {
  if ("moved" in element.dataset) return;
  inputIn(element).value = String(number);
  tell(element, String(number));
}

/** The reader moves a slider: it says its number, and waits for its cell. */
export function moved(element: HTMLElement): void {
  element.dataset["moved"] = "";
  tell(element, inputIn(element).value);
}

/** The number to which the reader has moved a slider, which then waits no more. */
export function taken(element: HTMLElement): string {
  delete element.dataset["moved"];
  return inputIn(element).value;
}

function tell(element: HTMLElement, number: string): void {
  inputIn(element).setAttribute("aria-valuetext", number);
  element.querySelector("output")!.textContent = number;
}

const inputIn = (element: HTMLElement): HTMLInputElement => element.querySelector("input")!;

/** The names that a cell's text gives to its sliders, in their order. */
export function namesOfSliders(text: string): (string | undefined)[] {
  const code = text.replace(/\/\/.*|\/\*[^]*?\*\//g, "");
  return [...code.matchAll(/(?:([\w$]+)(?:\s*:\s*number)?\s*[=:]\s*)?(?<![\w$.])slider\s*\(/g)].map(([, name]) => name);
}
