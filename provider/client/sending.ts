/** The one path by which requests leave: turn, attempt, and what the retry ladder says about its result. */
import { version } from "../../package.json";
import { type Redact, redactor } from "../text/redact";
import { oneLine } from "../text/visible";
import { type Reading, readAnswer } from "./answer";
import type { Call, Operation } from "./call";
import { type Clock, realLimit, slept } from "./clock";
import { errorFor, type Story, seconds } from "./error-factory";
import type { PlivoError } from "./errors";
import type { Settings } from "./options";
import { LIMIT, waitForTurn } from "./rate-limit";
import { nextStep, type Step } from "./retry";
import type { Account, Route } from "./shared";
import { type Trace, type TraceLine, withoutAuthId } from "./trace";
import { type HttpResult, LARGEST_BODY, send } from "./transport";
import { outcomeOf, type Trouble } from "./trouble";

type HttpFailure = Extract<HttpResult, { kind: "failure" }>;

/** What all calls of one client share. */
export interface Conditions {
  readonly settings: Settings;
  readonly account: Account;
  readonly route: Route;
  readonly clock: Clock;
  random(): number;
  /** Taken away when it fails, so that its failure is said once. */
  trace: Trace | undefined;
}

/** A write that is sent so soon after it was decided on is not late. */
const PUNCTUAL_MS = 1_000;
/** Waits up to this long are nobody's business; longer ones are said. */
const SILENT_WAIT_MS = 2_000;

/** One call on its way: sent once, or as often as the retry ladder allows. */
export class Sending<T> {
  readonly #call: Call<T>;
  readonly #operation: Operation;
  readonly #conditions: Conditions;
  readonly #redact: Redact;
  readonly #began: number;
  #decidedAt: number;
  #sent = 0;
  #slowedDown = 0;
  #mayHaveActed = false;
  #earlier: PlivoError | undefined;

  constructor(call: Call<T>, operation: Operation, conditions: Conditions) {
    this.#call = call;
    this.#operation = operation;
    this.#conditions = conditions;
    const { authId, authToken } = conditions.settings;
    this.#redact = redactor([authToken, basicAuth(authId, authToken), call.body?.password]);
    this.#began = conditions.clock.now();
    this.#decidedAt = this.#began;
  }

  async result(): Promise<T> {
    for (;;) {
      await this.#turn();
      await this.#lookAgain();
      const reading = await this.#attempt();
      const acted = reading.ok || outcomeOf(reading.trouble) === "unknown";
      if (acted && this.#call.method !== "GET") this.#operation.onWrite?.();
      if (reading.ok) return reading.value;
      await this.#afterTrouble(reading.trouble);
    }
  }

  async #lookAgain(): Promise<void> {
    const { clock } = this.#conditions;
    if (this.#call.method === "GET" || clock.now() - this.#decidedAt <= PUNCTUAL_MS) return;
    await this.#operation.beforeLateWrite?.();
    this.#decidedAt = clock.now();
  }

  /** Waits for the account's rate limiter. */
  async #turn(): Promise<void> {
    const { account, clock } = this.#conditions;
    const { deadline, signal } = this.#operation;
    const turn = await waitForTurn(account.limiter, {
      clock,
      deadline,
      signal,
      onWait: (waitMs, paused) => {
        const why = paused ? "Plivo asked to slow down" : `Plivo takes ${LIMIT.calls} calls in 5 s`;
        this.#sayWait(waitMs, `${why}; waiting ${seconds(waitMs)} before ${this.#call.method} ${this.#call.path}`);
      },
    });
    if (turn.kind !== "go") throw this.#error(turn);
  }

