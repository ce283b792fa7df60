// The worker in which a page runs its cells: one request after the other.
import { Cells } from "./cells";
import { hold } from "./host";
import type { Bring, Request } from "./protocol";

Object.assign(Error, { stackTraceLimit: 60 }); // enough for the way from deep in the library up to the cell

const cells = new Cells((reply) => postMessage(reply));
let turn = Promise.resolve();

addEventListener("message", ({ data }: MessageEvent<Request | Bring>) => {
  turn = turn.then(async () => {
    if (data.kind === "bring") hold(data.files);
    else if (data.kind === "run") await cells.run(data);
    else postMessage({ kind: "names", id: data.id, readings: data.texts.map((text) => cells.read(text)) });
  });
});
addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  cells.failed(event.reason);
});
addEventListener("error", (event) => {
  event.preventDefault();
  cells.failed(event.error);
});
