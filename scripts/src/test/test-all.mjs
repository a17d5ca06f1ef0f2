/** Set-up, checks and all tests, added up. */

import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "../build/build.mjs";
import { check } from "../check/check.mjs";
import { engine } from "../engine/engine.mjs";
import { say, seconds } from "../lib/cli.mjs";
import { run } from "../lib/run.mjs";
import { jest } from "./jest.mjs";
import { languageHosts } from "./language-hosts.mjs";
import { node22, node22Problem } from "./node-22.mjs";

/** @typedef {import("../check/check.mjs").Counts} Counts */
/** @typedef {{ projects: string[], full: boolean, node22: boolean, jestArgs: string[] }} Plan */

const MINUTES = 60_000;
/** Several times what a quiet machine takes: they end what hangs. */
const LIMITS = /** @type {Record<string, number>} */ ({
  unit: 20 * MINUTES,
  engine: 40 * MINUTES,
  package: 30 * MINUTES,
});
const SMOKE = path.join(path.dirname(fileURLToPath(import.meta.url)), "smoke.mjs");
/** Rules about values, and what is played through in virtual time: what of Node they meet, the tests of the client and lost-answers.test.ts meet too. */
const RULES = [
  "/provider/(lifecycle|resources|functions|schema|warnings)/",
  "/tests/(clearing|faults|regressions|invariants|lifecycle|pairs|rate-limit|replaced-names|shared-calls|traps)\\.test",
];
const NOT_AGAIN = ["/node_modules/", ...RULES].flatMap((pattern) => ["--testPathIgnorePatterns", pattern]);
const FAILED = { passed: 0, failed: 1 };

/** @param {Plan} plan @returns {Promise<number>} the exit code */
export async function testAll(plan) {
  const start = performance.now();
  const total = { passed: 0, failed: 0 };
  for (const [title, work] of steps(plan)) {
    const since = performance.now();
    say(`\n== ${title}`);
    const { passed, failed } = await work().catch(reportFailure);
    total.passed += passed;
    total.failed += failed;
    say(`== ${title}: ${passed + failed === 0 ? "" : `${passed} passed, ${failed} failed, `}${seconds(since)}`);
  }
  if (total.passed + total.failed === 0) say("No test ran: that counts as a failure.");
  say(`\nTotal time ${seconds(start)}`);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

/** @param {unknown} error @returns {Counts} */
function reportFailure(error) {
  say(error instanceof Error ? error.message : String(error));
  return FAILED;
}

/** Each goes on after the failure of another: one run shows all that is wrong. @param {Plan} plan @returns {[string, () => Promise<Counts>][]} */
function steps({ projects, full, node22: newer, jestArgs }) {
  /** @type {NodeJS.ProcessEnv} */
  const env = {};
  /** @type {[string, () => Promise<Counts>][]} */
  const list = [["build", setUp(build)]];
  if (projects.some((project) => project !== "unit")) {
    list.push([
      "engine",
      setUp(async () => {
        env.PULUMI_PLIVO_ENGINE = await engine({ hosts: await languageHosts() });
      }),
    ]);
  }
  if (full) list.push(["check", () => check(say)]);
  for (const project of projects) {
    list.push([
      `${project} tests`,
      () => jest(project, { args: jestArgs, env, timeoutMs: LIMITS[project] ?? MINUTES }),
    ]);
    if (project === "unit" && newer)
      list.push(["built files and those unit tests under Node 22 that depend on Node", () => underNode22(jestArgs)]);
  }
  return list;
}

/** Set-up counts only when it fails: it is no test. @param {() => Promise<void>} work */
function setUp(work) {
  return async () => {
    await work();
    return { passed: 0, failed: 0 };
  };
}

/** @param {string[]} args @returns {Promise<Counts>} */
async function underNode22(args) {
  const problem = node22Problem();
  if (problem) {
    say(`Skipped: ${problem}.`);
    return { passed: 0, failed: 0 };
  }
  const bin = await node22();
  const node = path.join(bin, "node");
  const env = { PATH: `${bin}${path.delimiter}${process.env.PATH}` };
  const smoke = await run(node, [SMOKE], { env, show: true, timeoutMs: MINUTES });
  const { passed, failed } = await jest("unit", {
    node,
    args: [...args, ...NOT_AGAIN],
    env,
    timeoutMs: LIMITS.unit ?? MINUTES,
  });
  return { passed: passed + (smoke.code === 0 ? 1 : 0), failed: failed + (smoke.code === 0 ? 0 : 1) };
}
