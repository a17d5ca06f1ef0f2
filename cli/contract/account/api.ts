/** Plivo's API as it is: statuses and bodies, not what they ought to be. Everything that the command sends goes through here. */
import type { PlivoClient } from "../../../provider/client/client";
import type { ExchangeRequest } from "../../../provider/client/http/exchange";
import { retryAfterMs } from "../../../provider/client/http/retry";
import type { HttpResult } from "../../../provider/client/http/transport";
import { isDoubtful, NoReplyError, type Reply, replyOf, StoppedError } from "./reply";

/** One exchange, as the record keeps it. */
export interface SeenExchange {
  readonly request: ExchangeRequest;
  readonly result: HttpResult | undefined;
  readonly reply: Reply | undefined;
  readonly ms: number;
}

/** How often a request is sent until what came back is believed. */
const ATTEMPTS = 4;
const BACKOFF_MS = [500, 1_000, 2_000] as const;
/** A 429 is waited out so often. */
const RATE_LIMITED = 10;
const RATE_LIMITED_MS = 5_100;
const LONGEST_WAIT_MS = 60_000;
/** For one request, its wait for the rate limiter included. */
const DEADLINE_MS = 120_000;

export class Api {
  /** How many requests were sent. */
  sent = 0;
  #mustFinish = false;

  constructor(
    private readonly client: Pick<PlivoClient, "exchange" | "clock">,
    private readonly stop: AbortSignal,
    private readonly watch: (exchange: SeenExchange) => void,
  ) {}

  get clock(): PlivoClient["clock"] {
    return this.client.clock;
  }

  /** From now on nothing stops it: the account is to be cleaned up. */
  finish(): void {
    this.#mustFinish = true;
  }

  get(path: string, query?: Readonly<Record<string, string>>): Promise<Reply> {
    return this.#settled(query === undefined ? { method: "GET", path } : { method: "GET", path, query }, true);
  }

  /** Of an update: sending it twice does the same as once. */
  update(path: string, body: Readonly<Record<string, unknown>>): Promise<Reply> {
    return this.#settled({ method: "POST", path, body }, false);
  }

  remove(path: string): Promise<Reply> {
    return this.#settled({ method: "DELETE", path }, false);
  }

  /** Once, except that a 429 and a connection that never stood are no attempts. `undefined`: no response. */
  async once(request: ExchangeRequest): Promise<Reply | undefined> {
    for (let waits = 0; ; waits++) {
      const { result, reply } = await this.send(request);
      const wait = this.#waitBefore(result, reply, waits);
      if (wait === undefined) return reply;
      await this.pause(wait);
    }
  }

  /** As it is, `isUnlimited` past the rate limiter. */
  async send(request: ExchangeRequest, isUnlimited = false): Promise<SeenExchange> {
    this.#throwIfStopped();
    const { clock } = this.client;
    const began = clock.now();
    // Many at once would only crowd the signal with listeners.
    const signal = this.#mustFinish || isUnlimited ? undefined : this.stop;
    this.sent += 1;
    const result = await this.client.exchange(request, { deadline: began + DEADLINE_MS, signal, isUnlimited });
    const reply = result && replyOf(result);
    const seen = { request, result, reply, ms: Math.round(clock.now() - began) };
    this.watch(seen);
    // Not sent, or a read that was cut off.
    if (result === undefined || (reply === undefined && request.method === "GET")) this.#throwIfStopped();
    return seen;
  }

  async pause(ms: number): Promise<void> {
    this.#throwIfStopped();
    const signal = this.#mustFinish ? undefined : this.stop;
    await this.client.clock.sleep(ms, signal).catch(() => undefined);
    this.#throwIfStopped();
  }

  /** A doubtful status is believed when it comes back: what comes once may be a gateway's. */
  async #settled(request: ExchangeRequest, needsBody: boolean): Promise<Reply> {
    const doubtful: Reply[] = [];
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (attempt > 0) await this.pause(BACKOFF_MS[attempt - 1] ?? 0);
      const reply = await this.once(request);
      if (reply !== undefined && !isDoubtful(reply, needsBody)) return reply;
      if (reply !== undefined && isBelievable(reply, needsBody)) doubtful.push(reply);
    }
    const believed = doubtful.find(({ status }) => doubtful.filter((one) => one.status === status).length > 1);
    if (believed) return believed;
    throw new NoReplyError(`${request.method} ${request.path}: no usable response in ${ATTEMPTS} attempts`);
  }

  #waitBefore(result: HttpResult | undefined, reply: Reply | undefined, waits: number): number | undefined {
    if (waits >= RATE_LIMITED) return undefined;
    if (result?.kind === "failure" && result.unsent) return waits < BACKOFF_MS.length ? BACKOFF_MS[waits] : undefined;
    if (reply?.status !== 429) return undefined;
    const asked = retryAfterMs(reply.header("retry-after"), reply.header("date"), this.client.clock.now());
    return Math.min(LONGEST_WAIT_MS, asked || RATE_LIMITED_MS);
  }

  #throwIfStopped(): void {
    if (this.stop.aborted && !this.#mustFinish) throw new StoppedError("stopped");
  }
}

/** If it comes more than once. A redirect never is: Plivo has none. */
function isBelievable({ status }: Reply, needsBody: boolean): boolean {
  return (status >= 400 && status !== 429) || (status < 300 && !needsBody);
}
