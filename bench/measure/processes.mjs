/** The processes below another one, and their peak memory. Linux only: elsewhere there is no peak to be read. */

import fs from "node:fs";

const EVERY_MS = 100;

/** Our plugin and the peer in Go; the host of dynamic resources, but not the shell and the look-up that come before it. */
const PROVIDER = /pulumi-resource-plivo|node\0[^\0]*dynamic-provider/;

/** @param {number} pid @param {string} file */
function read(pid, file) {
  try {
    return fs.readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return undefined; // it has ended, or there is no /proc
  }
}

/** @param {number} pid */
function parentOf(pid) {
  // The name of the program, in brackets, may hold spaces.
  const text = read(pid, "stat");
  return text === undefined ? undefined : Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[1]);
}

/** @param {number} pid @param {"VmHWM" | "VmRSS"} what the peak, or now @returns {number | undefined} in MB */
export function memoryOf(pid, what) {
  const [, kilobytes] = new RegExp(`${what}:\\s+(\\d+) kB`).exec(read(pid, "status") ?? "") ?? [];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}

/** @param {number} pid */
function isProvider(pid) {
  return PROVIDER.test(read(pid, "cmdline") ?? "");
}

/** Watches what a process starts, until `stop`. @param {number} pid */
export function watch(pid) {
  const family = new Set([pid]);
  const seen = new Set([pid]);
  const peak = { provider: 0 };
  const look = () => {
    for (const child of newChildren(family, seen)) family.add(child);
    for (const member of family) {
      if (member === pid || !isProvider(member)) continue;
      peak.provider = Math.max(peak.provider, memoryOf(member, "VmHWM") ?? 0);
    }
  };
  const timer = setInterval(look, EVERY_MS);
  return {
    /** MB, 0 when unknown; forgets it. */
    takePeak() {
      look();
      const { provider } = peak;
      peak.provider = 0;
      return provider;
    },
    stop: () => clearInterval(timer),
    /** Providers lead process groups of their own: each is ended by its id. */
    killAll() {
      look();
      for (const member of [...family].reverse()) kill(member, "SIGKILL");
    },
  };
}

/** Parents have smaller ids than their children, but for the day on which ids start again. @param {ReadonlySet<number>} family @param {Set<number>} seen */
function newChildren(family, seen) {
  if (!fs.existsSync("/proc/self/stat")) return [];
  const ids = fs.readdirSync("/proc").map(Number).filter(Number.isInteger);
  const living = new Set(ids);
  for (const pid of seen) if (!living.has(pid)) seen.delete(pid);
  /** @type {number[]} */
  const found = [];
  for (const pid of ids.sort((a, b) => a - b)) {
    if (seen.has(pid)) continue;
    seen.add(pid);
    const parent = parentOf(pid);
    if (parent !== undefined && (family.has(parent) || found.includes(parent))) found.push(pid);
  }
  return found;
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function kill(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended by itself.
  }
}
