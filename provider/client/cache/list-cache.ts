/**
 * One request that serves many operations. Plivo's lists return 20 objects a request, a GET returns one, and the account
 * has 300 requests in 5 s. Every use asks the same question: rows of a page that was requested no earlier than some time.
 *
 * - A read takes a page that is at most 30 s old. What a page does not show is read with a GET before it counts as gone.
 * - The read-back of a create takes a page that was requested after the create: it shows the object as the create left it.
 *   Pages are used for it only near the rate limit; until then GETs are faster.
 * - A usage query, on which a delete depends, takes a complete list that ended at most 1 s ago and that no write of this
 *   process has overtaken. A refusal always rests on a list that was requested after the question.
 *
 * Lists may lag behind a write: an object that this process has updated or deleted is only ever read with GETs.
 */
import type { Clock } from "../clock";
import { Batcher, type Wait } from "./batcher";
import { NewestPolicy, ScanPolicy } from "./page-policy";

/** How old, in ms, the page may be that serves a read. */
export const MAX_AGE_MS = 30_000;
/** How long ago, in ms, the list of a usage query may have ended. */
export const USAGE_MAX_AGE_MS = 1_000;
/** How often a usage query asks again that writes of this process overtake. */
const MOST_QUERIES = 3;
/** How long, in ms, a read-back waits for creates under way. */
const LONGEST_WAIT_MS = 250;
const CONCURRENT_PAGES = 4;

/** "strong": a GET that the operation has sent itself, since this process last wrote the object. */
export type Consistency = "eventual" | "strong";

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Of the whole list; `null` where the server does not tell. */
  readonly total: number | null;
}

/** One kind of object of one account, through the operation that asks. */
export interface ListSource<Row, Filter> {
  readonly operation: object;
  readonly wait: Wait;
  get(id: string): Promise<Row>;
  /** Rows from this offset on, without those that say too little. */
  page(offset: number): Promise<Page<Row>>;
  /** Every row that matches, each complete. No filter: all. */
  list(filter?: Filter): Promise<readonly Row[]>;
  /** The first page, each row complete. */
  firstPage(): Promise<Page<Row> & { readonly isLast: boolean }>;
  idOf(row: Row): string;
  isEmpty(filter: Filter): boolean;
}

interface ShownRow<Row> {
  readonly row: Row;
  readonly at: number;
}

/** Which rows a decision depends on; the filters are for the server, which may find more. */
export interface Query<Row, Filter> {
  readonly filters: readonly Filter[];
  isMatch(row: Row): boolean;
}

interface UsageQuery<Filter> {
  readonly filters: readonly Filter[];
  readonly isFresh: boolean;
}

/** `undefined`: each query had better ask with its own filters. */
type UsageResult<Row> = { readonly rows: readonly Row[]; readonly isFresh: boolean } | undefined;

export class ListCache<Row, Filter> {
  readonly #clock: Clock;
  readonly #isNearLimit: () => boolean;
  readonly #shown = new Map<string, ShownRow<Row>>();
  /** By a GET, and by which operation. */
  readonly #got = new Map<string, { readonly row: Row; readonly operation: object }>();
  /** Written by this process -> how often. */
  readonly #written = new Map<string, number>();
  /** Created by this process, and neither read nor written since. */
  readonly #created = new Set<string>();
  readonly #writesUnderWay = new Set<Promise<unknown>>();
  readonly #pagesUnderWay = new Set<Promise<void>>();
  readonly #readBacks = new Batcher<string, ReadonlyMap<string, Row>>(() => this.#writesEnd());
  readonly #usage = new Batcher<UsageQuery<Filter>, UsageResult<Row>>();
  #scan: { readonly since: number; readonly policy: ScanPolicy } | undefined;
  readonly #newest: NewestPolicy;
  #writes = 0;
  #complete: { readonly rows: readonly Row[]; readonly endedAt: number; readonly writes: number } | undefined;
  /** Of the whole list, as the last usage query has seen it. */
  #pageCount: number | undefined;

  /** @param isNearLimit whether requests are few enough to be what operations wait for */
  constructor(
    private readonly pageSize: number,
    clock: Clock,
    isNearLimit: () => boolean,
  ) {
    this.#newest = new NewestPolicy(pageSize);
    this.#clock = clock;
    this.#isNearLimit = isNearLimit;
  }

