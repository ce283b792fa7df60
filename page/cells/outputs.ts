import type { ChartElement } from "../book/drawing";
import type { Data, Output } from "../kernel/protocol";
import { type Range, SLIDER, setRange, sliderElement } from "../sliders/slider";

const CHART = "application/vnd.plotly.v1+json";

interface Shown {
  readonly output: Output;
  readonly element: HTMLElement;
}

/** What stands under a cell. Outputs take the place of those before them; one that is the same again stays untouched. */
export class Outputs {
  #shown: Shown[];
  #next = 0;
  #line: HTMLElement | undefined;
  readonly #book: readonly Shown[];

  /** `book` are the outputs that the page came with in `place`; `nameOf` tells the name of a slider, counted from 0. */
  constructor(
    readonly place: HTMLElement,
    book: readonly Output[],
    readonly nameOf: (slider: number) => string | undefined,
  ) {
    const elements = [...place.children] as HTMLElement[];
    this.#book = elements.length === book.length ? book.map((output, i) => ({ output, element: elements[i] })) : [];
    this.#shown = [...this.#book];
  }

  get all(): readonly Output[] {
    return this.#shown.map(({ output }) => output);
  }

  get sliders(): readonly HTMLElement[] {
    return this.#shown.flatMap(({ output, element }) => (rangeOf(output) ? [element] : []));
  }

  /** What a slider shows by the last run. */
  shownBy(slider: HTMLElement): Range | undefined {
    const shown = this.#shown.find(({ element }) => element === slider);
    return shown && rangeOf(shown.output);
  }

  get derivations(): readonly Output[] {
    return this.all.filter(isDerivation);
  }

  /** Hides the derivations while a newer draft of them is shown. */
  hideDerivations(hidden: boolean): void {
    for (const { output, element } of this.#shown) if (isDerivation(output)) element.hidden = hidden;
  }

  /** A run begins: what comes now replaces what is there, from the top. */
  begin(): void {
    this.#next = 0;
  }

  add(output: Output): void {
    const before = this.#shown[this.#next - 1]?.output;
    if (output.output_type === "stream" && before?.output_type === "stream" && before.name === output.name) {
      this.#next--;
      this.#put({ ...output, text: before.text + output.text });
    } else this.#put(output);
  }

  /** A line that passes stands under the outputs that have come so far. */
  line(text: string | null): void {
    if (text === null) {
      this.#line?.remove();
      this.#line = undefined;
      return;
    }
    this.#line ??= pre("stream");
    this.#line.textContent = text;
    if (!this.#line.isConnected) {
      const last = this.#shown[this.#next - 1]?.element;
      if (last) last.after(this.#line);
      else this.place.prepend(this.#line);
    }
  }

  /** The run has ended: what it did not replace goes. */
  end(): void {
    this.line(null);
    for (const { element } of this.#shown.splice(this.#next)) this.#remove(element);
  }

  /** What the page came with. */
  restore(): void {
    this.begin();
    for (const shown of this.#book) this.#replace(shown);
    this.end();
  }

  #put(output: Output): void {
    const old = this.#shown[this.#next];
    if (old && same(old.output, output)) this.#next++;
    else if (old && redrawn(old, output, this.#name())) this.#shown[this.#next++] = { output, element: old.element };
    else this.#replace({ output, element: elementOf(output, this.#name()) });
  }

  /** The name of a slider that comes next. */
  #name(): string | undefined {
    return this.nameOf(this.#shown.slice(0, this.#next).filter(({ output }) => rangeOf(output)).length);
  }

  #replace(shown: Shown): void {
    const old = this.#shown[this.#next];
    if (old?.element !== shown.element) {
      if (old) old.element.before(shown.element);
      else this.place.append(shown.element);
      if (old) this.#remove(old.element);
    } else if (old) redrawn(old, shown.output, this.#name());
    this.#shown[this.#next++] = shown;
  }

  /** What the page came with is kept aside, for `restore`. */
  #remove(element: ChartElement): void {
    element.remove();
    if (!this.#book.some((shown) => shown.element === element)) element.drawing?.end();
  }
}

const same = (one: Output, other: Output): boolean => canonical(one) === canonical(other);

/** An output as a text, whatever the order of its keys; pictures and other metadata do not count. */
const canonical = (output: Output): string =>
  JSON.stringify(output.output_type === "display_data" ? output.data : output, (_, value) =>
    value && typeof value === "object" && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

const isDerivation = (output: Output): boolean =>
  output.output_type === "display_data" && "derivation" in output.metadata;

const rangeOf = (output: Output): Range | undefined =>
  output.output_type === "display_data" ? (output.data[SLIDER] as Range | undefined) : undefined;

function redrawn({ output: old, element }: Shown, output: Output, name: string | undefined): boolean {
  if (old.output_type !== "display_data" || output.output_type !== "display_data") return false;
  const range = rangeOf(output);
  if (range && rangeOf(old)) {
    setRange(element, range, name);
    return true;
  }
  const figure = output.data[CHART] as object | undefined;
  return Boolean(figure && CHART in old.data && (element as ChartElement).drawing?.update(figure, alt(output.data)));
}

const alt = (data: Data): string => String(data["text/plain"] ?? "A chart");

function elementOf(output: Output, name: string | undefined): HTMLElement {
  if (output.output_type === "stream")
    return pre(output.name === "stdout" ? "stream" : "stream warning", document.createTextNode(output.text));
  if (output.output_type === "error") return pre("stream warning", ...output.traceback.flatMap(styled));
  const figure = output.data[CHART] as { layout?: { height?: number } } | undefined;
  if (figure) return chart(figure, alt(output.data));
  const range = rangeOf(output);
  if (range) return sliderElement(range, name);
  const text = output.data["text/markdown"];
  if (text !== undefined) return window.housePrices.markdown!(String(text));
  return pre("stream", document.createTextNode(String(output.data["text/plain"])));
}

function chart(figure: object, alt: string): HTMLElement {
  const element: ChartElement = document.createElement("figure");
  element.className = "chart";
  element.style.minHeight = "0";
  const place = element.appendChild(document.createElement("div"));
  element.drawing = window.housePrices.draw!(place, figure, alt, () => window.housePrices.load("plotly"));
  return element;
}

/** A line of an error: what stands between the escapes for bold and for dim. */
function styled(line: string): Node[] {
  const nodes: Node[] = [];
  let style = "";
  for (const piece of `${line}\n`.split(/(\u001b\[\d*m)/)) {
    if (piece.startsWith("\u001b")) style = { "\u001b[1m": "ansi-bold", "\u001b[2m": "dim" }[piece] ?? "";
    else if (style) {
      const span = document.createElement("span");
      span.className = style;
      span.textContent = piece;
      nodes.push(span);
    } else nodes.push(document.createTextNode(piece));
  }
  return nodes;
}

function pre(className: string, ...content: Node[]): HTMLElement {
  const element = document.createElement("pre");
  element.className = className;
  element.append(...content);
  return element;
}
