/** Many phone numbers: what the operations take, and what they were to take at most. */

import { resultOf } from "../results.mjs";
import { shown, table } from "./tables.mjs";

/** @typedef {import("../results.mjs").Entry} Entry */
/** @typedef {import("../measure/numbers.mjs").Numbers} Size */
/** @typedef {import("../results.mjs").ResultOf["numbers"]} Result */
/** @typedef {Size["workload"]} Workload */
/** @typedef {{ adapter: string, size: Size, result?: Result | undefined, error?: string | undefined }} Run */

const PAGE = 20;
const PASSES = 2;
/** The rate limit: so many at once, and so many a second from then on. */
const WINDOW = 300;
const REQUESTS_PER_S = 60;
const NONE = "–";

const TITLES = /** @type {Record<Workload, string>} */ ({
  set: "One set of #, on an account of #",
  few: "One set of #, on an account of #",
  attachments: "# attachments, on an account of #",
  deletes: "# inbound trunks, on an account of #",
});

const WORKLOADS = Object.keys(TITLES);
const ADAPTERS = ["plugin", "dynamic"];

/** In an order of their own: what failed once is measured again after the others. @param {Entry[]} entries @returns {Run[]} */
function runsOf(entries) {
  const runs = entries.flatMap((entry) => {
    const { adapter = "", numbers: size, error } = entry;
    return size ? [{ adapter, size, error, result: resultOf(entry, "numbers") }] : [];
  });
  const place = (/** @type {Run} */ { adapter, size }) =>
    2 * WORKLOADS.indexOf(size.workload) + ADAPTERS.indexOf(adapter);
  return runs.sort((a, b) => place(a) - place(b));
}

/** A table for each workload. @param {Entry[]} entries */
export function numbersSection(entries) {
  const runs = runsOf(entries);
  if (runs.length === 0) return "Not measured.";
  const titles = [...new Set(runs.map(({ size }) => titleOf(size)))];
  return titles
    .map((title) => `**${title}**\n\n${figures(runs.filter(({ size }) => titleOf(size) === title))}`)
    .join("\n\n");
}

/** @param {Size} size */
function titleOf(size) {
  return TITLES[size.workload].replace("#", String(size.size)).replace("#", String(size.account));
}

/** @param {Run[]} runs */
function figures(runs) {
  const ops = runs[0]?.size.ops ?? [];
  const head = ["", ...ops.map((op) => `${op}, s`), `requests ${ops.join(" / ")}`, "state, B", "provider, MB"];
  const rows = runs.map(({ adapter, result }) => [
    `\`${adapter}\``,
    ...ops.map((op) => timeOf(result, op)),
    ops.map((op) => shown(result?.ops[op]?.requests)).join(" / "),
    shown(result?.stateBytes),
    shown(result?.providerMb),
  ]);
  const problems = runs.flatMap(({ adapter, result, error }) => {
    const failed = Object.entries(result?.ops ?? {}).flatMap(([op, { problem }]) =>
      problem ? [`${op}: ${problem}`] : [],
    );
    return [...(error ? [error] : []), ...failed].map((text) => `- \`${adapter}\` ${text.replaceAll("|", "\\|")}`);
  });
  return [table(head, rows), ...(problems.length > 0 ? ["", ...problems] : [])].join("\n");
}

/** @param {Result | undefined} result @param {string} op */
function timeOf(result, op) {
  const found = result?.ops[op];
  if (!found) return NONE;
  return found.failed > 0 ? `${found.failed} failed` : shown(found.seconds, found.seconds < 10 ? 2 : 1);
}

/** @typedef {{ workload: Workload, what: string, is: (result: Result, size: Size) => number | undefined, limit: (size: Size) => number, digits?: number, from?: number }} Target `from` this size on */

/** The pages of the account's numbers. @param {Size} size */
function pages({ account }) {
  return Math.ceil(account / PAGE);
}

/** Only of an operation that did what it was asked for: a failure may take little. @param {string} name @param {(op: Result["ops"][string], size: Size) => number} pick @returns {Target["is"]} */
function ofOp(name, pick) {
  return ({ ops }, size) => (ops[name]?.failed === 0 ? pick(ops[name], size) : undefined);
}

/** @param {string} name */
function requestsOf(name) {
  return ofOp(name, ({ requests }) => requests);
}

/** @param {string} name */
function requestsPerNumber(name) {
  return ofOp(name, ({ requests }, { size }) => requests / size);
}

