// Runs before the first paint, so that nothing flashes or moves: the reader's choice of light or dark, and that scripts run.
const html = document.documentElement;
html.classList.add("script");
try {
  const theme = localStorage.getItem("theme");
  if (theme) html.dataset["theme"] = theme;
} catch {} // storage may be closed to a page opened from disk
// the fonts are ready before the text is laid out, so that no line moves
const serif = ['1em "Source Serif 4"', 'italic 1em "Source Serif 4"', '600 1em "Source Serif 4"'];
const sans = ['1em "Source Sans 3"', '600 1em "Source Sans 3"'];
const formulas = ["1em KaTeX_Main", "italic 1em KaTeX_Math", "1em KaTeX_Size1", "1em KaTeX_Size2", "1em KaTeX_AMS"];
for (const font of [...serif, ...sans, ...formulas]) void document.fonts.load(font);
