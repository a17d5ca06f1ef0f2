/** The API requests of single operations, from the simulator's log, on a real engine. */

import { NUMBER } from "./programs.mjs";
import { openSession } from "./session.mjs";

/** What each step counts, besides objects that it leaves alone. */
const STEPS = /** @type {const} */ ([
  { what: "create", op: "up", stage: 2 },
  { what: "preview", op: "preview", stage: 2 },
  { what: "update", op: "up", stage: 3 },
  { what: "refresh", op: "readOnce", stage: 3 },
  { what: "attach", op: "up", stage: 4 },
]);

/**
 * @param {import("./project.mjs").Project} project @param {string} adapter
 * @returns {Promise<{ requests: Record<string, number>, log: Record<string, string>, problem?: string }>}
 */
export async function singleRequests(project, adapter) {
  const session = await openSession(project, {
    adapter,
    workload: "single",
    size: 1,
    resources: 3,
    latencyMs: 0,
    limited: false,
    checkpoints: true,
    seed: { numbers: [NUMBER] },
  });
  /** @type {Record<string, number>} */
  const requests = {};
  /** @type {Record<string, string>} */
  const log = {};
  try {
    await session.run("open");
    const { problem } = await session.run("up", { stage: 1 });
    if (problem) return { requests, log, problem };
    for (const { what, op, stage } of STEPS) {
      const outcome = await session.run(op, { stage });
      if (outcome.problem) return { requests, log, problem: `${what}: ${outcome.problem}` };
      const sent = session.simulator.requests.filter(({ path }) => what !== "refresh" || path.includes("Trunk/"));
      requests[what] = sent.length;
      log[what] = sent.map(({ method, path }) => `${method} ${path.replaceAll(/\d{6,}/g, "*")}`).join(", ");
    }
    return { requests, log };
  } finally {
    await session.close();
  }
}
