import { format } from "node-inspect-extracted";
import * as library from "../../lib/index";
import { compile, declares } from "./compile";
import { formulasOf } from "./draft";
import { describe, misread } from "./errors";
import { host } from "./host";
import { kept } from "./memory";
import { numbersOfSliders } from "./numbers";
import type { Data, Failure, Output, Reading, Reply, Run } from "./protocol";
import { type Import, Misread, type Syntax, understand } from "./syntax";
import { Timers } from "./timers";

/** How long a cell waits for the timers that it started, so that an error in one of them is that cell's. */
const PATIENCE = 10_000;
/** Printed text is sent on at least so often, in milliseconds. */
const INTERVAL = 50;
/** A cell that prints more characters than this is stopped, for no page could show them. */
const MUCH = 1_000_000;

/** The cells that have run, each with the names that it defines: a cell sees those of the cells before it. */
export class Cells {
  readonly #bound = new Map<number, object>();
  readonly #timers = new Timers();
  #running: { fail(error: unknown): void } | undefined;
  /** What failed when no cell ran: the next one reports it. */
  #late: { readonly error: unknown } | undefined;

  constructor(readonly send: (reply: Reply) => void) {}

  /** What a text holds, or what is wrong with it. */
  read(text: string): Reading {
    try {
      const syntax = understand(text);
      const formulas = formulasOf(syntax)?.free;
      const names = { declares: declares(syntax), reads: syntax.free };
      return { names, sliders: numbersOfSliders(text), ...(formulas ? { formulas } : {}) };
    } catch (error) {
      return { failure: failureOf(error, text) };
    }
  }

