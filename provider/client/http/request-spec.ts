import type * as z from "zod";

export type Method = "GET" | "POST" | "DELETE";

/** In the API's own field names. */
export type RequestBody = Readonly<Record<string, unknown>>;

/** What is checked once more right before a write that comes late: it is not sent when this throws. */
export type BeforeLateWrite = (isRetry: boolean) => Promise<void>;

/** One request to Plivo, before it is known how often it will be sent. */
export interface RequestSpec<T> {
  readonly method: Method;
  /** Relative to the account, as in `Zentrunk/Trunk/`. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. Never quoted in an error, log line or trace. */
  readonly body?: RequestBody;
  /** Whether sending it twice does the same as once. Declared, not read off the HTTP method: Plivo's updates are POSTs too. */
  readonly idempotent: boolean;
  /** Another way leads to the same end: only a 429 is worth a retry. */
  readonly bestEffort?: boolean;
  /** What a 2xx response must look like. It sees `undefined` when the body is empty. */
  readonly schema: z.ZodType<T>;
  /** The object in words, for error texts: `trunk 123`; for a create `trunk`, for a list `trunks`. */
  readonly target: string;
  /** Goes to a collection, not to one object: a 404 then says that the address is wrong, not that something is gone. */
  readonly toCollection?: boolean;
  /** In place of `beforeLateWrite` of the operation. */
  readonly beforeLate?: BeforeLateWrite | undefined;
}

/** How the collections reach Plivo: the operation and the account are already bound to it. */
export type SendRequest = <T>(request: RequestSpec<T>) => Promise<T>;

/** What an operation allows while its requests run, and what it is told. */
export interface RequestContext {
  /** Point on the client's clock, in ms, after which nothing is sent or waited for any more. */
  readonly deadline: number;
  /** Identifies the operation: what it has read itself need not be read again. @default an operation of its own */
  readonly operation?: object;
  /** Ends waits, sleeps and GETs at once. A POST or DELETE under way is never cut off: its response would be lost. */
  readonly signal?: AbortSignal | undefined;
  /** A request that changes something was carried out, or may have been. */
  onWrite?(): void;
  /**
   * Before a write is sent more than a second after it was decided on, because it had to wait or is retried: the reason
   * for it may be gone. It is not sent when this throws.
   */
  beforeLateWrite?(): Promise<void>;
  /** A page of a whole list was read: how many of its rows are known so far, and how many there are, if the server says so. */
  onPage?(read: number, total: number | null): void;
  /** A line for the user. */
  log(severity: "info" | "warning", text: string): void;
}
