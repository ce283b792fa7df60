// Runs before the contents are painted: beside the text they stand open, above it they are folded.
document.querySelector<HTMLDetailsElement>(".contents details")!.open = matchMedia("(min-width: 80rem)").matches;
