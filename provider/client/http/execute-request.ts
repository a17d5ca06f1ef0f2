/** The one path by which requests leave: a reservation of the rate limiter, an attempt, and the decision on a retry. */
import { version } from "../../../package.json";
import { type Redact, redactor } from "../../text/redact";
import { oneLine } from "../../text/visible";
import { type Clock, realLimit, slept } from "../clock";
import type { Settings } from "../config";
import type { Account, Route } from "./account";
import { createError, type ErrorContext, seconds } from "./create-error";
import type { PlivoError } from "./errors";
import { outcomeOf, type RequestFailure } from "./failure";
import { type ParseResult, parseResponse } from "./parse-response";
import { acquire, LIMIT } from "./rate-limit";
import type { RequestContext, RequestSpec } from "./request-spec";
import { decideRetry, type RetryDecision } from "./retry";
import { type Trace, type TraceLine, withoutAuthId } from "./trace";
import { type HttpResult, LARGEST_BODY, send } from "./transport";

type HttpFailure = Extract<HttpResult, { kind: "failure" }>;

/** What all requests of one client share. */
export interface ExecutionContext {
  readonly settings: Settings;
  readonly account: Account;
  readonly route: Route;
  readonly clock: Clock;
  random(): number;
  /** Removed when it fails, so that its failure is logged once. */
  trace: Trace | undefined;
}