  /** Returns when the call is to be sent again, throws when it is not. */
  async #afterTrouble(trouble: Trouble): Promise<void> {
    const { account, clock, random } = this.#conditions;
    const asksToSlowDown = trouble.kind === "status" && trouble.status === 429;
    if (asksToSlowDown) this.#slowedDown += 1;
    const now = clock.now();
    const step = nextStep({
      trouble,
      idempotent: this.#call.idempotent,
      expendable: this.#call.expendable ?? false,
      sent: this.#sent,
      slowedDown: this.#slowedDown,
      maxRetries: this.#conditions.settings.maxRetries,
      remainingMs: this.#operation.deadline - now,
      random: random(),
    });
    // Everyone pauses, also when this call itself gives up: the others would only run into the same answer.
    const dictated = trouble.kind === "status" ? trouble.retryAfterMs : null;
    const pauseMs = step.kind === "repeat" ? step.afterMs : dictated;
    if (asksToSlowDown && pauseMs !== null) account.limiter.pause(now + pauseMs, now);
    if (trouble.kind === "cancelled") throw this.#error(trouble);
    if (step.kind === "stop") throw this.#error(trouble, this.#note(step, dictated !== null), step.why === "no-time");
    this.#earlier = this.#error(trouble);
    this.#mayHaveActed ||= this.#call.method !== "GET" && outcomeOf(trouble) === "unknown";
    // For a 429 the limiter does the waiting, in its queue with all others.
    if (!asksToSlowDown) await this.#pauseAlone(step.afterMs);
  }

  async #pauseAlone(ms: number): Promise<void> {
    const { clock, settings } = this.#conditions;
    const { status, outcome } = this.#earlier ?? {};
    const unanswered = outcome === "unreached" ? "could not be reached" : "gave no complete response";
    const facts = status ? `responded ${status}` : unanswered;
    const count = `attempt ${this.#sent - this.#slowedDown + 1} of ${settings.maxRetries + 1}`;
    this.#sayWait(ms, `Plivo ${facts}; ${count} of ${this.#call.method} ${this.#call.path} in ${seconds(ms)}`);
    if (!(await slept(clock, ms, this.#operation.signal))) throw this.#error({ kind: "cancelled" });
  }

  #sayWait(ms: number, text: string): void {
    if (ms > SILENT_WAIT_MS) this.#operation.log("info", text);
  }

  async #attempt(): Promise<Reading<T>> {
    const { settings, account, route, clock } = this.#conditions;
    const { method, body } = this.#call;
    const agents = await account.agents(route);
    const began = clock.now();
    const remainingMs = this.#operation.deadline - began;
    const timeoutMs = Math.max(1, Math.min(settings.requestTimeoutMs, remainingMs));
    this.#sent += 1;
    const result = await send({
      method,
      url: `${settings.baseUrl}${this.#pathAndQuery()}`,
      headers: headersFor(settings, body !== undefined),
      body: body === undefined ? undefined : JSON.stringify(body),
      timeoutMs,
      limit: clock.limit?.bind(clock) ?? realLimit,
      // Cutting a write off would only lose its answer: Plivo acts all the same.
      signal: method === "GET" ? this.#operation.signal : undefined,
      agents,
    });
    const reading: Reading<T> =
      result.kind === "answer"
        ? readAnswer(result, this.#call, this.#redact, clock.now())
        : { ok: false, trouble: this.#troubleOf(result, timeoutMs, remainingMs <= settings.requestTimeoutMs) };
    this.#traceAttempt(began, result, reading);
    return reading;
  }

  #troubleOf(failure: HttpFailure, timeoutMs: number, last: boolean): Trouble {
    const said = oneLine(this.#redact(failure.said));
    const { code, unsent, tunnel } = failure;
    const proxy = this.#conditions.route.proxy?.name ?? null;
    switch (failure.fault) {
      case "timeout":
        return { kind: "timeout", afterMs: timeoutMs, last, unsent, proxy };
      case "aborted":
        return { kind: "cancelled" };
      case "too-large":
        return { kind: "unreadable", status: null, apiId: null, why: `an answer of more than ${LARGEST_BODY} bytes` };
      case "broken":
        return { kind: "unreadable", status: null, apiId: null, why: `an answer that did not come whole (${said})` };
      case "network":
        if (tunnel && proxy !== null) return { kind: "proxy", proxy, target: this.#target(), ...tunnel, code, said };
        return { kind: "network", code, said, unsent };
    }
  }

  /** What a proxy is asked to connect with. */
  #target(): string {
    const { hostname, port } = new URL(this.#conditions.settings.baseUrl);
    return `${hostname}:${port || 443}`;
  }

  #pathAndQuery(): string {
    const { path, query } = this.#call;
    const search = query === undefined ? "" : `?${new URLSearchParams(query)}`;
    return `/Account/${this.#conditions.settings.authId}/${path}${search}`;
  }

  #traceAttempt(began: number, result: HttpResult, reading: Reading<T>): void {
    const { clock, settings, trace } = this.#conditions;
    if (!trace) return;
    const line: TraceLine = {
      time: new Date(began).toISOString(),
      method: this.#call.method,
      path: withoutAuthId(new URL(`${settings.baseUrl}${this.#pathAndQuery()}`).pathname, settings.authId),
      status: result.kind === "answer" ? result.status : null,
      failure: result.kind === "failure" ? result.code || result.fault : failureOf(reading),
      ms: Math.round(clock.now() - began),
      attempt: this.#sent,
      apiId: apiIdOf(reading),
    };
    try {
      trace(line);
    } catch (error) {
      // A trace that cannot be written must not take a phone line down with it.
      this.#conditions.trace = undefined;
      this.#operation.log("warning", `The trace cannot be written, and ends here: ${oneLine(String(error))}`);
    }
  }

  #note(step: Extract<Step, { kind: "stop" }>, dictated: boolean): string {
    const times =
      this.#sent > 1 ? `, ${this.#sent} times in ${seconds(this.#conditions.clock.now() - this.#began)}` : "";
    if (step.why !== "no-time") return times;
    const left = Math.max(0, this.#operation.deadline - this.#conditions.clock.now());
    const wait = dictated ? "Plivo asks to wait" : "the next attempt would be in";
    return `${times}; ${wait} ${seconds(step.afterMs)}, and ${seconds(left)} are left`;
  }

  #error(trouble: Trouble, note = "", ranOutOfTime = false): PlivoError {
    const { method, path, what, idempotent, toCollection = false } = this.#call;
    const about = { method, path, what, idempotent, toCollection, authId: this.#conditions.settings.authId };
    const story: Story = { note, earlier: this.#earlier, mayHaveActed: this.#mayHaveActed, ranOutOfTime };
    return errorFor(trouble, about, story);
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

function failureOf(reading: Reading<unknown>): string | null {
  return !reading.ok && reading.trouble.kind === "unreadable" ? "unreadable" : null;
}

function apiIdOf(reading: Reading<unknown>): string | null {
  if (reading.ok) return reading.apiId;
  return "apiId" in reading.trouble ? reading.trouble.apiId : null;
}
