/** Waiting for the right moment in an operation. */
import { setTimeout as sleep } from "node:timers/promises";

/** Checks again and again; an operation that ends before this moment is a failure. */
export async function until(holds: () => boolean, operation: Promise<unknown>): Promise<void> {
  let end: string | undefined;
  const ended = (how: unknown) => {
    end = `the operation ended before the moment came: ${how}`;
  };
  operation.then(ended, ended);
  while (!holds()) {
    if (end !== undefined) throw new Error(end);
    await sleep(50);
  }
}