  /**
   * Sends a write, which overtakes what was read of the object before its end. A create or an update overtakes whole lists
   * too: it may make something use what a list shows unused. A delete cannot.
   */
  async write<Result>(id: string | undefined, send: () => Promise<Result>, isDelete = false): Promise<Result> {
    const overtake = () => {
      if (!isDelete) this.#writes += 1;
      if (id !== undefined) this.#forget(id);
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
    const got = this.#got.get(id);
    return got?.operation === source.operation ? got.row : this.#getOne(id, source);
  }

  async #getOne(id: string, source: ListSource<Row, Filter>): Promise<Row> {
    const writes = this.#written.get(id);
    const row = await source.get(id);
    if (this.#written.get(id) === writes) this.#got.set(id, { row, operation: source.operation });
    return row;
  }

  /** From a page, where pages are worth their requests; `undefined`: it has to be read with a GET. */
  async #scanned(id: string, source: ListSource<Row, Filter>): Promise<Row | undefined> {
    if (this.#written.has(id)) return undefined;
    const policy = this.#scanPolicy();
    policy.asked(id);
    // Nothing is awaited between a decision and its entry in the policy: others decide by that entry.
    while (!this.#isShown(id)) {
      this.#requestPages(source, policy, () => policy.next());
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
      const page = this.#readPage(offset, source, policy).finally(() => this.#pagesUnderWay.delete(page));
      this.#pagesUnderWay.add(page);
    }
  }

  /** A page that cannot be read fails no operation: they go on with GETs. */
  async #readPage(offset: number, source: ListSource<Row, Filter>, policy: ScanPolicy): Promise<void> {
    const at = this.#clock.now();
    try {
      const { rows, total } = await source.page(offset);
      policy.pageRead(total, rows.length);
      for (const row of rows) if (!this.#written.has(source.idOf(row))) this.#shown.set(source.idOf(row), { row, at });
    } catch {
      policy.pageFailed(offset);
    }
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

  /** The rows that a delete depends on. A write that overtakes the query makes it ask again, a few times. */
  async rows(query: Query<Row, Filter>, source: ListSource<Row, Filter>): Promise<readonly Row[]> {
    for (let attempt = 1; ; attempt++) {
      const writes = this.#writes;
      const found = await this.#query(query, source);
      if (found.length > 0 || writes === this.#writes || attempt === MOST_QUERIES) return found;
    }
  }

  async #query({ filters, isMatch }: Query<Row, Filter>, source: ListSource<Row, Filter>): Promise<readonly Row[]> {
    const ask = (isFresh: boolean) =>
      this.#usage.load({ filters, isFresh }, source.wait, (queries) => this.#readUsage(queries, source));
    const recent = this.#recentList();
    const result = recent ? { rows: recent, isFresh: false } : await ask(false);
    const found = result?.rows.filter(isMatch);
    if (result?.isFresh || found?.length === 0) return found ?? [];
    const fresh = result && (await ask(true));
    if (fresh) return fresh.rows.filter(isMatch);
    return (await Promise.all(filters.map((filter) => source.list(filter)))).flat().filter(isMatch);
  }

  #recentList(): readonly Row[] | undefined {
    const complete = this.#complete;
    if (!complete || complete.writes !== this.#writes) return undefined;
    return complete.endedAt >= this.#clock.now() - USAGE_MAX_AGE_MS ? complete.rows : undefined;
  }

  async #readUsage(queries: readonly UsageQuery<Filter>[], source: ListSource<Row, Filter>): Promise<UsageResult<Row>> {
    const recent = queries.some(({ isFresh }) => isFresh) ? undefined : this.#recentList();
    if (recent) return { rows: recent, isFresh: false };
    const writes = this.#writes;
    const rows = await this.#wholeList(
      queries.flatMap(({ filters }) => filters),
      source,
    );
    if (!rows) return undefined;
    this.#pageCount = Math.max(1, Math.ceil(rows.length / this.pageSize));
    this.#complete = { rows, endedAt: this.#clock.now(), writes };
    return { rows, isFresh: true };
  }

  /** Only where that is no more requests than one for each filter. */
  async #wholeList(filters: readonly Filter[], source: ListSource<Row, Filter>): Promise<readonly Row[] | undefined> {
    if (filters.some((filter) => source.isEmpty(filter))) return source.list();
    if (filters.length < 2) return undefined;
    if (this.#pageCount === undefined) {
      const { rows, total, isLast } = await source.firstPage();
      this.#pageCount = isLast ? 1 : Math.ceil((total ?? Number.POSITIVE_INFINITY) / this.pageSize);
      if (isLast) return rows;
    }
    return this.#pageCount > filters.length ? undefined : source.list();
  }
}
