/** A clock that stands still while anybody works, and jumps to the next event when everybody waits. */
import { setImmediate as tick } from "node:timers/promises";

interface Event {
  readonly at: number;
  readonly happen: () => void;
}

/**
 * Time for the client and the simulator alike. Sleeps cost nothing, however many run at once; the limit of an exchange
 * that nobody will ever answer strikes at once, and no other ever does, however slow the machine is.
 */
export class EventClock {
  #now = 1_700_000_000_000;
  readonly #events = new Set<Event>();
  #exchanges = 0;
  /** Exchanges that the simulator will not answer. */
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

  /** One exchange with the server begins; it ends when the answer is called. */
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

  /** The simulator says of an exchange that it will never end by itself. */
  noteStuck(): void {
    this.#stuck += 1;
    this.#watch();
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

  /** Jumps once nothing is under way any more. */
  #watch(): void {
    if (this.#watching) return;
    this.#watching = true;
    void (async () => {
      // What an answer or an event sets off has begun by then.
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
