import { visible } from "../../text/visible";
import * as errors from "./errors";
import { type FailureOf, isCertificateFailure, isProtocolFailure, outcomeOf, type RequestFailure } from "./failure";
import type { RequestSpec } from "./request-spec";

/** The request an error is about, as far as its text needs it. */
export type RequestInfo = Pick<RequestSpec<unknown>, "method" | "path" | "target" | "idempotent" | "toCollection"> & {
  readonly authId: string;
};

/** What happened around the failing attempt. */
export interface ErrorContext {
  /** Such as `, 6 times in 12 s`; follows what Plivo returned. */
  readonly note?: string;
  /** The failure before, where waiting for a retry is what failed. */
  readonly earlier?: errors.PlivoError | undefined;
  /** An earlier attempt of the same request may have acted, so "cannot have acted" would be wrong for the request. */
  readonly mayHaveActed?: boolean;
  /** There was no time for another attempt. */
  readonly ranOutOfTime?: boolean;
}

/** The one place where errors of requests are made. */
export function createError(
  failure: RequestFailure,
  request: RequestInfo,
  context: ErrorContext = {},
): errors.PlivoError {
  const [ErrorClass, happened, advice] = wordingOf(failure, request);
  const api = "apiId" in failure && failure.apiId !== null ? ` (api_id ${failure.apiId})` : "";
  const facts = `${request.method} ${request.path} -> ${happened}${context.note ?? ""}${api}`;
  const outcome = outcomeAfter(failure, context);
  const isCutShort = failure.kind === "deadline-exceeded" || (failure.kind === "timeout" && failure.last);
  // What to do then is the caller's to say: it checks before anything is created again.
  const mayBeCreated = !request.idempotent && outcome === "indeterminate";
  const previous = gaveUpWaiting(failure) ? context.earlier : undefined;
  const otherwise = previous ? `previous attempt: ${previous.message}` : advice;
  const whatNow = mayBeCreated ? `Plivo may have created the ${request.target}` : otherwise;
  return new ErrorClass({
    message: visible(`${facts}: ${whatNow}`),
    status: "status" in failure ? failure.status : null,
    apiId: "apiId" in failure ? failure.apiId : null,
    method: request.method,
    path: request.path,
    outcome,
    mayHaveActed: context.mayHaveActed ?? false,
    detail: failure.kind === "status" ? failure.detail : null,
    ranOutOfTime: context.ranOutOfTime || isCutShort,
    cause: failure.kind === "timeout" ? context.earlier : previous,
  });
}

function gaveUpWaiting(failure: RequestFailure): boolean {
  return failure.kind === "deadline-exceeded" || failure.kind === "cancelled";
}

/** Waiting in vain adds nothing to what the attempts before may have done. */
function outcomeAfter(failure: RequestFailure, context: ErrorContext): errors.Outcome {
  const own = gaveUpWaiting(failure) ? (context.earlier?.outcome ?? "not-sent") : outcomeOf(failure);
  return own === "not-sent" && context.mayHaveActed ? "indeterminate" : own;
}

type ErrorClass = new (facts: errors.ErrorFacts) => errors.PlivoError;
type Wording = readonly [ErrorClass, happened: string, advice: string];

/** All that an error says of one kind of failure. */
function wordingOf(failure: RequestFailure, request: RequestInfo): Wording {
  switch (failure.kind) {
    case "status":
      return [classForStatus(failure.status, request), quoted(failure), adviceForStatus(failure.status, request)];
    case "invalid-response":
      return invalidResponse(failure);
    case "network":
      return [errors.ConnectionError, `no response (${failure.detail})`, adviceForNetwork(failure.code)];
    case "proxy":
      return [errors.ConnectionError, whatProxyDid(failure), adviceForProxy(failure)];
    case "timeout":
      return timedOut(failure);
    case "deadline-exceeded":
      return [errors.DeadlineExceededError, waitTooLong(failure), "try again later, or allow more time"];
    case "cancelled":
      return [errors.CancelledError, "cancelled", "nothing was sent"];
    case "invalid":
      return [errors.InvalidIdError, failure.why, "nothing was sent; correct it and try again"];
    case "not-applied":
      return [errors.BadRequestError, failure.why, NOT_APPLIED];
  }
}

const NOT_APPLIED = "change it in Plivo's console (https://cx.plivo.com), then try again";

function quoted({ status, detail }: FailureOf<"status">): string {
  return detail === null ? String(status) : `${status} "${detail}"`;
}

