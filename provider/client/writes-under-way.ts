import type { Clock } from "./clock";

/** Longer than this nobody waits for others, whatever it may save. */
const LONGEST_WAIT_MS = 250;
/** Shorter than this is no wait. */
const SHORTEST_WAIT_MS = 10;
/** Nobody has begun to write for so long: those who could have are waiting themselves. */
const QUIET_MS = 20;

/**
 * The writes of one client that have begun and not ended. Whoever made one asks next: for what it made, or for what it
 * may delete. So a question that others will share waits for the writes under way, and is asked once for all.
 */
export class WritesUnderWay {
  readonly #clock: Clock;
  readonly #isScarce: () => boolean;
  #begun = 0;
  #count = 0;
  #waiting: (() => void)[] = [];

  /** @param isScarce Whether calls are so few that it is worth waiting also for writes that have not begun. */
  constructor(clock: Clock, isScarce: () => boolean) {
    this.#clock = clock;
    this.#isScarce = isScarce;
  }

  async during<T>(write: () => Promise<T>): Promise<T> {
    this.#begun += 1;
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
   * sharing it must not be lost by waiting. Where calls are scarce they are what is waited for in the end, so then
   * until nobody begins to write any more.
   */
  async end(tookMs: number): Promise<void> {
    const isScarce = this.#isScarce();
    const longest = isScarce ? LONGEST_WAIT_MS : Math.min(LONGEST_WAIT_MS, tookMs / 4);
    const until = this.#clock.now() + Math.max(SHORTEST_WAIT_MS, longest);
    for (let isQuiet = !isScarce; this.#count > 0 || !isQuiet; ) {
      const left = until - this.#clock.now();
      if (left <= 0) break;
      if (this.#count > 0) {
        if (!(await this.#ended(left))) break;
        continue;
      }
      const begun = this.#begun;
      await this.#clock.sleep(Math.min(QUIET_MS, left));
      isQuiet = begun === this.#begun;
    }
    // The caller of the last one goes on at the same time as we do, and asks in this turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
  }

  /** Whether the last one has ended in time. */
  async #ended(ms: number): Promise<boolean> {
    const over = new AbortController();
    const ended = new Promise<boolean>((resolve) => {
      this.#waiting.push(() => resolve(true));
    });
    const late = this.#clock.sleep(ms, over.signal).then(
      () => false,
      () => false,
    );
    const inTime = await Promise.race([ended, late]);
    over.abort();
    return inTime;
  }
}
