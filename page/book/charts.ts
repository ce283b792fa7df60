import { all } from "./all";
import type { ChartElement } from "./drawing";
import { heldScript } from "./held";

/** Charts are drawn when they come near: the text need not wait for what draws them. */
export function charts(): void {
  for (const chart of all<ChartElement>("figure.chart")) {
    const place = document.createElement("div");
    const alt = chart.querySelector("p")!;
    alt.replaceWith(place);
    chart.style.minHeight = "0"; // from here on the plot itself keeps its place
    const figure = JSON.parse(chart.querySelector("script")!.textContent!) as object;
    chart.drawing = window.housePrices.draw!(place, figure, alt.textContent!, () => heldScript("plotly"));
  }
}

/** On paper: light, with every chart, as wide as the paper. */
export function print(): void {
  const html = document.documentElement;
  const drawn = window.housePrices.charts ?? [];
  let chosen: string | undefined;
  addEventListener("beforeprint", () => {
    chosen = html.dataset["theme"];
    html.dataset["theme"] = "light";
    for (const chart of drawn) if (chart.drawn()) chart.paint(640); // of the others the paper shows a picture
  });
  addEventListener("afterprint", () => {
    if (chosen) html.dataset["theme"] = chosen;
    else delete html.dataset["theme"];
    for (const { refresh } of drawn) refresh();
  });
}
