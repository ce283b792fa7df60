// What a page loads at the first edit: the editor.
import { createEditor } from "./editor/editor";

window.housePrices.createEditor = createEditor;
