/** Makes the measurements of a plan, one after the other, and keeps what they found. */

import { say, seconds } from "../../scripts/src/lib/cli.mjs";
import { addResult } from "../results.mjs";
import { endToEnd } from "./end-to-end.mjs";
import { manyNumbers } from "./numbers.mjs";
import { singleRequests } from "./requests.mjs";
import { startRound } from "./start-up.mjs";
import { creates, refreshes } from "./throughput.mjs";

/** @typedef {import("./project.mjs").Project} Project */
/** @typedef {import("../plan.mjs").Measurement} Measurement */

/** @param {Project} project @param {readonly Measurement[]} measurements @param {import("../results.mjs").Results} results @param {string} file */
export async function measureAll(project, measurements, results, file) {
  // What failed may have been the machine's fault: it is tried again.
  const missing = measurements.filter(({ id }) => results.entries.get(id)?.result === undefined);
  if (missing.length < measurements.length)
    say(`${measurements.length - missing.length} measurements are there already.`);
  for (const [index, measurement] of missing.entries()) {
    const start = performance.now();
    say(`[${index + 1}/${missing.length}] ${measurement.id}`);
    const outcome = await measure(project, measurement).then(
      (result) => ({ result }),
      (error) => ({ error: String(error?.message ?? error).slice(0, 500) }),
    );
    if ("error" in outcome) say(`  FAILED: ${outcome.error}`);
    addResult(file, results, { ...measurement, ...outcome });
    say(`  (${seconds(start)})`);
  }
}

/** @param {Project} project @param {Measurement} measurement */
async function measure(project, { kind, adapter = "", run, numbers }) {
  if (run) return endToEnd(project, run);
  if (numbers) return manyNumbers(project, adapter, numbers);
  if (kind === "start") return startRound(project);
  if (kind === "creates") return creates(project, adapter);
  if (kind === "requests") return singleRequests(project, adapter);
  return refreshes(project);
}
