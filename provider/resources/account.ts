/** One Plivo account as the operations see it: its API client, what this process remembers about it, its deadlines. */
import { type Clock, realClock } from "../client/clock";
import { DEFAULTS } from "../client/config";
import { BadRequestError, InvalidIdError, NotFoundError, PlivoError } from "../client/http/errors";
import type { ClientDependencies, ClientOptions, PlivoClient, RequestContext } from "../client/index";
import { type Context, OperationError, type Resource, RunLedger, type Values } from "../lifecycle/index";
import type { Services } from "./services";

/** Values that the user configured; what is missing was configured nowhere. */
export type Settings = Partial<ClientOptions>;

export interface Operation {
  /** Milliseconds until it must have ended. Default: 120,000. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  log(severity: "info" | "warning", text: string): void;
  /** As in `Context`. */
  readonly key?: string;
  /** As in `Context`. @default true */
  readonly comparesOutputs?: boolean;
  /** As in `RequestContext`. */
  onPage?(read: number, total: number | null): void;
  /** As in `Context`. */
  adoption?: Context<Services>["adoption"];
}

const DEFAULT_TIMEOUT = 120_000;
const PROGRESS_EVERY_MS = 5_000;
/** A wait that is told is longer than this: those of one request are never told within it. */
const SAME_TIME_MS = 1_000;

/** How long, in ms, an operation on these values may take when the user sets no custom timeout. */
export function timeoutFor(resource: Resource<Services>, ...all: readonly Values[]): number {
  return all.reduce((sum, values) => sum + (resource.extraTime?.(values) ?? 0), DEFAULT_TIMEOUT);
}

export class Account {
  readonly ledger = new RunLedger();
  #client: PlivoClient | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly dependencies: Partial<ClientDependencies> = {},
  ) {}

  /** What one operation works with. Needs no credentials until its services are used: checks, diffs and previews use none. */
  context(operation: Operation): Context<Services> {
    const clock = this.dependencies.clock ?? realClock;
    // Taken here and not where `plivo` is touched: a request and its read-back are one operation.
    const deadline = clock.now() + (operation.timeout ?? DEFAULT_TIMEOUT);
    const identity = {};
    let hasWritten = false;
    const onWrite = () => {
      hasWritten = true;
    };
    const warn = (text: string) => operation.log("warning", text);
    let toldAt = clock.now();
    const progress = (text: string) => {
      if (clock.now() - toldAt < PROGRESS_EVERY_MS) return;
      toldAt = clock.now();
      operation.log("info", text);
    };
    const log = quietly(operation.log, clock);
    const connect = (more: Partial<RequestContext> = {}) =>
      this.#connect().withContext({ ...operation, ...more, log, operation: identity, deadline, onWrite });
    return {
      services: {
        get plivo() {
          return connect();
        },
        warn,
        progress,
      },
      servicesAfter: (check) => ({ plivo: connect({ beforeLateWrite: check }), warn, progress }),
      errors: {
        // A 404 to a POST may be about what its body refers to.
        isGone: (error) => NotFoundError.isInstance(error) && error.method !== "POST",
        isInvalidId: (error) => InvalidIdError.isInstance(error),
        mayHaveActed: (error) => PlivoError.isInstance(error) && error.outcome === "indeterminate",
        isAbsent: (error) => NotFoundError.isInstance(error),
        // A 404 to a POST may be about what its body says.
        isRejected: (error) =>
          BadRequestError.isInstance(error) || (NotFoundError.isInstance(error) && error.method === "POST"),
      },
      hasWritten: () => hasWritten,
      maxRetries: this.settings.maxRetries ?? DEFAULTS.maxRetries,
      comparesOutputs: operation.comparesOutputs ?? true,
      log: operation.log,
      adoption: operation.adoption ?? ((token, id) => `put ${token} ${id} under management`),
      clock,
      deadline,
      ledger: this.ledger,
      ...(operation.key !== undefined && { key: operation.key }),
      ...(operation.signal && { signal: operation.signal }),
    };
  }

  #connect(): PlivoClient {
    const { authId, authToken } = this.settings;
    if (authId === undefined || authToken === undefined) {
      const problems = [
        authId === undefined && missing("Auth ID", "plivo:authId", "PLIVO_AUTH_ID"),
        authToken === undefined && missing("Auth Token", "--secret plivo:authToken", "PLIVO_AUTH_TOKEN"),
      ];
      throw new OperationError(problems.filter((problem) => problem !== false).join("; "));
    }
    this.#client ??= this.#load({ ...this.settings, authId, authToken });
    return this.#client;
  }

  /** The client is loaded with the first request: checks, diffs and previews send none. */
  #load(options: ClientOptions): PlivoClient {
    const { PlivoClient } = require("../client/client") as typeof import("../client/client");
    return new PlivoClient(options, this.dependencies);
  }
}

/** The requests of an operation that wait at the same time wait for the same: one of them says so. */
function quietly(log: Operation["log"], clock: Clock): Operation["log"] {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (severity, text) => {
    const isRepeated = severity === "info" && clock.now() - toldAt < SAME_TIME_MS;
    if (isRepeated) return;
    if (severity === "info") toldAt = clock.now();
    log(severity, text);
  };
}

function missing(what: string, key: string, variable: string): string {
  return `Plivo's ${what} is not configured: run \`pulumi config set ${key} <value>\` or set ${variable}`;
}
