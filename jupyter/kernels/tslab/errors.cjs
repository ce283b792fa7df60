// What a reader sees under a cell that failed: the words, the cell's own line, and nothing of the tools in between.
"use strict";

const path = require("node:path");
const { inspect } = require("node:util");

const { ts } = require("./compiler.cjs");
const { root } = require("./needs.cjs");

const BOLD = "\u001b[1m",
  DIM = "\u001b[2m",
  PLAIN = "\u001b[0m";

/** By the name that a compiled cell has: the reader's line of a place in the compiled one. */
const lineOf = new Map();

/** Enough for the way from deep in lib up to the cell. */
Error.stackTraceLimit = 60;

/** How much of a line is shown, so that Jupyter does not break it and part the caret from its place. */
const WIDTH = 90;

/** A line of the cell, and a caret under one of its columns. */
function pointed(line, column) {
  const from = column > WIDTH ? column - WIDTH / 2 : 0;
  const start = from > 0 ? "… " : "";
  const end = line.length > from + WIDTH ? " …" : "";
  const caret = " ".repeat(start.length + column - 1 - from);
  return [`${DIM}  ${start}${line.slice(from, from + WIDTH)}${end}${PLAIN}`, `  ${caret}^`];
}

/** What a compiler's complaint does not say, and the reader may want to know. */
function advice(text) {
  if (text.includes("'Promise<")) return ["  Did you forget await?"];
  const name = /^Cannot find name '([^']+)'\.$/.exec(text)?.[1];
  if (!name) return [];
  if (exported(name)) return [`  It is in lib: import { ${name} } from "../lib";`];
  return ["  Is it spelt right, and has the cell that defines it been run?"];
}

function exported(name) {
  try {
    return name in require(path.join(root, "lib"));
  } catch {
    return false; // it was not built
  }
}

/** What is wrong with the brackets, quotes and words of a cell, before any meaning: the first such thing. */
function syntaxError(code) {
  const asModule = {
    languageVersion: ts.ScriptTarget.Latest,
    setExternalModuleIndicator: (file) => (file.externalModuleIndicator = true),
  };
  const file = ts.createSourceFile("cell.ts", code, asModule);
  const [first] = file.parseDiagnostics;
  if (!first) return null;
  const place = (start) => {
    const { line, character } = file.getLineAndCharacterOfPosition(start);
    return [line + 1, character + 1];
  };
  const text = ts.flattenDiagnosticMessageText(first.messageText, "\n");
  const here = code[first.start];
  if (/[)\]}]/.test(here) && /^(';'|Declaration or statement) expected\.$/.test(text))
    return [["", "", ...place(first.start), `This ${here} closes nothing.`]];
  const opened = first.relatedInformation?.[0]?.start;
  if (opened === undefined) return [["", "", ...place(first.start), text]];
  const [line, column] = place(opened);
  return [
    ["", "", ...place(first.start), `${text} The ${code[opened]} at line ${line}, column ${column} is not closed.`],
  ];
}

/**
 * What the compiler said of a cell, as a Jupyter error. Each of its complaints is a call of tslab's executor:
 * `console.error("%s%d:%d - %s", file, line, column, text)`.
 */
function complaint(code, complaints) {
  const lines = code.split("\n");
  const said = new Map();
  const all = syntaxError(code) ?? complaints;
  for (const [, file, line, column, text] of all) {
    const place = `${file ? `${file.trim()}, ` : ""}line ${line}, column ${column}`;
    const shown = file ? [] : pointed(lines[line - 1] ?? "", column);
    const before = said.get(place);
    if (before) before.more.push(`  ${text}`);
    else
      said.set(place, {
        head: [`${BOLD}TypeScript${PLAIN}: ${place}: ${text}`, ...shown],
        more: [],
        advice: advice(text),
      });
  }
  const traceback = [...said.values()].flatMap(({ head, more, advice }) => [...head, ...more, ...advice]);
  const [, , line, column, text] = all[0];
  return { ename: "TypeScript", evalue: `line ${line}, column ${column}: ${text}`, traceback };
}

/** The executor puts `(function(exports, require) { ` before the first line of a compiled cell. */
const PREFIX = "(function(exports, require) { ".length;

/**
 * Where in the cells an error came about, by their own lines. What lies between them is left out; the place in this
 * project's files is told when no cell is on the way, or when it is the engine that complains of the code there.
 */
function frames(error) {
  const all = String(error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line));
  // the frame before node:vm is only the call of the function that tslab wraps around a cell
  const own = all.filter((line, i) => !/node:|node_modules|launch\.cjs/.test(line) && !all[i + 1]?.includes("node:vm"));
  const cells = /\bcell-(\d+):(\d+):(\d+)/;
  const ours = own.filter((line) => !cells.test(line) && line.includes(root));
  const ofCells = own.filter((line) => cells.test(line));
  const broken = (error instanceof TypeError || error instanceof ReferenceError) && own[0] === ours[0];
  const told = ofCells.length === 0 ? ours : broken ? [own[0], ...ofCells] : ofCells;
  const named = told.map((line) => {
    const named = line.replace(/at (async )?((Proxy|Object)\.)?/, "at ").replace(/Timeout\._onTimeout \((.*)\)/, "$1");
    return named.replaceAll(root + path.sep, "").replace(cells, (_, count, row, column) => {
      const line = lineOf.get(`cell-${count}`)?.(Number(row), Number(row) === 1 ? column - PREFIX : Number(column));
      return `cell [${count}], line ${line ?? row}`;
    });
  });
  return [...new Set(named)].map((line) => `${DIM}${line}${PLAIN}`);
}

/** What was thrown, as a Jupyter error; `told` are the errors that it is the cause of. */
function describe(error, told = []) {
  if (error?.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED" || error?.message === "Interrupted asynchronously") {
    return {
      ename: "Interrupted",
      evalue: "the cell was stopped",
      traceback: [`${BOLD}Interrupted${PLAIN}: the cell was stopped`],
    };
  }
  if (!(error instanceof Error)) {
    const evalue = typeof error === "string" ? error : inspect(error);
    return { ename: "Thrown", evalue, traceback: [`${BOLD}Thrown${PLAIN}: ${evalue}`] };
  }
  const endless = error instanceof RangeError && error.message === "Maximum call stack size exceeded";
  const message = endless ? "A function calls itself without end." : error.message;
  const traceback = [`${BOLD}${error.name}${PLAIN}: ${message}`, ...frames(error)];
  const inner = error instanceof AggregateError ? error.errors : error.cause === undefined ? [] : [error.cause];
  const among = [...told, error];
  for (const cause of inner)
    traceback.push("caused by", ...(among.includes(cause) ? ["itself"] : describe(cause, among).traceback));
  return { ename: error.name, evalue: message, traceback };
}

module.exports = { complaint, describe, lineOf };
