/**
 * Ends a process and all that it has started. Its process group is not enough: the plugins of a Pulumi that is killed lead
 * groups of their own, and would go on.
 */

import { spawnSync } from "node:child_process";

/** @param {number | undefined} pid of a process that leads a group; without one it never started */
export function killTree(pid) {
  if (pid === undefined) return;
  // Before the first of them ends: an orphan has another parent.
  const below = descendantsOf(pid);
  for (const target of [-pid, ...below]) {
    try {
      process.kill(target, "SIGKILL");
    } catch {
      // It ended by itself.
    }
  }
}

/** @param {number} pid @returns {number[]} none where there is no `ps` */
function descendantsOf(pid) {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const rows = (stdout ?? "").split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  /** @param {number} parent @returns {number[]} */
  const below = (parent) => rows.flatMap(([id, of]) => (id !== undefined && of === parent ? [id, ...below(id)] : []));
  return below(pid);
}
