/** What is measured in which order. */

/** @typedef {"start" | "creates" | "calls" | "refreshes" | "run"} Kind */
/** @typedef {{ id: string, part: string, kind: Kind, round: number, face?: string, run?: import("./measure/end-to-end.mjs").Run }} Measurement */

export const PARTS = /** @type {const} */ (["budgets", "scale", "latency", "limit", "checkpoints"]);
export const QUICK = { parts: ["budgets", "scale"], sizes: [30] };

const EVERYTHING = ["up", "preview", "refresh", "destroy"];
const WITH_CALLS = ["up", "refresh", "destroy"];

/**
 * @typedef {object} Series one part's runs: every face at every size, round by round
 * @property {string} part
 * @property {number[]} sizes
 * @property {string[]} faces
 * @property {string[]} ops
 * @property {number} latencyMs
 * @property {boolean} [limited] with Plivo's 300 calls in 5 s
 * @property {boolean} [checkpoints]
 * @property {boolean} [once] in one round only, where times are long
 */

const PEERS = ["go", "typical-dynamic", "plain-node"];

/** @type {Series[]} */
const SERIES = [
  {
    part: "scale",
    sizes: [1, 10, 100, 300, 1000],
    faces: ["plugin", "dynamic", "noop", ...PEERS],
    ops: EVERYTHING,
    latencyMs: 0,
  },
  {
    part: "latency",
    sizes: [100, 1000],
    faces: ["plugin", "dynamic", "go", "noop", "plain-node"],
    ops: WITH_CALLS,
    latencyMs: 50,
    once: true,
  },
  {
    part: "limit",
    sizes: [1000],
    faces: ["plugin", "dynamic", "go-limited", "go", "noop", "typical-dynamic", "plain-node"],
    ops: WITH_CALLS,
    latencyMs: 0,
    limited: true,
  },
  {
    part: "checkpoints",
    sizes: [300],
    faces: ["plugin", "dynamic", "go", "typical-dynamic"],
    ops: ["up"],
    latencyMs: 0,
    checkpoints: true,
  },
];

/** @param {{ full: boolean, parts: readonly string[], rounds: number, sizes: number[] | undefined }} wanted @returns {Measurement[]} */
export function plan({ full, parts, rounds, sizes }) {
  const series = SERIES.flatMap((one) => runsOf({ ...one, ...(sizes && { sizes }) }, one.once ? 1 : rounds));
  return [...budgets(full, rounds), ...series].filter(({ part }) => parts.includes(part));
}

/** @param {boolean} full @param {number} rounds @returns {Measurement[]} */
function budgets(full, rounds) {
  const part = "budgets";
  /** @param {Kind} kind @param {number} round @param {string} [face] @returns {Measurement} */
  const one = (kind, round, face) => ({
    id: [part, kind, face ?? "all", round].join("/"),
    part,
    kind,
    round,
    ...(face && { face }),
  });
  const faces = ["plugin", "dynamic"];
  const list = range(full ? rounds * 5 : rounds).map((round) => one("start", round));
  for (const round of range(full ? rounds : 1)) list.push(...faces.map((face) => one("creates", round, face)));
  if (full) list.push(...faces.map((face) => one("calls", 1, face)), one("refreshes", 1));
  return list;
}

/** A thousand trunks once are as many as ten times a hundred. @param {number} trunks @param {number} rounds */
function roundsAt(trunks, rounds) {
  return Math.min(rounds, Math.max(1, Math.floor((rounds * 100) / trunks)));
}

/** @param {Series} series @param {number} rounds @returns {Measurement[]} */
function runsOf({ part, sizes, faces, ops, latencyMs, limited = false, checkpoints = false }, rounds) {
  return sizes.flatMap((trunks) =>
    range(roundsAt(trunks, rounds)).flatMap((round) =>
      rotated(faces, round).map((face) => {
        const run = {
          part,
          face,
          trunks,
          latencyMs,
          limited,
          checkpoints,
          round,
          sessions: sessionsOf(face, ops, limited),
        };
        return {
          id: [part, trunks, face, round].join("/"),
          part,
          kind: /** @type {const} */ ("run"),
          round,
          face,
          run,
        };
      }),
    ),
  );
}

/**
 * Who does not keep to the limit leaves half a stack behind: what comes after `up` is tried on a whole one. Under the
 * limit a minute passes for every 3,600 calls: what the others have shown is left out.
 */
const LIMITED = /** @type {Record<string, string[][]>} */ ({
  dynamic: [["up", "refresh"]],
  go: [["up"], ["up!", "refresh"]],
  "typical-dynamic": [["up"]],
  noop: [["up"]],
  "plain-node": [["up"]],
});

/** @param {string} face @param {string[]} ops @param {boolean} limited */
function sessionsOf(face, ops, limited) {
  const fits = face === "plain-node" ? ops.filter((op) => op !== "preview") : ops;
  return (limited && LIMITED[face]) || [fits];
}

/** In each round another one begins: what the machine does meanwhile hits all alike. @template T @param {readonly T[]} list @param {number} by */
function rotated(list, by) {
  return list.map((_, index) => /** @type {T} */ (list[(index + by) % list.length]));
}

/** 1 to count. @param {number} count */
function range(count) {
  return Array.from({ length: count }, (_, index) => index + 1);
}
