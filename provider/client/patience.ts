import type { Operation } from "./call";
import { type Clock, realLimit } from "./clock";

/**
 * Waits for what another operation reads for all, as long as this one may wait. `false`: it may not, and its own call
 * will say why. In real time, because what is waited for is paced by a clock already.
 */
export async function waitFor(
  shared: Promise<unknown>,
  { deadline, signal }: Operation,
  clock: Clock,
): Promise<boolean> {
  if (signal?.aborted) return false;
  let giveUp = () => {};
  const over = new Promise<boolean>((resolve) => {
    giveUp = () => resolve(false);
  });
  const inTime = realLimit(Math.max(0, deadline - clock.now()), giveUp);
  signal?.addEventListener("abort", giveUp, { once: true });
  const done = () => true;
  try {
    return await Promise.race([shared.then(done, done), over]);
  } finally {
    inTime();
    signal?.removeEventListener("abort", giveUp);
  }
}
