import { keep } from "./kept";

/** The button for light or dark: the system's, until the reader chooses. first.ts takes the choice to the next page. */
export function colours(): void {
  const html = document.documentElement;
  const button = document.querySelector<HTMLElement>(".colours")!;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = (): boolean => (html.dataset["theme"] ? html.dataset["theme"] === "dark" : system.matches);
  const tell = (): void => button.setAttribute("aria-pressed", String(dark()));
  button.hidden = false;
  button.onclick = () => {
    html.dataset["theme"] = dark() ? "light" : "dark";
    keep("theme", html.dataset["theme"]);
    tell();
  };
  system.addEventListener("change", tell);
  tell();
}
