import type { Clock } from "./clock";

/** Longer than this nobody waits for others, whatever it may save. */
const LONGEST_WAIT_MS = 250;
/** Shorter than this is no wait. */
const SHORTEST_WAIT_MS = 10;

/**
 * The writes of one client that have begun and not ended. Whoever made one asks next: for what it made, or for what it
 * may delete. So a question that others will share waits for the writes under way, and is asked once for all.
 */
export class WritesUnderWay {
  readonly #clock: Clock;
  #count = 0;
  #waiting: (() => void)[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async during<T>(write: () => Promise<T>): Promise<T> {
    this.#count += 1;
    try {
      return await write();
    } finally {
      this.#count -= 1;
      if (this.#count === 0) for (const go of this.#waiting.splice(0)) go();
    }
  }

  /**
   * Until none is under way, or a quarter of the time has passed that the question itself is about: what is gained by
   * sharing it must not be lost by waiting.
   */
  async end(tookMs: number): Promise<void> {
    if (this.#count > 0) {
      const over = new AbortController();
      const late = this.#clock.sleep(Math.min(LONGEST_WAIT_MS, Math.max(SHORTEST_WAIT_MS, tookMs / 4)), over.signal);
      const ended = new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
      await Promise.race([ended, late.catch(() => undefined)]);
      over.abort();
    }
    // The caller of the last one goes on at the same time as we do, and asks in this turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
