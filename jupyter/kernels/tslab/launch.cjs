// Starts the tslab kernel and cures what it does silently: errors become Jupyter `error` outputs, no output is lost,
// no cell is skipped unseen. Notebooks do not depend on it; they also run on plain tslab.
"use strict";

const { SourceMap } = require("node:module");
const path = require("node:path");
const { inspect } = require("node:util");

const tslab = path.dirname(require.resolve("tslab/package.json"));
const root = path.resolve(tslab, "../..");
const BOLD = "\u001b[1m", DIM = "\u001b[2m", PLAIN = "\u001b[0m";

/** How long a cell waits for the timers and files that it started, so that an error in one of them is that cell's. */
const PATIENCE = 10_000;
/** How long a failed cell waits for the cells that were sent along with it (Run All), which are not to run. */
const DRAIN = 50;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref());

// ---- TypeScript: line numbers, and the shorthand { x } --------------------------------------------------------------

const tsPath = require.resolve("@tslab/typescript-for-tslab", { paths: [tslab] });
const ts = require(tsPath);
let cellLine = (line) => line;

// tslab compiles a cell in two steps and drops the source maps; with both, a run-time error can name the cell's own line.
require.cache[tsPath].exports = {
  ...ts,
  createWatchCompilerHost: (files, options, ...rest) =>
    ts.createWatchCompilerHost(files, { ...options, inlineSourceMap: true }, ...rest),
  transpileModule(js, { compilerOptions, ...rest }) {
    const [code, first] = js.split(/^\/\/# sourceMappingURL=data:application\/json;base64,/m);
    const result = ts.transpileModule(code, { ...rest, compilerOptions: { ...compilerOptions, sourceMap: true } });
    if (first) {
      const second = new SourceMap(JSON.parse(result.sourceMapText));
      const original = new SourceMap(JSON.parse(Buffer.from(first, "base64").toString()));
      cellLine = (line, column) => {
        const { originalLine, originalColumn } = second.findEntry(line - 1, column - 1);
        return original.findEntry(originalLine, originalColumn).originalLine; // tslab puts one line before the cell
      };
    }
    return { ...result, outputText: result.outputText.replace(/^\/\/# sourceMappingURL=.*$/m, "") };
  },
};

/** `{ x }` as `{ x: x }`: tslab finds a variable of an earlier cell in the second form only. */
function spellOut(code) {
  const ends = [];
  const visit = (node) => {
    if (ts.isShorthandPropertyAssignment(node)) ends.push(node.name);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("cell.ts", code, ts.ScriptTarget.Latest, true));
  return ends.reverse().reduce((text, { end, text: name }) => `${text.slice(0, end)}: ${name}${text.slice(end)}`, code);
}

const lineOf = new Map();

const converter = require("tslab/dist/converter");
const { createConverter } = converter;
converter.createConverter = (options) => {
  const inner = createConverter(options);
  const convert = (declarations, code) => {
    const spelled = spellOut(code);
    const result = inner.convert(declarations, spelled);
    // asked again with the cell as it stands, so that the columns are the reader's
    if (result.diagnostics.length > 0) return spelled === code ? result : inner.convert(declarations, code);
    const name = `cell-${cell.count}`;
    lineOf.set(name, cellLine);
    return { ...result, output: result.output && `${result.output}\n//# sourceURL=${name}` };
  };
  return { ...inner, convert };
};

// ---- errors ---------------------------------------------------------------------------------------------------------

/** The cell that runs, or the last one that ran. */
let cell = { count: 0, code: "", running: false, failure: null, stopped: false };
/** Enough for the way from deep in lib up to the cell. */
Error.stackTraceLimit = 60;

/** What failed when no cell ran: the next cell reports it. */
let late = null;

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
  return ["  Is it spelt right, and was the cell run that defines it?"];
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
  const asModule = { languageVersion: ts.ScriptTarget.Latest, setExternalModuleIndicator: (file) => (file.externalModuleIndicator = true) };
  const file = ts.createSourceFile("cell.ts", code, asModule);
  const [first] = file.parseDiagnostics;
  if (!first) return null;
  const place = (start) => {
    const { line, character } = file.getLineAndCharacterOfPosition(start);
    return [line + 1, character + 1];
  };
  const text = ts.flattenDiagnosticMessageText(first.messageText, "\n");
  const here = code[first.start];
  if (/[)\]}]/.test(here) && /^(';'|Declaration or statement) expected\.$/.test(text)) return [["", "", ...place(first.start), `This ${here} closes nothing.`]];
  const opened = first.relatedInformation?.[0]?.start;
  if (opened === undefined) return [["", "", ...place(first.start), text]];
  const [line, column] = place(opened);
  return [["", "", ...place(first.start), `${text} The ${code[opened]} at line ${line}, column ${column} is not closed.`]];
}

