/**
 * Child processes that never outlive us and never hang without a limit. By hand: the libraries for this end a child, and
 * not the plugins that a Pulumi has started; and they wait, where an exit cannot.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import { createInterface } from "node:readline";
import { Problem, root, say } from "./cli.mjs";
import { killTree } from "./kill-tree.mjs";

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] default: the repository's root
 * @property {NodeJS.ProcessEnv} [env] added to our own environment; what is undefined is taken out of it
 * @property {number} [timeoutMs] after it the process and its children are killed
 * @property {boolean} [show] pass the output through instead of collecting it
 * @property {(line: string) => void} [onLine] gets the output as it comes, besides
 */

/** @typedef {{ code: number, stdout: string, output: string }} RunResult `output` is stdout and stderr as they came. */

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();
process.on("exit", () => {
  for (const child of running) killTree(child.pid);
});
// Without a handler a signal ends Node at once and "exit" never fires: children and locks would stay behind.
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => {
    say(`${signal}: stopped`);
    process.exit(128 + os.constants.signals[signal]);
  });
}

/**
 * What tells every child that we write to no terminal: some take `CI` for a terminal and colour what they print.
 * FORCE_COLOR keeps the colours.
 */
const plain = process.stdout.isTTY || process.env.FORCE_COLOR ? {} : { NO_COLOR: "1" };

/** @param {string} command @param {string[]} args @param {RunOptions} options @param {import("node:child_process").StdioOptions} stdio */
function begin(command, args, { cwd = root, env = {} }, stdio) {
  // Each leads a process group: a terminal's Ctrl-C reaches us alone, and we end all.
  const child = spawn(command, args, { cwd, env: { ...process.env, ...plain, ...env }, stdio, detached: true });
  running.add(child);
  child.once("close", () => running.delete(child)).once("error", () => running.delete(child));
  return child;
}

/**
 * Runs a program to its end; a missing program is code 127, a time limit code 124, as in a shell.
 *
 * @param {string} command @param {string[]} args @param {RunOptions} [options] @returns {Promise<RunResult>}
 */
export async function run(command, args, options = {}) {
  const { timeoutMs, show = false, onLine } = options;
  const child = begin(command, args, options, ["ignore", show ? "inherit" : "pipe", show ? "inherit" : "pipe"]);
  const text = { stdout: "", output: "" };
  child.stdout?.setEncoding("utf8").on("data", (chunk) => {
    text.stdout += chunk;
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk) => {
      text.output += chunk;
    });
    if (stream && onLine) createInterface({ input: stream, crlfDelay: Infinity }).on("line", onLine);
  }
  let late = false;
  const expire = () => {
    late = true;
    killTree(child.pid);
  };
  const timer = timeoutMs && setTimeout(expire, timeoutMs);
  try {
    const [code] = await once(child, "close");
    return { code: late ? 124 : (code ?? 1), ...text };
  } catch (error) {
    return { code: 127, stdout: "", output: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
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

/**
 * Starts a program that goes on, with its output in a file: a pipe would break when it outlives us.
 *
 * @param {string} command @param {string[]} args @param {RunOptions & { log: string }} options
 */
export function start(command, args, options) {
  const output = fs.openSync(options.log, "w");
  const child = begin(command, args, options, ["ignore", output, output]);
  fs.closeSync(output);
  // We do not wait for its end, we are its end.
  child.unref();
  return {
    pid: child.pid,
    isRunning: () => running.has(child),
    /** It shall outlive us. */
    release: () => running.delete(child),
  };
}
