// What a page loads with KaTeX at the first touch: the reader of the Markdown that cells show.
import { markdown } from "./cells/markdown";

window.housePrices.markdown = markdown;
