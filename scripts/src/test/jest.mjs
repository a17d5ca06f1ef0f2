/** One jest run, counted from jest's own report. */

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { root } from "../lib/cli.mjs";
import { withTemporaryFolder } from "../lib/files.mjs";
import { run } from "../lib/run.mjs";

/** @typedef {import("../check/check.mjs").Counts} Counts */
/** @typedef {{ node?: string, args: string[], env: NodeJS.ProcessEnv }} JestOptions */

/** Several times what a quiet machine takes: it ends what hangs. */
const LIMIT_MS = 40 * 60_000;

/** Programs in Go, as Pulumi's and the compiler, end before their garbage matters. */
const RARE_COLLECTION = { GOGC: process.env.GOGC ?? "400" };

/**
 * @param {string} project as jest.config.mjs names it
 * @param {JestOptions} options `node`: the program to run it with
 * @returns {Promise<Counts>}
 */
export function jest(project, { node = process.execPath, args, env }) {
  return withTemporaryFolder(async (folder) => {
    const report = path.join(folder, "report.json");
    const program = path.join(root, "node_modules/jest/bin/jest.js");
    const cores = os.availableParallelism();
    // What runs in real time waits for a part of it: for Plivo's limits, and for processes that start.
    const workers = `--maxWorkers=${cores + 1}`;
    const fixed = ["--selectProjects", project, workers, "--passWithNoTests", "--json", `--outputFile=${report}`];
    const { code } = await run(node, [program, ...fixed, ...args], {
      env: { ...RARE_COLLECTION, ...env },
      show: true,
      timeoutMs: LIMIT_MS,
    });
    return count(report, code);
  });
}

/** @param {string} report @param {number} code @returns {Counts} */
function count(report, code) {
  // No report: jest did not get to its end.
  if (!fs.existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(fs.readFileSync(report, "utf8"));
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  // Jest fails for other reasons too, such as an error outside of any test.
  return { passed: numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed };
}
