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
import { independentOfNode, node22, node22Problem } from "./node-22.mjs";

/** @typedef {import("../check/check.mjs").Counts} Counts */
/** @typedef {{ projects: string[], full: boolean, node22: boolean, jestArgs: string[] }} Plan */

const SMOKE_LIMIT_MS = 60_000;
const SMOKE = path.join(path.dirname(fileURLToPath(import.meta.url)), "smoke.mjs");
const NODE_22 = "built files and those unit tests under Node 22 that depend on Node";

/** @param {Plan} plan @returns {Promise<number>} the exit code */
export async function testAll({ projects, full, node22: newer, jestArgs }) {
  const start = performance.now();
  const total = { passed: 0, failed: 0 };
  /** Goes on after a failure: one run shows all that is wrong. @param {string} title @param {() => Promise<Counts | void>} work without counts: set-up, which counts only when it fails */
  const step = async (title, work) => {
    const since = performance.now();
    say(`\n== ${title}`);
    const counts = await work().catch(reportFailure);
    total.passed += counts?.passed ?? 0;
    total.failed += counts?.failed ?? 0;
    say(`== ${title}: ${counts ? `${counts.passed} passed, ${counts.failed} failed, ` : ""}${seconds(since)}`);
  };
  /** @type {NodeJS.ProcessEnv} */
  const env = {};
  await step("build", build);
  if (projects.some((project) => project !== "unit")) {
    await step("engine", async () => {
      env.PULUMI_PLIVO_ENGINE = await engine({ hosts: await languageHosts() });
    });
  }
  if (full) await step("check", () => check(say));
  for (const project of projects) {
    await step(`${project} tests`, () => jest(project, { args: jestArgs, env }));
    if (project === "unit" && newer) await step(NODE_22, () => underNode22(jestArgs));
  }
  if (total.passed + total.failed === 0) say("No test ran: that counts as a failure.");
  say(`\nTotal time ${seconds(start)}`);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

/** @param {unknown} error @returns {Counts} */
function reportFailure(error) {
  say(error instanceof Error ? error.message : String(error));
  return { passed: 0, failed: 1 };
}

/** @param {string[]} args @returns {Promise<Counts | void>} */
async function underNode22(args) {
  const problem = node22Problem();
  if (problem) return say(`Skipped: ${problem}.`);
  const bin = await node22();
  const node = path.join(bin, "node");
  const env = { PATH: `${bin}${path.delimiter}${process.env.PATH}` };
  const smoke = await run(node, [SMOKE], { env, show: true, timeoutMs: SMOKE_LIMIT_MS });
  const { passed, failed } = await jest("unit", {
    node,
    args: [...args, "--testPathIgnorePatterns", "/node_modules/", independentOfNode],
    env,
  });
  return { passed: passed + (smoke.code === 0 ? 1 : 0), failed: failed + (smoke.code === 0 ? 0 : 1) };
}
