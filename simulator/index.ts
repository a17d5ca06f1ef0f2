import { idSource } from "./account/ids";
import { loadSeed, type Seed } from "./account/seed";
import { Store } from "./account/store";
import { type Behaviour, behaviourWith } from "./behaviour";
import { type Clock, realClock } from "./clock";
import type { SimulatorAccount, SimulatorContext } from "./context";
import type { InternalError } from "./errors";
import { Faults } from "./faults";
import { documentedRateLimit, RateLimit, type RateLimitOptions } from "./http/rate-limit";
import type { RequestLogEntry } from "./http/request-log";
import { SimulatorServer } from "./http/server";

export type {
  ApplicationRow,
  CredentialRow,
  IpAccessControlListRow,
  Kind,
  NumberRow,
  OriginationUriRow,
  Rows,
  Timestamps,
  TrunkRow,
} from "./account/rows";
export { type Seed, SeedError, type SeedNumber } from "./account/seed";
export { type PartialRow, Store, type VisibilityDelay } from "./account/store";
export type { Behaviour, Clearing, PerKind } from "./behaviour";
export type { Clock } from "./clock";
// Classes are exported as such: the bundled declarations know no type-only export of a class.
export { InternalError } from "./errors";
export { type Fault, type FaultHandle, type FaultModifier, type FaultRule, Faults, type TerminalFault } from "./faults";
export type { RateLimitOptions } from "./http/rate-limit";
export type { RequestLogEntry } from "./http/request-log";

/** How a simulator starts; everything has a default. */
export interface SimulatorOptions {
  /** @default 0, a free one */
  port?: number;
  /** @default "127.0.0.1" */
  host?: string;
  /**
   * Further names under which it is reached, such as that of a container; `*.example.com` is any name below one.
   * Requests for any other host than these, `host` and the loopback addresses are rejected: a web page could point a
   * name of its own at this machine.
   */
  hosts?: readonly string[];
  /** @default "MASIMULATOR000000000" */
  authId?: string;
  /** @default a fixed one, which opens nothing */
  authToken?: string;
  /** Time between a request and its response; the request acts at once. @default 0 */
  latencyMs?: number;
  /** `true`: 300 requests in 5 s, as documented. @default false */
  rateLimit?: boolean | RateLimitOptions;
  /** What the first account holds. */
  seed?: Seed;
  /** Further accounts, each with its own store. */
  accounts?: readonly { authId: string; authToken: string }[];
  /** Switches for what is not documented. */
  behaviour?: Partial<Behaviour>;
  /** For the rate limit, late visibility and the timestamps of objects. @default the real time */
  clock?: Clock;
  /** Called right before a response is sent. */
  onRequest?(entry: RequestLogEntry): void;
  /** Makes ids the same in every run. @default random ids */
  idSeed?: string;
  /** How many requests the log keeps. @default all */
  keepRequests?: number;
}

/** A running simulator. */
export interface Simulator {
  /** `http://127.0.0.1:PORT/v1`: the value of `plivo:baseUrl`. */
  readonly url: string;
  /** The first account. */
  readonly authId: string;
  readonly authToken: string;
  /** Every request in the order of arrival, of all accounts. */
  readonly requests: RequestLogEntry[];
  /** What the first account holds. */
  readonly store: Store;
  readonly faults: Faults;
  /** May be changed at any time. */
  readonly behaviour: Behaviour;
  /** Bugs of the simulator itself; each returned 599. */
  readonly internalErrors: readonly InternalError[];
  /** What an account holds. */
  storeOf(authId: string): Store;
  clearRequests(): void;
  /** Ends every connection; connecting is refused until `comeBack`. */
  goAway(): Promise<void>;
  /** Listens again, on the same port. */
  comeBack(): Promise<void>;
  /** Stops it, and ends requests that are in flight. */
  close(): Promise<void>;
}

const DEFAULT_AUTH_ID = "MASIMULATOR000000000";
const DEFAULT_AUTH_TOKEN = "SIMULATORxTOKENxOPENSxNOTHINGx0000000000";

/** Starts a simulator of Plivo's SIP trunking API on a real port. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { host = "127.0.0.1", authId = DEFAULT_AUTH_ID, authToken = DEFAULT_AUTH_TOKEN } = options;
  const behaviour = behaviourWith(options.behaviour);
  const accounts = openAccounts({ ...options, behaviour }, [{ authId, authToken }, ...(options.accounts ?? [])]);
  const storeOf = (id: string): Store => {
    const account = accounts.get(id);
    if (account === undefined)
      throw new Error(`There is no account "${id}". Known: ${[...accounts.keys()].join(", ")}.`);
    return account.store;
  };
  if (options.seed !== undefined) loadSeed(storeOf(authId), options.seed);
  const context: SimulatorContext = {
    accounts,
    behaviour,
    faults: new Faults(),
    clock: options.clock ?? realClock,
    latencyMs: options.latencyMs ?? 0,
    requests: [],
    keepRequests: options.keepRequests ?? Number.POSITIVE_INFINITY,
    internalErrors: [],
    onRequest: options.onRequest ?? (() => undefined),
  };
  const server = new SimulatorServer(context, options.port ?? 0, host, options.hosts ?? []);
  await server.start();
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${server.port}/v1`,
    authId,
    authToken,
    requests: context.requests,
    store: storeOf(authId),
    faults: context.faults,
    behaviour: context.behaviour,
    internalErrors: context.internalErrors,
    storeOf,
    clearRequests: () => {
      context.requests.length = 0;
    },
    goAway: () => server.stop(),
    comeBack: () => server.start(),
    close: () => server.stop(),
  };
}

function openAccounts(
  { rateLimit = false, clock = realClock, idSeed, behaviour }: SimulatorOptions & { behaviour: Behaviour },
  given: readonly { authId: string; authToken: string }[],
): Map<string, SimulatorAccount> {
  const limit = rateLimit === true ? documentedRateLimit : rateLimit;
  const open = ({ authId, authToken }: { authId: string; authToken: string }): SimulatorAccount => ({
    authId,
    authToken,
    store: new Store(authId, idSource(idSeed === undefined ? undefined : `${idSeed}/${authId}`), clock, behaviour),
    rateLimit: limit === false ? undefined : new RateLimit(limit),
  });
  return new Map(given.map((account) => [account.authId, open(account)]));
}
