/**
 * One request that serves many operations. Plivo's lists return 20 objects a request, a GET returns one, and the account
 * has 300 requests in 5 s. Every use asks the same question: rows of a page that was requested no earlier than some time.
 *
 * - A read takes a page that is at most 30 s old. What a page does not show is read with a GET before it counts as gone.
 * - A recent read, on which a write depends, takes a page or a GET that is at most 1 s old.
 * - The read-back of a create takes a page that was requested after the create: it shows the object as the create left it.
 *   Pages are used for it only near the rate limit; until then GETs are faster.
 * - A usage query, on which a delete depends, takes a complete list that ended at most 1 s ago and that no write of this
 *   process has overtaken. A refusal always rests on a list that was requested after the question.
 *
 * Lists may lag behind a write: an object that this process has updated or deleted is only ever read with GETs.
 */
import type { Clock } from "../clock";
import { Batcher } from "./batcher";
import { inParallel } from "./in-parallel";
import { type ListSource, type Page, type Query, RECENT_MS } from "./list-source";
import { NewestPolicy, ScanPolicy } from "./page-policy";
import { UsageList } from "./usage-list";

/** How old, in ms, the page may be that serves a read. */
export const MAX_AGE_MS = 30_000;
/** How long, in ms, a read-back waits for creates under way. */
const LONGEST_WAIT_MS = 250;
const CONCURRENT_PAGES = 4;
const MANY_AT_ONCE = 8;

/**
 * "eventual": what a list has shown within the last 30 s. "recent": what a list or a GET has shown within the last second.
 * "strong": a GET that the operation has sent itself. None of them is older than the last write of this process.
 */
export type Consistency = "eventual" | "recent" | "strong";

interface ShownRow<Row> {
  readonly row: Row;
  /** When its page was requested. */
  readonly at: number;
  readonly endedAt: number;
  /** Of its page. */
  readonly offset: number;
}

interface GotRow<Row> {
  readonly row: Row;
  readonly endedAt: number;
  readonly operation: object;
}

export class ListCache<Row, Filter> {
  readonly #clock: Clock;
  readonly #isNearLimit: () => boolean;
  readonly #shown = new Map<string, ShownRow<Row>>();
  /** By a GET, and by which operation. */
  readonly #got = new Map<string, GotRow<Row>>();
  /** Written by this process -> how often. */
  readonly #written = new Map<string, number>();
  /** Updated or deleted by this process. */
  readonly #updated = new Set<string>();
  /** Created by this process, and neither read nor written since. */
  readonly #created = new Set<string>();
  readonly #writesUnderWay = new Set<Promise<unknown>>();
  readonly #pagesUnderWay = new Set<Promise<void>>();
  /** Requested by recent reads: by id, and by the offset of a page. */
  readonly #recentUnderWay = new Map<string | number, Promise<unknown>>();
  readonly #readBacks = new Batcher<string, ReadonlyMap<string, Row>>(() => this.#writesEnd());
  readonly #usage: UsageList<Row, Filter>;
  #scan: { readonly since: number; readonly policy: ScanPolicy } | undefined;
  readonly #newest: NewestPolicy;

  /** @param isNearLimit whether requests are few enough to be what operations wait for */
  constructor(
    private readonly pageSize: number,
    clock: Clock,
    isNearLimit: () => boolean,
  ) {
    this.#newest = new NewestPolicy(pageSize);
    this.#usage = new UsageList(pageSize, clock);
    this.#clock = clock;
    this.#isNearLimit = isNearLimit;
  }

  /**
   * Sends a write, which overtakes what was read of the object before its end. A create or an update overtakes whole lists
   * too: it may make something use what a list shows unused. A delete cannot.
   */
  async write<Result>(id: string | undefined, send: () => Promise<Result>, isDelete = false): Promise<Result> {
    const overtake = () => {
      if (!isDelete) this.#usage.overtake();
      if (id === undefined) return;
      this.#forget(id);
      this.#updated.add(id);
    };
    overtake();
    const sending = send();
    this.#writesUnderWay.add(sending);
    try {
      return await sending;
    } finally {
      this.#writesUnderWay.delete(sending);
      overtake();
    }
  }

