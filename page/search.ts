// The search over the book: loaded when the reader first turns to it, with the book's words.
import MiniSearch from "minisearch";

interface Found {
  readonly id: string;
  readonly page: string;
  readonly title: string;
  readonly text: string;
}

const MOST = 8;
const index = new MiniSearch<Found>({
  fields: ["title", "page", "text"],
  storeFields: ["page", "title", "text"],
  searchOptions: {
    prefix: true,
    fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    boost: { title: 3, page: 2 },
    combineWith: "AND",
  },
});
index.addAll(window.housePrices.texts as Found[]);

window.housePrices.find = (query) =>
  index
    .search(query)
    .slice(0, MOST)
    .map(({ id, page, title, text, terms }) => ({ href: String(id), page, title, ...around(text, terms) }));

/** The words around the first that was found, with that one apart. */
function around(text: string, terms: readonly string[]): { before: string; match: string; after: string } {
  const lower = text.toLowerCase();
  const places = terms.map((term) => [lower.indexOf(term), term] as const).filter(([at]) => at >= 0);
  const [at, term] = places.sort(([a], [b]) => a - b)[0] ?? [0, ""];
  const from = at > 50 ? text.indexOf(" ", at - 50) + 1 : 0;
  return {
    before: (from > 0 ? "… " : "") + text.slice(from, at),
    match: text.slice(at, at + term.length),
    after: text.slice(at + term.length, at + 90),
  };
}
