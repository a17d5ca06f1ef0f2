import { isTransient, outcomeOf, type Trouble } from "./trouble";

/** Everything the decision depends on. */
export interface Situation {
  readonly trouble: Trouble;
  readonly idempotent: boolean;
  /** The caller has another way, so that only a 429 is worth a repeat: that way would meet it too. */
  readonly expendable: boolean;
  /** How often the call has been sent so far, at least 1. */
  readonly sent: number;
  /** How many of those ended in a 429: being asked to slow down is not a failure and uses up no repeat. */
  readonly slowedDown: number;
  readonly maxRetries: number;
  /** Milliseconds to the deadline. */
  readonly remainingMs: number;
  /** In [0, 1). */
  readonly random: number;
}

export type Step =
  | { readonly kind: "repeat"; readonly afterMs: number }
  /** `final`: repeating is wrong, pointless, or was tried often enough; `no-time`: the wait ends too late. */
  | { readonly kind: "stop"; readonly why: "final" }
  | { readonly kind: "stop"; readonly why: "no-time"; readonly afterMs: number };

const FIRST_BACKOFF_MS = 500;
/** The account's window is 5 s, so guessing much lower than that only earns another 429. */
const FIRST_SLOW_DOWN_MS = 2_000;
const LONGEST_BACKOFF_MS = 20_000;

/** The retry ladder: early exits from "never" to "after a while". Pure. */
export function nextStep(situation: Situation): Step {
  const { trouble, idempotent, expendable, sent, slowedDown, maxRetries, remainingMs } = situation;
  if (!isTransient(trouble)) return { kind: "stop", why: "final" };
  // A create that may have happened must be looked for, not repeated: that is the caller's business.
  if (!idempotent && outcomeOf(trouble) === "unknown") return { kind: "stop", why: "final" };
  if (maxRetries === 0) return { kind: "stop", why: "final" };
  const asksToSlowDown = trouble.kind === "status" && trouble.status === 429;
  if (!asksToSlowDown && expendable) return { kind: "stop", why: "final" };
  if (!asksToSlowDown && sent - slowedDown > maxRetries) return { kind: "stop", why: "final" };

  const afterMs = delayMs(situation, asksToSlowDown);
  return afterMs < remainingMs ? { kind: "repeat", afterMs } : { kind: "stop", why: "no-time", afterMs };
}

/** What the server dictates is obeyed as it is; only our own delays are jittered ("full jitter"). */
function delayMs({ trouble, sent, random }: Situation, asksToSlowDown: boolean): number {
  const dictated = trouble.kind === "status" ? trouble.retryAfterMs : null;
  // `Retry-After: 0` names no time; taken literally it would make a storm of requests.
  if (dictated !== null && dictated > 0) return dictated;
  const first = asksToSlowDown ? FIRST_SLOW_DOWN_MS : FIRST_BACKOFF_MS;
  return Math.round(random * Math.min(LONGEST_BACKOFF_MS, first * 2 ** Math.min(sent - 1, 30)));
}

/**
 * A `Retry-After` header in milliseconds: seconds or an HTTP date, measured against the server's own `Date` where it
 * sent one. Null when it is absent or malformed: then only the timing is lost, not the repeat.
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
