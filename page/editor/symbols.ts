import type { KatexOptions } from "katex";

declare const katex: { render(tex: string, element: HTMLElement, options: KatexOptions): void };

/** What a symbol is written as, and where its cursor comes to stand, if it has places to fill. */
const WRITTEN: Readonly<Record<string, string>> = { "\\frac": "\\frac{|}{}", "\\sqrt": "\\sqrt{|}" };

/** A row of symbols to tap; `write` is told what to write, a bar in it where the cursor goes. */
export function symbolRow(symbols: readonly string[], write: (text: string) => void): HTMLElement {
  const row = document.createElement("div");
  row.className = "symbols";
  row.setAttribute("role", "toolbar");
  row.setAttribute("aria-label", "Symbols of this section");
  const buttons = symbols.map((symbol, i) => {
    const button = row.appendChild(document.createElement("button"));
    button.type = "button";
    button.tabIndex = i === 0 ? 0 : -1;
    button.title = symbol; // its name, too, for its face is hidden from screen readers
    const face = button.appendChild(document.createElement("span"));
    face.setAttribute("aria-hidden", "true");
    katex.render(faceOf(symbol), face, { throwOnError: false, strict: false, output: "html" });
    button.onclick = () =>
      write(WRITTEN[symbol] ?? (symbol === "^" ? "^{|}" : /[a-zA-Z]$/.test(symbol) ? `${symbol} ` : symbol));
    return button;
  });
  row.onpointerdown = (event) => event.preventDefault(); // the editor keeps the cursor, a phone its keyboard
  row.onkeydown = ({ key }) => {
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const next = buttons[at + ({ ArrowRight: 1, ArrowLeft: -1 }[key] ?? Number.NaN)];
    if (!next) return;
    buttons[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  };
  return row;
}

const faceOf = (symbol: string): string =>
  ({ "\\frac": "\\frac{\\square}{\\square}", "\\sqrt": "\\sqrt{\\square}", "^": "x^{\\square}" })[symbol] ??
  (/^\\(?:hat|bar|tilde)$/.test(symbol) ? `${symbol}{x}` : symbol);
