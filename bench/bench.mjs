/** Measures what was asked for and shows it. */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { cacheFolder, Problem, root, say, seconds } from "../scripts/src/lib/cli.mjs";
import { measureAll } from "./measure/measure.mjs";
import { openProject } from "./measure/project.mjs";
import { PARTS, plan, QUICK } from "./plan.mjs";
import { sectionsOf, writePage } from "./report/page.mjs";
import { openResults, readResults } from "./results.mjs";

/** Not in git: the page holds what matters of it. */
const RESULTS = path.join(root, "bench/results.jsonl");

/** @typedef {{ full: boolean, report: boolean, fresh: boolean, only?: string, rounds?: string, trunks?: string }} Wishes */

/** @param {Wishes} wishes */
export async function bench({ full, report, fresh, only, rounds, trunks }) {
  if (report) return reportFull();
  const start = performance.now();
  const parts = only === undefined ? (full ? PARTS : QUICK.parts) : partsOf(only);
  const sizes =
    trunks === undefined ? (full ? undefined : QUICK.sizes) : trunks.split(",").map((text) => count("trunks", text));
  const measurements = plan({
    full,
    parts,
    rounds: rounds === undefined ? (full ? 2 : 1) : count("rounds", rounds),
    sizes,
  });
  const project = await openProject();
  const conditions = {
    ...project.versions,
    platform: `${process.platform} ${process.arch}`,
    cores: os.availableParallelism(),
  };
  const file = full ? RESULTS : cacheFolder("bench", "quick.jsonl");
  if (fresh || !full) fs.rmSync(file, { force: true });
  const results = openResults(file, conditions);
  await measureAll(project, measurements, results, file);
  const made = new Set(measurements.map(({ id }) => id));
  const entries = new Map([...results.entries].filter(([id]) => made.has(id)));
  print({ conditions, entries });
  say(`${measurements.length} measurements in ${seconds(start)}.`);
  if (full) say(`Written: ${writePage(results).join(", ")}`);
  const failed = [...entries.values()].filter(({ error }) => error);
  if (failed.length > 0) say(`FAILED: ${failed.map(({ id }) => id).join(", ")}`);
  return failed.length > 0 ? 1 : 0;
}

function reportFull() {
  const results = readResults(RESULTS);
  if (!results) throw new Problem("There are no results yet: run scripts/bench --full.");
  print(results);
  say(`Written: ${writePage(results).join(", ")}`);
  return 0;
}

/** @param {import("./results.mjs").Results} results */
function print(results) {
  for (const [name, text] of Object.entries(sectionsOf(results))) {
    if (text !== "Not measured.") process.stdout.write(`\n## ${name}\n\n${text}\n`);
  }
}

/** @param {string} only */
function partsOf(only) {
  const parts = only.split(",").map((part) => part.trim());
  const unknown = parts.find((part) => !PARTS.some((known) => known === part));
  if (unknown !== undefined) throw new Problem(`--only: "${unknown}" is not known; choose from ${PARTS.join(", ")}.`);
  return parts;
}

/** @param {string} option @param {string} text */
function count(option, text) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Problem(`--${option}: "${text}" is not a whole number from 1.`);
  return number;
}
