/** The budgets of the design and what was measured, as rows of a table. */

import { resultOf } from "../results.mjs";
import { adaptersOf, groups, ratio, value } from "./figures.mjs";
import { median } from "./statistics.mjs";
import { shown, table } from "./tables.mjs";

/** @typedef {import("../results.mjs").Entry} Entry */
/** @typedef {{ what: string, is: string, budget: string, met: boolean | undefined }} Row */

/**
 * @template {keyof import("../results.mjs").ResultOf} Kind
 * @param {Entry[]} entries @param {Kind} kind
 * @param {(result: import("../results.mjs").ResultOf[Kind]) => number | undefined} pick @param {string} [adapter]
 */
function middle(entries, kind, pick, adapter) {
  const results = entries
    .filter((entry) => !adapter || entry.adapter === adapter)
    .map((entry) => resultOf(entry, kind));
  const numbers = results.map((result) => result && pick(result));
  return median(numbers.filter((number) => number !== undefined));
}

/** @typedef {import("../results.mjs").ResultOf["start"]} StartResult */

/** Of one process. @param {StartResult} result @param {string} name @param {"portMs" | "answerMs" | "peakMb"} what */
function started({ starts }, name, what) {
  return starts[name]?.[what] || undefined;
}

/** Against an empty `node`. @param {StartResult} result @param {string} name */
function startRatio(result, name) {
  const [own, empty] = [started(result, name, "portMs"), started(result, "empty", "portMs")];
  return own && empty ? own / empty : undefined;
}

/** @param {string} what @param {number | undefined} number @param {number} limit @param {string} unit @param {number} [digits] @returns {Row[]} */
function atMost(what, number, limit, unit, digits = 0) {
  if (number === undefined) return [];
  return [{ what, is: `${shown(number, digits)}${unit}`, budget: `≤ ${limit}${unit}`, met: number <= limit }];
}

/** Without a budget. @param {string} what @param {number | undefined} ratio @returns {Row[]} */
function told(what, ratio) {
  return ratio === undefined ? [] : [{ what, is: `${shown(ratio, 2)}x`, budget: "", met: undefined }];
}

/** @param {Entry[]} entries */
export function budgetTable(entries) {
  const rows = [
    ...program(entries),
    ...plugin(entries),
    ...states(entries),
    ...requests(entries),
    ...creates(entries),
    ...memory(entries),
  ];
  if (rows.length === 0) return "Not measured.";
  const cells = rows.map(({ what, is, budget, met }) => [
    what,
    is,
    budget,
    met === undefined ? "" : met ? "yes" : "**no**",
  ]);
  return table(["what", "measured", "budget", "met"], cells);
}

/** @param {Entry[]} entries @returns {Row[]} */
function program(entries) {
  const of = (/** @type {(result: StartResult) => number | undefined} */ pick) => middle(entries, "start", pick);
  return [
    ...atMost(
      '`require("pulumi-plivo")` beyond `@pulumi/pulumi`',
      of(({ program }) => program.packageMs),
      10,
      " ms",
      1,
    ),
    ...atMost(
      "the first `new Trunk` of a program",
      of(({ program }) => program.firstTrunkMs),
      1,
      " ms",
      2,
    ),
    ...atMost(
      "each further `new Trunk`",
      of(({ program }) => program.trunkMs),
      1,
      " ms",
      2,
    ),
    ...told(
      "the same, against a bare `CustomResource`",
      of(({ program }) => program.trunkMs / program.bareMs),
    ),
    ...atMost(
      "dynamic host: first check, which loads the provider",
      of(({ firstCheck }) => firstCheck.firstMs),
      60,
      " ms",
    ),
  ];
}

/** @param {Entry[]} entries @returns {Row[]} */
function plugin(entries) {
  const of = (/** @type {(result: StartResult) => number | undefined} */ pick) => middle(entries, "start", pick);
  return [
    ...atMost(
      "plugin: spawn to port, against an empty `node`",
      of((result) => startRatio(result, "plugin")),
      3,
      "x",
      2,
    ),
    ...atMost(
      "plugin: peak memory after start",
      of((result) => started(result, "plugin", "peakMb")),
      60,
      " MB",
    ),
  ];
}

