// Runs before the first paint, so that nothing flashes or moves: the reader's choice of light or dark, and that scripts run.
const html = document.documentElement;
html.classList.add("script");
try {
  const theme = localStorage.getItem("theme");
  if (theme) html.dataset["theme"] = theme;
} catch {} // storage may be closed to a page opened from disk
// the fonts of the formulas are ready before these are laid out, so that no line moves
for (const font of ["1em KaTeX_Main", "italic 1em KaTeX_Math", "1em KaTeX_Size1", "1em KaTeX_Size2", "1em KaTeX_AMS"])
  void document.fonts.load(font);
