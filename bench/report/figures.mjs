/** Raw results -> one number for each cell of a table: medians over the rounds, ratios within a round. */

import { median, medianRatio } from "./statistics.mjs";

/** @typedef {import("../results.mjs").Entry} Entry */
/** @typedef {import("../measure/end-to-end.mjs").EndToEnd} EndToEnd */
/** @typedef {(result: EndToEnd) => number | undefined} Metric */

/** Everything that was measured under the same circumstances. @typedef {{ part: string, trunks: number, entries: Entry[] }} Group */

/** @param {Iterable<Entry>} entries @returns {Group[]} */
export function groups(entries) {
  /** @type {Map<string, Group>} */
  const found = new Map();
  for (const entry of entries) {
    if (!entry.run) continue;
    const { part, trunks } = entry.run;
    const key = `${part}/${trunks}`;
    const group = found.get(key) ?? { part, trunks, entries: [] };
    group.entries.push(entry);
    found.set(key, group);
  }
  return [...found.values()].sort((a, b) => a.trunks - b.trunks);
}

/** @param {Group} group @returns {string[]} */
export function adaptersOf({ entries }) {
  return [...new Set(entries.map(({ adapter }) => adapter ?? ""))];
}

/** @param {Group} group @param {string} adapter @param {Metric} metric @returns {Map<number, number>} round -> value */
function rounds({ entries }, adapter, metric) {
  const values = new Map();
  for (const entry of entries) {
    const value =
      entry.adapter === adapter && entry.result ? metric(/** @type {EndToEnd} */ (entry.result)) : undefined;
    if (value !== undefined) values.set(entry.round, value);
  }
  return values;
}

/** @param {Group} group @param {string} adapter @param {Metric} metric */
export function value(group, adapter, metric) {
  return median([...rounds(group, adapter, metric).values()]);
}

/** @param {Group} group @param {string} adapter @param {string} other @param {Metric} metric */
export function ratio(group, adapter, other, metric) {
  return medianRatio(rounds(group, adapter, metric), rounds(group, other, metric));
}

/** Only of an operation that did what it was asked for: a failure may be quick. @param {string} op @returns {Metric} */
export function secondsOf(op) {
  return ({ ops }) => (ops[op] && ops[op].failed === 0 ? ops[op].seconds : undefined);
}

/** @param {string} op @param {"requests" | "failed"} what @returns {Metric} */
export function countOf(op, what) {
  return ({ ops }) => ops[op]?.[what];
}

/** Processor time of the provider, start included; unknown where the system does not tell it. @param {string} op @returns {Metric} */
export function cpuOf(op) {
  return ({ ops, providerMb }) => (providerMb === undefined ? undefined : ops[op]?.cpuS);
}

/** Why an adapter has no numbers, or not all. @param {Group} group @param {string} adapter @returns {string[]} */
export function problemsOf({ entries }, adapter) {
  const texts = entries
    .filter((entry) => entry.adapter === adapter)
    .flatMap(({ error, result }) => {
      const ops = Object.entries(/** @type {EndToEnd | undefined} */ (result)?.ops ?? {});
      const failed = ops.flatMap(([op, { problem }]) => (problem ? [`${op}: ${problem}`] : []));
      return error ? [error, ...failed] : failed;
    });
  return [...new Set(texts)];
}
