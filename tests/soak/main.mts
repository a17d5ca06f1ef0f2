/** Generated programs, edits and faults for as long as wanted, with figures each minute. Run through scripts/soak. */

import { Problem, script } from "../../scripts/src/lib/cli.mjs";
import { live } from "../invariants/life.js";
import { historyOf, type Step } from "../invariants/program.js";
import { VirtualClock } from "../support/virtual/virtual-clock.js";
import { openRuns } from "../support/virtual/virtual-world.js";
import { brokenText, type Figures, freePort, isSound, noFigures, note } from "./figures.mjs";
import { soakPairs } from "./pairs.mjs";

const usage = `
Usage: scripts/soak [--minutes 30] [--faults 5%] [--seed <number>] | --pairs [--only <text>]

Generates programs, edits and faults, runs them through both adapters of the provider against a simulator, and compares what
there is in the end with what was declared, as tests/invariants.test.ts does. Time is virtual, so no wait costs any.
Prints figures each minute; exit code 1 when anything was lost or doubled, or another invariant was broken.
A seed that is given replays the same cases.

--pairs tries instead, for each operation and adapter, every fault at each of its requests, followed by every fault at each
request of the next up, refresh or destroy. Of first faults that leave the same behind it follows one. --only runs the
operations whose line of the output contains a text: "plugin: ", "import", "plugin: move a number".
`;

const MINUTE = 60_000;

async function soak(minutes: number, faults: number, seed: number): Promise<number> {
  process.stdout.write(`seed ${seed}, ${faults * 100} % of all requests meet a fault, ${minutes} minutes\n`);
  const figures = noFigures();
  const began = performance.now();
  // One port and one clock for all: the client keeps what it knows of an account for as long as its process lives.
  const port = await freePort();
  const clock = new VirtualClock();
  const adapters = Object.entries(openRuns);
  const memory: number[] = [];
  for (let minute = 1; performance.now() - began < minutes * MINUTE; ) {
    const nth = figures.cases++;
    const [adapter = "", open] = adapters[nth % adapters.length] ?? [];
    const steps = withFaults(seed + nth, faults);
    try {
      if (!open) throw new Error(`there is no adapter ${adapter}`);
      const tally = await live(open, steps, { port, clock });
      figures.failures += tally.failures;
      figures.requests += tally.requests;
    } catch (error) {
      note(figures, error);
      process.stdout.write(`case ${seed + nth}, ${adapter}: ${String(error)}\n${JSON.stringify(steps)}\n`);
    }
    if (performance.now() - began < minute * MINUTE) continue;
    memory.push(process.memoryUsage.rss());
    process.stdout.write(`${minute++} min: ${textOf(figures)}, RSS ${megabytes(memory.at(-1))}\n`);
  }
  summary(figures, memory, clock.elapsed);
  return isSound(figures) ? 0 : 1;
}

function withFaults(seed: number, faults: number): readonly Step[] {
  return historyOf(seed).map((step) => ({ ...step, faults }));
}

function textOf(figures: Figures): string {
  const { cases, failures, requests } = figures;
  return `${cases} cases, ${requests} requests, ${failures} failed steps, ${brokenText(figures)}`;
}

function summary(figures: Figures, memory: readonly number[], elapsed: number): void {
  const [first] = memory;
  const grown = memory.length > 1 ? `, RSS from ${megabytes(first)} to ${megabytes(memory.at(-1))}` : "";
  const hours = (elapsed / 3_600_000).toFixed(1);
  process.stdout.write(`in all: ${textOf(figures)}${grown}; ${hours} h of virtual time\n`);
}

function megabytes(bytes: number | undefined): string {
  return `${Math.round((bytes ?? 0) / 2 ** 20)} MB`;
}

/** What must be so of an option, else the message. */
function numberOf(text: unknown, name: string, isRight: (value: number) => boolean, hint: string): number {
  const value = Number(String(text).replace(/%$/, ""));
  if (!isRight(value)) throw new Problem(`--${name} is "${text}": give ${hint}`);
  return value;
}

const options = {
  pairs: { type: "boolean", default: false },
  only: { type: "string" },
  minutes: { type: "string", default: "30" },
  faults: { type: "string", default: "5%" },
  seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
} as const;

await script({ usage, options }, ({ values }) => {
  if (values.pairs) return soakPairs(String(values.only ?? ""));
  if (values.only !== undefined) throw new Problem("--only belongs to --pairs");
  const minutes = numberOf(values.minutes, "minutes", (value) => value > 0, "a number above 0");
  const percent = numberOf(values.faults, "faults", (value) => value >= 0 && value <= 100, "a percentage, such as 5%");
  const seed = numberOf(values.seed, "seed", Number.isInteger, "a whole number");
  return soak(minutes, percent / 100, seed);
});
