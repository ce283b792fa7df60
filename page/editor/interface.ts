/** Where a cell is edited. */
export interface Editor {
  /** What stands in the page. */
  readonly element: HTMLElement;
  /** The text; set from outside, it does not come back through `changed`. */
  value: string;
  focus(): void;
  /** Marks what is wrong with the text; an empty list takes the marks away. */
  setDiagnostics(diagnostics: readonly Diagnostic[]): void;
}

/** Something that is wrong with the text; line and column count from 1. */
export interface Diagnostic {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What an editor begins with, and whom it tells. */
export interface Settings {
  readonly value: string;
  /** The name that a screen reader says. */
  readonly label: string;
  /** The names that the cells before define. */
  names(): readonly string[];
  /** The texts of all cells: the symbols of their formulas can be tapped. */
  readonly texts: readonly string[];
  /** After each change that the reader makes. */
  changed(value: string): void;
  /** Shift+Enter runs the cell and goes on to the next, Ctrl+Enter (or Cmd+Enter) runs it and stays. */
  run(next: boolean): void;
  /** Escape leaves the editor, so that Tab reaches the rest of the page again. */
  leave(): void;
}

export type CreateEditor = (settings: Settings) => Editor;
