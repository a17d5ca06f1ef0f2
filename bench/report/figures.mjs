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
export function facesOf({ entries }) {
  return [...new Set(entries.map(({ face }) => face ?? ""))];
}

/** @param {Group} group @param {string} face @param {Metric} metric @returns {Map<number, number>} round -> value */
function rounds({ entries }, face, metric) {
  const values = new Map();
  for (const entry of entries) {
    const value = entry.face === face && entry.result ? metric(entry.result) : undefined;
    if (value !== undefined) values.set(entry.round, value);
  }
  return values;
}

/** @param {Group} group @param {string} face @param {Metric} metric */
export function value(group, face, metric) {
  return median([...rounds(group, face, metric).values()]);
}

/** @param {Group} group @param {string} face @param {string} other @param {Metric} metric */
export function ratio(group, face, other, metric) {
  return medianRatio(rounds(group, face, metric), rounds(group, other, metric));
}

/** Only of an operation that did what it was asked for: a failure may be quick. @param {string} op @returns {Metric} */
export function secondsOf(op) {
  return ({ ops }) => (ops[op] && ops[op].failed === 0 ? ops[op].seconds : undefined);
}

/** @param {string} op @param {"calls" | "failed"} what @returns {Metric} */
export function countOf(op, what) {
  return ({ ops }) => ops[op]?.[what];
}

/** Why a face has no numbers, or not all. @param {Group} group @param {string} face @returns {string[]} */
export function problemsOf({ entries }, face) {
  const texts = entries
    .filter((entry) => entry.face === face)
    .flatMap(({ error, result }) => {
      const ops = Object.entries(/** @type {EndToEnd | undefined} */ (result)?.ops ?? {});
      const failed = ops.flatMap(([op, { problem }]) => (problem ? [`${op}: ${problem}`] : []));
      return error ? [error, ...failed] : failed;
    });
  return [...new Set(texts)];
}
