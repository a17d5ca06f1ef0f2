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

const DEFAULT_BASE_URL = "https://api.plivo.com/v1";

/** Checks everything that can be checked before a call. Values that may be secret are never quoted. */
export function settingsOf(options: ClientOptions, environment: NodeJS.ProcessEnv = process.env): Settings {
  const { authId, authToken, maxRetries = 5, requestTimeout = 30 } = options;
  if (!/^[\w-]{1,64}$/.test(authId)) {
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
  const url = parseBaseUrl(options.baseUrl ?? DEFAULT_BASE_URL, environment);
  return {
    authId,
    authToken,
    baseUrl: url.href.replace(/\/+$/, ""),
    isLoopback: isLoopback(url.hostname),
    maxRetries,
    requestTimeoutMs: requestTimeout * 1000,
  };
}

function parseBaseUrl(text: string, environment: NodeJS.ProcessEnv): URL {
  // Not quoted before it is known to hold no user info.
  if (!URL.canParse(text))
    throw new ConfigurationError("The base URL is not a URL; it looks like https://api.plivo.com/v1");
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") {
    throw new ConfigurationError(
      "The base URL must not carry user name or password; Auth ID and Auth Token are options of their own",
    );
  }
  if (url.search !== "" || url.hash !== "") {
    throw new ConfigurationError(`The base URL ${url.origin} must end with its path, without "?" or "#"`);
  }
  if (url.protocol === "https:") return url;
  if (url.protocol === "http:" && (isLoopback(url.hostname) || environment.PLIVO_ALLOW_INSECURE === "1")) return url;
  throw new ConfigurationError(
    `The base URL ${url.protocol}//${url.host} would send the Auth Token unencrypted; use https, or set PLIVO_ALLOW_INSECURE=1`,
  );
}

/** This very machine. `URL` has already turned other spellings (127.1, 0x7f000001) into this one. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