  /** A rejection that nobody awaited, or a throw in a timer: the running cell's error, and it waits no longer. */
  failed(error: unknown): void {
    if (this.#running) this.#running.fail(error);
    else this.#late ??= { error };
  }

  /** Runs a cell; whatever it shows is sent while it runs, its error last. */
  async run({ id, place, text, draft }: Run): Promise<void> {
    const out = new Outputs(id, this.send);
    const failing = new Promise<never>((_, reject) => (this.#running = { fail: reject }));
    Object.assign(host, { display: out.display, tell: out.line });
    Object.assign(console, { log: out.print, info: out.print, debug: out.print, error: out.warn, warn: out.warn });
    let failure: Failure | undefined;
    try {
      const late = this.#late;
      this.#late = undefined;
      if (late) throw new Error("a cell before this one failed after it had ended", { cause: late.error });
      const syntax = understand(text);
      const script = draft ? this.#draft(syntax, place) : this.#prepare(syntax, place);
      const earlier = this.#timers.pending;
      await Promise.race([script(out), failing]);
      await Promise.race([this.#settle(earlier), failing]);
    } catch (error) {
      failure = failureOf(error, text);
    }
    this.#running = undefined;
    out.line(null);
    if (failure) out.error(failure);
    out.flush();
    this.send({ kind: "done", id, failed: failure !== undefined });
  }

  #prepare(syntax: Syntax, place: number): (out: Outputs) => Promise<void> {
    const given = this.#given(syntax, place);
    const script = compile(syntax, new Set(Object.keys(given)), place);
    const bind = (names: object): void => {
      Object.defineProperties(names, Object.getOwnPropertyDescriptors(pick(given, syntax.imports)));
      this.#bound.set(place, names);
    };
    this.#bound.delete(place);
    return ({ value }) => script({ given, bind, value, fail, load, kept });
  }

  /** The formulas of a cell; what they define is bound nowhere, and a derivation that is false is shown with its marks. */
  #draft(syntax: Syntax, place: number): (out: Outputs) => Promise<void> {
    const formulas = formulasOf(syntax);
    if (!formulas) return async () => {};
    const all = Object.entries(this.#given(formulas, place));
    const given = Object.fromEntries(all.map(([name, each]) => [name, each === library.derive ? library.check : each]));
    const script = compile(formulas, new Set(Object.keys(given)), place);
    const bind = (): void => {};
    return (out) => script({ given, bind, value: bind, fail: (error) => out.error(failureOf(error, "")), load, kept });
  }

  /** What a cell is given: what it imports, and what the cells before it define. */
  #given(syntax: Syntax, place: number): Record<string, unknown> {
    const given: Record<string, unknown> = Object.fromEntries(syntax.imports.map((each) => [each.as, imported(each)]));
    for (const name of syntax.free) {
      const owner = this.#ownerOf(name, place);
      if (owner) given[name] = valueOf(owner, name);
    }
    return given;
  }

  /** The names of the last cell before this place that defines this one. */
  #ownerOf(name: string, place: number): object | undefined {
    const places = [...this.#bound.keys()].filter((each) => each < place && name in this.#bound.get(each)!);
    return places.length > 0 ? this.#bound.get(Math.max(...places)) : undefined;
  }

  /** Waits until rejections have surfaced and the timers have ended that the cell started beyond the `earlier` ones. */
  async #settle(earlier: number): Promise<void> {
    const end = Date.now() + PATIENCE;
    for (let turns = 0; turns < 3; turns++) await this.#timers.pause(0);
    while (this.#timers.pending > earlier && Date.now() < end) await this.#timers.pause(5);
  }
}

function valueOf(owner: object, name: string): unknown {
  try {
    return (owner as Record<string, unknown>)[name];
  } catch {
    throw new ReferenceError(`${name} has no value yet: the cell that defines it did not get that far.`);
  }
}

const pick = (given: Readonly<Record<string, unknown>>, imports: readonly Import[]): object =>
  Object.fromEntries(imports.map(({ as }) => [as, given[as]]));

const failureOf = (error: unknown, text: string): Failure =>
  error instanceof Misread ? misread(error, text) : describe(error, library);

const load = async (module: string): Promise<object> => moduleOf(module);

/** A cell that is no draft fails as a whole. */
function fail(error: unknown): never {
  throw error;
}

function moduleOf(module: string): object {
  if (module === "../lib") return library;
  throw new Error(`A page carries no module "${module}", only "../lib": run the notebook in JupyterLab.`);
}

function imported({ module, name }: Import): unknown {
  const found = moduleOf(module) as Record<string, unknown>;
  if (name === "*") return found;
  if (name in found) return found[name];
  throw new Error(`"${module}" has no ${name}: is it spelt right? The name of a type needs the word type before it.`);
}

/** What a cell shows, sent on as it comes; printed text is gathered, and errors end it. */
class Outputs {
  #printed: { name: "stdout" | "stderr"; text: string } | undefined;
  #sent = Date.now();
  #length = 0;
  #shown = false;

  constructor(
    readonly id: number,
    readonly send: (reply: Reply) => void,
  ) {}

  readonly print = (...values: unknown[]): void => this.#stream("stdout", `${format(...values)}\n`);
  readonly warn = (...values: unknown[]): void => this.#stream("stderr", `${format(...values)}\n`);

  /** As tslab prints the value of a last expression. */
  readonly value = (value: unknown): void => {
    if (value !== undefined) this.print(value);
  };

  readonly display = ({ data, metadata }: { readonly data: Data; readonly metadata: object }): void => {
    this.#output({ output_type: "display_data", data: JSON.parse(JSON.stringify(data)), metadata }); // as a notebook keeps it
  };

  readonly line = (line: string | null): void => {
    if (line === null && !this.#shown) return;
    this.#shown = line !== null;
    this.send({ kind: "line", id: this.id, line });
  };

  error(failure: Failure): void {
    this.#output({ output_type: "error", ...failure });
  }

  flush(): void {
    if (this.#printed) this.send({ kind: "output", id: this.id, output: { output_type: "stream", ...this.#printed } });
    this.#printed = undefined;
    this.#sent = Date.now();
  }

  #output(output: Output): void {
    this.flush();
    this.send({ kind: "output", id: this.id, output });
  }

  #stream(name: "stdout" | "stderr", text: string): void {
    this.#length += text.length;
    if (this.#length > MUCH)
      throw new Error("This cell prints more than a million characters, more than a page can show.");
    if (this.#printed?.name !== name) this.flush();
    this.#printed ??= { name, text: "" };
    this.#printed.text += text;
    if (Date.now() - this.#sent > INTERVAL) this.flush();
  }
}
