import type { ApiContext } from "./api/collection";
import { Credentials } from "./api/credentials";
import { IpAccessControlLists } from "./api/ip-access-control-lists";
import { PAGE } from "./api/list";
import { Numbers } from "./api/numbers";
import { OriginationUris } from "./api/origination-uris";
import { Trunks } from "./api/trunks";
import { waitWithin } from "./cache/batcher";
import { ListCache } from "./cache/list-cache";
import { type Clock, realClock } from "./clock";
import { type ClientConfig, type ClientOptions, isLoopback, readConfig } from "./config";
import { accountOf, type Route } from "./http/account";
import type { ExecutionContext } from "./http/attempt";
import { ConfigurationError } from "./http/errors";
import { type ExchangeOptions, type ExchangeRequest, exchange } from "./http/exchange";
import { executeRequest } from "./http/execute-request";
import { proxyFor } from "./http/proxy";
import { acquire } from "./http/rate-limit";
import type { RequestContext } from "./http/request-spec";
import { type Trace, traceFromEnvironment } from "./http/trace";
import type { HttpResult } from "./http/transport";

/** Things a test injects; the defaults are the real ones. */
export interface ClientDependencies {
  readonly clock: Clock;
  /** In [0, 1). */
  random(): number;
  /** Gets one line per attempt. @default the file that PLIVO_TRACE names, if any */
  readonly trace?: Trace | undefined;
  /** PEM of the certificates to trust. @default those of Node and NODE_EXTRA_CA_CERTS */
  readonly ca?: string | undefined;
}

/** Plivo's API, bound to one operation: its deadline, its cancellation, its log. */
export type Plivo = Readonly<ReturnType<typeof collections>>;

function collections(api: ApiContext) {
  return {
    trunks: new Trunks(api),
    credentials: new Credentials(api),
    ipAccessControlLists: new IpAccessControlLists(api),
    originationUris: new OriginationUris(api),
    numbers: new Numbers(api),
  };
}

/** Plivo's SIP trunking API for one account. Opens no connection before the first request. */
export class PlivoClient {
  readonly clock: Clock;
  readonly #execution: ExecutionContext;
  /** By the path of the collection. */
  readonly #listCaches = new Map<string, ListCache<unknown, unknown>>();

  /** Throws a ConfigurationError for options that cannot work. */
  constructor(options: ClientOptions, dependencies: Partial<ClientDependencies> = {}) {
    const config = readConfig(options);
    const { clock = realClock, random = Math.random, trace = traceFromEnvironment(), ca } = dependencies;
    this.clock = clock;
    this.#execution = {
      config,
      account: accountOf(config.baseUrl, config.authId),
      route: routeOf(config, ca),
      clock,
      random: () => random(),
      trace,
    };
  }

  /** The API for one operation. Cheap: make one per operation. */
  withContext(context: RequestContext): Plivo {
    return collections({
      request: (request) => executeRequest(request, context, this.#execution),
      authId: this.#execution.config.authId,
      operation: context.operation ?? {},
      listCache: (path) => this.#listCache(path),
      wait: (shared) => waitWithin(shared, context, this.clock),
      now: () => this.clock.now(),
      onPage: (read, total) => context.onPage?.(read, total),
    });
  }

  /**
   * One exchange as it is, for what examines the API itself: nothing is retried or interpreted. `undefined` where it was
   * cancelled before it was sent. Unless `isUnlimited`, it waits for the rate limiter.
   */
  async exchange(
    request: ExchangeRequest,
    { isUnlimited = false, ...options }: ExchangeOptions & { readonly isUnlimited?: boolean },
  ): Promise<HttpResult | undefined> {
    const { limiter } = this.#execution.account;
    const turn = isUnlimited ? { kind: "go" } : await acquire(limiter, { clock: this.clock, ...options });
    return turn.kind === "go" ? (await exchange(request, options, this.#execution)).result : undefined;
  }

  #listCache(path: string): ListCache<unknown, unknown> {
    const isNearLimit = () => this.#execution.account.limiter.isNearLimit(this.clock.now());
    const cache = this.#listCaches.get(path) ?? new ListCache<unknown, unknown>(PAGE, this.clock, isNearLimit);
    this.#listCaches.set(path, cache);
    return cache;
  }
}

/**
 * A proxy is used for https alone. Without TLS its own responses could not be told from Plivo's, and it would see the
 * token; and this machine is not behind one.
 */
function routeOf({ baseUrl, requestTimeoutMs }: ClientConfig, ca: string | undefined): Route {
  const { protocol, hostname } = new URL(baseUrl);
  const mayUseProxy = protocol === "https:" && !isLoopback(hostname);
  const proxy = mayUseProxy ? proxyFor(baseUrl) : undefined;
  if (proxy && "problem" in proxy) throw new ConfigurationError(`The proxy in HTTPS_PROXY ${proxy.problem}`);
  return { proxy, ca, limitMs: requestTimeoutMs };
}
