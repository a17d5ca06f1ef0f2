/**
 * Whatever programs, edits and faults: in the end there is exactly what was declared, the state has it, no unmanaged
 * object was touched, and nothing secret was shown.
 *
 * PLIVO_SEED=<number> replays a run; PLIVO_CASES=<number> changes how many cases there are.
 */
import { expect, test } from "@jest/globals";
import * as fc from "fast-check";
import { live, type Tally } from "./invariants/life";
import { history } from "./invariants/program";
import { openRuns } from "./support/virtual/virtual-world";

// The same cases in each run, so that a red run is about the change at hand; scripts/soak tries new ones.
const seed = Number(process.env.PLIVO_SEED ?? 1);
const CASES = Number(process.env.PLIVO_CASES ?? 200);
const CHUNKS = 10;

const table = Array.from({ length: CHUNKS }, (_, chunk) => ({ chunk, seed: seed + chunk }));

process.stdout.write(`invariants: ${CASES} cases; PLIVO_SEED=${seed} replays them\n`);

test.each(table)(
  "what was declared is what there is in the end (seed $seed)",
  async (chunk) => {
    const sum: Tally = { failures: 0, rounds: 0, requests: 0 };
    const property = fc.asyncProperty(history, fc.constantFrom(...Object.keys(openRuns)), async (steps, adapter) => {
      const open = openRuns[adapter];
      if (!open) throw new Error(`there is no adapter ${adapter}`);
      const tally = await live(open, steps);
      for (const key of ["failures", "rounds", "requests"] as const) sum[key] += tally[key];
    });
    await fc.assert(property, { seed: chunk.seed, numRuns: CASES / CHUNKS, verbose: 0 });
    // Where nothing fails, nothing was tried.
    if (CASES >= 200) expect(sum.failures).toBeGreaterThan(0);
  },
  240_000,
);
