import type { Outcome } from "./errors";
import type { TunnelFault } from "./tunnel";

/** Why one attempt brought no result: plain data, so that the retry ladder and the error factory stay pure. */
export type Trouble =
  /** Plivo (or a gateway) answered with a status that is not 2xx. `said` is redacted, one short line. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly apiId: string | null;
      readonly said: string | null;
      readonly retryAfterMs: number | null;
    }
  /** 2xx that is not what the call asked for, a redirect, or a body that did not come whole. */
  | {
      readonly kind: "unreadable";
      readonly status: number | null;
      readonly apiId: string | null;
      readonly why: string;
    }
  /** `unsent`: the connection never stood, so Plivo cannot have acted. */
  | { readonly kind: "network"; readonly code: string; readonly said: string; readonly unsent: boolean }
  /** The proxy made no connection with Plivo, so that nothing was sent. Whatever it said is its word, not Plivo's. */
  | {
      readonly kind: "proxy";
      /** Host and port, without credentials. */
      readonly proxy: string;
      readonly target: string;
      readonly fault: TunnelFault;
      /** The status with which it refused. */
      readonly refusal: number | null;
      readonly code: string;
      readonly said: string;
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
  | { readonly kind: "no-time"; readonly waitMs: number }
  | { readonly kind: "cancelled" }
  /** Refused here, before anything was sent. */
  | { readonly kind: "invalid"; readonly why: string }
  /** Plivo said yes, and a read-back shows that it did not do it. */
  | { readonly kind: "no-effect"; readonly why: string };

// 501 and 505 are statements about the server, not about the moment.
const TEMPORARY = (status: number) =>
  status === 408 || status === 429 || (status >= 500 && status !== 501 && status !== 505);

/** Node's codes for a certificate that is not accepted: nothing was sent, and nothing changes by repeating. */
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY/;

export function isCertificateTrouble(code: string): boolean {
  return CERTIFICATE.test(code);
}

/** What answers speaks no TLS, or none that Node does. */
export function isProtocolTrouble(code: string): boolean {
  return /^(EPROTO|ERR_SSL_.*)$/.test(code);
}

/** Whether the same request may fare better a moment later. */
export function isTransient(trouble: Trouble): boolean {
  switch (trouble.kind) {
    case "status":
      return TEMPORARY(trouble.status);
    case "network":
      return !isCertificateTrouble(trouble.code) && !(trouble.unsent && isProtocolTrouble(trouble.code));
    case "proxy":
      return isTransientProxy(trouble);
    case "unreadable":
      return trouble.status === null || trouble.status < 300;
    case "timeout":
      return !trouble.last;
    default:
      return false;
  }
}

/** What a proxy says of its rules stays true; that it is busy, or does not reach the host, may pass. */
function isTransientProxy({ refusal, code }: Extract<Trouble, { kind: "proxy" }>): boolean {
  if (refusal !== null) return TEMPORARY(refusal);
  return !isCertificateTrouble(code) && !isProtocolTrouble(code);
}

export function outcomeOf(trouble: Trouble): Outcome {
  switch (trouble.kind) {
    case "status":
      return outcomeOfStatus(trouble.status);
    case "network":
      return trouble.unsent ? "unreached" : "unknown";
    case "unreadable":
      // A redirect or a gateway's 404 means that it was not acted on; only 303 follows upon an action.
      return trouble.status !== null && trouble.status >= 300 && trouble.status !== 303 ? "refused" : "unknown";
    case "timeout":
      return trouble.unsent ? "unreached" : "unknown";
    case "no-effect":
      return "refused";
    default:
      return "unreached";
  }
}

/** 408 and most 5xx may come from a gateway after Plivo has acted. */
function outcomeOfStatus(status: number): Outcome {
  if (status === 501 || status === 505) return "refused";
  return status === 408 || status >= 500 ? "unknown" : "refused";
}

export function isRedirect(status: number | null): boolean {
  return status !== null && status >= 300 && status < 400;
}
