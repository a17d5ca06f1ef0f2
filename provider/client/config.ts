/** The configuration: one schema with ranges and defaults, from which the client, both adapters, the schema and the docs take. */
import * as z from "zod";
import { ConfigurationError } from "./http/errors";

/** What holds where nothing is configured. */
export const DEFAULTS = { baseUrl: "https://api.plivo.com/v1", maxRetries: 5, requestTimeout: 30 } as const;

/** The least and the most. */
export const RANGES = { maxRetries: [0, 20], requestTimeout: [1, 600] } as const;

export interface ClientOptions {
  /** Plivo's Auth ID, also the account in every path. */
  readonly authId: string;
  readonly authToken: string;
  /** https, unless the host is this machine or PLIVO_ALLOW_INSECURE=1. @default "https://api.plivo.com/v1" */
  readonly baseUrl?: string | undefined;
  /** How often a failed request is retried, up to 20. A 429 is no failure: it is waited out until the deadline. 0: never. @default 5 */
  readonly maxRetries?: number | undefined;
  /** Seconds that one attempt may take in all, response included: a whole number up to 600. @default 30 */
  readonly requestTimeout?: number | undefined;
}

/** The options once checked, in the units that the code works in. */
export interface ClientConfig extends Pick<ClientOptions, "authId" | "authToken"> {
  /** Without a slash at the end. */
  readonly baseUrl: string;
  readonly maxRetries: number;
  readonly requestTimeoutMs: number;
}

/** Besides blanks, all that cannot be seen and comes along when text is copied: control and format characters. */
const word = z.string("must be a string").regex(/^[^\s\p{C}]+$/u, {
  error: "must not be empty or contain spaces, line breaks or invisible characters",
  abort: true,
});

/**
 * Each option as a stack configuration, a variable or a program gives it; numbers may be text. What a check of the
 * configuration takes, the client takes too, and the other way round. No message quotes a value: it may be secret.
 */
export function optionSchemas(environment: NodeJS.ProcessEnv = process.env) {
  return {
    authId: word.regex(
      /^[A-Za-z0-9]{1,64}$/,
      "must be 1 to 64 letters and digits, as on the overview page of the Plivo console",
    ),
    authToken: word,
    baseUrl: z.string("must be a string").transform((text, context) => {
      const url = URL.canParse(text) ? new URL(text) : undefined;
      const problem = baseUrlProblem(url, environment);
      if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
      return url?.href.replace(/\/+$/, "") ?? z.NEVER;
    }),
    maxRetries: wholeNumber(RANGES.maxRetries),
    requestTimeout: wholeNumber(RANGES.requestTimeout),
  };
}

function wholeNumber([least, most]: readonly [number, number]) {
  const problem = `must be a whole number from ${least} to ${most}`;
  const fromText = z.string(problem).regex(/^\d+$/, problem).transform(Number);
  return z.union([z.number(), fromText], problem).pipe(z.int(problem).min(least, problem).max(most, problem));
}

/** Checks everything that can be checked before a request. Throws a ConfigurationError. */
export function readConfig(options: ClientOptions, environment: NodeJS.ProcessEnv = process.env): ClientConfig {
  const { authId, authToken, baseUrl, maxRetries, requestTimeout } = optionSchemas(environment);
  return {
    baseUrl: valid("The base URL", baseUrl, options.baseUrl ?? DEFAULTS.baseUrl),
    authId: valid("The Auth ID", authId, options.authId),
    authToken: valid("The Auth Token", authToken, options.authToken),
    maxRetries: valid("maxRetries", maxRetries, options.maxRetries ?? DEFAULTS.maxRetries),
    requestTimeoutMs: valid("requestTimeout", requestTimeout, options.requestTimeout ?? DEFAULTS.requestTimeout) * 1000,
  };
}

function valid<T>(name: string, schema: z.ZodType<T>, value: unknown): T {
  const { success, data, error } = schema.safeParse(value);
  if (!success) throw new ConfigurationError(`${name} ${error.issues[0]?.message}`);
  return data;
}

function baseUrlProblem(url: URL | undefined, environment: NodeJS.ProcessEnv): string | undefined {
  if (!url || !/^https?:$/.test(url.protocol)) return `must be an https URL, such as ${DEFAULTS.baseUrl}`;
  if (url.username !== "" || url.password !== "")
    return "must not carry user name or password; authId and authToken are settings of their own";
  // Not `search` and `hash`, which are empty behind a lone sign: all paths would then be part of the query.
  if (/[?#]/.test(url.href)) return 'must end with its path, without "?" or "#"';
  if (url.protocol === "http:" && !isLoopback(url.hostname) && environment.PLIVO_ALLOW_INSECURE !== "1")
    return "must be https, or the Auth Token would be sent unencrypted; PLIVO_ALLOW_INSECURE=1 allows it";
  return undefined;
}

/** This very machine. `URL` has already turned other spellings (127.1, 0x7f000001) into this one. */
export function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
}
