/**
 * Many numbers are attached to a trunk and released from it. Each is read, from a page of the list or with a GET, right
 * before its one write; then all that were written are read again. What fails for one number leaves the others alone.
 */
import { PlivoError } from "../../client/http/errors";
import type { PhoneNumber, Visited } from "../../client/index";
import { messageOf, type RunFacts } from "../../lifecycle/index";
import type { Services } from "../services";
import { Detaching } from "./detaching";
import { type Failure, listed } from "./failure-texts";
import { GoneApplications } from "./gone-applications";
import { Outage } from "./outage";
import { routeBefore } from "./previous-routes";
import { isOnTrunk, isReleased, mayBeGone, notPutBack, type Release, releaseNumber } from "./release";

export interface Wanted {
  readonly trunkId: string;
  readonly attach: ReadonlySet<string>;
  readonly release: ReadonlyMap<string, Release>;
}

export interface Changed {
  /** On the trunk, as a read has shown since. */
  readonly attached: ReadonlySet<string>;
  /** Their routes were sent, and no read has shown since whether they are on the trunk. */
  readonly unconfirmed: ReadonlySet<string>;
  /** Not on the trunk. */
  readonly released: ReadonlySet<string>;
  /** On the trunk, and not asked for, as far as pages were read. */
  readonly others: ReadonlySet<string>;
  /** What those to attach were routed to before. */
  readonly previous: ReadonlyMap<string, string>;
  readonly failures: readonly Failure[];
}

export async function changeRoutes(services: Services, wanted: Wanted, run: RunFacts): Promise<Changed> {
  const changes = new RouteChanges(services, wanted, run);
  await changes.write();
  await changes.verify();
  changes.warn();
  return changes;
}

/** The number was moved since it was read: it is not ours to release any more. */
class MovedError extends Error {}

class RouteChanges implements Changed {
  readonly attached = new Set<string>();
  readonly unconfirmed = new Set<string>();
  readonly released = new Set<string>();
  readonly others = new Set<string>();
  readonly previous = new Map<string, string>();
  readonly #failures = new Map<string, Failure>();
  /** To be read again: written, with the error of a write that may have had its effect; or shown by a page alone. */
  readonly #written = new Map<string, unknown>();
  /** Of these a page has shown something else than a GET. */
  readonly #misshown = new Set<string>();
  readonly #detaching: Detaching;
  readonly #gone = new GoneApplications();
  /** Numbers that are detached although they were to go back, and why. */
  readonly #notPutBack = new Map<string, string>();
  #reads = 0;

  constructor(
    private readonly services: Services,
    private readonly wanted: Wanted,
    private readonly run: RunFacts,
  ) {
    this.#detaching = new Detaching(services.plivo);
  }

