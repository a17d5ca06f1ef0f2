/** Generated programs, edits and faults for as long as wanted, with figures each minute. Run through scripts/soak. */
import { createServer } from "node:net";
import { live, WrongObjects } from "../../tests/invariants/life.js";
import { historyOf, type Step } from "../../tests/invariants/program.js";
import { EventClock } from "../../tests/support/event-clock.js";
import { openRuns } from "../../tests/support/virtual-world.js";
import { Problem, script } from "./lib/cli.mjs";

const usage = `
Usage: scripts/soak [--minutes 30] [--faults 5%] [--seed <number>]

Makes up programs, edits and faults, runs them through both faces of the provider against a simulator, and compares what
there is in the end with what was declared, as tests/invariants.test.ts does. Time is virtual, so no wait costs any.
Prints figures each minute; exit code 1 when anything was lost or doubled, or another invariant was broken.
A seed that is given replays the same cases.
`;

interface Figures {
  cases: number;
  failures: number;
  requests: number;
  lost: number;
  doubled: number;
  other: number;
}

const MINUTE = 60_000;

async function soak(minutes: number, faults: number, seed: number): Promise<number> {
  process.stdout.write(`seed ${seed}, ${faults * 100} % of all requests meet a fault, ${minutes} minutes\n`);
  const figures: Figures = { cases: 0, failures: 0, requests: 0, lost: 0, doubled: 0, other: 0 };
  const began = performance.now();
  // One port and one clock for all: the client keeps what it knows of an account for as long as its process lives.
  const port = await freePort();
  const clock = new EventClock();
  const faces = Object.entries(openRuns);
  const memory: number[] = [];
  for (let minute = 1; performance.now() - began < minutes * MINUTE; ) {
    const nth = figures.cases++;
    const [face = "", open] = faces[nth % faces.length] ?? [];
    const steps = troubled(seed + nth, faults);
    try {
      if (!open) throw new Error(`there is no face ${face}`);
      const tally = await live(open, steps, { port, clock });
      figures.failures += tally.failures;
      figures.requests += tally.requests;
    } catch (error) {
      note(figures, error);
      process.stdout.write(`case ${seed + nth}, ${face}: ${String(error)}\n${JSON.stringify(steps)}\n`);
    }
    if (performance.now() - began < minute * MINUTE) continue;
    memory.push(process.memoryUsage.rss());
    process.stdout.write(`${minute++} min: ${textOf(figures)}, RSS ${megabytes(memory.at(-1))}\n`);
  }
  summary(figures, memory, clock.elapsed);
  return figures.lost + figures.doubled + figures.other === 0 ? 0 : 1;
}

function troubled(seed: number, faults: number): readonly Step[] {
  return historyOf(seed).map((step) => ({ ...step, trouble: faults }));
}

function note(figures: Figures, error: unknown): void {
  if (!(error instanceof WrongObjects)) {
    figures.other += 1;
    return;
  }
  figures.lost += error.lost.length;
  figures.doubled += error.doubled.length;
}

function textOf({ cases, failures, requests, lost, doubled, other }: Figures): string {
  const broken = `${lost} lost, ${doubled} doubled, ${other} broken otherwise`;
  return `${cases} cases, ${requests} requests, ${failures} failed steps, ${broken}`;
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

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** What must be so of an option, else the message. */
function numberOf(text: unknown, name: string, isRight: (value: number) => boolean, hint: string): number {
  const value = Number(String(text).replace(/%$/, ""));
  if (!isRight(value)) throw new Problem(`--${name} is "${text}": give ${hint}`);
  return value;
}

const options = {
  minutes: { type: "string", default: "30" },
  faults: { type: "string", default: "5%" },
  seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
} as const;

await script({ usage, options }, ({ values }) => {
  const minutes = numberOf(values.minutes, "minutes", (value) => value > 0, "a number above 0");
  const percent = numberOf(values.faults, "faults", (value) => value >= 0 && value <= 100, "a percentage, such as 5%");
  const seed = numberOf(values.seed, "seed", Number.isInteger, "a whole number");
  return soak(minutes, percent / 100, seed);
});
