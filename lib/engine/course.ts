import type { Course, Theta } from "../types";
import type { Pass } from "./pass";
import { descentModule, type Layout, LONGEST, layoutOf } from "./webassembly";

/** As much of WebAssembly as is used here; TypeScript's library for this project has none. */
declare const WebAssembly:
  | {
      readonly Module: new (bytes: Uint8Array) => object;
      readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
      readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
    }
  | undefined;

const PAGE = 65_536;
/** So many data times epochs take some milliseconds: between calls a descent can be watched and interrupted. */
const A_WHILE = 2 ** 19;

/** A module for each pass and number of data. */
const modules = new WeakMap<Pass, Map<number, object>>();

function moduleOf(pass: Pass, N: number): object {
  const known = modules.get(pass) ?? new Map<number, object>();
  modules.set(pass, known);
  let module = known.get(N);
  if (!module) known.set(N, (module = new WebAssembly!.Module(descentModule(pass, N))));
  return module;
}

/** The training loop of one pass over its data, as WebAssembly. What a descent knows is not kept in it between calls. */
export class Loop {
  private readonly layout: Layout;
  private readonly memory: Float64Array;
  private readonly run: (epochs: number) => number;
  private readonly N: number;
  /** The rates that are in the memory now. */
  private loaded: Float64Array | null = null;

  /** @throws Error where there is no WebAssembly, or one without vectors. */
  constructor(pass: Pass, columns: readonly Float64Array[]) {
    if (typeof WebAssembly === "undefined") throw new Error("There is no WebAssembly here.");
    this.layout = layoutOf(pass.parameters.length);
    this.N = columns[0].length;
    const pairs = Math.ceil(this.N / 2);
    const size = this.layout.data + 16 * pairs * columns.length;
    const memory = new WebAssembly.Memory({ initial: Math.ceil(size / PAGE) });
    const module = moduleOf(pass, this.N);
    const { exports } = new WebAssembly.Instance(module, { m: { m: memory } });
    this.run = (exports as { run: (epochs: number) => number }).run;
    this.memory = new Float64Array(memory.buffer);
    columns.forEach((column, c) => {
      for (let i = 0; i < this.N; i++)
        this.memory[this.layout.data / 8 + 2 * columns.length * (i >> 1) + 2 * c + (i & 1)] = column[i];
    });
  }

  /** A descent from there. */
  from(start: Theta): Course {
    const { layout, memory, N } = this;
    const at = (place: number): number => place / 8;
    const read = (place: number): number[] => [...memory.subarray(at(place), at(place) + start.length)];
    const rates = new Float64Array(Math.max(1, Math.min(LONGEST, Math.floor(A_WHILE / N))));
    const course = {
      rates,
      theta: [...start],
      first: Number.NaN,
      last: Number.NaN,
      now: Number.NaN,
      best: { epoch: -1, theta: [...start], loss: Number.POSITIVE_INFINITY },
      run: (epochs: number, fresh: boolean): number => {
        memory.set(course.theta, at(layout.theta));
        if (fresh) memory.set(rates.subarray(0, epochs), at(layout.rates));
        else if (this.loaded !== rates) memory.set(rates, at(layout.rates));
        this.loaded = fresh ? null : rates;
        memory[at(layout.best)] = course.best.loss;
        memory[at(layout.bestEpoch)] = -1;
        memory[at(layout.last)] = course.last;
        const made = this.run(epochs);
        course.theta = read(layout.theta);
        course.first = memory[at(layout.first)];
        course.last = memory[at(layout.last)];
        course.now = memory[at(layout.now)];
        const epoch = memory[at(layout.bestEpoch)];
        course.best =
          epoch < 0
            ? { ...course.best, epoch: -1 }
            : { epoch, theta: read(layout.bestTheta), loss: memory[at(layout.best)] };
        return made;
      },
    };
    return course;
  }
}
