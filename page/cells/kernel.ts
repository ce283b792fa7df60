import script from "kernel-script";
import type { Bring, Failure, Reading, Reply, Request, Run } from "../kernel/protocol";
import type { End, Listener, Runner } from "./runner";

interface Waiting {
  readonly listener: Listener | undefined;
  resolve(value: never): void;
  readonly stopped: unknown;
}

/** The worker that runs the cells of a page. It starts when it is first asked. */
export class Kernel implements Runner {
  #worker: Worker | undefined;
  #waiting = new Map<number, Waiting>();
  #asked = 0;

  get started(): boolean {
    return this.#worker !== undefined;
  }

  read(texts: readonly string[]): Promise<readonly Reading[]> {
    return this.#ask({ kind: "read", id: ++this.#asked, texts }, undefined, []);
  }

  run(cell: Pick<Run, "place" | "text" | "draft">, listener: Listener): Promise<End> {
    return this.#ask({ kind: "run", id: ++this.#asked, ...cell }, listener, "stopped");
  }

  /** Ends the worker; a cell that runs shows `failure`. */
  stop(failure?: Failure): void {
    this.#worker?.terminate();
    this.#worker = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { listener, resolve, stopped } of waiting) {
      if (failure) listener?.output({ output_type: "error", ...failure });
      resolve(stopped as never);
    }
  }

  #ask<T>(request: Request, listener: Listener | undefined, stopped: T): Promise<T> {
    this.#worker ??= this.#start();
    this.#worker.postMessage(request);
    return new Promise((resolve) => this.#waiting.set(request.id, { listener, resolve, stopped }));
  }

  #start(): Worker {
    const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    const worker = new Worker(url);
    worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      URL.revokeObjectURL(url);
      this.#hear(data);
    };
    const { files } = window.housePrices;
    if (files) worker.postMessage({ kind: "bring", files } satisfies Bring);
    worker.onerror = () => this.stop(ended("the page's kernel")); // a mistake in a cell is told by a message
    return worker;
  }

  #hear(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    if (!waiting) return;
    if (reply.kind === "output") waiting.listener?.output(reply.output);
    else if (reply.kind === "line") waiting.listener?.line(reply.line);
    else {
      this.#waiting.delete(reply.id);
      waiting.resolve((reply.kind === "names" ? reply.readings : reply.failed ? "failed" : "done") as never);
    }
  }
}

/** What a cell says that ended its kernel, or the whole page. */
export function ended(what: "the page" | "the page's kernel"): Failure {
  const words = `${what} ended in the middle of this cell (was it out of memory?)`;
  return { ename: "Ended", evalue: words, traceback: [`\u001b[1mEnded\u001b[0m: ${words}`] };
}
