import { ConfigurationError } from "./http/errors";

export interface ClientOptions {
  /** Plivo's Auth ID, also the account in every path. */
  readonly authId: string;
  readonly authToken: string;
  /** https, unless the host is this machine or PLIVO_ALLOW_INSECURE=1. @default "https://api.plivo.com/v1" */
  readonly baseUrl?: string | undefined;
  /** How often a failed call is repeated, up to 20. A 429 is no failure: it is waited out until the deadline. 0: never repeat. @default 5 */
  readonly maxRetries?: number | undefined;
  /** Seconds that one attempt may take in all, answer included: a whole number up to 600. @default 30 */
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

/** A value in its normal form, or what is wrong with it. Nothing of a wrong one is quoted: it may be secret. */
export type OptionResult<T> = { readonly value: T } | { readonly problem: string };

/** How often a failed request is retried, where nothing else is configured. */
export const DEFAULT_MAX_RETRIES = 5;

export const DEFAULT_BASE_URL = "https://api.plivo.com/v1";

/**
 * The one rule for each option: what a check of the configuration takes, the client takes too, and the other way round.
 * Numbers may be given as text, which is all that a stack configuration holds.
 */
export const readOption = {
  authId: (value: unknown): OptionResult<string> => {
    const word = wordOf(value);
    if ("problem" in word || /^[A-Za-z0-9]{1,64}$/.test(word.value)) return word;
    return { problem: "must be 1 to 64 letters and digits, as on the overview page of the Plivo console" };
  },
  authToken: (value: unknown): OptionResult<string> => wordOf(value),
  baseUrl: (value: unknown, environment: NodeJS.ProcessEnv = process.env): OptionResult<string> =>
    typeof value === "string" ? baseUrlOf(value, environment) : { problem: "must be a string" },
  maxRetries: (value: unknown): OptionResult<number> => integerOf(value, 0, 20),
  requestTimeout: (value: unknown): OptionResult<number> => integerOf(value, 1, 600),
};

/** Checks everything that can be checked before a call. */
export function settingsOf(options: ClientOptions, environment: NodeJS.ProcessEnv = process.env): Settings {
  const { baseUrl = DEFAULT_BASE_URL, maxRetries = DEFAULT_MAX_RETRIES, requestTimeout = 30 } = options;
  const url = valid("The base URL", readOption.baseUrl(baseUrl, environment));
  return {
    authId: valid("The Auth ID", readOption.authId(options.authId)),
    authToken: valid("The Auth Token", readOption.authToken(options.authToken)),
    baseUrl: url,
    isLoopback: isLoopback(new URL(url).hostname),
    maxRetries: valid("maxRetries", readOption.maxRetries(maxRetries)),
    requestTimeoutMs: valid("requestTimeout", readOption.requestTimeout(requestTimeout)) * 1000,
  };
}

function valid<T>(name: string, result: OptionResult<T>): T {
  if ("problem" in result) throw new ConfigurationError(`${name} ${result.problem}`);
  return result.value;
}

/** Besides blanks, all that cannot be seen and comes along when text is copied: control and format characters. */
function wordOf(value: unknown): OptionResult<string> {
  if (typeof value !== "string") return { problem: "must be a string" };
  if (/^[^\s\p{C}]+$/u.test(value)) return { value };
  return { problem: "must not be empty or contain spaces, line breaks or invisible characters" };
}

function integerOf(value: unknown, least: number, most: number): OptionResult<number> {
  const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number === "number" && Number.isInteger(number) && number >= least && number <= most)
    return { value: number };
  return { problem: `must be a whole number from ${least} to ${most}` };
}

function baseUrlOf(text: string, environment: NodeJS.ProcessEnv): OptionResult<string> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return { problem: `must be an https URL, such as ${DEFAULT_BASE_URL}` };
  if (url.username !== "" || url.password !== "")
    return { problem: "must not carry user name or password; authId and authToken are settings of their own" };
  // Not `search` and `hash`, which are empty behind a lone sign: all paths would then be part of the query.
  if (/[?#]/.test(url.href)) return { problem: 'must end with its path, without "?" or "#"' };
  if (url.protocol === "http:" && !isLoopback(url.hostname) && environment.PLIVO_ALLOW_INSECURE !== "1")
    return { problem: "must be https, or the Auth Token would be sent unencrypted; PLIVO_ALLOW_INSECURE=1 allows it" };
  return { value: url.href.replace(/\/+$/, "") };
}

/** This very machine. `URL` has already turned other spellings (127.1, 0x7f000001) into this one. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