/** Of any run: the state does not depend on how many trunks there are. @param {Entry[]} entries @returns {Row[]} */
function states(entries) {
  const [group] = groups(entries).filter((candidate) => adaptersOf(candidate).includes("go"));
  if (!group) return [];
  return [
    ...atMost(
      "`__provider` text",
      value(group, "dynamic", ({ state }) => state?.provider),
      80,
      " B",
    ),
    ...["plugin", "dynamic"].flatMap((adapter) =>
      atMost(
        `${adapter}: inputs + outputs of a trunk in the state`,
        value(group, adapter, ({ state }) => state?.own),
        900,
        " B",
      ),
    ),
    ...atMost(
      "plugin: state per trunk, against go",
      ratio(group, "plugin", "go", ({ state }) => state?.whole),
      1.05,
      "x",
      2,
    ),
    ...atMost(
      "dynamic: state per trunk, against go",
      ratio(group, "dynamic", "go", ({ state }) => state?.whole),
      1.25,
      "x",
      2,
    ),
  ];
}

const REQUESTS = /** @type {Record<string, number>} */ ({ create: 2, update: 2, preview: 0, refresh: 1, attach: 4 });

/** @param {Entry[]} entries @returns {Row[]} */
function requests(entries) {
  const wanted = Object.keys(REQUESTS);
  return ["plugin", "dynamic"].flatMap((adapter) => {
    const entry = entries.find(({ kind, adapter: whose }) => kind === "requests" && whose === adapter);
    if (!entry) return [];
    const result = resultOf(entry, "requests");
    const found = wanted.map((what) => result?.requests[what]);
    const problem = entry.error ?? result?.problem;
    const is = problem ? `failed: ${problem}` : found.join(" / ");
    const met = found.every((count, index) => count !== undefined && count <= (REQUESTS[wanted[index] ?? ""] ?? 0));
    return [
      {
        what: `${adapter}: API requests of ${wanted.join(" / ")}`,
        is,
        budget: Object.values(REQUESTS).join(" / "),
        met,
      },
    ];
  });
}

/** @param {Entry[]} entries @returns {Row[]} */
function creates(entries) {
  return ["plugin", "dynamic"].flatMap((adapter) => {
    const share = middle(entries, "creates", ({ perSecond, ideal }) => (100 * perSecond) / ideal, adapter);
    if (share === undefined) return [];
    const what = `${adapter}: creates a second, 8 at once at 50 ms, of P/(2L)`;
    return [{ what, is: `${shown(share)} %`, budget: "≥ 90 %", met: share >= 90 }];
  });
}

/** @param {Entry[]} entries @returns {Row[]} */
function memory(entries) {
  const result = entries.map((entry) => resultOf(entry, "refreshes")).find((found) => found !== undefined);
  if (!result) return [];
  const all = Object.values(result.megabytes);
  const half = Math.ceil(all.length / 2);
  const growth = (median(all.slice(half)) ?? 0) / (median(all.slice(1, half)) ?? 1);
  const what = `plugin: memory over ${result.refreshes} refreshes of ${result.trunks} trunks in one process`;
  return [
    { what, is: `${shown(all[0])} → ${shown(all.at(-1))} MB`, budget: "", met: undefined },
    ...atMost("the same: second half against first half", growth, 1.05, "x", 2),
  ];
}

/** Every process that was started, beside the plugin. @param {Entry[]} entries */
export function startTable(entries) {
  if (!entries.some(({ kind }) => kind === "start")) return "Not measured.";
  const names = ["empty", "go", "plugin", "provider-main", "dynamic"];
  const rows = names.map((name) => {
    const of = (/** @type {(result: StartResult) => number | undefined} */ pick) => middle(entries, "start", pick);
    return [
      START_NAMES[name] ?? name,
      shown(of((result) => started(result, name, "portMs"))),
      shown(
        of((result) => startRatio(result, name)),
        2,
      ),
      shown(of((result) => started(result, name, "answerMs"))),
      shown(of((result) => started(result, name, "peakMb"))),
    ];
  });
  return table(["process", "port, ms", "against empty", "first answer, ms", "peak, MB"], rows);
}

const START_NAMES = /** @type {Record<string, string>} */ ({
  empty: "empty `node`",
  go: "`go`",
  plugin: "our plugin",
  "provider-main": "`pulumi.provider.main`, one empty resource",
  dynamic: "Pulumi's host of dynamic resources",
});
