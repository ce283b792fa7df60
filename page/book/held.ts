const loading = new Map<string, Promise<void>>();

/** Runs the script that the page holds, as text or by its place beside the page, under this id; once. */
export function heldScript(id: string): Promise<void> {
  const known = loading.get(id) ?? run(document.querySelector<HTMLScriptElement>(`script#${id}`));
  loading.set(id, known);
  return known;
}

async function run(held: HTMLScriptElement | null): Promise<void> {
  if (!held) throw new Error("the page was made without it");
  const script = document.createElement("script");
  const beside = held.getAttribute("src");
  if (beside === null) {
    script.textContent = held.textContent;
    document.head.append(script);
    return;
  }
  await new Promise<void>((resolve, reject) => {
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${beside} is missing`));
    script.src = beside;
    document.head.append(script);
  });
}
