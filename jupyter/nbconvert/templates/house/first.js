// Runs before the first paint, so that no colour flashes: the reader's choice of light or dark, and that scripts run.
document.documentElement.classList.add("script");
try {
  const theme = localStorage.getItem("theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {} // storage may be closed to a page opened from disk
