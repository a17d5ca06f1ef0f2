/** What test files in different workers would do at once, and must not: fill one cache, compile the same for the first time. */
import { mkdirSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ofThisRun } from "./this-run";

/** Waits for the others of this run. A worker that dies with the lock leaves them to the time limits of their tests. */
export async function oneAtATime<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const lock = join(ofThisRun("folder"), `${what}.lock`);
  while (!acquired(lock)) await sleep(200);
  try {
    return await work();
  } finally {
    rmdirSync(lock);
  }
}

/** Making a folder is one step, for other processes too. */
function acquired(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch (error) {
    // Not by `instanceof`: in jest it is an error of another realm.
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
