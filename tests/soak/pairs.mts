/** All pairs of faults, as tests/pairs.test.ts tries some of them. */
import type { Left } from "../invariants/life.js";
import { allPairs, livePair, operations } from "../invariants/pairs.js";
import { VirtualClock } from "../support/virtual/virtual-clock.js";
import { openRuns } from "../support/virtual/virtual-world.js";
import { brokenText, type Figures, freePort, isSound, noFigures, note } from "./figures.mjs";

const MINUTE = 60_000;

/**
 * @param only a text that the title of an operation with its adapter contains, such as "plugin: move a number"
 * @returns the exit code
 */
export async function soakPairs(only = ""): Promise<number> {
  const sum = noFigures();
  const began = performance.now();
  for (const [adapter, open] of Object.entries(openRuns))
    for (const operation of operations) {
      if (!`${adapter}: ${operation.title}`.includes(only)) continue;
      const place = { port: await freePort(), clock: new VirtualClock() };
      const figures = noFigures();
      const told = everyMinute();
      await allPairs(
        operation,
        (pair) => tried(figures, adapter, () => livePair(open, pair, place)),
        (done, total) =>
          told(`${adapter}: ${operation.title}: ${figures.cases} cases, ${done} of ${total} first faults are done`),
      );
      process.stdout.write(`${adapter}: ${operation.title}: ${figures.cases} cases, ${brokenText(figures)}\n`);
      for (const key of ["cases", "lost", "doubled", "other"] as const) sum[key] += figures[key];
    }
  const minutes = ((performance.now() - began) / MINUTE).toFixed(1);
  process.stdout.write(`in all: ${sum.cases} cases in ${minutes} min, ${brokenText(sum)}\n`);
  return isSound(sum) && sum.cases > 0 ? 0 : 1;
}

/** An operation may take an hour. */
function everyMinute(): (line: string) => void {
  let toldAt = performance.now();
  return (line) => {
    if (performance.now() - toldAt < MINUTE) return;
    toldAt = performance.now();
    process.stdout.write(`${line}\n`);
  };
}

async function tried(figures: Figures, adapter: string, run: () => Promise<Left>): Promise<Left | undefined> {
  figures.cases += 1;
  try {
    return await run();
  } catch (error) {
    note(figures, error);
    process.stdout.write(`${adapter}: ${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
}
