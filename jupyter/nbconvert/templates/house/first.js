// Runs before the first paint, so that nothing flashes or moves: the reader's choice of light or dark, and of code or none;
// and that scripts run.
document.documentElement.classList.add("script");
try {
  for (const choice of ["theme", "code"]) {
    const chosen = localStorage.getItem(choice);
    if (chosen) document.documentElement.dataset[choice] = chosen;
  }
} catch {} // storage may be closed to a page opened from disk
// the fonts of the formulas are ready before these are laid out, so that no line moves
for (const font of ["1em KaTeX_Main", "italic 1em KaTeX_Math", "1em KaTeX_Size1", "1em KaTeX_Size2", "1em KaTeX_AMS"])
  document.fonts.load(font);
