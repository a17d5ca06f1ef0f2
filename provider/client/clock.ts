import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";

/** Time as the client sees it. Tests inject one whose sleeps cost nothing. */
export interface Clock {
  /** Milliseconds since 1970. Deadlines are points on this clock, so take `now()` from the same object. */
  now(): number;
  /** Waits that many milliseconds; rejects as soon as the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /**
   * Runs `late` after that many milliseconds, unless what it returns is called before: the limit of one exchange with a
   * server. @default real time, because it measures a real server
   */
  limit?(ms: number, late: () => void): () => void;
}

/** Node's timers fire at once above 2^31 - 1 ms. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Monotonic, so that a corrected system clock neither ends a deadline early nor stalls the rate limit. */
export const realClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  sleep: (ms, signal) => delay(Math.min(Math.max(0, ms), LONGEST_TIMER_MS), undefined, signal ? { signal } : {}),
};

/** Real time, for clocks that have no time limits of their own. */
export function realLimit(ms: number, late: () => void): () => void {
  const timer = setTimeout(late, Math.min(ms, LONGEST_TIMER_MS));
  return () => clearTimeout(timer);
}

/** Sleeps; resolves to false when the signal ended the sleep, whichever way the clock says so. */
export async function slept(clock: Clock, ms: number, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await clock.sleep(ms, signal);
  } catch (error) {
    if (!signal?.aborted) throw error;
  }
  return !signal?.aborted;
}
