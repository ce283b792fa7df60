import { execute } from "./execute";
import { exportBook } from "./export";
import { main } from "./project";
import { setup } from "./setup";
import { inTurn } from "./turn";

async function start(): Promise<void> {
  await setup();
  console.log("Executing the notebooks");
  const executed = await execute();
  if (executed.length === 0) console.log("  all are up to date");
  console.log("Making the pages");
  const made = await exportBook();
  console.log(made.length > 0 ? made.map((page) => `  ${page}`).join("\n") : "  all are up to date");
  console.log("\nThe book is in site/: open site/index.html in a browser.\nTo step through the notebooks: npm run lab");
}

void main(() => inTurn(start));
