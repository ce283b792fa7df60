// What every page of a section runs: it is small, and waits for nothing.
import { all } from "./book/all";
import { charts, print } from "./book/charts";
import { code } from "./book/code";
import { colours } from "./book/colours";
import { contents } from "./book/contents";
import { formulas } from "./book/formulas";
import { marks } from "./book/marks";
import { reach } from "./book/reach";
import { search } from "./book/search";
import { touch } from "./book/touch";

touch();
void formulas();
charts();
contents();
code();
for (const link of all(".anchor-link"))
  link.setAttribute("aria-label", `Link to ${link.parentElement!.textContent!.replace("¶", "").trim()}`);
print();
marks();
search();
colours();
reach();
