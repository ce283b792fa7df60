import { join, relative, resolve } from "node:path";
import { execute } from "./execute";
import { exportBook } from "./export";
import { main, root, venv } from "./project";
import { setup } from "./setup";
import { inTurn } from "./turn";

/** Executes the notebooks of a folder and makes their pages: of the book in `site/`, of another folder in its own `site/`. */
async function start(given: string | undefined): Promise<void> {
  const folder = given === undefined ? join(root, "notebooks") : resolve(given);
  const site = given === undefined ? join(root, "site") : join(folder, "site");
  await setup();
  console.log("Executing the notebooks");
  const executed = await execute(folder);
  if (executed.length === 0) console.log("  all are up to date");
  console.log("Making the pages");
  const made = await exportBook(venv, folder, site);
  console.log(made.length > 0 ? made.map((page) => `  ${page}`).join("\n") : "  all are up to date");
  const place = relative(root, site);
  console.log(`\nThe book is in ${place}/: open ${place}/index.html in a browser.`);
  console.log("To step through the notebooks: npm run lab");
}

void main(() => inTurn(() => start(process.argv[2])));
