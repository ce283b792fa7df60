import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { LEDGER } from "../test/lib/derivation/ledger";

/** Milliseconds that one process took. */
interface Times {
  /** The first check of the process, without the loading of the library. */
  readonly first: number;
  /** An "=" of the ledger, typeset, on average: in the first run through all chains, and in the fastest of the next. */
  readonly fresh: number;
  readonly warm: number;
}

const RUNS = 5;
const ROUNDS = 4;

/** Times the checker of a checkout that has been built, in a process of its own. */
function timesOf(checkout: string): Times {
  return JSON.parse(execFileSync(process.execPath, [__filename, "--measure", checkout], { encoding: "utf8" }));
}

function measure(checkout: string): Times {
  const { check, where } = require(join(checkout, "lib/dist/derivation")) as typeof import("../lib/derivation");
  const tag = (text: string) => Object.assign([text], { raw: [text] });
  const all = () => {
    const start = performance.now();
    let relations = 0;
    for (const { where: definitions, chain } of LEDGER)
      relations += (definitions ? where(tag(definitions)) : { check }).check(tag(chain)).steps.length;
    return (performance.now() - start) / relations;
  };
  const start = performance.now();
  check`\frac{d}{dx} \sigma(x) = \sigma(x) (1 - \sigma(x))`;
  const first = performance.now() - start;
  const fresh = all();
  return { first, fresh, warm: Math.min(...Array.from({ length: ROUNDS }, all)) };
}

function compare(checkouts: readonly string[]): void {
  const missing = checkouts.find((checkout) => !existsSync(join(checkout, "lib/dist/derivation")));
  if (missing) throw new Error(`${missing} is not built: run npm run build there.`);
  const runs = Array.from({ length: RUNS }, () => checkouts.map(timesOf));
  const least = (k: number, what: keyof Times) => Math.min(...runs.map((run) => run[k][what])).toFixed(1);
  console.log(`Milliseconds, the least of ${RUNS} processes: the first check; an "=" of the ledger, at first; later`);
  checkouts.forEach((checkout, k) => {
    console.log(`${least(k, "first")}  ${least(k, "fresh")}  ${least(k, "warm")}  ${checkout}`);
  });
}

const [mode, checkout] = process.argv.slice(2);
if (mode === "--measure") console.log(JSON.stringify(measure(checkout)));
else compare([".", ...process.argv.slice(2)].map((path) => resolve(path)));
