/**
 * One process at a time, across terminals and CI jobs that share a folder. By hand, since scripts/setup needs it before
 * any library is there.
 */

import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cacheFolder, Problem, root, say } from "./cli.mjs";

/**
 * In ms. A holder without a heartbeat for `stale` is dead. The limit of waiting: a cold build of the engine takes some
 * minutes.
 */
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
 * @param {Partial<typeof TIMES>} [times]
 */
export async function withLock(file, what, work, times) {
  const all = { ...TIMES, ...times };
  const mine = `process ${process.pid} on ${os.hostname()} (${randomUUID()})`;
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  await acquire(file, what, mine, all);
  const isMine = () => holder(file) === mine;
  const release = () => {
    if (isMine()) fs.rmSync(file, { force: true });
  };
  // A lock that was removed by hand is no reason to stop.
  const touch = () => isMine() && fs.utimes(file, new Date(), new Date(), () => undefined);
  const heartbeat = setInterval(touch, all.heartbeat);
  process.once("exit", release);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    process.removeListener("exit", release);
    release();
  }
}

/** @param {string} file @param {string} what @param {string} mine @param {typeof TIMES} times */
async function acquire(file, what, mine, { stale, limit, poll }) {
  const start = performance.now();
  /** When the file last changed, by our own watch: clocks of machines that share a folder differ. */
  let seen = { state: "", at: start };
  while (!create(file, mine)) {
    const now = performance.now();
    const state = stateOf(file);
    const by = /^process \d+ on [\w.-]+/.exec(holder(file))?.[0] ?? "another process";
    if (seen.state === "") say(`Waiting: ${by} is ${what} (lock ${file}).`);
    if (seen.state !== state) seen = { state, at: now };
    if (now - seen.at > stale) takeAway(file, state);
    else if (now - start > limit) {
      const waited = `Gave up after ${Math.round((now - start) / 60_000)} min: ${by} is still ${what}.`;
      throw new Problem(`${waited} End it, or remove the lock if nothing runs: ${file}`);
    }
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

/** @param {string} file @returns {string} who has written it; "" when that is not to be learnt */
function holder(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
