import { visible } from "../text/visible";
import type { Method } from "./call";
import * as errors from "./errors";
import { isCertificateTrouble, isProtocolTrouble, isRedirect, outcomeOf, type Trouble } from "./trouble";

/** The call an error is about, as far as its text needs it. */
export interface About {
  readonly method: Method;
  readonly path: string;
  readonly what: string;
  readonly idempotent: boolean;
  readonly toCollection: boolean;
  readonly authId: string;
}

/** What happened around the failing attempt. */
export interface Story {
  /** Such as `, 6 times in 12 s`; goes behind what Plivo said. */
  readonly note?: string;
  /** The failure before, where waiting for a repeat is what failed. */
  readonly earlier?: errors.PlivoError | undefined;
  /** An earlier attempt of the same call may have acted, so "cannot have acted" would be wrong for the call. */
  readonly mayHaveActed?: boolean;
  /** There was no time for another attempt. */
  readonly ranOutOfTime?: boolean;
}

/** The one place where errors of calls are made. */
export function errorFor(trouble: Trouble, about: About, story: Story = {}): errors.PlivoError {
  const ErrorClass = classFor(trouble, about);
  const api = "apiId" in trouble && trouble.apiId !== null ? ` (api_id ${trouble.apiId})` : "";
  const facts = `${about.method} ${about.path} -> ${whatHappened(trouble)}${story.note ?? ""}${api}`;
  return new ErrorClass({
    message: visible(`${facts}: ${whatToDo(trouble, about, story)}`),
    status: "status" in trouble ? trouble.status : null,
    apiId: "apiId" in trouble ? trouble.apiId : null,
    method: about.method,
    path: about.path,
    outcome: outcomeAfter(trouble, story),
    detail: trouble.kind === "status" ? trouble.said : null,
    ranOutOfTime: story.ranOutOfTime || trouble.kind === "no-time" || (trouble.kind === "timeout" && trouble.last),
    cause: waitedInVain(trouble) || trouble.kind === "timeout" ? story.earlier : undefined,
  });
}

function waitedInVain(trouble: Trouble): boolean {
  return trouble.kind === "no-time" || trouble.kind === "cancelled";
}

/** Waiting in vain adds nothing to what the attempts before may have done. */
function outcomeAfter(trouble: Trouble, story: Story): errors.Outcome {
  const own = waitedInVain(trouble) ? (story.earlier?.outcome ?? "unreached") : outcomeOf(trouble);
  return own === "unreached" && story.mayHaveActed ? "unknown" : own;
}

function classFor(trouble: Trouble, about: About): new (facts: errors.ErrorFacts) => errors.PlivoError {
  switch (trouble.kind) {
    case "status":
      return classForStatus(trouble.status, about);
    case "unreadable":
      return errors.UnreadableAnswerError;
    case "network":
    case "proxy":
      return errors.ConnectionError;
    case "timeout":
      return trouble.last ? errors.DeadlineError : errors.ConnectionError;
    case "no-time":
      return errors.DeadlineError;
    case "cancelled":
      return errors.CancelledError;
    case "invalid":
      return errors.InvalidIdError;
    case "no-effect":
      return errors.BadRequestError;
  }
}

function classForStatus(status: number, about: About): new (facts: errors.ErrorFacts) => errors.PlivoError {
  if (status === 401) return errors.AuthenticationError;
  if (status === 403) return errors.ForbiddenError;
  if (status === 404 && !about.toCollection) return errors.NotFoundError;
  if (status === 408 || status >= 500) return errors.ServerError;
  if (status === 429) return errors.RateLimitError;
  return errors.BadRequestError;
}

function whatHappened(trouble: Trouble): string {
  switch (trouble.kind) {
    case "status":
      return trouble.said === null ? String(trouble.status) : `${trouble.status} "${trouble.said}"`;
    case "unreadable":
      return trouble.status === null ? trouble.why : `${trouble.status}, but ${trouble.why}`;
    case "network":
      return `no answer (${trouble.said})`;
    case "proxy":
      return `not sent: the proxy ${trouble.proxy} ${whatProxyDid(trouble)}`;
    case "timeout":
      if (!trouble.unsent) return `no complete answer within ${seconds(trouble.afterMs)}`;
      return `not sent: ${trouble.proxy ? `the proxy ${trouble.proxy} made ` : ""}no connection within ${seconds(trouble.afterMs)}`;
    case "no-time":
      return trouble.waitMs > 0
        ? `not sent: it would wait ${seconds(trouble.waitMs)} for the rate limit, past the operation's deadline`
        : "not sent: no time left";
    case "cancelled":
      return "cancelled";
    case "invalid":
    case "no-effect":
      return trouble.why;
  }
}

