import { type Clock, slept } from "../clock";
import type { FailureOf } from "./failure";
import type { RequestContext } from "./request-spec";

/** A caller's place in the queue. */
export type Reservation = symbol;

/** Plivo's limit, all APIs together. https://www.plivo.com/docs/sip-trunking/api/overview */
export const LIMIT = { requests: 300, windowMs: 5_000 };
/** Requests do not travel equally fast: what leaves evenly can arrive closer together than it left. */
const MARGIN_MS = 100;
/**
 * From this share of the window on, requests will soon have to wait. Later would spare a hundred objects at 2 requests
 * each a little time, and make two hundred wait for the next window; see docs/decisions/list-cache.md.
 */
const NEAR_LIMIT_SHARE = 0.5;
/** A server cannot stop a whole process for longer than this, whatever it asks for. */
const LONGEST_PAUSE_MS = 3_600_000;

/**
 * Sliding window over the starts of requests, first come first served. Pure: it is given the time and returns times.
 * One request's pause holds for all, because the limit is the account's.
 */
export class RateLimiter {
  /** When the last requests started, oldest first; more than `requests` of them are never needed. */
  readonly #started: number[] = [];
  readonly #queue: Reservation[] = [];
  #pausedUntil = 0;

  constructor(
    private readonly requests = LIMIT.requests,
    private readonly windowMs = LIMIT.windowMs + MARGIN_MS,
  ) {}

  enter(): Reservation {
    const reservation: Reservation = Symbol("reservation");
    this.#queue.push(reservation);
    return reservation;
  }

  /** Earliest time at which this reservation may start, if all those ahead of it start as early as they can. */
  startOf(reservation: Reservation, now: number): number {
    const ahead = Math.max(0, this.#queue.indexOf(reservation));
    return this.#startAt(this.#started.length + ahead, Math.max(now, this.#pausedUntil));
  }

  start(reservation: Reservation, now: number): void {
    this.leave(reservation);
    this.#started.push(now);
    if (this.#started.length > this.requests) this.#started.shift();
  }

  /** Gives the place up; without effect when the reservation has already started. */
  leave(reservation: Reservation): void {
    const place = this.#queue.indexOf(reservation);
    if (place >= 0) this.#queue.splice(place, 1);
  }

  /** Nothing starts before `until`. A shorter pause never shortens a longer one. */
  pause(until: number, now: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, Math.min(until, now + LONGEST_PAUSE_MS));
  }

  isPaused(now: number): boolean {
    return this.#pausedUntil > now;
  }

  /** So much of the window is used that requests at this pace will soon have to wait. */
  isNearLimit(now: number): boolean {
    const last = this.#started.at(-Math.ceil(this.requests * NEAR_LIMIT_SHARE));
    return last !== undefined && last > now - this.windowMs;
  }

  /** The n-th start (past ones included) has to keep a window's distance to the one `requests` before it. */
  #startAt(n: number, earliest: number): number {
    const before = n - this.requests;
    if (before < 0) return earliest;
    const past = this.#started[before];
    return Math.max(earliest, (past ?? this.#startAt(before, earliest)) + this.windowMs);
  }
}

export type AcquireResult = { readonly kind: "go" } | FailureOf<"cancelled" | "deadline-exceeded">;

/** Until when to wait at most, and what is told before. */
export interface Waiting extends Pick<RequestContext, "deadline" | "signal"> {
  readonly clock: Clock;
  /** Told once, before the first wait. */
  onWait?(waitMs: number, paused: boolean): void;
}

/** Waits until one more request may start. A start after the deadline is not waited for. */
export async function acquire(limiter: RateLimiter, waiting: Waiting): Promise<AcquireResult> {
  const { clock, deadline, signal } = waiting;
  const reservation = limiter.enter();
  try {
    for (let told = false; ; told = true) {
      if (signal?.aborted) return { kind: "cancelled" };
      const now = clock.now();
      const waitMs = limiter.startOf(reservation, now) - now;
      if (now + waitMs >= deadline) return { kind: "deadline-exceeded", waitMs };
      if (waitMs <= 0) {
        limiter.start(reservation, now);
        return { kind: "go" };
      }
      if (!told) waiting.onWait?.(waitMs, limiter.isPaused(now));
      if (!(await slept(clock, waitMs, signal))) return { kind: "cancelled" };
    }
  } finally {
    limiter.leave(reservation);
  }
}
