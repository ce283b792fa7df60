// What a cell prints, on its way to Jupyter: whole characters, in few messages, and no more of it than a person reads.
"use strict";

/** So many messages of a cell go out as they are printed; what comes faster after them is gathered. */
const PROMPT = 200;
/** How long text is gathered, in milliseconds. */
const GATHERED = 100;
/** So much text of a cell is kept, in characters: about 10,000 lines. Of what is more, the end is kept, too. */
const KEPT = 500_000;
const END = 2_000;

/** A message's content with each half of a character, which no file can hold, replaced by the sign for it. */
function wellFormed(content) {
  const text = JSON.stringify(content);
  const halves = /(?<!\\)((?:\\\\)*)\\ud[89a-f][0-9a-f]{2}/g; // JSON.stringify spells out halves only
  return halves.test(text) ? JSON.parse(text.replace(halves, "$1\ufffd")) : content;
}

/** The streams of one cell; `publish` sends a message's content. */
function streams(publish) {
  let sent = 0;
  let room = KEPT;
  let gathered = { name: "", text: "" };
  let surplus = null;
  let timer = null;

  /** Sends what was gathered. */
  function flush() {
    clearTimeout(timer);
    timer = null;
    const { name, text } = gathered;
    gathered = { name, text: "" };
    if (text) sent += 1;
    if (text) publish({ name, text });
  }

  /** Counts what there is no room for, and remembers how it ends. */
  function leaveOut(text) {
    surplus ??= { length: 0, end: "" };
    surplus.length += text.length;
    surplus.end = (surplus.end + text).slice(-END);
  }

  let last = 0;
  function write(name, text) {
    const fits = text.slice(0, room);
    room -= fits.length;
    if (fits.length < text.length) leaveOut(text.slice(fits.length));
    if (!fits) return;
    if (gathered.name !== name) flush();
    gathered = { name, text: gathered.text + fits };
    if (sent < PROMPT || Date.now() - last > GATHERED) {
      last = Date.now();
      flush();
    } else timer ??= setTimeout(flush, GATHERED).unref();
  }

  /** Sends all that is left: before an output of another kind, and when the cell has ended. */
  function end() {
    const { name } = gathered;
    flush();
    if (!surplus) return;
    const { length, end } = surplus;
    surplus = null;
    const shown = end.slice(end.indexOf("\n") + 1); // from a whole line on
    publish({ name, text: `\n… ${length - shown.length} characters are left out here …\n${shown}` });
  }

  return { write, flush, end };
}

module.exports = { streams, wellFormed };
