// The button for light or dark: the system's, until the reader chooses. first.js remembers the choice.
{
  const root = document.documentElement;
  const button = document.querySelector(".colours");
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);
  const tell = () => button.setAttribute("aria-pressed", String(dark()));
  button.hidden = false;
  button.onclick = () => {
    root.dataset.theme = dark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {}
    tell();
  };
  system.addEventListener("change", tell);
  tell();
}
