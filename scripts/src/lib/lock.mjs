/** One process at a time, across terminals and CI jobs that share a folder. */

import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { root, say } from "./cli.mjs";

const HEARTBEAT_MS = 2_000;
const STALE_MS = 20_000;

/** A lock of this checkout; outside of it, since `npm ci` and git would trip over the file. @param {string} name */
export function checkoutLock(name) {
  const checkout = createHash("sha256").update(root).digest("hex").slice(0, 12);
  return path.join(os.tmpdir(), `pulumi-plivo-${checkout}-${name}.lock`);
}

/**
 * Runs `work` while holding the lock `file`, waiting for whoever holds it.
 * The holder touches the file while it lives, so the lock of a killed process ends by itself; a process id would not
 * do, since the cache folder may be shared between containers.
 *
 * @template T
 * @param {string} file @param {string} what shown to those who wait @param {() => Promise<T>} work
 */
export async function withLock(file, what, work) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  let told = false;
  while (!acquire(file)) {
    if (!told) say(`Waiting: another process is ${what} (lock ${file}).`);
    told = true;
    await sleep(250);
  }
  const release = () => fs.rmSync(file, { force: true });
  const heartbeat = setInterval(() => touch(file), HEARTBEAT_MS);
  process.once("exit", release);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    process.removeListener("exit", release);
    release();
  }
}

/** @param {string} file */
function touch(file) {
  try {
    fs.utimesSync(file, new Date(), new Date());
  } catch {
    // Somebody removed it by hand; the work goes on.
  }
}

/** @param {string} file */
function acquire(file) {
  try {
    fs.closeSync(fs.openSync(file, "wx"));
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
  }
  const held = fs.statSync(file, { throwIfNoEntry: false });
  if (held && Date.now() - held.mtimeMs > STALE_MS) {
    // Renamed before it is removed: of several who wait, one succeeds and the others find nothing.
    const grave = `${file}.${process.pid}`;
    try {
      fs.renameSync(file, grave);
      fs.rmSync(grave);
    } catch {
      // Another one was faster.
    }
  }
  return false;
}
