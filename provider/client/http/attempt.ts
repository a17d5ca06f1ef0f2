/** One attempt of a request: one HTTP exchange, and what it means. */
import type { Redact } from "../../text/redact";
import { oneLine } from "../../text/visible";
import type { Clock } from "../clock";
import type { ClientConfig } from "../config";
import type { Account, Route } from "./account";
import { type Exchange, exchange } from "./exchange";
import type { RequestFailure } from "./failure";
import { type ParseResult, parseResponse } from "./parse-response";
import type { RequestContext, RequestSpec } from "./request-spec";
import type { Trace } from "./trace";
import { type HttpResult, LARGEST_BODY } from "./transport";

type HttpFailure = Extract<HttpResult, { kind: "failure" }>;

/** What all requests of one client share. */
export interface ExecutionContext {
  readonly config: ClientConfig;
  readonly account: Account;
  readonly route: Route;
  readonly clock: Clock;
  random(): number;
  /** Removed when it fails, so that its failure is logged once. */
  trace: Trace | undefined;
}

export interface Attempt<T> {
  readonly request: RequestSpec<T>;
  readonly context: RequestContext;
  readonly redact: Redact;
  /** 1 for the first. */
  readonly nth: number;
}

/** Never throws for what the network or the server does. */
export async function attempt<T>(given: Attempt<T>, execution: ExecutionContext): Promise<ParseResult<T>> {
  const { request, context, redact } = given;
  const exchanged = await exchange(request, context, execution);
  const { result } = exchanged;
  const parsed: ParseResult<T> =
    result.kind === "response"
      ? parseResponse(result, request, redact, execution.clock.now())
      : { ok: false, failure: requestFailure(result, exchanged, redact, execution) };
  traceAttempt(given, exchanged, parsed, execution);
  return parsed;
}

function requestFailure(
  failure: HttpFailure,
  { timeoutMs, isLast }: Exchange,
  redact: Redact,
  { config, route }: ExecutionContext,
): RequestFailure {
  const detail = oneLine(redact(failure.detail));
  const { code, unsent, tunnel } = failure;
  const proxy = route.proxy?.name ?? null;
  const invalid = (why: string) => ({ kind: "invalid-response", status: null, apiId: null, why }) as const;
  switch (failure.fault) {
    case "timeout":
      return { kind: "timeout", afterMs: timeoutMs, last: isLast, unsent, proxy };
    case "aborted":
      return { kind: "cancelled" };
    case "too-large":
      return invalid(`a response of more than ${LARGEST_BODY} bytes`);
    case "broken":
      return invalid(`an incomplete response (${detail})`);
    case "network":
      if (tunnel && proxy !== null)
        return { kind: "proxy", proxy, target: proxyTarget(config), ...tunnel, code, detail };
      return { kind: "network", code, detail, unsent };
  }
}

/** What a proxy is asked to connect with. */
function proxyTarget({ baseUrl }: ClientConfig): string {
  const { hostname, port } = new URL(baseUrl);
  return `${hostname}:${port || 443}`;
}

function traceAttempt<T>(
  { request, context, nth }: Attempt<T>,
  { url, began, result }: Exchange,
  parsed: ParseResult<T>,
  execution: ExecutionContext,
): void {
  const { clock, config, trace } = execution;
  if (!trace) return;
  const invalid = !parsed.ok && parsed.failure.kind === "invalid-response" ? "invalid-response" : null;
  try {
    trace({
      time: new Date(began).toISOString(),
      method: request.method,
      path: new URL(url).pathname.replaceAll(config.authId, "{auth_id}"),
      status: result.kind === "response" ? result.status : null,
      failure: result.kind === "failure" ? result.code || result.fault : invalid,
      ms: Math.round(clock.now() - began),
      attempt: nth,
      apiId: apiIdOf(parsed),
    });
  } catch (error) {
    // A trace that cannot be written must not take a phone line down with it.
    execution.trace = undefined;
    context.log("warning", `The trace cannot be written, and ends here: ${oneLine(String(error))}`);
  }
}

function apiIdOf(result: ParseResult<unknown>): string | null {
  if (result.ok) return result.apiId;
  return "apiId" in result.failure ? result.failure.apiId : null;
}
