/** What is measured in which order. */

/** @typedef {"start" | "creates" | "requests" | "refreshes" | "run" | "numbers"} Kind */
/** @typedef {import("./measure/numbers.mjs").Numbers} Numbers */
/** @typedef {{ id: string, part: string, kind: Kind, round: number, adapter?: string, run?: import("./measure/end-to-end.mjs").Run, numbers?: Numbers }} Measurement */

export const PARTS = /** @type {const} */ (["budgets", "scale", "latency", "limit", "checkpoints", "numbers"]);
export const QUICK = { parts: ["budgets", "scale", "numbers"], sizes: [30] };

const EVERYTHING = ["up", "preview", "refresh", "destroy"];
const WITH_REQUESTS = ["up", "refresh", "destroy"];

/**
 * @typedef {object} Series one part's runs: every adapter at every size, round by round
 * @property {string} part
 * @property {number[]} sizes
 * @property {string[]} adapters
 * @property {string[]} ops
 * @property {number} latencyMs
 * @property {boolean} [limited] with Plivo's 300 requests in 5 s
 * @property {boolean} [checkpoints]
 * @property {boolean} [once] in one round only, where times are long
 */

const PEERS = ["go", "typical-dynamic", "plain-node"];

/** @type {Series[]} */
const SERIES = [
  {
    part: "scale",
    sizes: [1, 10, 100, 300, 1000],
    adapters: ["plugin", "dynamic", "noop", ...PEERS],
    ops: EVERYTHING,
    latencyMs: 0,
  },
  {
    part: "latency",
    sizes: [100, 1000],
    adapters: ["plugin", "dynamic", "go", "noop", "plain-node"],
    ops: WITH_REQUESTS,
    latencyMs: 50,
    once: true,
  },
  {
    part: "limit",
    sizes: [1000],
    adapters: ["plugin", "dynamic", "go-limited", "go", "noop", "typical-dynamic", "plain-node"],
    ops: WITH_REQUESTS,
    latencyMs: 0,
    limited: true,
  },
  {
    part: "checkpoints",
    sizes: [300],
    adapters: ["plugin", "dynamic", "go", "typical-dynamic"],
    ops: ["up"],
    latencyMs: 0,
    checkpoints: true,
  },
];

const EDITED = ["up", "refresh", "edit", "destroy"];

/** Numbers of an account in the whole measurement, and in the quick one. @type {(Pick<Numbers, "workload" | "ops"> & { full: [number, number], quick: [number, number] })[]} */
const NUMBERS = [
  { workload: "set", ops: EDITED, full: [5000, 5200], quick: [200, 240] },
  { workload: "few", ops: WITH_REQUESTS, full: [3, 5000], quick: [3, 240] },
  { workload: "attachments", ops: WITH_REQUESTS, full: [1000, 1200], quick: [60, 80] },
  { workload: "deletes", ops: ["up", "destroy"], full: [20, 5000], quick: [20, 240] },
];

/** @param {{ full: boolean, parts: readonly string[], rounds: number, sizes: number[] | undefined }} wanted @returns {Measurement[]} */
export function plan({ full, parts, rounds, sizes }) {
  const series = SERIES.flatMap((one) => runsOf({ ...one, ...(sizes && { sizes }) }, one.once ? 1 : rounds));
  return [...budgets(full, rounds), ...series, ...numberRuns(full)].filter(({ part }) => parts.includes(part));
}

/** @param {boolean} full @param {number} rounds @returns {Measurement[]} */
function budgets(full, rounds) {
  const part = "budgets";
  /** @param {Kind} kind @param {number} round @param {string} [adapter] @returns {Measurement} */
  const one = (kind, round, adapter) => ({
    id: [part, kind, adapter ?? "all", round].join("/"),
    part,
    kind,
    round,
    ...(adapter && { adapter }),
  });
  const adapters = ["plugin", "dynamic"];
  const list = range(full ? rounds * 5 : rounds).map((round) => one("start", round));
  for (const round of range(full ? rounds : 1)) list.push(...adapters.map((adapter) => one("creates", round, adapter)));
  if (full) list.push(...adapters.map((adapter) => one("requests", 1, adapter)), one("refreshes", 1));
  return list;
}

/** Once: the rate limit decides the time, and the requests hardly differ. @param {boolean} full @returns {Measurement[]} */
function numberRuns(full) {
  const part = "numbers";
  return NUMBERS.flatMap(({ workload, ops, full: whole, quick }) => {
    const [size, account] = full ? whole : quick;
    const resources = workload === "set" || workload === "few" ? 1 : size;
    return ["plugin", "dynamic"].map((adapter) => ({
      id: [part, workload, `${size}-of-${account}`, adapter, 1].join("/"),
      part,
      kind: /** @type {const} */ ("numbers"),
      round: 1,
      adapter,
      numbers: { workload, ops, size, account, resources },
    }));
  });
}

/** A thousand trunks once are as many as ten times a hundred. @param {number} trunks @param {number} rounds */
function roundsAt(trunks, rounds) {
  return Math.min(rounds, Math.max(1, Math.floor((rounds * 100) / trunks)));
}

/** @param {Series} series @param {number} rounds @returns {Measurement[]} */
function runsOf({ part, sizes, adapters, ops, latencyMs, limited = false, checkpoints = false }, rounds) {
  return sizes.flatMap((trunks) =>
    range(roundsAt(trunks, rounds)).flatMap((round) =>
      rotated(adapters, round).map((adapter) => {
        const run = {
          part,
          adapter,
          trunks,
          latencyMs,
          limited,
          checkpoints,
          round,
          sessions: sessionsOf(adapter, ops, limited),
        };
        return {
          id: [part, trunks, adapter, round].join("/"),
          part,
          kind: /** @type {const} */ ("run"),
          round,
          adapter,
          run,
        };
      }),
    ),
  );
}

/**
 * Who does not keep to the limit leaves half a stack behind: what comes after `up` is tried on a whole one. Under the
 * limit a minute passes for every 3,600 requests: what the others have shown is left out.
 */
const LIMITED = /** @type {Record<string, string[][]>} */ ({
  dynamic: [["up", "refresh"]],
  go: [["up"], ["up!", "refresh"]],
  "typical-dynamic": [["up"]],
  noop: [["up"]],
  "plain-node": [["up"]],
});

/** @param {string} adapter @param {string[]} ops @param {boolean} limited */
function sessionsOf(adapter, ops, limited) {
  const fits = adapter === "plain-node" ? ops.filter((op) => op !== "preview") : ops;
  return (limited && LIMITED[adapter]) || [fits];
}

/** In each round another one begins: what the machine does meanwhile hits all alike. @template T @param {readonly T[]} list @param {number} by */
function rotated(list, by) {
  return list.map((_, index) => /** @type {T} */ (list[(index + by) % list.length]));
}

/** 1 to count. @param {number} count */
function range(count) {
  return Array.from({ length: count }, (_, index) => index + 1);
}
