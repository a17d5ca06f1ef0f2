import type { Clock } from "./clock";
import type { InFlightWrites } from "./in-flight-writes";

/** Longer than this nobody waits for others, whatever it may save. */
const LONGEST_WAIT_MS = 250;
/** After so long without another caller nobody else will come. */
const QUIET_MS = 20;
/** How often it is tried whether more would come than those who came before. */
const TRIED_EVERY = 4;

/** What several questions of one client are gathered for. */
export interface Circumstances {
  readonly clock: Clock;
  readonly writes: InFlightWrites;
  /** Whether calls are so few that they are what everybody will wait for. */
  isScarce(): boolean;
}

/**
 * Waits for those who have the same question, so that it is asked once for all. That costs time, and is worth it where
 * calls are scarce and what everybody will wait for: for the writes under way, whose makers ask next, and until nobody
 * comes any more. Where calls are plenty, nobody waits.
 */
export class Gathering {
  readonly #circumstances: Circumstances;
  /** The size of the last complete group: an engine works on so many at once, and no more will come. */
  #all = Number.POSITIVE_INFINITY;
  #gathered = 0;

  constructor(circumstances: Circumstances) {
    this.#circumstances = circumstances;
  }

  get isWorthIt(): boolean {
    return this.#circumstances.isScarce();
  }

  /** @param size how many are there */
  async end(size: () => number): Promise<void> {
    if (this.isWorthIt) await this.#others(size);
    // Whose write ends at this moment asks in this turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
  }

  async #others(size: () => number): Promise<void> {
    const { clock, writes } = this.#circumstances;
    const until = clock.now() + LONGEST_WAIT_MS;
    this.#gathered += 1;
    const isTried = this.#gathered % TRIED_EVERY === 0;
    for (let isQuiet = false; !isQuiet && (isTried || size() < this.#all); ) {
      const left = until - clock.now();
      if (left <= 0) return;
      if (writes.count > 0) {
        if (!(await this.#writesEnd(left))) return;
        continue;
      }
      const before = writes.begun + size();
      await clock.sleep(Math.min(QUIET_MS, left));
      isQuiet = before === writes.begun + size();
      if (isQuiet) this.#all = size();
    }
  }

  /** Whether they have ended in time. */
  async #writesEnd(ms: number): Promise<boolean> {
    const { clock, writes } = this.#circumstances;
    const over = new AbortController();
    const inTime = writes.end().then(() => true);
    const late = clock.sleep(ms, over.signal).then(
      () => false,
      () => false,
    );
    const isInTime = await Promise.race([inTime, late]);
    over.abort();
    return isInTime;
  }
}
