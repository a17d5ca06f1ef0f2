import type { Call, Operation } from "./call";
import { type Clock, realClock } from "./clock";
import { Credentials } from "./credentials";
import { IpAccessControlLists } from "./ip-access-control-lists";
import { Numbers } from "./numbers";
import { type ClientOptions, type Settings, settingsOf } from "./options";
import { OriginationUris } from "./origination-uris";
import { type Conditions, Sending } from "./sending";
import { type Account, accountOf } from "./shared";
import { SharedReads } from "./shared-reads";
import { type Trace, traceFromEnvironment } from "./trace";
import { Trunks } from "./trunks";

/** Things a test injects; the defaults are the real ones. */
export interface Surroundings {
  readonly clock: Clock;
  /** In [0, 1). */
  random(): number;
  /** Gets one line per attempt. @default the file that PLIVO_TRACE names, if any */
  readonly trace?: Trace | undefined;
}

/** Plivo's API, bound to one operation: its deadline, its cancellation, its log. */
export interface Plivo {
  readonly trunks: Trunks;
  readonly credentials: Credentials;
  readonly ipAccessControlLists: IpAccessControlLists;
  readonly originationUris: OriginationUris;
  readonly numbers: Numbers;
}

/** Plivo's SIP trunking API for one account. Opens no connection before the first call. */
export class PlivoClient {
  readonly clock: Clock;
  readonly #settings: Settings;
  readonly #account: Account;
  readonly #conditions: Conditions;
  readonly #reads = new Map<string, SharedReads<unknown>>();

  /** Throws a ConfigurationError for options that cannot work. */
  constructor(options: ClientOptions, surroundings: Partial<Surroundings> = {}) {
    this.#settings = settingsOf(options);
    this.#account = accountOf(this.#settings.baseUrl, this.#settings.authId);
    const { clock = realClock, random = Math.random, trace = traceFromEnvironment() } = surroundings;
    this.clock = clock;
    this.#conditions = { settings: this.#settings, account: this.#account, clock, random: () => random(), trace };
  }

  /** The API for one operation. Cheap: make one per operation. */
  during(operation: Operation): Plivo {
    const request = <T>(call: Call<T>) => new Sending(call, operation, this.#conditions).result();
    const reach = { request, authId: this.#settings.authId, sharedReads: (path: string) => this.#sharedReads(path) };
    return {
      trunks: new Trunks(reach),
      credentials: new Credentials(reach),
      ipAccessControlLists: new IpAccessControlLists(reach),
      originationUris: new OriginationUris(reach),
      numbers: new Numbers(reach),
    };
  }

  #sharedReads(path: string): SharedReads<unknown> {
    const reads = this.#reads.get(path) ?? new SharedReads<unknown>(this.clock);
    this.#reads.set(path, reads);
    return reads;
  }
}
