import { isTransient, outcomeOf, type RequestFailure } from "./failure";
import type { RequestSpec } from "./request-spec";

/** Everything the decision depends on. */
export interface RetryContext extends Required<Pick<RequestSpec<unknown>, "idempotent" | "bestEffort">> {
  readonly failure: RequestFailure;
  /** How often the request has been sent so far, at least 1. */
  readonly sent: number;
  /** How many of those ended in a 429: being asked to slow down is not a failure and uses up no retry. */
  readonly rateLimited: number;
  readonly maxRetries: number;
  /** Milliseconds to the deadline. */
  readonly remainingMs: number;
  /** In [0, 1). */
  readonly random: number;
}

export interface RetryDecision {
  /** `final`: a retry is wrong, pointless, or was tried often enough. `deadline-exceeded`: the wait would end after the deadline. */
  readonly kind: "retry" | "final" | "deadline-exceeded";
  readonly afterMs: number;
  /** It is the server that says after how long. */
  readonly isDictated: boolean;
  /** How long no request of the account is sent, this one included; `null`: the others go on. */
  readonly accountPauseMs: number | null;
}

const FIRST_BACKOFF_MS = 500;
/** The account's window is 5 s, so guessing much lower than that only earns another 429. */
const FIRST_RATE_LIMITED_MS = 2_000;
const LONGEST_BACKOFF_MS = 20_000;

/** Whether to retry, after how long, and who pauses: early exits from "never" to "after a while". Pure. */
export function decideRetry(context: RetryContext): RetryDecision {
  const { failure, remainingMs } = context;
  const isRateLimited = failure.kind === "status" && failure.status === 429;
  const dictated = dictatedMs(failure);
  const afterMs = dictated ?? backoffMs(context, isRateLimited);
  const kind = isFinal(context, isRateLimited) ? "final" : afterMs < remainingMs ? "retry" : "deadline-exceeded";
  return { kind, afterMs, isDictated: dictated !== null, accountPauseMs: isRateLimited ? afterMs : null };
}

function isFinal(context: RetryContext, isRateLimited: boolean): boolean {
  const { failure, idempotent, bestEffort, sent, rateLimited, maxRetries } = context;
  if (!isTransient(failure) || maxRetries === 0) return true;
  // A create that may have happened must be checked for, not retried: the caller does that.
  if (!idempotent && outcomeOf(failure) === "indeterminate") return true;
  // Another way that leads to the same end would meet a 429 too.
  return !isRateLimited && (bestEffort || sent - rateLimited > maxRetries);
}

/** Obeyed as it is. `Retry-After: 0` names no time; taken literally it would make a storm of requests. */
function dictatedMs(failure: RequestFailure): number | null {
  const retryAfter = failure.kind === "status" ? failure.retryAfterMs : null;
  return retryAfter === 0 ? null : retryAfter;
}

/**
 * Our own delays: "full jitter", and after a 429 "equal jitter", which is never shorter than half. The whole account waits
 * for that one, and a request that is sent at once would only meet the same response.
 */
function backoffMs({ sent, random }: RetryContext, isRateLimited: boolean): number {
  const first = isRateLimited ? FIRST_RATE_LIMITED_MS : FIRST_BACKOFF_MS;
  const longest = Math.min(LONGEST_BACKOFF_MS, first * 2 ** Math.min(sent - 1, 30));
  return Math.round(longest * (isRateLimited ? (1 + random) / 2 : random));
}

/**
 * A `Retry-After` header in milliseconds: seconds or an HTTP date, measured against the server's own `Date` where it
 * sent one. Null when it is absent or malformed: then only the timing is lost, not the retry.
 */
export function retryAfterMs(header: string | undefined, dateHeader: string | undefined, nowMs: number): number | null {
  const text = header?.trim() ?? "";
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  if (!/^[A-Z][a-z]{2},/.test(text)) return null;
  const until = Date.parse(text);
  const serverNow = Date.parse(dateHeader ?? "");
  if (Number.isNaN(until)) return null;
  return Math.max(0, until - (Number.isNaN(serverNow) ? nowMs : serverNow));
}
