/** One stack from `up` to `destroy`, through one adapter. */

import { say } from "../../scripts/src/lib/cli.mjs";
import { openSession } from "./session.mjs";

/**
 * @typedef {Pick<import("./session.mjs").Setting, "adapter" | "latencyMs" | "limited" | "checkpoints"> & { part: string, trunks: number, round: number, sessions: string[][] }} Run
 *   `sessions`: what is done in a stack of its own each; a `!` behind an operation: not measured, and without the limit
 */
/** @typedef {{ seconds: number, requests: number, refused: number, failed: number, cpuS: number, problem?: string }} Figures `cpuS`: processor time of the provider */
/** @typedef {{ whole: number, own: number, provider: number }} Bytes of one resource in the state: everything; its inputs and outputs; the text in `__provider` */

/**
 * @typedef {object} EndToEnd
 * @property {Record<string, Figures>} ops
 * @property {Bytes} [state]
 * @property {number} [providerMb]
 * @property {number} [programMb] of the program in `up`, with the Automation API
 */

/** @param {import("./project.mjs").Project} project @param {Run} run @returns {Promise<EndToEnd>} */
export async function endToEnd(project, run) {
  /** @type {EndToEnd} */
  const result = { ops: {} };
  for (const ops of run.sessions) await oneSession(project, run, ops, result);
  return result;
}

/** @param {import("./project.mjs").Project} project @param {Run} run @param {string[]} ops @param {EndToEnd} result */
async function oneSession(project, run, ops, result) {
  const { trunks } = run;
  const session = await openSession(project, { ...run, workload: "trunks", size: trunks, resources: trunks + 1 });
  try {
    await session.run("open");
    for (const name of ops) {
      const op = name.replace("!", "");
      const measured = op === name;
      const outcome = await session.run(op, { limited: run.limited && measured });
      if (op === "up" && outcome.failed === 0) Object.assign(result, stateOf(session.state()));
      if (!measured) continue;
      const { providerMb, programMb } = outcome;
      result.ops[op] = figuresOf(op, outcome);
      if (providerMb > 0) result.providerMb = Math.max(providerMb, result.providerMb ?? 0);
      if (op === "up") result.programMb = programMb;
    }
  } finally {
    await session.close();
  }
}

/** Logs them too. @param {string} name @param {import("./session.mjs").Outcome} outcome @returns {Figures} */
export function figuresOf(name, { seconds, requests, refused, failed, providerCpuS: cpuS, problem }) {
  const failures = failed ? `, ${failed} failed: ${problem}` : "";
  say(`  ${name.padEnd(8)} ${seconds.toFixed(2)} s, ${requests} requests${failures}`);
  return { seconds, requests, refused, failed, cpuS, ...(problem && { problem }) };
}

/** @param {import("./session.mjs").StateEntry[]} entries @returns {{ state?: Bytes }} */
export function stateOf(entries) {
  // The credential is created first: the last entry is a trunk, or what has the numbers, whichever adapter created it.
  const trunk = entries.at(-1);
  if (!trunk) return {};
  const { inputs, outputs } = trunk;
  const own = bytes(inputs) + bytes(outputs);
  return { state: { whole: bytes(trunk), own, provider: Buffer.byteLength(String(inputs?.__provider ?? "")) } };
}

/** As the engine sends it over the wire; its files hold indentation besides. @param {unknown} value */
function bytes(value) {
  return Buffer.byteLength(JSON.stringify(value ?? {}));
}
