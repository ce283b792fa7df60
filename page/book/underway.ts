// Which cell runs is noted in this tab: a page that its cell ended, since it filled the memory, can tell so when it is
// opened again.

const key = (): string => `house-prices/${document.body.dataset["notebook"]}/running`;

/** Notes the cell that runs, or that none does; where nothing can be noted, nothing will be told. */
export function note(cell: string | undefined): void {
  try {
    if (cell === undefined) sessionStorage.removeItem(key());
    else sessionStorage.setItem(key(), cell);
  } catch {}
}

/** The cell in the middle of which the page ended without being left. */
export function endedIn(): string | null {
  try {
    return sessionStorage.getItem(key());
  } catch {
    return null;
  }
}
