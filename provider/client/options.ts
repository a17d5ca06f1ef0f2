import { ConfigurationError } from "./errors";

export interface ClientOptions {
  /** Plivo's Auth ID, also the account in every path. */
  readonly authId: string;
  readonly authToken: string;
  /** https, unless the host is this machine or PLIVO_ALLOW_INSECURE=1. @default "https://api.plivo.com/v1" */
  readonly baseUrl?: string | undefined;
  /** How often a failed call is repeated. A 429 is no failure: it is waited out until the deadline. 0: never repeat. @default 5 */
  readonly maxRetries?: number | undefined;
  /** Seconds that one attempt may take in all, answer included. @default 30 */
  readonly requestTimeout?: number | undefined;
}

/** The options once checked, in the units that the code works in. */
export interface Settings {
  readonly authId: string;
  readonly authToken: string;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly isLoopback: boolean;
  readonly maxRetries: number;
  readonly requestTimeoutMs: number;
}

/** As on the overview page of Plivo's console. */
export const AUTH_ID = /^[A-Za-z0-9]{1,64}$/;

/** How often a failed request is retried, where nothing else is configured. */
export const DEFAULT_MAX_RETRIES = 5;

const DEFAULT_BASE_URL = "https://api.plivo.com/v1";

/** Checks everything that can be checked before a call. Values that may be secret are never quoted. */
export function settingsOf(options: ClientOptions, environment: NodeJS.ProcessEnv = process.env): Settings {
  const { authId, authToken, maxRetries = DEFAULT_MAX_RETRIES, requestTimeout = 30 } = options;
  if (!AUTH_ID.test(authId)) {
    throw new ConfigurationError(
      "The Auth ID is not one: it consists of letters and digits, as in MAXXXXXXXXXXXXXXXXXX",
    );
  }
  if (authToken === "" || /[\s\p{Cc}]/u.test(authToken)) {
    throw new ConfigurationError(
      "The Auth Token is empty or contains blanks or line breaks; copy it again from Plivo's console",
    );
  }
  if (!Number.isInteger(maxRetries) || maxRetries < 0) {
    throw new ConfigurationError(`maxRetries is ${maxRetries}; it must be a whole number, 0 or more`);
  }
  if (!(requestTimeout > 0))
    throw new ConfigurationError(`requestTimeout is ${requestTimeout}; it must be above 0 (seconds)`);
  const base = baseUrlOf(options.baseUrl ?? DEFAULT_BASE_URL, environment);
  if ("problem" in base) throw new ConfigurationError(`The base URL ${base.problem}`);
  return {
    authId,
    authToken,
    baseUrl: base.url,
    isLoopback: base.isLoopback,
    maxRetries,
    requestTimeoutMs: requestTimeout * 1000,
  };
}

/**
 * The base URL in its normal form, without a slash at its end, or what is wrong with it. Nothing of a wrong one is quoted:
 * it may hold user info.
 */
export function baseUrlOf(
  text: string,
  environment: NodeJS.ProcessEnv = process.env,
): { readonly url: string; readonly isLoopback: boolean } | { readonly problem: string } {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return { problem: `must be an https URL, such as ${DEFAULT_BASE_URL}` };
  if (url.username !== "" || url.password !== "")
    return { problem: "must not carry user name or password; authId and authToken are settings of their own" };
  if (url.search !== "" || url.hash !== "") return { problem: 'must end with its path, without "?" or "#"' };
  if (url.protocol === "http:" && !isLoopback(url.hostname) && environment.PLIVO_ALLOW_INSECURE !== "1")
    return { problem: "must be https, or the Auth Token would be sent unencrypted; PLIVO_ALLOW_INSECURE=1 allows it" };
  return { url: url.href.replace(/\/+$/, ""), isLoopback: isLoopback(url.hostname) };
}

/** This very machine. `URL` has already turned other spellings (127.1, 0x7f000001) into this one. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
