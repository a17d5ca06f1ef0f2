/** Child processes that never outlive us and never hang without a limit. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { Problem, root } from "./cli.mjs";
import { killTree } from "./kill-tree.mjs";

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] default: the repository's root
 * @property {NodeJS.ProcessEnv} [env] added to our own environment
 * @property {number} [timeoutMs] after it the process and its children are killed
 * @property {boolean} [show] pass the output through instead of collecting it
 */

/** @typedef {{ code: number, stdout: string, output: string }} RunResult `output` is stdout and stderr as they came. */

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();
process.on("exit", () => {
  for (const child of running) killTree(child.pid);
});
// Without a handler a signal ends Node at once and "exit" never fires: children and locks would stay behind.
for (const [signal, code] of /** @type {const} */ ([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
])) {
  process.on(signal, () => process.exit(code));
}

/**
 * What tells every child that we write to no terminal: some take `CI` for a terminal and colour what they print. Whoever
 * sets FORCE_COLOR wants that.
 */
const plain = process.stdout.isTTY || process.env.FORCE_COLOR ? {} : { NO_COLOR: "1" };

/**
 * Runs a program to its end; a missing program is code 127, a time limit code 124, as in a shell.
 *
 * @param {string} command @param {string[]} args @param {RunOptions} [options] @returns {Promise<RunResult>}
 */
export async function run(command, args, { cwd = root, env = {}, timeoutMs, show = false } = {}) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...plain, ...env },
    stdio: show ? ["ignore", "inherit", "inherit"] : ["ignore", "pipe", "pipe"],
    detached: true,
  });
  running.add(child);
  const text = { stdout: "", output: "" };
  child.stdout?.setEncoding("utf8").on("data", (chunk) => {
    text.stdout += chunk;
    text.output += chunk;
  });
  child.stderr?.setEncoding("utf8").on("data", (chunk) => {
    text.output += chunk;
  });
  let late = false;
  const timer =
    timeoutMs &&
    setTimeout(() => {
      late = true;
      killTree(child.pid);
    }, timeoutMs);
  try {
    const [code] = await once(child, "close");
    return { code: late ? 124 : (code ?? 1), ...text };
  } catch (error) {
    return { code: 127, stdout: "", output: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
    running.delete(child);
  }
}

/**
 * As `run`, but a failure throws a Problem with the end of the output.
 *
 * @param {string} command @param {string[]} args @param {RunOptions} [options] @returns {Promise<RunResult>}
 */
export async function must(command, args, options) {
  const result = await run(command, args, options);
  if (result.code !== 0) {
    const tail = result.output.trimEnd().split("\n").slice(-40).join("\n");
    throw new Problem(`\`${[command, ...args].join(" ")}\` failed (exit code ${result.code}):\n${tail}`);
  }
  return result;
}