type ProxyTrouble = Extract<Trouble, { kind: "proxy" }>;

function whatProxyDid({ fault, refusal, said }: ProxyTrouble): string {
  if (fault === "refused") return `refused the connection (${refusal})`;
  if (fault === "no-tls") return `made a connection in which TLS failed (${said})`;
  return `made no connection (${said})`;
}

function whatToDo(trouble: Trouble, about: About, story: Story): string {
  // What to do then is the caller's to say: it checks before anything is created again.
  if (!about.idempotent && outcomeAfter(trouble, story) === "unknown")
    return `Plivo may have created the ${about.what}`;
  switch (trouble.kind) {
    case "status":
      return adviceForStatus(trouble.status, about);
    case "unreadable":
      return isRedirect(trouble.status)
        ? "credentials must not reach another host; check the base URL"
        : "this is not what Plivo's API answers; check the base URL and any proxy in between, then try again";
    case "network":
      return adviceForNetwork(trouble.code);
    case "proxy":
      return adviceForProxy(trouble);
    case "timeout":
      return trouble.unsent && trouble.proxy ? "try again, or check the proxy" : "try again, or allow more time";
    case "no-time":
    case "cancelled":
      if (story.earlier) return `previous attempt: ${story.earlier.message}`;
      return trouble.kind === "cancelled" ? "nothing was sent" : "try again later, or allow more time";
    case "invalid":
      return "nothing was sent; correct it and try again";
    case "no-effect":
      return "change it in Plivo's console (https://cx.plivo.com), then try again";
  }
}

const PROXY_CREDENTIALS = "the proxy in between wants credentials; set them in HTTPS_PROXY";

function adviceForStatus(status: number, about: About): string {
  if (status === 401) return `Auth ID "${about.authId}" or its Auth Token is wrong; compare both with Plivo's console`;
  if (status === 403 && !about.path.startsWith("Zentrunk/"))
    return `account "${about.authId}" may not do that; ask Plivo's support, quoting the api_id`;
  if (status === 403)
    return `SIP trunking is not enabled for account "${about.authId}"; ask Plivo's support, quoting the api_id`;
  if (status === 501 || (status === 404 && about.toCollection))
    return "no such address; check the base URL and the Auth ID";
  if (status === 404) return `account "${about.authId}" has no ${about.what} (any more)`;
  if (status === 405) return "this API does not offer that; please report it to the maintainers of this client";
  if (status === 407) return PROXY_CREDENTIALS;
  if (status === 409) return "another object is in the way, or something changed it at the same time";
  if (status === 422) return "a field is missing that is needed with the others; add what Plivo names";
  if (status === 429) return "the account's limit of 300 calls per 5 s is used up; try again later, or allow more time";
  if (status === 503 && about.path.startsWith("Zentrunk/"))
    return "Plivo has a temporary problem, or the base URL leads to a wrong path, to which Plivo responds 503 too";
  if (status === 408 || status >= 500)
    return "Plivo has a temporary problem; try again, or see https://status.plivo.com";
  return "correct what Plivo names and try again";
}

function adviceForProxy({ fault, refusal, code, target }: ProxyTrouble): string {
  if (refusal === 407) return PROXY_CREDENTIALS;
  if (isCertificateTrouble(code)) return adviceForNetwork(code);
  if (fault === "unreachable") return "check HTTPS_PROXY, and whether the proxy runs";
  return `make it connect to ${target}, or go around it with NO_PROXY`;
}

function adviceForNetwork(code: string): string {
  if (isCertificateTrouble(code)) {
    return "its certificate is not trusted; behind an inspecting proxy, set NODE_EXTRA_CA_CERTS to the proxy's CA";
  }
  if (isProtocolTrouble(code)) return "what listens there does not speak https as it should; check the base URL";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "the host name does not resolve; check base URL and network";
  if (code === "ECONNREFUSED") return "nothing listens there; check the base URL and any proxy settings";
  return "check the network and any proxy in between, then try again";
}

/** `1.5 s`: as exact as a reader needs it. */
export function seconds(ms: number): string {
  return `${ms >= 10_000 ? Math.ceil(ms / 1000) : Math.ceil(ms / 100) / 10} s`;
}
