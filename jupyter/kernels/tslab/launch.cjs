// Starts the tslab kernel and cures what it does silently: errors become Jupyter `error` outputs, no output is lost,
// no cell is skipped unseen. Notebooks do not depend on it; they also run on plain tslab.
"use strict";

require("./parent.cjs");

const { compilerFor, converter, lineBy } = require("./compiler.cjs");
const { cannotStart, demand, load, misses } = require("./needs.cjs");
const { complaint, describe, lineOf } = require("./errors.cjs");
const { streams, wellFormed } = require("./output.cjs");

load("zeromq"); // tslab loads it late, and would wait for ever if it failed

/** How long a cell waits for the timers and files that it started, so that an error in one of them is that cell's. */
const PATIENCE = 10_000;
/** How long a failed cell waits for the cells that were sent along with it (Run All), which are not to run. */
const DRAIN = 50;
/** So long nothing is asked before the compiler is made ready, for the first cell that is new and for Tab. */
const LEISURE = 1000;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms).unref());

converter.createConverter = (options) => {
  const compiler = compilerFor(options);
  const readiness = setTimeout(() => (cell.running ? readiness.refresh() : compiler.ready()), LEISURE).unref();
  const convert = (declarations, code) => {
    readiness.refresh();
    const { maps, ...result } = compiler.convert(declarations, code);
    if (!result.output) return result;
    const name = `cell-${cell.count}`;
    lineOf.set(name, lineBy(maps));
    return { ...result, output: `${result.output}\n//# sourceURL=${name}` };
  };
  return { ...compiler, convert };
};

// ---- errors ---------------------------------------------------------------------------------------------------------

/** The cell that runs, or the last one that ran. */
let cell = { count: 0, code: "", running: false, failure: null, stopped: false };
/** What failed when no cell ran: the next cell reports it. */
let late = null;

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
const executors = demand(load("tslab/dist/executor"), "executor", ["createExecutor"]);
const { createExecutor } = executors;
executors.createExecutor = (dir, converters, { log }) => {
  const complaints = [];
  // tslab only prints an error: one argument is what was thrown, more are a compiler's complaint
  const error = (...args) => {
    if (args.length > 1) complaints.push(args);
    else cell.failure ??= describe(args[0]);
  };
  const inner = demand(createExecutor(dir, converters, { log, error }), "executor", [
    "execute",
    "interrupt",
    "inspect",
  ]);
  const execute = async (code) => {
    complaints.length = 0;
    const earlier = underWay();
    await inner.execute(code);
    if (complaints.length > 0) cell.failure ??= complaint(code, complaints);
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
  const text = told
    .replace(/^\(alias\) (?=[\w$]+[(<])/, "function ")
    .replace(/^\(alias\) /, "")
    .replace(/\nimport \w+$/, "");
  const tags = (info.tags ?? []).map((tag) =>
    tag.name === "throws" ? { ...tag, text: [{ text: "\nThrows " }, ...(tag.text ?? [])] } : tag,
  );
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

let received = 0,
  aborted = 0,
  turn = Promise.resolve();

const jupyter = load("tslab/dist/jupyter");
const { ZmqServer, JupyterHandlerImpl } = jupyter;
demand(JupyterHandlerImpl?.prototype, "JupyterHandlerImpl", ["handleExecuteImpl"]);
demand(ZmqServer?.prototype, "ZmqServer", ["handleExecute", "bindSocket", "init", "close"]);

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
  const { write, flush, end } = streams((content) => keep("stream", content));
  const display = (content, update) => {
    end();
    keep(update ? "update_display_data" : "display_data", content);
  };
  jupyter.writePassingLine = (text) => {
    flush();
    pass(text);
  };
  try {
    if (late) throw new Error("a cell before this one failed after it had ended", { cause: late });
    await handler.handleExecuteImpl({ code }, write, display);
  } catch (error) {
    cell.failure ??= describe(error);
  }
  end();
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
    message.content = wellFormed(content);
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

const { init } = ZmqServer.prototype;
ZmqServer.prototype.init = function () {
  return init.call(this).catch((error) => cannotStart(`${error.message.split("\n")[0]}.`));
};

demand(load("tslab/dist/main"), "main", ["startKernel"]).startKernel({
  configPath: process.argv[2],
  enableFindLocal: false,
});
if (!executor) misses("use of createExecutor");

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
