// A kernel ends with the Jupyter that started it, even in the middle of a loop and while it is still starting.
"use strict";

const { Worker } = require("node:worker_threads");

const parent = process.ppid;

/** Whether that Jupyter was gone before this line was reached: then an ancestor of it has taken over, mostly number 1. */
function orphaned() {
  const jupyter = Number(process.env.JPY_PARENT_PID);
  if (parent === 1 && jupyter !== 1) return true;
  try {
    return jupyter > 0 && !process.kill(jupyter, 0);
  } catch (error) {
    return error.code === "ESRCH";
  }
}

if (orphaned()) process.kill(process.pid, "SIGKILL");

// a thread of its own, because a cell may keep the main one busy for ever
const watch = `setInterval(() => process.ppid === ${parent} || process.kill(process.pid, "SIGKILL"), 250)`;
new Worker(watch, { eval: true }).unref();
