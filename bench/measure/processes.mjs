/** The processes below another one, their peak memory and their processor time. Linux only: elsewhere neither can be read. */

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

/** The fields of `stat` from the state on: the name of the program before it, in brackets, may contain spaces. @param {number} pid */
function statOf(pid) {
  const text = read(pid, "stat");
  return text?.slice(text.lastIndexOf(")") + 2).split(" ");
}

/** @param {number} pid */
function parentOf(pid) {
  const fields = statOf(pid);
  return fields && Number(fields[1]);
}

/** Linux counts in hundredths of a second, whatever the kernel itself uses. */
const TICKS_PER_S = 100;

/** User and system time of all its threads, in seconds. @param {number} pid */
function cpuOf(pid) {
  const fields = statOf(pid);
  return fields && (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S;
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
  const usage = new Usage();
  const check = () => {
    for (const child of newChildren(family, seen)) family.add(child);
    for (const member of family) if (member !== pid && isProvider(member)) usage.record(member);
  };
  const timer = setInterval(check, EVERY_MS);
  return {
    /** Of the providers since the last time; zeros when unknown. */
    takeUsage() {
      check();
      return usage.take();
    },
    stop: () => clearInterval(timer),
    /** Providers lead process groups of their own: each is ended by its id. */
    killAll() {
      check();
      for (const member of [...family].reverse()) kill(member, "SIGKILL");
    },
  };
}

/** What the providers of one operation have used. A command may start more than one. */
class Usage {
  #peakMb = 0;
  /** @type {Map<number, number>} process -> its processor time when it was last read */
  #cpu = new Map();
  #taken = 0;

  /** @param {number} pid */
  record(pid) {
    this.#peakMb = Math.max(this.#peakMb, memoryOf(pid, "VmHWM") ?? 0);
    this.#cpu.set(pid, Math.max(cpuOf(pid) ?? 0, this.#cpu.get(pid) ?? 0));
  }

  take() {
    const total = [...this.#cpu.values()].reduce((sum, seconds) => sum + seconds, 0);
    const used = { providerMb: this.#peakMb, providerCpuS: total - this.#taken };
    this.#peakMb = 0;
    this.#taken = total; // a process that has not ended yet must not count again
    return used;
  }
}

/** @param {ReadonlySet<number>} family @param {Set<number>} seen */
function newChildren(family, seen) {
  if (!fs.existsSync("/proc/self/stat")) return [];
  const living = new Set(fs.readdirSync("/proc").map(Number).filter(Number.isInteger));
  for (const pid of seen) if (!living.has(pid)) seen.delete(pid);
  const parents = new Map([...living].flatMap((pid) => (seen.has(pid) ? [] : [[pid, parentOf(pid)]])));
  for (const pid of parents.keys()) seen.add(pid);
  return descendants(family, parents);
}

/** In any order of ids: once the largest id is used, they start again with small ones. @param {ReadonlySet<number>} family @param {ReadonlyMap<number, number | undefined>} parents */
function descendants(family, parents) {
  /** @type {Set<number>} */
  const found = new Set();
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const [pid, parent = 0] of parents) if (family.has(parent) || found.has(parent)) found.add(pid);
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