/** A compiler's complaint: `console.error("%s%d:%d - %s", file, line, column, text)` in tslab's executor. */
function typeErrors(complaints) {
  const lines = cell.code.split("\n");
  const told = new Map();
  for (const [, file, line, column, text] of complaints) {
    const place = `${file ? `${file.trim()}, ` : ""}line ${line}, column ${column}`;
    const shown = file ? [] : pointed(lines[line - 1] ?? "", column);
    if (told.has(place)) told.get(place).push(`  ${text}`);
    else told.set(place, [`${BOLD}TypeScript${PLAIN}: ${place}: ${text}`, ...shown]);
    told.get(place).advice ??= advice(text);
  }
  const traceback = [...told.values()].flatMap((said) => [...said, ...said.advice]);
  const [, , line, column, text] = complaints[0];
  return { ename: "TypeScript", evalue: `line ${line}, column ${column}: ${text}`, traceback };
}

/** The executor puts `(function(exports, require) { ` before the first line of a compiled cell. */
const PREFIX = "(function(exports, require) { ".length;

/**
 * Where in the cells an error came about, by their own lines. What lies between them is left out; the place in this
 * project's files is told when no cell is on the way, or when it is the engine that complains of the code there.
 */
function frames(error) {
  const all = String(error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
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

function describe(error) {
  if (error?.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED" || error?.message === "Interrupted asynchronously") {
    return { ename: "Interrupted", evalue: "the cell was stopped", traceback: [`${BOLD}Interrupted${PLAIN}: the cell was stopped`] };
  }
  if (!(error instanceof Error)) {
    const evalue = typeof error === "string" ? error : inspect(error);
    return { ename: "Thrown", evalue, traceback: [`${BOLD}Thrown${PLAIN}: ${evalue}`] };
  }
  const endless = error instanceof RangeError && error.message === "Maximum call stack size exceeded";
  const message = endless ? "A function calls itself without end." : error.message;
  const traceback = [`${BOLD}${error.name}${PLAIN}: ${message}`, ...frames(error)];
  const inner = error instanceof AggregateError ? error.errors : error.cause === undefined ? [] : [error.cause];
  for (const cause of inner) traceback.push("caused by", ...describe(cause).traceback);
  return { ename: error.name, evalue: message, traceback };
}

/** A floating promise's rejection, or a throw in a timer: the running cell's error, and it waits no longer. */
function failLate(error) {
  if (!cell.running) late ??= error;
  else if (!cell.failure) {
    cell.failure = describe(error);
    executor.interrupt();
  }
}

// ---- running a cell -------------------------------------------------------------------------------------------------

let executor;
const executors = require("tslab/dist/executor");
const { createExecutor } = executors;
executors.createExecutor = (dir, converters, { log }) => {
  const complaints = [];
  // tslab only prints an error: one argument is what was thrown, more are a compiler's complaint
  const error = (...args) => {
    if (args.length > 1) complaints.push(args);
    else cell.failure ??= describe(args[0]);
  };
  const inner = createExecutor(dir, converters, { log, error });
  const execute = async (code) => {
    complaints.length = 0;
    const earlier = underWay();
    await inner.execute(code);
    if (complaints.length > 0) cell.failure ??= typeErrors(syntaxError(code) ?? complaints);
    await settle(earlier);
    return !cell.failure;
  };
  const interrupt = () => {
    cell.stopped = true;
    inner.interrupt();
  };
  // within the brackets of a call, the documentation is that of the function
  const explain = (code, position) =>
    plain(inner.inspect(code, position) ?? inner.inspect(code, code.slice(0, position).search(/\w\s*\([^()]*$/)));
  executor = { ...inner, execute, interrupt, inspect: explain };
  return executor;
};

/** What TypeScript tells of a name, without its words for imports; and what it throws, which tslab lists without a word. */
function plain(info) {
  if (!info) return info;
  const told = (info.displayParts ?? []).map(({ text }) => text).join("");
  const text = told.replace(/^\(alias\) (?=[\w$]+[(<])/, "function ").replace(/^\(alias\) /, "").replace(/\nimport \w+$/, "");
  const tags = (info.tags ?? []).map((tag) => tag.name === "throws" ? { ...tag, text: [{ text: "\nThrows " }, ...(tag.text ?? [])] } : tag);
  return { ...info, displayParts: [{ text }], tags };
}

/** How many timers, file operations and connections are under way. */
const underWay = () => process.getActiveResourcesInfo().filter((name) => /Timeout|Req|Connect/.test(name)).length;

/** Waits until rejections have surfaced and what the cell started, beyond the `earlier` things, has ended. */
async function settle(earlier) {
  const end = Date.now() + PATIENCE;
  await new Promise(setImmediate);
  while (!cell.stopped && !cell.failure && underWay() > earlier && Date.now() < end) await pause(5);
}

let received = 0, aborted = 0, turn = Promise.resolve();

const jupyter = require("tslab/dist/jupyter");
const { ZmqServer } = jupyter;

let lines = 0;

/**
 * The outputs of one cell, and below them a line that passes: written again it changes in place, and written as null it
 * goes. Jupyter can only clear all outputs, so the others are published once more, and no notebook keeps the line.
 */
function outputs(publish) {
  const kept = [];
  let line = null;
  return {
    keep(type, content) {
      kept.push([type, content]);
      publish(type, content);
    },
    pass(text) {
      if (text !== null) {
        const type = line ? "update_display_data" : "display_data";
        line ??= `line-${++lines}`;
        publish(type, { data: { "text/plain": text }, metadata: {}, transient: { display_id: line } });
      } else if (line) {
        publish("clear_output", { wait: kept.length > 0 });
        for (const [type, content] of kept) publish(type, content);
        line = null; // last, because an interrupt may end this anywhere: then it is done again
      }
    },
  };
}

/** Runs one cell and says how it ended; `publish` sends a message to whoever shows the outputs. */
async function run(handler, { code, stop_on_error = true }, number, publish) {
  if (number <= aborted) return { status: "aborted" };
  cell = { count: handler.execCount + 1, code, running: true, failure: null, stopped: false };
  publish("status", { execution_state: "busy" }); // said when the cell was sent, and taken back when the one before it ended
  publish("execute_input", { code, execution_count: cell.count });
  const { keep, pass } = outputs(publish);
  const stream = (name, text) => keep("stream", { name, text });
  const display = (content, update) => keep(update ? "update_display_data" : "display_data", content);
  jupyter.writePassingLine = pass;
  try {
    if (late) throw new Error("a cell before this one failed after it had ended", { cause: late });
    await handler.handleExecuteImpl({ code }, stream, display);
  } catch (error) {
    cell.failure ??= describe(error);
  }
  pass(null);
  late = null;
  cell.running = false;
  handler.execCount = cell.count;
  if (!cell.failure) return { status: "ok", execution_count: cell.count, user_expressions: {}, payload: [] };
  publish("error", cell.failure);
  await pause(DRAIN);
  if (stop_on_error) aborted = received;
  return { status: "error", execution_count: cell.count, ...cell.failure };
}

ZmqServer.prototype.handleExecute = async function (sock, msg) {
  const send = (type, content, to) => {
    const message = msg.createReply();
    message.header.msg_type = type;
    message.content = content;
    message.signAndSend(this.connInfo.key, to);
  };
  const number = ++received;
  const publish = (type, content) => send(type, content, this.iopub);
  turn = turn.then(() => run(this.handler, msg.content, number, publish));
  send("execute_reply", await turn, sock);
};

// zeromq drops what exceeds its queue of 512 messages; and tslab binds in the background, where a message that comes too
// early ends the loop that waits for messages ("Socket is blocked by a bind or unbind operation")
ZmqServer.prototype.bindSocket = async function (sock, port) {
  if (sock === this.iopub) Object.assign(sock, { sendHighWaterMark: 0, sendTimeout: 0 });
  sock.bindSync(`${this.connInfo.transport}://${this.connInfo.ip}:${port}`);
};

// ---- start ----------------------------------------------------------------------------------------------------------

require("tslab/dist/main").startKernel({ configPath: process.argv[2], enableFindLocal: false });

process.removeAllListeners("uncaughtException").on("uncaughtException", failLate);
process.removeAllListeners("unhandledRejection").on("unhandledRejection", failLate);

// a cell that calls process.exit means itself, not the kernel
const exit = process.exit.bind(process);
process.exit = () => {
  throw new Error("process.exit would end the kernel; throw an Error to stop a cell");
};

// a timer that a cell left running does not keep the kernel from ending
const { close } = ZmqServer.prototype;
ZmqServer.prototype.close = function () {
  close.call(this);
  setTimeout(exit, 100).unref();
};

// without the Jupyter that started it a kernel has nothing to do
const parent = process.ppid;
setInterval(() => process.ppid !== parent && exit(), 1000).unref();
