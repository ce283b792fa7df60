// What a title page runs.
import { colours } from "../book/colours";
import { heldScript } from "../book/held";
import { reach } from "../book/reach";
import { search } from "../book/search";
import { hand } from "./hand";

window.housePrices = { ...window.housePrices, load: heldScript };
const houses = document.querySelector<HTMLElement>(".hook");
if (houses) hand(houses);
colours();
reach();
search();
