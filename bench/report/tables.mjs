/** The results as Markdown. */

import { reference } from "../adapters.mjs";
import { adaptersOf, countOf, cpuOf, problemsOf, ratio, secondsOf, value } from "./figures.mjs";

/** @typedef {import("./figures.mjs").Group} Group */

const OPS = ["up", "preview", "refresh", "destroy"];
const NONE = "–";

/** @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
export function table(head, rows) {
  return [head, head.map((_, index) => (index === 0 ? "---" : "---:")), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

/** @param {number | undefined} number @param {number} [digits] */
export function shown(number, digits = 0) {
  return number === undefined ? NONE : number.toFixed(digits);
}

/** Seconds and, in brackets, the ratio to the reference. @param {Group} group @param {string} adapter @param {string} op @param {string} other */
function time(group, adapter, op, other) {
  const failed = value(group, adapter, countOf(op, "failed")) ?? 0;
  if (failed > 0) return `${failed} failed`;
  const seconds = value(group, adapter, secondsOf(op));
  if (seconds === undefined) return NONE;
  const relative = ratio(group, adapter, other, secondsOf(op));
  return `${seconds.toFixed(seconds < 10 ? 2 : 1)}${relative === undefined ? "" : ` (${relative.toFixed(2)})`}`;
}

/** One table for one part and size. @param {Group} group */
export function groupTable(group) {
  const adapters = adaptersOf(group);
  const other = reference(adapters);
  const ops = OPS.filter((op) =>
    adapters.some((adapter) => value(group, adapter, countOf(op, "requests")) !== undefined),
  );
  const head = [
    "",
    ...ops.map((op) => `${op}, s`),
    `requests ${ops.join(" / ")}`,
    "state, B",
    "own, B",
    "provider, MB",
    "program, MB",
  ];
  const rows = adapters
    .sort(inOrder)
    .map((adapter) => [
      `\`${adapter}\``,
      ...ops.map((op) => time(group, adapter, op, other)),
      ops.map((op) => shown(value(group, adapter, countOf(op, "requests")))).join(" / "),
      shown(value(group, adapter, ({ state }) => state?.whole)),
      shown(value(group, adapter, ({ state }) => state?.own)),
      shown(value(group, adapter, ({ providerMb }) => providerMb)),
      shown(value(group, adapter, ({ programMb }) => programMb)),
    ]);
  const problems = adapters.flatMap((adapter) =>
    problemsOf(group, adapter).map((text) => `- \`${adapter}\` ${plain(text)}`),
  );
  return [table(head, rows), ...(problems.length > 0 ? ["", ...problems] : [])].join("\n");
}

/** Processor time of the provider's process in `up`. @param {readonly Group[]} all */
export function cpuTable(all) {
  const measured = all.filter((group) =>
    adaptersOf(group).some((adapter) => value(group, adapter, cpuOf("up")) !== undefined),
  );
  if (measured.length === 0) return "Not measured.";
  const adapters = ORDER.filter((adapter) =>
    measured.some((group) => value(group, adapter, cpuOf("up")) !== undefined),
  );
  const rows = adapters.map((adapter) => [
    `\`${adapter}\``,
    ...measured.map((group) => shown(value(group, adapter, cpuOf("up")), 2)),
  ]);
  return table(["up of so many trunks, s", ...measured.map(({ trunks }) => String(trunks))], rows);
}

/** Ours first. */
const ORDER = ["plugin", "dynamic", "go", "go-limited", "noop", "typical-dynamic", "plain-node"];

/** @param {string} a @param {string} b */
function inOrder(a, b) {
  return ORDER.indexOf(a) - ORDER.indexOf(b);
}

/** Ids differ from run to run and say nothing. @param {string} text */
function plain(text) {
  return text.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}|\d{9,}/g, "*").replaceAll("|", "\\|");
}
