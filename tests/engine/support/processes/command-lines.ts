/** The command lines of the processes below this one: every user of the machine can read them. */
import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { descendantsIn, TABLE } from "./processes";

/** Less than the shortest life of a child of the engine. */
const EVERY = 50;

/** Those that were there at any time while the work was done. */
export async function commandLinesDuring(work: () => Promise<unknown>): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  let isDone = false;
  const done = work().finally(() => {
    isDone = true;
  });
  const scan = async () => {
    while (!isDone) {
      const { stdout } = await promisify(execFile)("ps", [...TABLE], { maxBuffer: 1e8 });
      for (const { command } of descendantsIn(stdout)) seen.add(command);
      await sleep(EVERY);
    }
  };
  await Promise.all([done, scan()]);
  return seen;
}
