import type { Annotation } from "plotly.js-dist-min";

/** How Plotly numbers the axes of the panel at this place, from 0: x, x2, x3 and so on. */
export const suffix = (panel: number): string => (panel === 0 ? "" : String(panel + 1));

/** What stands above a panel. */
export const panelTitle = (panel: number, text: string): Partial<Annotation> => ({
  text,
  xref: `x${suffix(panel)} domain` as "paper",
  yref: "paper",
  x: 0.5,
  xanchor: "center",
  y: 1.02,
  yanchor: "bottom",
  showarrow: false,
});
