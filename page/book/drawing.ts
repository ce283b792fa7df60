/** A chart that is drawn in the page: what draw.js gives for it. */
export interface Drawing {
  /** Puts another figure in the place of this one; false when it cannot. */
  update(figure: object, alt: string): boolean;
  end(): void;
}

/** An element of the page with its drawing. */
export type ChartElement = HTMLElement & { drawing?: Drawing };

/** What draw.js offers: it draws a figure into a place, and knows all charts of the page. */
export interface Draws {
  draw?(place: HTMLElement, figure: object, alt: string, load: () => Promise<void>): Drawing;
  readonly charts?: Iterable<{ drawn(): boolean; paint(width: number): void; refresh(): void }>;
}
