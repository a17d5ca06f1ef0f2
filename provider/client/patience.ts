import { type Clock, realLimit } from "./clock";
import type { RequestContext } from "./http/request-spec";

/**
 * Waits for what another operation reads for all, for half of the time that this one has. `false`: that is over, and the
 * rest is for its own call. In real time, because what is waited for is paced by a clock already.
 */
export async function waitFor(
  shared: Promise<unknown>,
  { deadline, signal }: RequestContext,
  clock: Clock,
): Promise<boolean> {
  if (signal?.aborted) return false;
  let giveUp = () => {};
  const over = new Promise<boolean>((resolve) => {
    giveUp = () => resolve(false);
  });
  const inTime = realLimit(Math.max(0, (deadline - clock.now()) / 2), giveUp);
  signal?.addEventListener("abort", giveUp, { once: true });
  const done = () => true;
  try {
    return await Promise.race([shared.then(done, done), over]);
  } finally {
    inTime();
    signal?.removeEventListener("abort", giveUp);
  }
}
