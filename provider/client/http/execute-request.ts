/** The one path by which requests leave: a reservation of the rate limiter, an attempt, and the decision on a retry. */
import { type Redact, redactor } from "../../text/redact";
import { slept } from "../clock";
import { attempt, type ExecutionContext } from "./attempt";
import { createError, type ErrorContext, seconds } from "./create-error";
import type { PlivoError } from "./errors";
import { basicAuth } from "./exchange";
import { outcomeOf, type RequestFailure } from "./failure";
import { acquire, LIMIT } from "./rate-limit";
import type { RequestContext, RequestSpec } from "./request-spec";
import { decideRetry, type RetryDecision } from "./retry";

/** A write that is sent so soon after it was decided on is not late. */
const PUNCTUAL_MS = 1_000;
/** How often a write waits for the rate limiter again, because its check took too long. */
const MOST_PLACES = 2;
/** Shorter waits are not logged. */
const SILENT_WAIT_MS = 2_000;

/** Sends a request once, or as often as `decideRetry` allows. Rejects with a `PlivoError`. */
export function executeRequest<T>(
  request: RequestSpec<T>,
  context: RequestContext,
  execution: ExecutionContext,
): Promise<T> {
  return new RequestExecution(request, context, execution).result();
}

class RequestExecution<T> {
  readonly #redact: Redact;
  readonly #began: number;
  #decidedAt: number;
  #sent = 0;
  #rateLimited = 0;
  #mayHaveActed = false;
  #earlier: PlivoError | undefined;

  constructor(
    private readonly request: RequestSpec<T>,
    private readonly context: RequestContext,
    private readonly execution: ExecutionContext,
  ) {
    const { authId, authToken } = execution.config;
    this.#redact = redactor([authToken, basicAuth(authId, authToken), request.body?.password]);
    this.#began = execution.clock.now();
    this.#decidedAt = this.#began;
  }

  async result(): Promise<T> {
    const { request, context, execution } = this;
    for (;;) {
      await this.#admit();
      this.#sent += 1;
      const result = await attempt({ request, context, redact: this.#redact, nth: this.#sent }, execution);
      const acted = result.ok || outcomeOf(result.failure) === "indeterminate";
      if (acted && request.method !== "GET") context.onWrite?.();
      if (result.ok) return result.value;
      await this.#waitForRetry(result.failure);
    }
  }

  /** A check that had to wait itself has used up the place of its write: that waits again, a few times at most. */
  async #admit(): Promise<void> {
    const { clock } = this.execution;
    for (let again = 0; again <= MOST_PLACES; again++) {
      await this.#acquire();
      const since = clock.now();
      await this.#recheckLateWrite();
      if (clock.now() - since <= PUNCTUAL_MS) return;
    }
  }

  /** Waits for the account's rate limiter. */
  async #acquire(): Promise<void> {
    const { account, clock } = this.execution;
    const { deadline, signal } = this.context;
    const onWait = (waitMs: number, paused: boolean) => {
      const why = paused ? "Plivo asked to slow down" : `Plivo takes ${LIMIT.requests} requests in 5 s`;
      this.#logWait(waitMs, `${why}; waiting ${seconds(waitMs)} before ${this.request.method} ${this.request.path}`);
    };
    const reservation = await acquire(account.limiter, { clock, deadline, signal, onWait });
    if (reservation.kind !== "go") throw this.#error(reservation);
  }

  async #recheckLateWrite(): Promise<void> {
    const { clock } = this.execution;
    if (this.request.method === "GET" || clock.now() - this.#decidedAt <= PUNCTUAL_MS) return;
    await (this.request.beforeLate ? this.request.beforeLate(this.#sent > 0) : this.context.beforeLateWrite?.());
    this.#decidedAt = clock.now();
  }

  /** Returns when the request is to be retried, throws when it is not. */
  async #waitForRetry(failure: RequestFailure): Promise<void> {
    const { account, clock, random, config } = this.execution;
    const { idempotent, bestEffort = false, method } = this.request;
    const now = clock.now();
    const decision = decideRetry({
      failure,
      idempotent,
      bestEffort,
      sent: this.#sent,
      rateLimited: this.#rateLimited,
      maxRetries: config.maxRetries,
      remainingMs: this.context.deadline - now,
      random: random(),
    });
    // All requests of the account pause, also when this one gives up: the others would only meet the same response.
    if (decision.accountPauseMs !== null) account.limiter.pause(now + decision.accountPauseMs, now);
    if (failure.kind === "cancelled") throw this.#error(failure);
    if (decision.kind !== "retry")
      throw this.#error(failure, this.#note(decision), decision.kind === "deadline-exceeded");
    this.#earlier = this.#error(failure);
    this.#mayHaveActed ||= method !== "GET" && outcomeOf(failure) === "indeterminate";
    // Where the account pauses, the limiter does the waiting, in its queue with all others.
    if (decision.accountPauseMs === null) await this.#pause(decision.afterMs);
    else this.#rateLimited += 1;
  }

  async #pause(ms: number): Promise<void> {
    const { clock, config } = this.execution;
    const { status, outcome } = this.#earlier ?? {};
    const incomplete = outcome === "not-sent" ? "could not be reached" : "gave no complete response";
    const facts = status ? `responded ${status}` : incomplete;
    const count = `attempt ${this.#sent - this.#rateLimited + 1} of ${config.maxRetries + 1}`;
    this.#logWait(ms, `Plivo ${facts}; ${count} of ${this.request.method} ${this.request.path} in ${seconds(ms)}`);
    if (!(await slept(clock, ms, this.context.signal))) throw this.#error({ kind: "cancelled" });
  }

  #logWait(ms: number, text: string): void {
    if (ms > SILENT_WAIT_MS) this.context.log("info", text);
  }

  #note(decision: RetryDecision): string {
    const now = this.execution.clock.now();
    const times = this.#sent > 1 ? `, ${this.#sent} times in ${seconds(now - this.#began)}` : "";
    if (decision.kind === "final") return times;
    const left = Math.max(0, this.context.deadline - now);
    const wait = decision.isDictated ? "Plivo asks to wait" : "the next attempt would be in";
    return `${times}; ${wait} ${seconds(decision.afterMs)}, and ${seconds(left)} are left`;
  }

  #error(failure: RequestFailure, note = "", ranOutOfTime = false): PlivoError {
    const request = { ...this.request, authId: this.execution.config.authId };
    const context: ErrorContext = { note, earlier: this.#earlier, mayHaveActed: this.#mayHaveActed, ranOutOfTime };
    return createError(failure, request, context);
  }
}
