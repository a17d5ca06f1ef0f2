/** Many phone numbers under Plivo's rate limit: as a set, as attachments, and as a reason not to delete a trunk. */

import { figuresOf, stateOf } from "./end-to-end.mjs";
import { seedOf } from "./programs.mjs";
import { openSession } from "./session.mjs";

/** @typedef {import("./programs.mjs").Extent & { workload: "set" | "few" | "attachments" | "deletes", resources: number, account: number, ops: string[] }} Numbers */
/** @typedef {import("./end-to-end.mjs").Figures & { lists: number }} NumberFigures `lists`: the pages of numbers that were read */

/** An edit is an `up` of another program. */
const ORDERS = /** @type {Record<string, { op: string, stage: number }>} */ ({
  edit: { op: "up", stage: 2 },
  destroy: { op: "destroy", stage: 2 },
});

/** @param {import("./project.mjs").Project} project @param {string} adapter @param {Numbers} numbers */
export async function manyNumbers(project, adapter, numbers) {
  const setting = { adapter, ...numbers, latencyMs: 0, limited: true, checkpoints: false, seed: seedOf(numbers) };
  const session = await openSession(project, setting);
  /** @type {Record<string, NumberFigures>} */
  const ops = {};
  /** @type {number | undefined} */
  let stateBytes;
  let providerMb = 0;
  try {
    await session.run("open");
    for (const name of numbers.ops) {
      const { op, stage } = ORDERS[name] ?? { op: name, stage: 1 };
      const outcome = await session.run(op, { stage, limited: true });
      const lists = session.simulator.requests.filter(({ method, path }) => method === "GET" && path === "Number/");
      ops[name] = { ...figuresOf(name, outcome), lists: lists.length };
      providerMb = Math.max(providerMb, outcome.providerMb);
      if (name === "up" && outcome.failed === 0) stateBytes = stateOf(session.state()).state?.whole;
    }
    return { ops, stateBytes, providerMb };
  } finally {
    await session.close();
  }
}
