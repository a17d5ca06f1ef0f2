import type { Clock } from "../context";

/** For tests: a clock that moves only when something sleeps, and at once. */
export class VirtualClock implements Clock {
  readonly sleeps: number[] = [];
  #now = 1_000_000;

  now(): number {
    return this.#now;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.sleeps.push(ms);
    this.#now += ms;
  }

  get slept(): number {
    return this.sleeps.reduce((sum, ms) => sum + ms, 0);
  }
}
