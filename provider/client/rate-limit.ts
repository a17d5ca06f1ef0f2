import { type Clock, slept } from "./clock";

/** A caller's place in the queue. */
export type Ticket = symbol;

/** Plivo's limit, all APIs together. https://www.plivo.com/docs/sip-trunking/api/overview */
export const LIMIT = { calls: 300, windowMs: 5_000 };
/** Requests do not travel equally fast: what leaves evenly can arrive closer together than it left. */
const MARGIN_MS = 100;
/**
 * Who has used so much of the window will soon wait. Later would spare a hundred objects at 2 calls each a little time,
 * and make two hundred wait for the next window; see docs/decisions/shared-calls.md.
 */
const SCARCE_SHARE = 0.5;
/** A server cannot stop a whole process for longer than this, whatever it asks for. */
const LONGEST_PAUSE_MS = 3_600_000;

/**
 * Sliding window over the starts of calls, first come first served. Pure: it is told the time and answers with times.
 * One caller's pause is everyone's, because the limit is the account's.
 */
export class RateLimiter {
  readonly #calls: number;
  readonly #windowMs: number;
  /** When the last calls started, oldest first; more than `#calls` of them are never needed. */
  readonly #started: number[] = [];
  readonly #queue: Ticket[] = [];
  #pausedUntil = 0;

  constructor(calls = LIMIT.calls, windowMs = LIMIT.windowMs + MARGIN_MS) {
    this.#calls = calls;
    this.#windowMs = windowMs;
  }

  enter(): Ticket {
    const ticket: Ticket = Symbol("ticket");
    this.#queue.push(ticket);
    return ticket;
  }

  /** Earliest time at which this ticket may start, if all those ahead of it start as early as they can. */
  startOf(ticket: Ticket, now: number): number {
    const ahead = Math.max(0, this.#queue.indexOf(ticket));
    return this.#startAt(this.#started.length + ahead, Math.max(now, this.#pausedUntil));
  }

  start(ticket: Ticket, now: number): void {
    this.leave(ticket);
    this.#started.push(now);
    if (this.#started.length > this.#calls) this.#started.shift();
  }

  /** Gives the place up; without effect when the ticket has already started. */
  leave(ticket: Ticket): void {
    const place = this.#queue.indexOf(ticket);
    if (place >= 0) this.#queue.splice(place, 1);
  }

  /** Nobody starts before `until`. A shorter pause never shortens a longer one. */
  pause(until: number, now: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, Math.min(until, now + LONGEST_PAUSE_MS));
  }

  isPaused(now: number): boolean {
    return this.#pausedUntil > now;
  }

  /** So much of what the window allows is used that whoever goes on like that will wait. */
  isScarce(now: number): boolean {
    const last = this.#started.at(-Math.ceil(this.#calls * SCARCE_SHARE));
    return last !== undefined && last > now - this.#windowMs;
  }

  /** The n-th start (past ones included) has to keep a window's distance to the one `#calls` before it. */
  #startAt(n: number, earliest: number): number {
    const before = n - this.#calls;
    if (before < 0) return earliest;
    const past = this.#started[before];
    return Math.max(earliest, (past ?? this.#startAt(before, earliest)) + this.#windowMs);
  }
}

export type Turn =
  | { readonly kind: "go" }
  | { readonly kind: "cancelled" }
  | { readonly kind: "no-time"; readonly waitMs: number };

/** How one caller waits: until when at most, and whom to tell. */
export interface Waiting {
  readonly clock: Clock;
  readonly deadline: number;
  readonly signal: AbortSignal | undefined;
  /** Told once, before the first wait. */
  onWait(waitMs: number, paused: boolean): void;
}

/** Waits until the limiter lets one more call start. A turn that would come after the deadline is not waited for. */
export async function waitForTurn(limiter: RateLimiter, waiting: Waiting): Promise<Turn> {
  const { clock, deadline, signal } = waiting;
  const ticket = limiter.enter();
  try {
    for (let told = false; ; told = true) {
      if (signal?.aborted) return { kind: "cancelled" };
      const now = clock.now();
      const waitMs = limiter.startOf(ticket, now) - now;
      if (now + waitMs >= deadline) return { kind: "no-time", waitMs };
      if (waitMs <= 0) {
        limiter.start(ticket, now);
        return { kind: "go" };
      }
      if (!told) waiting.onWait(waitMs, limiter.isPaused(now));
      if (!(await slept(clock, waitMs, signal))) return { kind: "cancelled" };
    }
  } finally {
    limiter.leave(ticket);
  }
}
