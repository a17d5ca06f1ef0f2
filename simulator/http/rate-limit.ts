/** How many requests an account may send in a window. */
export interface RateLimitOptions {
  requests: number;
  windowMs: number;
}

/** What Plivo documents. */
export const documentedRateLimit: RateLimitOptions = { requests: 300, windowMs: 5000 };

/**
 * A sliding window, the strictest reading of "300 in 5 s": no 5 s, wherever they begin, hold more. A rejected request
 * does not count.
 */
export class RateLimit {
  readonly #taken: number[] = [];

  constructor(private readonly options: RateLimitOptions) {}

  /** Takes a place in the window; else the milliseconds until one is free. */
  take(now: number): number {
    const { requests, windowMs } = this.options;
    while (this.#taken[0] !== undefined && this.#taken[0] <= now - windowMs) this.#taken.shift();
    if (this.#taken.length < requests) {
      this.#taken.push(now);
      return 0;
    }
    return (this.#taken[0] ?? now) + windowMs - now;
  }
}
