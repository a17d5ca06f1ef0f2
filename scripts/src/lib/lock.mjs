/** One process at a time, across terminals and CI jobs that share a folder. */

import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cacheFolder } from "./cache.mjs";
import { Problem, root, say } from "./cli.mjs";

/**
 * @typedef {object} Times in ms
 * @property {number} heartbeat how often the holder shows that it lives
 * @property {number} stale without a heartbeat for so long, the holder is dead
 * @property {number} limit of waiting: a cold build of the engine takes some minutes
 * @property {number} poll
 */

/** @type {Times} */
const TIMES = { heartbeat: 2_000, stale: 20_000, limit: 30 * 60_000, poll: 250 };

/**
 * A lock of this checkout; outside of it, since `npm ci` and git would trip over the file, and where no other user can
 * put a file of this name.
 *
 * @param {string} name
 */
export function checkoutLock(name) {
  const checkout = createHash("sha256").update(root).digest("hex").slice(0, 12);
  return cacheFolder("locks", `${checkout}-${name}`);
}

/**
 * Runs `work` while holding the lock `file`, waiting for its holder.
 * The holder touches the file while it lives, so the lock of a killed process ends by itself; a process id would not
 * do, since the cache folder may be shared between containers.
 *
 * @template T
 * @param {string} file @param {string} what shown to those who wait @param {() => Promise<T>} work
 * @param {Partial<Times>} [times]
 */
export async function withLock(file, what, work, times) {
  const all = { ...TIMES, ...times };
  const mine = `process ${process.pid} on ${os.hostname()} (${randomUUID()})`;
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  await acquire(file, what, mine, all);
  const release = () => {
    if (holder(file) === mine) fs.rmSync(file, { force: true });
  };
  const heartbeat = setInterval(() => touch(file, mine), all.heartbeat);
  process.once("exit", release);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    process.removeListener("exit", release);
    release();
  }
}

/** @param {string} file @param {string} what @param {string} mine @param {Times} times */
async function acquire(file, what, mine, { stale, limit, poll }) {
  const start = performance.now();
  /** When the file last changed, by our own watch: clocks of machines that share a folder differ. */
  let seen = { state: "", at: start };
  while (!create(file, mine)) {
    const now = performance.now();
    const state = stateOf(file);
    if (seen.state === "") say(`Waiting: ${by(file)} is ${what} (lock ${file}).`);
    if (seen.state !== state) seen = { state, at: now };
    if (now - seen.at > stale) takeAway(file, state);
    else if (now - start > limit) throw new Problem(explain(file, what, now - start));
    await sleep(poll);
  }
}

/** @param {string} file @param {string} mine @returns {boolean} false when there is one already */
function create(file, mine) {
  try {
    fs.writeFileSync(file, mine, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
    return false;
  }
}

/** Another text for each lock and after each heartbeat. @param {string} file */
function stateOf(file) {
  const stat = fs.lstatSync(file, { throwIfNoEntry: false, bigint: true });
  return stat ? `${stat.ino} ${stat.mtimeNs}` : "none";
}

/**
 * Renamed before it is removed: of several who wait, one succeeds, unless two of them are within the same microseconds
 * here and a third one comes at once, or the file system has no links.
 *
 * @param {string} file @param {string} state of the stale lock
 */
function takeAway(file, state) {
  if (stateOf(file) !== state) return;
  const grave = `${file}.${randomUUID()}`;
  try {
    fs.renameSync(file, grave);
    // Another one was faster, and this is its new lock: it goes back.
    if (stateOf(grave) !== state) fs.linkSync(grave, file);
  } catch {
    // Another one was faster.
  }
  fs.rmSync(grave, { recursive: true, force: true });
}

/** @param {string} file @param {string} mine */
function touch(file, mine) {
  try {
    if (holder(file) === mine) fs.utimesSync(file, new Date(), new Date());
  } catch {
    // It was removed by hand; the work goes on.
  }
}

/** @param {string} file @returns {string} who has written it; "" when that is not to be learnt */
function holder(file) {
  try {
    return fs.lstatSync(file).isFile() ? fs.readFileSync(file, "utf8") : "";
  } catch {
    return "";
  }
}

/** @param {string} file */
function by(file) {
  return /^process \d+ on [\w.-]+/.exec(holder(file))?.[0] ?? "another process";
}

/** @param {string} file @param {string} what @param {number} ms */
function explain(file, what, ms) {
  const waited = `${Math.round(ms / 60_000)} min`;
  return `Gave up after ${waited}: ${by(file)} is still ${what}. End it, or remove the lock if nothing runs: ${file}`;
}
