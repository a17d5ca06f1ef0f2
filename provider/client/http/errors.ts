/**
 * What Plivo can be taken to have done: `rejected` = nothing changed; `not-sent` = cannot have acted;
 * `indeterminate` = may have acted. After an `indeterminate` create, check what there is before creating again.
 */
export type Outcome = "rejected" | "not-sent" | "indeterminate";

/** What an error is made from; the optional facts have defaults. */
export type ErrorFacts = Pick<PlivoError, "message" | "status" | "apiId" | "method" | "path" | "outcome"> &
  Partial<Pick<PlivoError, "mayHaveActed" | "detail" | "ranOutOfTime">> & { readonly cause?: Error | undefined };

// `instanceof` fails between two loaded copies of this package; a registered symbol is the same in both.
const BRAND = Symbol.for("pulumi-plivo.PlivoError");

/**
 * Everything this client throws. Branch on the subclass with `isInstance`, never on the text: one line, such as
 * `POST Zentrunk/Trunk/ -> 400 "name already exists" (api_id 1a2b): <what to do>`.
 */
export class PlivoError extends Error {
  static readonly kind: string = "PlivoError";
  /** HTTP status; null when there was no response. */
  readonly status: number | null;
  /** Plivo's id of the response, to quote to its support. */
  readonly apiId: string | null;
  /** Empty for errors that no request caused. */
  readonly method: string;
  /** Without base URL and account. */
  readonly path: string;
  readonly outcome: Outcome;
  /** An attempt of the request may have had its effect, whatever the last one came to. @default by the outcome */
  readonly mayHaveActed: boolean;
  /** The error text of the server, redacted and on one line; null where it sent none. @default null */
  readonly detail: string | null;
  /** The time of this operation was too short for what Plivo asked; another one may have more. @default false */
  readonly ranOutOfTime: boolean;

  constructor(facts: ErrorFacts) {
    super(facts.message, facts.cause === undefined ? {} : { cause: facts.cause });
    this.name = new.target.kind;
    Object.defineProperty(this, BRAND, { value: new.target.kind });
    this.status = facts.status;
    this.apiId = facts.apiId;
    this.method = facts.method;
    this.path = facts.path;
    this.outcome = facts.outcome;
    this.mayHaveActed = facts.mayHaveActed || facts.outcome === "indeterminate";
    this.detail = facts.detail ?? null;
    this.ranOutOfTime = facts.ranOutOfTime ?? false;
  }

  /** Whether the value is an error of this class, also when another copy of the package made it. */
  static isInstance<T extends PlivoError>(
    this: { readonly kind: string; readonly prototype: T },
    value: unknown,
  ): value is T {
    if (typeof value !== "object" || value === null) return false;
    const brand: unknown = Reflect.get(value, BRAND);
    // biome-ignore lint/complexity/noThisInStatic: the subclass it is called on is what it asks about
    return typeof brand === "string" && (this.kind === PlivoError.kind || brand === this.kind);
  }
}

/** The kind is given, because a bundler may rename the class. */
function errorOfKind(kind: string) {
  return class extends PlivoError {
    static override readonly kind = kind;
  };
}

/** 404: Plivo has no such object in this account. */
export class NotFoundError extends errorOfKind("NotFoundError") {}

/** An id that no object can have: nothing was sent. */
export class InvalidIdError extends errorOfKind("InvalidIdError") {}

/** 400, 405, 409, 422 and other 4xx: sending the same again is pointless. */
export class BadRequestError extends errorOfKind("BadRequestError") {}

/** 401: the Auth ID or the Auth Token is wrong. */
export class AuthenticationError extends errorOfKind("AuthenticationError") {}

/** 403: SIP trunking is not enabled on the account, or the account may not do this. */
export class ForbiddenError extends errorOfKind("ForbiddenError") {}

/** 429 until the deadline, or a 429 that asks to wait beyond it. */
export class RateLimitError extends errorOfKind("RateLimitError") {}

/** 408 or 5xx, after every allowed retry. */
export class ServerError extends errorOfKind("ServerError") {}

/** No complete response: refused, reset, name not resolved, certificate not trusted, or the request timed out. */
export class ConnectionError extends errorOfKind("ConnectionError") {}

/** A response that is not of Plivo's API: HTML, empty, cut, too large, a redirect, a missing id. */
export class InvalidResponseError extends errorOfKind("InvalidResponseError") {}

/** The operation's deadline passed, or would pass while waiting. `outcome` and `cause` tell how far it came. */
export class DeadlineExceededError extends errorOfKind("DeadlineExceededError") {}

/** The operation's signal was aborted. `outcome` and `cause` tell how far it came. */
export class CancelledError extends errorOfKind("CancelledError") {}

/** The client's own options are wrong; nothing was sent. */
export class ConfigurationError extends errorOfKind("ConfigurationError") {
  constructor(message: string) {
    super({ message, status: null, apiId: null, method: "", path: "", outcome: "not-sent" });
  }
}