function invalidResponse({ status, why }: FailureOf<"invalid-response">): Wording {
  const isRedirect = status !== null && status >= 300 && status < 400;
  const advice = isRedirect
    ? "credentials must not reach another host; check the base URL"
    : "this is no response of Plivo's API; check the base URL and any proxy in between, then try again";
  return [errors.InvalidResponseError, status === null ? why : `${status}, but ${why}`, advice];
}

function timedOut({ last, unsent, proxy, afterMs }: FailureOf<"timeout">): Wording {
  const Timeout = last ? errors.DeadlineExceededError : errors.ConnectionError;
  const after = seconds(afterMs);
  if (!unsent) return [Timeout, `no complete response within ${after}`, MORE_TIME];
  if (proxy === null) return [Timeout, `not sent: no connection within ${after}`, MORE_TIME];
  return [Timeout, `not sent: the proxy ${proxy} made no connection within ${after}`, "try again, or check the proxy"];
}

const MORE_TIME = "try again, or allow more time";

function waitTooLong({ waitMs }: FailureOf<"deadline-exceeded">): string {
  return waitMs > 0
    ? `not sent: it would wait ${seconds(waitMs)} for the rate limit, past the operation's deadline`
    : "not sent: no time left";
}

function classForStatus(status: number, request: RequestInfo): ErrorClass {
  if (status === 401) return errors.AuthenticationError;
  if (status === 403) return errors.ForbiddenError;
  if (status === 404 && !request.toCollection) return errors.NotFoundError;
  if (status === 408 || status >= 500) return errors.ServerError;
  if (status === 429) return errors.RateLimitError;
  return errors.BadRequestError;
}

function whatProxyDid({ proxy, fault, refusal, detail }: FailureOf<"proxy">): string {
  if (fault === "refused") return `not sent: the proxy ${proxy} refused the connection (${refusal})`;
  if (fault === "no-tls") return `not sent: the proxy ${proxy} made a connection in which TLS failed (${detail})`;
  return `not sent: the proxy ${proxy} made no connection (${detail})`;
}

const PROXY_CREDENTIALS = "the proxy in between wants credentials; set them in HTTPS_PROXY";

function adviceForStatus(status: number, request: RequestInfo): string {
  if (status === 401)
    return `Auth ID "${request.authId}" or its Auth Token is wrong; compare both with Plivo's console`;
  if (status === 403 && !request.path.startsWith("Zentrunk/"))
    return `account "${request.authId}" may not do that; ask Plivo's support, quoting the api_id`;
  if (status === 403)
    return `SIP trunking is not enabled for account "${request.authId}"; ask Plivo's support, quoting the api_id`;
  if (status === 501 || (status === 404 && request.toCollection))
    return "no such address; check the base URL and the Auth ID";
  if (status === 404) return `account "${request.authId}" has no ${request.target} (any more)`;
  if (status === 405) return "this API does not offer that; please report it to the maintainers of this client";
  if (status === 407) return PROXY_CREDENTIALS;
  if (status === 409) return "another object is in the way, or something changed it at the same time";
  if (status === 422) return "a field is missing that is needed with the others; add what Plivo names";
  if (status === 429)
    return "the account's limit of 300 requests per 5 s is used up; try again later, or allow more time";
  if (status === 503 && request.path.startsWith("Zentrunk/"))
    return "Plivo has a temporary problem, or the base URL leads to a wrong path, to which Plivo responds 503 too";
  if (status === 408 || status >= 500)
    return "Plivo has a temporary problem; try again, or see https://status.plivo.com";
  return "correct what Plivo names and try again";
}

function adviceForProxy({ fault, refusal, code, target }: FailureOf<"proxy">): string {
  if (refusal === 407) return PROXY_CREDENTIALS;
  if (isCertificateFailure(code)) return adviceForNetwork(code);
  if (fault === "unreachable") return "check HTTPS_PROXY, and whether the proxy runs";
  return `make it connect to ${target}, or go around it with NO_PROXY`;
}

function adviceForNetwork(code: string): string {
  if (isCertificateFailure(code)) {
    return "its certificate is not trusted; behind an inspecting proxy, set NODE_EXTRA_CA_CERTS to the proxy's CA";
  }
  if (isProtocolFailure(code)) return "what listens there does not speak https as it should; check the base URL";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "the host name does not resolve; check base URL and network";
  if (code === "ECONNREFUSED") return "nothing listens there; check the base URL and any proxy settings";
  return "check the network and any proxy in between, then try again";
}

/** `1.5 s`: as exact as a reader needs it. */
export function seconds(ms: number): string {
  return `${ms >= 10_000 ? Math.ceil(ms / 1000) : Math.ceil(ms / 100) / 10} s`;
}
