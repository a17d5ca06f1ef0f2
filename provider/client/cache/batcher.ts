/**
 * Group commit: while one batch is read, those who come meanwhile form the next one. What comes while nothing is read is
 * read at once: no one waits for others that may never come.
 */
import { setImmediate as turn } from "node:timers/promises";
import { type Clock, realClock, slept } from "../clock";
import { CancelledError, DeadlineExceededError, PlivoError } from "../http/errors";
import type { RequestContext } from "../http/request-spec";

interface Batch<Item, Result> {
  readonly items: Item[];
  readonly result: Promise<Result>;
}

/** Waits for what another operation reads, as long as this one may. */
export type Wait = (shared: Promise<unknown>) => Promise<boolean>;

export class Batcher<Item, Result> {
  #next: Batch<Item, Result> | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** @param ready what a batch waits for before it is read, besides the batch before it */
  constructor(private readonly ready: () => Promise<void> = async () => {}) {}

  /**
   * The result of the batch that this item is in; `undefined` when the operation may not wait for it any longer.
   *
   * @param read reads for a whole batch, through the operation that began it
   */
  async load(item: Item, wait: Wait, read: (items: readonly Item[]) => Promise<Result>): Promise<Result | undefined> {
    const isOwn = this.#next === undefined;
    this.#next ??= this.#begin(read);
    const { items, result } = this.#next;
    items.push(item);
    if (!(await wait(result))) return undefined;
    try {
      return await result;
    } catch (error) {
      // A response of the server holds for all; that another operation ran out of time or was cancelled does not.
      if (isOwn || !isOfOperation(error)) throw error;
      return this.load(item, wait, read);
    }
  }

  #begin(read: (items: readonly Item[]) => Promise<Result>): Batch<Item, Result> {
    const items: Item[] = [];
    const result = this.#last.then(async () => {
      // Whose operation goes on at this moment begins what it does next in this turn of the event loop.
      await turn();
      try {
        await this.ready();
        await turn();
      } finally {
        this.#next = undefined;
      }
      return read(items);
    });
    // Each item hears of a failure itself; here it only ends the batch.
    this.#last = result.catch(() => undefined);
    return { items, result };
  }
}

function isOfOperation(error: unknown): boolean {
  if (DeadlineExceededError.isInstance(error) || CancelledError.isInstance(error)) return true;
  return PlivoError.isInstance(error) && error.ranOutOfTime;
}

/**
 * Waits for half of the time that the operation has; `false`: that is over, and the rest is for its own request. In real
 * time, because what is waited for is paced by a clock already.
 */
export async function waitWithin(
  shared: Promise<unknown>,
  { deadline, signal }: RequestContext,
  clock: Clock,
): Promise<boolean> {
  if (signal?.aborted) return false;
  const over = new AbortController();
  const giveUp = () => over.abort();
  signal?.addEventListener("abort", giveUp, { once: true });
  const halfTime = slept(realClock, (deadline - clock.now()) / 2, over.signal);
  const done = () => true;
  try {
    return await Promise.race([shared.then(done, done), halfTime.then(() => false)]);
  } finally {
    giveUp();
    signal?.removeEventListener("abort", giveUp);
  }
}
