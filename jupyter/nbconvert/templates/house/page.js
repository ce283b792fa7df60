// What a page does beyond text: math if it is not typeset yet, charts, contents, copying code, print.
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const root = document.documentElement;

// A plain export brings what typesets its math; the book's pages are typeset already.
if (document.querySelector("script#auto-render"))
  Promise.all(["katex", "auto-render"].map(housePrices.load)).then(() => {
    for (const prose of all(".prose"))
      renderMathInElement(prose, {
        delimiters: [
          { left: "$$", right: "$$", display: true },
          { left: "$", right: "$", display: false },
        ],
        throwOnError: false,
      });
  });

// Charts. Plotly runs when the first of them comes near: the text need not wait.
for (const chart of all("figure.chart")) {
  const place = document.createElement("div");
  const alt = chart.querySelector("p");
  alt.replaceWith(place);
  chart.style.minHeight = "0"; // from here on the plot itself keeps its place
  const figure = JSON.parse(chart.querySelector("script").textContent);
  chart.drawing = housePrices.draw(place, figure, alt.textContent, () => housePrices.load("plotly"));
}

// Contents: an exported single page lists its own headings; the book's pages bring theirs.
const contents = document.querySelector(".contents");
const headings = all(":is(h2, h3)[id]", document.getElementById("text"));
if (!contents.querySelector("a")) {
  const list = document.createElement("ol");
  for (const heading of headings.filter(({ tagName }) => tagName === "H2")) {
    const link = document.createElement("a");
    link.href = `#${heading.id}`;
    link.append(...[...heading.cloneNode(true).childNodes].filter((node) => !node.classList?.contains("anchor-link")));
    list.appendChild(document.createElement("li")).append(link);
  }
  if (list.children.length) contents.firstElementChild.append(list);
  else contents.hidden = true;
}
const fold = contents.firstElementChild;
const wide = matchMedia("(min-width: 80rem)");
const unfold = () => (fold.open = wide.matches);
wide.addEventListener("change", unfold);
fold.addEventListener("click", ({ target }) => target.closest("a") && unfold());

// The contents follow the reading: the last heading above the upper third of the window is where the reader is.
const links = new Map(
  all("a[href^='#']:not([aria-current='page'])", contents).map((link) => [
    decodeURIComponent(link.hash.slice(1)),
    link,
  ]),
);
const marks = headings.filter(({ id }) => links.has(id));
const follow = () => {
  const here = marks.findLast((heading) => heading.getBoundingClientRect().top < innerHeight / 3);
  for (const [id, link] of links)
    if (id === here?.id) {
      link.setAttribute("aria-current", "location");
      const outside = link.getBoundingClientRect().bottom - contents.getBoundingClientRect().bottom;
      const above = contents.getBoundingClientRect().top - link.getBoundingClientRect().top;
      contents.scrollTop += outside > 0 ? outside + 40 : above > 0 ? -above - 40 : 0;
    } else link.removeAttribute("aria-current");
};
let asked;
addEventListener("scroll", () => (asked ??= requestAnimationFrame(() => ((asked = undefined), follow()))), {
  passive: true,
});
follow();

// Code can be hidden, on all pages, and copied.
const coding = document.querySelector(".coding");
const label = () => (coding.textContent = root.dataset.code === "hidden" ? "Show code" : "Hide code");
coding.hidden = !document.querySelector(".code");
coding.onclick = () => {
  const here = all("main .cell > :not(.code), main .prose > *").find(
    (each) => each.getBoundingClientRect().bottom > 54 && each.offsetHeight,
  );
  const top = here?.getBoundingClientRect().top;
  root.dataset.code = root.dataset.code === "hidden" ? "shown" : "hidden";
  if (here) scrollBy({ top: here.getBoundingClientRect().top - top, behavior: "instant" }); // what is being read stays where it is
  try {
    localStorage.setItem("code", root.dataset.code);
  } catch {}
  label();
};
label();
for (const [i, code] of all(".highlight").entries()) {
  const copy = document.createElement("button");
  copy.type = "button";
  copy.className = "copy";
  const say = (words) => {
    copy.textContent = words;
    copy.setAttribute("aria-label", `${words} code ${i + 1}`);
  };
  say("Copy");
  copy.onclick = async () => {
    const text = code.querySelector("pre");
    try {
      await navigator.clipboard.writeText(text.textContent.trimEnd());
      say("Copied");
    } catch {
      getSelection().selectAllChildren(text); // the browser does not let us: the reader can
      say("Press Ctrl+C to copy");
    }
    setTimeout(() => say("Copy"), 2500);
  };
  code.append(copy);
}
for (const link of all(".anchor-link"))
  link.setAttribute("aria-label", `Link to ${link.parentElement.textContent.replace("¶", "").trim()}`);

// Print: light, with every chart, as wide as the paper.
const charts = window.housePrices?.charts ?? [];
let chosen;
addEventListener("beforeprint", () => {
  chosen = root.dataset.theme;
  root.dataset.theme = "light";
  for (const { paint, drawn } of charts) if (drawn()) paint(640); // of the others the paper shows a picture
});
addEventListener("afterprint", () => {
  if (chosen) root.dataset.theme = chosen;
  else delete root.dataset.theme;
  for (const { refresh } of charts) refresh();
});
