/**
 * Child processes that end with the demo. Other than lib/run.mjs, an interruption is passed on as SIGINT and waited for,
 * so that pulumi ends its plugins and its update.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import { Problem } from "../lib/cli.mjs";
import { killTree } from "../lib/kill-tree.mjs";
import { quote } from "./terminal.mjs";

const PATIENCE_MS = 10_000;

/** @typedef {import("node:child_process").ChildProcess} Child */
/** @typedef {{ cwd: string, env: NodeJS.ProcessEnv }} Place where and with what a process runs */
/** @typedef {{ code: number, text: string }} Result `text`: stdout and stderr as they came */

/** The user, or who watches over the demo, wants it to end. */
export class Interrupted extends Error {
  /** @param {NodeJS.Signals} signal */
  constructor(signal) {
    super(signal);
    this.signal = signal;
    this.exitCode = 128 + (os.constants.signals[signal] ?? 0);
  }
}

/** @type {NodeJS.Signals | undefined} */
let interruption;
/** @type {Set<Child>} */
const running = new Set();

export function watchSignals() {
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
    process.on(signal, () => interrupt(signal));
  }
  // `scripts/demo | head`: nobody reads on.
  process.stdout.on("error", () => interrupt("SIGPIPE"));
  process.on("exit", endNow);
}

/** @param {NodeJS.Signals} signal */
function interrupt(signal) {
  interruption ??= signal;
  for (const child of running) {
    sendTo(child, "SIGINT");
    setTimeout(() => killAndForget(child), PATIENCE_MS).unref();
  }
}

/** @param {Child} child */
function killAndForget(child) {
  killTree(child.pid);
  // What is not its child may hold the other end of these: do not wait for it.
  child.stdout?.destroy();
  child.stderr?.destroy();
}

/** The last resort: ends what still runs, without waiting. */
export function endNow() {
  for (const child of running) killTree(child.pid);
}

/** @param {Child} child @param {NodeJS.Signals} signal */
function sendTo(child, signal) {
  try {
    // Each child leads its own process group, so this reaches what it started too.
    if (child.pid) process.kill(-child.pid, signal);
  } catch {
    // It ended by itself.
  }
}

export function stopIfInterrupted() {
  if (interruption) throw new Interrupted(interruption);
}

/**
 * Runs a program to its end and shows what it prints.
 *
 * @param {string} command @param {readonly string[]} args @param {Place} place @returns {Promise<Result>}
 */
export async function run(command, args, { cwd, env }) {
  stopIfInterrupted();
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  running.add(child);
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    quote(stream.setEncoding("utf8"));
    stream.on("data", (chunk) => {
      text += chunk;
    });
  }
  try {
    const [code] = await once(child, "close");
    stopIfInterrupted();
    return { code: code ?? 1, text };
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    throw new Problem(`${command} cannot be run: ${error instanceof Error ? error.message : error}`);
  } finally {
    running.delete(child);
  }
}

/**
 * Starts a program that goes on, with its output in a file: a pipe would break when the demo ends before it.
 *
 * @param {string} command @param {readonly string[]} args @param {Place & { log: string }} place
 */
export function start(command, args, { cwd, env, log }) {
  stopIfInterrupted();
  const output = fs.openSync(log, "w");
  const child = spawn(command, args, { cwd, env, stdio: ["ignore", output, output], detached: true });
  fs.closeSync(output);
  running.add(child);
  const ended = new Promise((resolve) => {
    child.once("close", resolve).once("error", resolve);
  }).then(() => running.delete(child));
  return {
    pid: child.pid,
    isRunning: () => running.has(child),
    async stop() {
      if (!running.has(child)) return;
      sendTo(child, "SIGTERM");
      setTimeout(() => killAndForget(child), PATIENCE_MS).unref();
      await ended;
    },
    /** It shall outlive us. */
    release() {
      running.delete(child);
      child.unref();
    },
  };
}
