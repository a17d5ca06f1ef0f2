/** The results as Markdown. */

import { reference } from "../adapters.mjs";
import { countOf, facesOf, problemsOf, ratio, secondsOf, value } from "./figures.mjs";

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

/** Seconds and, in brackets, the ratio to the reference. @param {Group} group @param {string} face @param {string} op @param {string} other */
function time(group, face, op, other) {
  const failed = value(group, face, countOf(op, "failed")) ?? 0;
  if (failed > 0) return `${failed} failed`;
  const seconds = value(group, face, secondsOf(op));
  if (seconds === undefined) return NONE;
  const relative = ratio(group, face, other, secondsOf(op));
  return `${seconds.toFixed(seconds < 10 ? 2 : 1)}${relative === undefined ? "" : ` (${relative.toFixed(2)})`}`;
}

/** One table for one part and size. @param {Group} group */
export function groupTable(group) {
  const faces = facesOf(group);
  const other = reference(faces);
  const ops = OPS.filter((op) => faces.some((face) => value(group, face, countOf(op, "calls")) !== undefined));
  const head = [
    "",
    ...ops.map((op) => `${op}, s`),
    `calls ${ops.join(" / ")}`,
    "state, B",
    "own, B",
    "provider, MB",
    "program, MB",
  ];
  const rows = faces
    .sort(inOrder)
    .map((face) => [
      `\`${face}\``,
      ...ops.map((op) => time(group, face, op, other)),
      ops.map((op) => shown(value(group, face, countOf(op, "calls")))).join(" / "),
      shown(value(group, face, ({ state }) => state?.whole)),
      shown(value(group, face, ({ state }) => state?.own)),
      shown(value(group, face, ({ providerMb }) => providerMb)),
      shown(value(group, face, ({ programMb }) => programMb)),
    ]);
  const problems = faces.flatMap((face) => problemsOf(group, face).map((text) => `- \`${face}\` ${plain(text)}`));
  return [table(head, rows), ...(problems.length > 0 ? ["", ...problems] : [])].join("\n");
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
