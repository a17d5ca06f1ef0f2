/** The command lines of all processes of this machine, which every user of it can read. */
import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";

/** Less than the shortest life of a child of the engine. */
const EVERY = 50;

/** Those that were there at any time while the work was done. */
export async function commandLinesDuring(work: () => Promise<unknown>): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  let isDone = false;
  const done = work().finally(() => {
    isDone = true;
  });
  const look = async () => {
    while (!isDone) {
      const { stdout } = await promisify(execFile)("ps", ["-A", "-ww", "-o", "args="], { maxBuffer: 1e8 });
      for (const line of stdout.split("\n")) seen.add(line);
      await sleep(EVERY);
    }
  };
  await Promise.all([done, look()]);
  return seen;
}
