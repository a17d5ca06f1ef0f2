/** How fast the adapters are to be, above all against the provider in Go: targets that were set before they were measured. */

import { countOf, cpuOf, groups, ratio, secondsOf, value } from "./figures.mjs";
import { shown, table } from "./tables.mjs";

/** @typedef {import("./figures.mjs").Group} Group */
/** @typedef {{ part: string, trunks: number, adapter: string, what: string, of: (group: Group, adapter: string) => number | undefined, limit: number }} Target */

/** @param {string} op @param {string} [other] */
function against(op, other = "go") {
  return (/** @type {Group} */ group, /** @type {string} */ adapter) => ratio(group, adapter, other, secondsOf(op));
}

/** @param {string} op @param {"requests" | "failed"} what */
function count(op, what) {
  return (/** @type {Group} */ group, /** @type {string} */ adapter) => value(group, adapter, countOf(op, what));
}

/** What cannot be avoided: the engine's own work, and the requests at the same concurrency. @param {Group} group @param {string} adapter */
function againstNeeded(group, adapter) {
  const [is, engine, requests] = [adapter, "noop", "plain-node"].map((name) => value(group, name, secondsOf("up")));
  return is === undefined || engine === undefined || requests === undefined ? undefined : is / (engine + requests);
}

const NEEDED = "up, against `noop` and `plain-node` together";
const LIMITED = "go-limited";

/** @type {Target[]} */
const TARGETS = [
  { part: "scale", trunks: 1, adapter: "plugin", what: "up", of: against("up"), limit: 1.06 },
  { part: "scale", trunks: 1, adapter: "dynamic", what: "up", of: against("up"), limit: 1.25 },
  { part: "scale", trunks: 100, adapter: "plugin", what: "up", of: against("up"), limit: 1.05 },
  { part: "scale", trunks: 100, adapter: "dynamic", what: "up", of: against("up"), limit: 1.15 },
  { part: "scale", trunks: 100, adapter: "plugin", what: "refresh", of: against("refresh"), limit: 1.4 },
  { part: "latency", trunks: 100, adapter: "plugin", what: "destroy", of: against("destroy"), limit: 1.1 },
  ...["plugin", "dynamic"].map((adapter) => ({
    part: "scale",
    trunks: 100,
    adapter,
    what: "processor time of the provider in up, s",
    of: (/** @type {Group} */ group) => value(group, adapter, cpuOf("up")),
    limit: 0.6,
  })),
  {
    part: "scale",
    trunks: 1000,
    adapter: "plugin",
    what: "memory of the provider, MB",
    of: (group, adapter) => value(group, adapter, ({ providerMb }) => providerMb),
    limit: 110,
  },
  {
    part: "scale",
    trunks: 1000,
    adapter: "dynamic",
    what: "memory of the program, against the plugin's",
    of: (group, adapter) => ratio(group, adapter, "plugin", ({ programMb }) => programMb),
    limit: 1.1,
  },
  { part: "scale", trunks: 100, adapter: "plugin", what: NEEDED, of: againstNeeded, limit: 1.1 },
  { part: "latency", trunks: 100, adapter: "plugin", what: NEEDED, of: againstNeeded, limit: 1.1 },
  { part: "limit", trunks: 1000, adapter: "plugin", what: NEEDED, of: againstNeeded, limit: 1.1 },
  { part: "latency", trunks: 1000, adapter: "plugin", what: "refresh", of: against("refresh"), limit: 0.4 },
  { part: "limit", trunks: 1000, adapter: "plugin", what: "refresh", of: against("refresh", LIMITED), limit: 0.15 },
  {
    part: "limit",
    trunks: 1000,
    adapter: "plugin",
    what: "refresh, requests of both passes",
    of: count("refresh", "requests"),
    limit: 120,
  },
  { part: "limit", trunks: 1000, adapter: "plugin", what: "refresh, failed", of: count("refresh", "failed"), limit: 0 },
  { part: "limit", trunks: 1000, adapter: "plugin", what: "up", of: against("up", LIMITED), limit: 0.65 },
  { part: "limit", trunks: 1000, adapter: "plugin", what: "up, requests", of: count("up", "requests"), limit: 1300 },
  { part: "limit", trunks: 1000, adapter: "plugin", what: "up, failed", of: count("up", "failed"), limit: 0 },
];

const PLACES = /** @type {Record<string, string>} */ ({
  scale: "no latency",
  latency: "50 ms",
  limit: "under the rate limit",
});

/** @param {Iterable<import("../results.mjs").Entry>} entries */
export function targetTable(entries) {
  const all = groups(entries);
  const rows = TARGETS.flatMap(({ part, trunks, adapter, what, of, limit }) => {
    const group = all.find((candidate) => candidate.part === part && candidate.trunks === trunks);
    if (!group) return [];
    const is = of(group, adapter);
    const digits = Number.isInteger(limit) ? 0 : 2;
    const met = is === undefined ? "failed" : is <= limit ? "yes" : "**no**";
    return [[`\`${adapter}\` ${what}`, String(trunks), PLACES[part] ?? part, shown(is, digits), `≤ ${limit}`, met]];
  });
  return rows.length === 0 ? "Not measured." : table(["what", "trunks", "where", "measured", "target", "met"], rows);
}
