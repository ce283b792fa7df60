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
  /** After each change that the reader makes. */
  changed(value: string): void;
  /** Shift+Enter runs the cell and goes on to the next, Ctrl+Enter (or Cmd+Enter) runs it and stays. */
  run(next: boolean): void;
  /** Escape leaves the editor, so that Tab reaches the rest of the page again. */
  leave(): void;
}

/** A plain text field. */
export function createEditor({ value, label, changed, run, leave }: Settings): Editor {
  const field = document.createElement("textarea");
  field.className = "editor";
  field.spellcheck = false;
  field.autocapitalize = "off";
  field.setAttribute("aria-label", label);
  const fit = (): void => {
    field.rows = field.value.split("\n").length;
  };
  const keys: Readonly<Record<string, (event: KeyboardEvent) => boolean>> = {
    Enter({ shiftKey, ctrlKey, metaKey }) {
      if (!shiftKey && !ctrlKey && !metaKey) return false;
      run(shiftKey);
      return true;
    },
    Escape: () => (leave(), true),
  };
  field.value = value;
  field.addEventListener("input", () => (fit(), changed(field.value)));
  field.addEventListener("keydown", (event) => keys[event.key]?.(event) && event.preventDefault());
  fit();
  return {
    element: field,
    get value() {
      return field.value;
    },
    set value(text) {
      field.value = text;
      fit();
    },
    focus: () => field.focus(),
    setDiagnostics(diagnostics) {
      field.setAttribute("aria-invalid", String(diagnostics.length > 0));
      field.title = diagnostics.map(({ line, column, message }) => `${line}:${column} ${message}`).join("\n");
    },
  };
}
