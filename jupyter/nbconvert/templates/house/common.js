// What every page does, the title page too.

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

// What is wider than the column scrolls in its own box, by keyboard too.
{
  const boxes = ".katex-display, .scroll, .outputs p:has(> small:only-child)";
  const reach = () => {
    for (const box of document.querySelectorAll(boxes))
      if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
      else box.removeAttribute("tabindex");
  };
  addEventListener("resize", reach);
  addEventListener("outputs", reach); // a cell has run
  addEventListener("toggle", reach, true); // what lay in a fold had no width
  document.fonts.ready.then(reach);
  reach();
}
