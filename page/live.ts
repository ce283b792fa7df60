// What a page loads at the first touch: its cells, alive.
import { Notebook } from "./cells/notebook";

const notebook = Notebook.start();

window.housePrices.live = {
  act: (button) => notebook.then((page) => page.act(button)),
};