/** A write that is sent so soon after it was decided on is not late. */
const PUNCTUAL_MS = 1_000;
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
  readonly #request: RequestSpec<T>;
  readonly #context: RequestContext;
  readonly #execution: ExecutionContext;
  readonly #redact: Redact;
  readonly #began: number;
  #decidedAt: number;
  #sent = 0;
  #rateLimited = 0;
  #mayHaveActed = false;
  #earlier: PlivoError | undefined;

  constructor(request: RequestSpec<T>, context: RequestContext, execution: ExecutionContext) {
    this.#request = request;
    this.#context = context;
    this.#execution = execution;
    const { authId, authToken } = execution.settings;
    this.#redact = redactor([authToken, basicAuth(authId, authToken), request.body?.password]);
    this.#began = execution.clock.now();
    this.#decidedAt = this.#began;
  }

  async result(): Promise<T> {
    for (;;) {
      await this.#acquire();
      await this.#recheckLateWrite();
      const result = await this.#attempt();
      const acted = result.ok || outcomeOf(result.failure) === "indeterminate";
      if (acted && this.#request.method !== "GET") this.#context.onWrite?.();
      if (result.ok) return result.value;
      await this.#afterFailure(result.failure);
    }
  }

  async #recheckLateWrite(): Promise<void> {
    const { clock } = this.#execution;
    if (this.#request.method === "GET" || clock.now() - this.#decidedAt <= PUNCTUAL_MS) return;
    await this.#context.beforeLateWrite?.();
    this.#decidedAt = clock.now();
  }

  /** Waits for the account's rate limiter. */
  async #acquire(): Promise<void> {
    const { account, clock } = this.#execution;
    const { deadline, signal } = this.#context;
    const turn = await acquire(account.limiter, {
      clock,
      deadline,
      signal,
      onWait: (waitMs, paused) => {
        const why = paused ? "Plivo asked to slow down" : `Plivo takes ${LIMIT.calls} calls in 5 s`;
        this.#logWait(
          waitMs,
          `${why}; waiting ${seconds(waitMs)} before ${this.#request.method} ${this.#request.path}`,
        );
      },
    });
    if (turn.kind !== "go") throw this.#error(turn);
  }

  /** Returns when the request is to be retried, throws when it is not. */
  async #afterFailure(failure: RequestFailure): Promise<void> {
    const { account, clock, random } = this.#execution;
    const asksToSlowDown = failure.kind === "status" && failure.status === 429;
    if (asksToSlowDown) this.#rateLimited += 1;
    const now = clock.now();
    const decision = decideRetry({
      failure,
      idempotent: this.#request.idempotent,
      bestEffort: this.#request.bestEffort ?? false,
      sent: this.#sent,
      rateLimited: this.#rateLimited,
      maxRetries: this.#execution.settings.maxRetries,
      remainingMs: this.#context.deadline - now,
      random: random(),
    });
    // All requests of the account pause, also when this one gives up: the others would only meet the same response.
    const dictated = failure.kind === "status" ? failure.retryAfterMs : null;
    const pauseMs = decision.kind === "retry" ? decision.afterMs : dictated;
    if (asksToSlowDown && pauseMs !== null) account.limiter.pause(now + pauseMs, now);
    if (failure.kind === "cancelled") throw this.#error(failure);
    if (decision.kind === "stop")
      throw this.#error(failure, this.#note(decision, dictated !== null), decision.why === "deadline-exceeded");
    this.#earlier = this.#error(failure);
    this.#mayHaveActed ||= this.#request.method !== "GET" && outcomeOf(failure) === "indeterminate";
    // For a 429 the limiter does the waiting, in its queue with all others.
    if (!asksToSlowDown) await this.#pauseAlone(decision.afterMs);
  }

  async #pauseAlone(ms: number): Promise<void> {
    const { clock, settings } = this.#execution;
    const { status, outcome } = this.#earlier ?? {};
    const unanswered = outcome === "not-sent" ? "could not be reached" : "gave no complete response";
    const facts = status ? `responded ${status}` : unanswered;
    const count = `attempt ${this.#sent - this.#rateLimited + 1} of ${settings.maxRetries + 1}`;
    this.#logWait(ms, `Plivo ${facts}; ${count} of ${this.#request.method} ${this.#request.path} in ${seconds(ms)}`);
    if (!(await slept(clock, ms, this.#context.signal))) throw this.#error({ kind: "cancelled" });
  }

  #logWait(ms: number, text: string): void {
    if (ms > SILENT_WAIT_MS) this.#context.log("info", text);
  }

  async #attempt(): Promise<ParseResult<T>> {
    const { settings, account, route, clock } = this.#execution;
    const { method, body } = this.#request;
    const agents = await account.agents(route);
    const began = clock.now();
    const remainingMs = this.#context.deadline - began;
    const timeoutMs = Math.max(1, Math.min(settings.requestTimeoutMs, remainingMs));
    this.#sent += 1;
    const result = await send({
      method,
      url: `${settings.baseUrl}${this.#pathAndQuery()}`,
      headers: headersFor(settings, body !== undefined),
      body: body === undefined ? undefined : JSON.stringify(body),
      timeoutMs,
      limit: clock.limit?.bind(clock) ?? realLimit,
      // Aborting a write would only lose its response: Plivo acts all the same.
      signal: method === "GET" ? this.#context.signal : undefined,
      agents,
    });
    const parsed: ParseResult<T> =
      result.kind === "answer"
        ? parseResponse(result, this.#request, this.#redact, clock.now())
        : { ok: false, failure: this.#requestFailure(result, timeoutMs, remainingMs <= settings.requestTimeoutMs) };
    this.#traceAttempt(began, result, parsed);
    return parsed;
  }

  #requestFailure(failure: HttpFailure, timeoutMs: number, last: boolean): RequestFailure {
    const detail = oneLine(this.#redact(failure.said));
    const { code, unsent, tunnel } = failure;
    const proxy = this.#execution.route.proxy?.name ?? null;
    switch (failure.fault) {
      case "timeout":
        return { kind: "timeout", afterMs: timeoutMs, last, unsent, proxy };
      case "aborted":
        return { kind: "cancelled" };
      case "too-large":
        return {
          kind: "invalid-response",
          status: null,
          apiId: null,
          why: `an answer of more than ${LARGEST_BODY} bytes`,
        };
      case "broken":
        return {
          kind: "invalid-response",
          status: null,
          apiId: null,
          why: `an answer that did not come whole (${detail})`,
        };
      case "network":
        if (tunnel && proxy !== null) return { kind: "proxy", proxy, target: this.#target(), ...tunnel, code, detail };
        return { kind: "network", code, detail, unsent };
    }
  }

  /** What a proxy is asked to connect with. */
  #target(): string {
    const { hostname, port } = new URL(this.#execution.settings.baseUrl);
    return `${hostname}:${port || 443}`;
  }

  #pathAndQuery(): string {
    const { path, query } = this.#request;
    const search = query === undefined ? "" : `?${new URLSearchParams(query)}`;
    return `/Account/${this.#execution.settings.authId}/${path}${search}`;
  }

  #traceAttempt(began: number, result: HttpResult, parsed: ParseResult<T>): void {
    const { clock, settings, trace } = this.#execution;
    if (!trace) return;
    const line: TraceLine = {
      time: new Date(began).toISOString(),
      method: this.#request.method,
      path: withoutAuthId(new URL(`${settings.baseUrl}${this.#pathAndQuery()}`).pathname, settings.authId),
      status: result.kind === "answer" ? result.status : null,
      failure: result.kind === "failure" ? result.code || result.fault : failureOf(parsed),
      ms: Math.round(clock.now() - began),
      attempt: this.#sent,
      apiId: apiIdOf(parsed),
    };
    try {
      trace(line);
    } catch (error) {
      // A trace that cannot be written must not take a phone line down with it.
      this.#execution.trace = undefined;
      this.#context.log("warning", `The trace cannot be written, and ends here: ${oneLine(String(error))}`);
    }
  }

  #note(decision: Extract<RetryDecision, { kind: "stop" }>, dictated: boolean): string {
    const times =
      this.#sent > 1 ? `, ${this.#sent} times in ${seconds(this.#execution.clock.now() - this.#began)}` : "";
    if (decision.why !== "deadline-exceeded") return times;
    const left = Math.max(0, this.#context.deadline - this.#execution.clock.now());
    const wait = dictated ? "Plivo asks to wait" : "the next attempt would be in";
    return `${times}; ${wait} ${seconds(decision.afterMs)}, and ${seconds(left)} are left`;
  }

  #error(failure: RequestFailure, note = "", ranOutOfTime = false): PlivoError {
    const { method, path, target, idempotent, toCollection = false } = this.#request;
    const request = { method, path, target, idempotent, toCollection, authId: this.#execution.settings.authId };
    const context: ErrorContext = { note, earlier: this.#earlier, mayHaveActed: this.#mayHaveActed, ranOutOfTime };
    return createError(failure, request, context);
  }
}

function headersFor({ authId, authToken }: Settings, hasBody: boolean): Record<string, string> {
  return {
    Accept: "application/json",
    "Accept-Encoding": "gzip",
    Authorization: `Basic ${basicAuth(authId, authToken)}`,
    "User-Agent": `pulumi-plivo/${version}`,
    ...(hasBody ? { "Content-Type": "application/json" } : {}),
  };
}

function basicAuth(authId: string, authToken: string): string {
  return Buffer.from(`${authId}:${authToken}`).toString("base64");
}

function failureOf(result: ParseResult<unknown>): string | null {
  return !result.ok && result.failure.kind === "invalid-response" ? "invalid-response" : null;
}

function apiIdOf(result: ParseResult<unknown>): string | null {
  if (result.ok) return result.apiId;
  return "apiId" in result.failure ? result.failure.apiId : null;
}
