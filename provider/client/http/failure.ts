import type { Outcome } from "./errors";
import type { TunnelFault } from "./tunnel";

/** Why one attempt brought no result: plain data, so that decideRetry and createError stay pure. */
export type RequestFailure =
  /** Plivo (or a gateway) returned a status that is not 2xx. `detail` is redacted, one short line. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly apiId: string | null;
      readonly detail: string | null;
      readonly retryAfterMs: number | null;
    }
  /** 2xx with another body than expected, a redirect, or an incomplete body. */
  | {
      readonly kind: "invalid-response";
      readonly status: number | null;
      readonly apiId: string | null;
      readonly why: string;
    }
  /** `unsent`: the connection never stood, so Plivo cannot have acted. */
  | { readonly kind: "network"; readonly code: string; readonly detail: string; readonly unsent: boolean }
  /** The proxy made no connection with Plivo, so that nothing was sent. Its response is not Plivo's. */
  | {
      readonly kind: "proxy";
      /** Host and port, without credentials. */
      readonly proxy: string;
      readonly target: string;
      readonly fault: TunnelFault;
      /** The status with which it refused. */
      readonly refusal: number | null;
      readonly code: string;
      readonly detail: string;
    }
  /** `last`: it was the operation's deadline that cut the attempt short, not the request timeout. */
  | {
      readonly kind: "timeout";
      readonly afterMs: number;
      readonly last: boolean;
      /** The connection did not even stand. */
      readonly unsent: boolean;
      /** The one on the way, if there is one. */
      readonly proxy: string | null;
    }
  /** The wait that is needed before anything can be sent ends after the deadline. */
  | { readonly kind: "deadline-exceeded"; readonly waitMs: number }
  | { readonly kind: "cancelled" }
  /** Refused here, before anything was sent. */
  | { readonly kind: "invalid"; readonly why: string }
  /** Plivo accepted the request, and a read-back shows that it did not apply it. */
  | { readonly kind: "not-applied"; readonly why: string };

export type FailureOf<Kind extends RequestFailure["kind"]> = Extract<RequestFailure, { readonly kind: Kind }>;

/** Node's codes for a certificate that is not accepted: nothing was sent, and nothing changes by repeating. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/;

export function isCertificateFailure(code: string): boolean {
  return CERTIFICATE.test(code);
}

/** The other side speaks no TLS, or none that Node does. */
export function isProtocolFailure(code: string): boolean {
  return /^(EPROTO|ERR_SSL_.*)$/.test(code);
}

/** Whether the same request may fare better a moment later. */
export function isTransient(failure: RequestFailure): boolean {
  switch (failure.kind) {
    case "status":
      return isTemporary(failure.status);
    case "network":
      return !isCertificateFailure(failure.code) && !(failure.unsent && isProtocolFailure(failure.code));
    case "proxy":
      return isTransientProxy(failure);
    case "invalid-response":
      return failure.status === null || failure.status < 300;
    case "timeout":
      return !failure.last;
    default:
      return false;
  }
}

/** What a proxy says of its rules stays true; that it is busy, or does not reach the host, may pass. */
function isTransientProxy({ refusal, code }: FailureOf<"proxy">): boolean {
  if (refusal !== null) return isTemporary(refusal);
  return !isCertificateFailure(code) && !isProtocolFailure(code);
}

export function outcomeOf(failure: RequestFailure): Outcome {
  switch (failure.kind) {
    case "status":
      return outcomeOfStatus(failure.status);
    case "network":
      return failure.unsent ? "not-sent" : "indeterminate";
    case "invalid-response":
      // A redirect or a gateway's 404 means that it was not acted on; only 303 follows upon an action.
      return failure.status !== null && failure.status >= 300 && failure.status !== 303 ? "rejected" : "indeterminate";
    case "timeout":
      return failure.unsent ? "not-sent" : "indeterminate";
    case "not-applied":
      return "rejected";
    default:
      return "not-sent";
  }
}

/** 408 and most 5xx may come from a gateway after Plivo has acted. */
function outcomeOfStatus(status: number): Outcome {
  // These are statements about the server, not about the moment.
  if (status === 501 || status === 505) return "rejected";
  return status === 408 || status >= 500 ? "indeterminate" : "rejected";
}

function isTemporary(status: number): boolean {
  return status === 429 || outcomeOfStatus(status) === "indeterminate";
}
