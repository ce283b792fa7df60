// What a page loads at the first touch: its cells, alive.
import { Notebook } from "./cells/notebook";

const held = document.querySelector("script#data") ? window.housePrices.load("data") : Promise.resolve();
const notebook = held.then(() => Notebook.start());

window.housePrices.live = {
  act: (button) => notebook.then((page) => page.act(button)),
  move: (slider) => notebook.then((page) => page.move(slider)),
};
