import { script } from "../scripts/src/lib/cli.mjs";
import { ensureInstalled } from "../scripts/src/lib/install.mjs";

const usage = `
Usage: scripts/bench [--quick | --full | --report] [--only PARTS] [--trunks LIST] [--rounds N] [--fresh]

Measures both adapters beside what users would pick instead, on a real engine and the simulator, and prints tables with
ratios within this run. Nothing else should run meanwhile. Builds the peer in bench/peers/go (needs Go) once.

  --quick          30 trunks and 200 phone numbers, one round, two minutes (default); writes nothing
  --full           everything, up to 1,000 trunks and 5,000 phone numbers: about 35 minutes on 2 cores. Keeps raw results
                   in bench/results.jsonl, goes on where it was interrupted, writes docs/performance.md and its plots
  --report         tables, page and plots from the results that are there
  --only PARTS     of budgets,scale,latency,limit,checkpoints,numbers; separated by commas
  --trunks LIST    other numbers of trunks, such as 10,100
  --rounds N       how often small sizes are measured, default 2 (quick: 1); large ones less
  --fresh          measure everything again`;

const options = /** @type {const} */ ({
  quick: { type: "boolean" },
  full: { type: "boolean", default: false },
  report: { type: "boolean", default: false },
  fresh: { type: "boolean", default: false },
  only: { type: "string" },
  rounds: { type: "string" },
  trunks: { type: "string" },
});

await script({ usage, options }, async ({ values }) => {
  await ensureInstalled();
  const { bench } = await import("./bench.mjs");
  const { full, report, fresh, only, rounds, trunks } = values;
  const wishes = { full: full === true, report: report === true, fresh: fresh === true };
  const code = await bench({
    ...wishes,
    ...(typeof only === "string" && { only }),
    ...(typeof rounds === "string" && { rounds }),
    ...(typeof trunks === "string" && { trunks }),
  });
  process.exit(code); // the connections to providers that were killed would keep us waiting
});
