/** The clock of all tests in virtual time: it stands still during work, and jumps to the next event when all is waiting. */
import { setImmediate as tick } from "node:timers/promises";

interface Event {
  readonly at: number;
  readonly happen: () => void;
}

const KEPT_SLEEPS = 1_000;

/**
 * Time for the client and for the simulator. Sleeps cost nothing, however many run at once. The time limit of an exchange
 * strikes at once where the server will never respond, and nowhere else, however slow the machine is.
 */
export class VirtualClock {
  /** The last ones, in milliseconds, in the order in which they began. */
  readonly sleeps: number[] = [];
  /** The sum of all sleeps, concurrent ones too. */
  slept = 0;
  #now = 1_700_000_000_000;
  readonly #events = new Set<Event>();
  #exchanges = 0;
  /** Exchanges without a response to come. */
  #stuck = 0;
  #watching = false;
  /** The sum of all jumps. */
  elapsed = 0;

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      this.#record(ms);
      const event = this.#add(ms, () => {
        signal?.removeEventListener("abort", abort);
        resolve();
      });
      const abort = () => {
        this.#events.delete(event);
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", abort, { once: true });
      this.#watch();
    });
  }

  /** One exchange with the server begins; it ends when the returned function is called. */
  limit(ms: number, late: () => void): () => void {
    this.#exchanges += 1;
    const event = this.#add(ms, () => {
      this.#stuck -= 1;
      late();
    });
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.#events.delete(event);
      this.#exchanges -= 1;
      this.#stuck = Math.min(Math.max(0, this.#stuck), this.#exchanges);
      this.#watch();
    };
  }

  /** An exchange will never end by itself: the server has got its request and will not respond. */
  noteStuck(): void {
    this.#stuck += 1;
    this.#watch();
  }

  #record(ms: number): void {
    this.slept += ms;
    this.sleeps.push(ms);
    if (this.sleeps.length > KEPT_SLEEPS) this.sleeps.shift();
  }

  #add(ms: number, happen: () => void): Event {
    const event: Event = {
      at: this.#now + Math.max(0, ms),
      happen: () => {
        this.#events.delete(event);
        happen();
      },
    };
    this.#events.add(event);
    return event;
  }

  /** Jumps once nothing is in flight any more. */
  #watch(): void {
    if (this.#watching) return;
    this.#watching = true;
    void (async () => {
      // What a response or an event sets off has begun by then.
      await tick();
      await tick();
      this.#watching = false;
      if (this.#exchanges > this.#stuck) return;
      const next = [...this.#events].reduce<Event | undefined>((a, b) => (a && a.at <= b.at ? a : b), undefined);
      if (!next) return;
      this.elapsed += Math.max(0, next.at - this.#now);
      this.#now = Math.max(this.#now, next.at);
      next.happen();
      this.#watch();
    })();
  }
}