  created(id: string): void {
    this.#forget(id);
    this.#created.add(id);
    this.#newest.created();
  }

  hasWritten(id: string): boolean {
    return this.#written.has(id);
  }

  #forget(id: string): void {
    this.#written.set(id, (this.#written.get(id) ?? 0) + 1);
    this.#created.delete(id);
    this.#shown.delete(id);
    this.#got.delete(id);
  }

  async get(id: string, source: ListSource<Row, Filter>, consistency: Consistency): Promise<Row> {
    if (consistency === "eventual")
      return (await this.#readBack(id, source)) ?? (await this.#scanned(id, source)) ?? this.#getOne(id, source);
    if (consistency === "recent") return this.#getRecent(id, source);
    const got = this.#got.get(id);
    return got?.operation === source.operation ? got.row : this.#getOne(id, source);
  }

  /** Each as an eventual `get` returns it, or the error that it rejects with: how many there are is known here. */
  async getMany(ids: readonly string[], source: ListSource<Row, Filter>): Promise<ReadonlyMap<string, Row | Error>> {
    this.#scanPolicy().announce(ids.length);
    const found = new Map<string, Row | Error>();
    await inParallel(ids, { atOnce: MANY_AT_ONCE }, async (id) => {
      const row = await this.get(id, source, "eventual").catch((error: unknown) => error);
      found.set(id, row instanceof Error ? row : (row as Row));
    });
    return found;
  }

  async #getOne(id: string, source: ListSource<Row, Filter>): Promise<Row> {
    const writes = this.#written.get(id);
    const row = await source.get(id);
    const got = { row, endedAt: this.#clock.now(), operation: source.operation };
    if (this.#written.get(id) === writes) this.#got.set(id, got);
    return row;
  }

  /**
   * Where a page has shown the object before, that page is requested again: it costs what a GET costs, and serves its
   * neighbours for a second.
   */
  async #getRecent(id: string, source: ListSource<Row, Filter>): Promise<Row> {
    const before = this.#recentRow(id, source);
    if (before) return before;
    const offset = (await this.#scanned(id, source)) && this.#shown.get(id)?.offset;
    const isShown = this.#recentRow(id, source) !== undefined;
    if (!isShown && offset !== undefined) await this.#share(offset, source, () => this.#readPage(offset, source));
    const shown = this.#recentRow(id, source);
    if (shown) return shown;
    let own: Row | undefined;
    await this.#share(id, source, async () => {
      own = await this.#getOne(id, source);
    });
    // What another operation has read; where that failed, or was overtaken by a write, its own.
    return own ?? this.#recentRow(id, source) ?? this.#getOne(id, source);
  }

  /**
   * The age counts from the response. What this process has updated is read by each operation itself: whatever the update
   * returned to another one, others may have changed it since.
   */
  #recentRow(id: string, { operation }: ListSource<Row, Filter>): Row | undefined {
    const since = this.#clock.now() - RECENT_MS;
    const got = this.#got.get(id);
    const isShared = got?.operation === operation || !this.#updated.has(id);
    return [this.#isShown(id), isShared ? got : undefined].find((found) => found && found.endedAt >= since)?.row;
  }

  /** Sends a request, or waits for the same one of another operation. An error is that of the operation that sent it. */
  async #share(key: string | number, source: ListSource<Row, Filter>, send: () => Promise<unknown>): Promise<void> {
    const underWay = this.#recentUnderWay.get(key);
    if (underWay) {
      await source.wait(underWay);
      return;
    }
    const sending = send().finally(() => this.#recentUnderWay.delete(key));
    this.#recentUnderWay.set(key, sending);
    await sending;
  }

  /** From a page, where pages are worth their requests; `undefined`: it has to be read with a GET. */
  async #scanned(id: string, source: ListSource<Row, Filter>): Promise<Row | undefined> {
    if (this.#written.has(id)) return undefined;
    const policy = this.#scanPolicy();
    policy.asked(id);
    // Nothing is awaited between a decision and its entry in the policy: others decide by that entry.
    while (!this.#isShown(id)) {
      this.#requestPages(source, policy, () => policy.next(id));
      if (this.#pagesUnderWay.size === 0 || !(await source.wait(Promise.race(this.#pagesUnderWay)))) break;
    }
    const shown = this.#isShown(id);
    if (!shown) {
      policy.missed();
      return undefined;
    }
    policy.hit();
    this.#requestPages(source, policy, () => policy.ahead());
    return shown.row;
  }

  #isShown(id: string): ShownRow<Row> | undefined {
    const shown = this.#shown.get(id);
    return shown && !this.#written.has(id) && shown.at >= this.#clock.now() - MAX_AGE_MS ? shown : undefined;
  }

  #scanPolicy(): ScanPolicy {
    const now = this.#clock.now();
    if (this.#scan && now - this.#scan.since < MAX_AGE_MS) return this.#scan.policy;
    this.#scan = { since: now, policy: new ScanPolicy(this.pageSize) };
    this.#shown.clear();
    this.#got.clear();
    return this.#scan.policy;
  }

  #requestPages(source: ListSource<Row, Filter>, policy: ScanPolicy, next: () => number | undefined): void {
    while (this.#pagesUnderWay.size < CONCURRENT_PAGES) {
      const offset = next();
      if (offset === undefined) return;
      const page = this.#scanPage(offset, source, policy).finally(() => this.#pagesUnderWay.delete(page));
      this.#pagesUnderWay.add(page);
    }
  }

  async #scanPage(offset: number, source: ListSource<Row, Filter>, policy: ScanPolicy): Promise<void> {
    const page = await this.#readPage(offset, source);
    if (page) policy.pageRead(offset, page.total, page.rows.map(source.idOf));
    else policy.pageFailed(offset);
  }

  /** A page that cannot be read fails no operation: they go on with GETs. */
  async #readPage(offset: number, source: ListSource<Row, Filter>): Promise<Page<Row> | undefined> {
    const at = this.#clock.now();
    const page = await source.page(offset).catch(() => undefined);
    const rows = page?.rows.filter((row) => !this.#written.has(source.idOf(row))) ?? [];
    const endedAt = this.#clock.now();
    for (const row of rows) this.#shown.set(source.idOf(row), { row, at, endedAt, offset });
    return page;
  }

  /** The object as its create left it; `undefined`: this process has not created it, or no page shows it. */
  async #readBack(id: string, source: ListSource<Row, Filter>): Promise<Row | undefined> {
    const isNew = this.#created.delete(id);
    if (!isNew || !this.#isNearLimit() || this.#newest.isGivenUp) return undefined;
    const rows = await this.#readBacks.load(id, source.wait, (ids) => this.#readNewest(ids, source));
    return rows?.get(id);
  }

  async #readNewest(ids: readonly string[], source: ListSource<Row, Filter>): Promise<ReadonlyMap<string, Row>> {
    const [only, ...others] = ids;
    // Also a GET is worth waiting for: those who come meanwhile share a page.
    if (only !== undefined && others.length === 0) return new Map([[only, await this.#getOne(only, source)]]);
    const wanted = new Set(ids);
    const found = new Map<string, Row>();
    await this.#newest.search(
      () => wanted.size - found.size,
      async (offset) => {
        const page = await source.page(offset).catch(() => undefined);
        if (!page) return undefined;
        const before = found.size;
        const order = page.rows.map((row) => source.idOf(row));
        for (const row of page.rows) if (wanted.has(source.idOf(row))) found.set(source.idOf(row), row);
        const isWanted = (at: number) => wanted.has(order.at(at) ?? "");
        const hits = found.size - before;
        return { rows: order.length, total: page.total, hits, isFirstHit: isWanted(0), isLastHit: isWanted(-1) };
      },
    );
    return found;
  }

  /** Those who create now will read back next: they share the page, if that does not take long. */
  async #writesEnd(): Promise<void> {
    if (this.#writesUnderWay.size === 0) return;
    const over = new AbortController();
    const late = this.#clock.sleep(LONGEST_WAIT_MS, over.signal).catch(() => undefined);
    await Promise.race([Promise.allSettled(this.#writesUnderWay), late]);
    over.abort();
  }

  /** The rows that a delete depends on. */
  rows(query: Query<Row, Filter>, source: ListSource<Row, Filter>): Promise<readonly Row[]> {
    return this.#usage.rows(query, source);
  }
}