  get failures(): readonly Failure[] {
    return [...this.#failures.values()];
  }

  async write(): Promise<void> {
    const { attach, release } = this.wanted;
    const outage = new Outage();
    const numbers = [...attach, ...release.keys()];
    await this.#visit(numbers, outage, "", (visited) => this.#write(visited));
    for (const number of attach) if (this.#written.has(number)) this.unconfirmed.add(number);
    const done = [this.#written, this.attached, this.released, this.#failures];
    for (const number of numbers)
      if (!done.some((numbersDone) => numbersDone.has(number))) this.#fail(number, notTried(outage.cause));
  }

  async verify(): Promise<void> {
    const outage = new Outage();
    const numbers = [...this.#written.keys()];
    await this.#visit(numbers, outage, "verifying: ", (visited) => this.#verify(visited));
    const done = [this.attached, this.released, this.#failures];
    for (const number of numbers)
      if (!done.some((numbersDone) => numbersDone.has(number)))
        this.#fail(number, this.#written.get(number) ?? `not read back: ${messageOf(outage.cause)}`);
  }

  /** One warning for all numbers of a reason. */
  warn(): void {
    const detached = [...this.#notPutBack].filter(([number]) => this.released.has(number));
    for (const why of new Set(detached.map(([, reason]) => reason))) {
      const numbers = detached.filter(([, reason]) => reason === why).map(([number]) => number);
      this.services.warn(`${why}; phone numbers detached: ${listed(numbers.sort())}`);
    }
  }

  #visit(
    numbers: readonly string[],
    outage: Outage,
    doing: string,
    work: (visited: Visited<PhoneNumber>) => Promise<void>,
  ): Promise<void> {
    this.#reads = 0;
    return this.services.plivo.numbers.visit(numbers, {
      shouldStop: () => outage.isDown,
      other: (row) => {
        if (isOnTrunk(row, this.wanted.trunkId)) this.others.add(row.number);
      },
      each: async (visited) => {
        await work(visited).then(
          () => outage.succeeded(),
          (error: unknown) => {
            outage.failed(error);
            if (!this.#written.has(visited.id)) this.#fail(visited.id, error);
          },
        );
        this.#reads += 1;
        const [done, all] = [this.#reads, numbers.length].map((count) => count.toLocaleString("en"));
        if (this.#reads < numbers.length) this.services.progress(`${doing}${done} of ${all} phone numbers`);
      },
    });
  }

  #fail(number: string, why: unknown): void {
    this.#failures.set(number, { number, doing: this.wanted.release.has(number) ? "detaching" : "attaching", why });
  }

  /** Rejects where the write failed; one that may have had its effect is then read again. */
  async #write(visited: Visited<PhoneNumber>): Promise<void> {
    const { id, row, error } = visited;
    if (!row) throw error;
    const release = this.#releaseOf(id);
    try {
      if (release) await this.#release(visited, row, release);
      else await this.#attach(visited, row);
    } catch (failure) {
      if (failure instanceof MovedError) {
        this.#notPutBack.delete(id);
        this.released.add(id);
        return;
      }
      const mayHaveActed = PlivoError.isInstance(failure) && failure.mayHaveActed;
      if (mayHaveActed || (release && mayBeGone(failure))) this.#written.set(id, failure);
      throw failure;
    }
  }

  async #attach({ id, isListed, recent }: Visited<PhoneNumber>, row: PhoneNumber): Promise<void> {
    const { trunkId } = this.wanted;
    this.#recordPrevious(id, row);
    const isThere = isOnTrunk(row, trunkId);
    const readAgain = async (isRetry: boolean) => {
      // What an attempt may have made of it says nothing of what was before.
      if (isRetry) return;
      const found = await recent().catch(() => undefined);
      if (found) this.#recordPrevious(id, found);
    };
    if (!isThere) await this.services.plivo.numbers.route(id, trunkId, readAgain);
    if (isThere && !isListed) this.attached.add(id);
    else this.#written.set(id, undefined);
  }

  #recordPrevious(number: string, row: PhoneNumber): void {
    const before = routeBefore(row, this.run);
    if (before === null || before === this.wanted.trunkId) this.previous.delete(number);
    else this.previous.set(number, before);
  }

  async #release(visited: Visited<PhoneNumber>, row: PhoneNumber, release: Release): Promise<void> {
    const { id, isListed } = visited;
    const { trunkId } = this.wanted;
    const { numbers } = this.services.plivo;
    // A list may lag: that a number is not attached any more rests on a GET.
    const isShown = isOnTrunk(row, trunkId);
    if (!isShown && isListed) this.#misshown.add(id);
    const read = isShown || !isListed ? visited.recent : visited.get;
    const check = async () => {
      if (!isOnTrunk(await read(), trunkId)) throw new MovedError();
      if (release.isOfAnother) return;
      if (this.run.keeperOf(id)) throw new MovedError();
      this.run.recordTaken(id);
    };
    if (release.back === null) {
      if (await this.#detaching.detach(id, check)) this.released.add(id);
      else this.#written.set(id, undefined);
      return;
    }
    await check();
    try {
      await numbers.route(id, release.back, check);
    } catch (error) {
      if (mayBeGone(error)) this.#gone.recordRefused(release.back);
      throw error;
    }
    this.#gone.recordTaken(release.back);
    this.#written.set(id, undefined);
  }

  /** What was asked; without the way back where an application is known by now to be gone. */
  #releaseOf(number: string): Release | undefined {
    const release = this.wanted.release.get(number);
    if (!release || release.back === null || !this.#gone.has(release.back)) return release;
    this.#notPutBack.set(number, notPutBack(release, false));
    return { ...release, back: null };
  }

  async #verify({ id, row, error, isListed, get }: Visited<PhoneNumber>): Promise<void> {
    if (!row) throw error;
    const release = this.#releaseOf(id);
    const isDone = (found: PhoneNumber) =>
      release ? isReleased(found, this.wanted.trunkId, release) : isOnTrunk(found, this.wanted.trunkId);
    const isCertain = !isListed || (isDone(row) && !this.#misshown.has(id));
    const found = isCertain ? row : await get();
    this.unconfirmed.delete(id);
    if (!isDone(found)) await this.#notTaken(found);
    else if (release) this.released.add(id);
    else this.attached.add(id);
  }

  async #notTaken({ number, application }: PhoneNumber): Promise<void> {
    const error = this.#written.get(number);
    const release = this.#releaseOf(number);
    const where = application === null ? "routed to nothing" : `routed to ${application.kind} ${application.id}`;
    const isElsewhere = application !== null && application.id !== this.wanted.trunkId;
    if (release && isElsewhere) {
      // Not ours to route any more.
      this.#notPutBack.delete(number);
      this.services.warn(
        `phone number ${number} was to go back to ${release.back}, and is ${where} now: it is left alone`,
      );
      this.released.add(number);
      return;
    }
    if (release && (error === undefined || application === null || mayBeGone(error))) {
      const why = await releaseNumber(this.services.plivo, number, release);
      if (why !== undefined) this.#notPutBack.set(number, why);
      this.released.add(number);
      return;
    }
    this.#fail(number, error ?? `Plivo accepted the route, and the number is ${where} all the same`);
  }
}

function notTried(cause: unknown): string {
  return `not tried: ${messageOf(cause)}`;
}