/** @param {string} name */
function againstLimit(name) {
  return ofOp(name, ({ seconds, requests }) => seconds / (requests / REQUESTS_PER_S));
}

/** @param {Result} result */
function failed({ ops }) {
  return Object.values(ops).reduce((sum, op) => sum + op.failed, 0);
}

const HUNDREDTHS = { digits: 2 };

const NAMES = /** @type {Record<Workload, string>} */ ({
  set: "set",
  few: "set",
  attachments: "attachments",
  deletes: "20 trunks",
});

/** @type {Target[]} */
const TARGETS = [
  { workload: "set", what: "up, requests a number", is: requestsPerNumber("up"), limit: () => 1.15, ...HUNDREDTHS },
  {
    workload: "set",
    what: "refresh, requests of both passes",
    is: requestsOf("refresh"),
    limit: (size) => PASSES * (pages(size) + 3),
  },
  { workload: "set", what: "edit of 3 numbers, requests", is: requestsOf("edit"), limit: (size) => pages(size) + 10 },
  {
    workload: "set",
    what: "destroy, requests a number",
    is: requestsPerNumber("destroy"),
    limit: () => 1.15,
    ...HUNDREDTHS,
  },
  {
    workload: "set",
    what: "state, bytes a number",
    is: ({ stateBytes }, { size }) => stateBytes && stateBytes / size,
    limit: () => 60,
  },
  { workload: "set", what: "memory of the provider, MB", is: ({ providerMb }) => providerMb, limit: () => 150 },
  { workload: "set", what: "failed operations", is: failed, limit: () => 0 },
  { workload: "few", what: "up, requests", is: requestsOf("up"), limit: () => 12 },
  { workload: "few", what: "refresh, requests of both passes", is: requestsOf("refresh"), limit: () => 12 },
  { workload: "few", what: "destroy, requests", is: requestsOf("destroy"), limit: () => 12 },
  {
    workload: "attachments",
    what: "up, requests a number",
    is: requestsPerNumber("up"),
    limit: () => 2.2,
    ...HUNDREDTHS,
  },
  {
    workload: "attachments",
    what: "refresh, requests of both passes",
    is: requestsOf("refresh"),
    limit: (size) => PASSES * pages(size) + 10,
  },
  {
    workload: "attachments",
    what: "destroy, requests a number",
    is: requestsPerNumber("destroy"),
    limit: () => 2.6,
    ...HUNDREDTHS,
  },
  ...["up", "destroy"].map((op) => ({
    workload: /** @type {const} */ ("attachments"),
    what: `${op}, time against its requests at 60 a second`,
    is: againstLimit(op),
    limit: () => 1.25,
    from: WINDOW,
    ...HUNDREDTHS,
  })),
  { workload: "attachments", what: "failed operations", is: failed, limit: () => 0 },
  {
    workload: "deletes",
    what: "destroy, reads of all numbers",
    is: ofOp("destroy", ({ lists }, size) => lists / pages(size)),
    limit: () => 3,
    digits: 1,
  },
];

/** A row for each target, with what each adapter takes. @param {Entry[]} entries */
export function numberTargets(entries) {
  const runs = runsOf(entries);
  if (runs.length === 0) return "Not measured.";
  const rows = TARGETS.flatMap((target) => {
    const measured = runs.filter(({ size }) => size.workload === target.workload && size.size >= (target.from ?? 0));
    const [first] = measured;
    return first ? [targetRow(target, measured, first.size)] : [];
  });
  return table(["what", "numbers", ...ADAPTERS.map((adapter) => `\`${adapter}\``), "target", "met"], rows);
}

/** @param {Target} target @param {Run[]} runs @param {Size} size */
function targetRow({ workload, what, is, limit, digits = 0 }, runs, size) {
  const most = limit(size);
  const found = ADAPTERS.map((adapter) => {
    const result = runs.find((run) => run.adapter === adapter)?.result;
    return result && is(result, size);
  });
  const cells = found.map((value) =>
    value !== undefined && value > most ? `**${shown(value, digits)}**` : shown(value, digits),
  );
  const isMet = found.every((value) => value !== undefined && value <= most);
  const numbers = workload === "deletes" ? String(size.account) : `${size.size} of ${size.account}`;
  return [`${NAMES[workload]}: ${what}`, numbers, ...cells, `≤ ${most}`, isMet ? "yes" : "**no**"];
}
