/** Raw results in a file, a line for each measurement: a run that was interrupted goes on where it stopped. */

import fs from "node:fs";
import path from "node:path";

/** @typedef {{ engine: string, node: string, built: string, platform: string, cores: number }} Conditions */
/** @typedef {import("./plan.mjs").Measurement & { result?: unknown, error?: string }} Entry `result` depends on `kind` */
/** @typedef {{ conditions: Conditions, entries: Map<string, Entry> }} Results */

/**
 * What each kind of measurement measures: what its function returns.
 *
 * @typedef {object} ResultOf
 * @property {Awaited<ReturnType<typeof import("./measure/start-up.mjs").startRound>>} start
 * @property {Awaited<ReturnType<typeof import("./measure/throughput.mjs").creates>>} creates
 * @property {Awaited<ReturnType<typeof import("./measure/throughput.mjs").refreshes>>} refreshes
 * @property {Awaited<ReturnType<typeof import("./measure/requests.mjs").singleRequests>>} requests
 * @property {Awaited<ReturnType<typeof import("./measure/numbers.mjs").manyNumbers>>} numbers
 */

/** @template {keyof ResultOf} Kind @param {Entry} entry @param {Kind} kind @returns {ResultOf[Kind] | undefined} */
export function resultOf(entry, kind) {
  return entry.kind === kind ? /** @type {ResultOf[Kind] | undefined} */ (entry.result) : undefined;
}

/** @param {string} file @returns {Results | undefined} */
export function readResults(file) {
  if (!fs.existsSync(file)) return undefined;
  const [first, ...lines] = fs.readFileSync(file, "utf8").trim().split("\n");
  if (!first) return undefined;
  const entries = new Map();
  for (const line of lines) {
    const entry = JSON.parse(line);
    entries.set(entry.id, entry);
  }
  return { conditions: JSON.parse(first), entries };
}

/** Goes on with what is there for the same conditions. @param {string} file @param {Conditions} conditions @returns {Results} */
export function openResults(file, conditions) {
  const found = readResults(file);
  if (found && JSON.stringify(found.conditions) === JSON.stringify(conditions)) return found;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify(conditions)}\n`);
  return { conditions, entries: new Map() };
}

/** @param {string} file @param {Results} results @param {Entry} entry */
export function addResult(file, results, entry) {
  results.entries.set(entry.id, entry);
  const text = JSON.stringify(entry, (_, value) => (typeof value === "number" ? Number(value.toFixed(4)) : value));
  fs.appendFileSync(file, `${text}\n`);
}
