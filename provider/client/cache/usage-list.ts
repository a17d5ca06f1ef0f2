/**
 * Usage queries: which objects use another one, before a delete that would harm them. They take a complete list that ended
 * at most 1 s ago and that no write of this process has overtaken. A refusal always rests on a list that was requested
 * after the question.
 */
import type { Clock } from "../clock";
import { Batcher } from "./batcher";
import { type ListSource, type Query, RECENT_MS } from "./list-source";

/** How often a usage query asks again that writes of this process overtake. */
const MOST_QUERIES = 3;

interface UsageQuery<Filter> {
  readonly filters: readonly Filter[];
  readonly isFresh: boolean;
}

/** `undefined`: each query had better ask with its own filters. */
type UsageResult<Row> = { readonly rows: readonly Row[]; readonly isFresh: boolean } | undefined;

export class UsageList<Row, Filter> {
  readonly #batcher = new Batcher<UsageQuery<Filter>, UsageResult<Row>>();
  #writes = 0;
  #complete: { readonly rows: readonly Row[]; readonly endedAt: number; readonly writes: number } | undefined;
  /** Of the whole list, as the last query has seen it. */
  #pageCount: number | undefined;

  constructor(
    private readonly pageSize: number,
    private readonly clock: Clock,
  ) {}

  /** A create or an update of this process: it may make something use what a list shows unused. */
  overtake(): void {
    this.#writes += 1;
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
      this.#batcher.load({ filters, isFresh }, source.wait, (queries) => this.#readUsage(queries, source));
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
    return complete.endedAt >= this.clock.now() - RECENT_MS ? complete.rows : undefined;
  }

  async #readUsage(queries: readonly UsageQuery<Filter>[], source: ListSource<Row, Filter>): Promise<UsageResult<Row>> {
    const recent = queries.some(({ isFresh }) => isFresh) ? undefined : this.#recentList();
    if (recent) return { rows: recent, isFresh: false };
    const writes = this.#writes;
    const filters = queries.flatMap((query) => query.filters);
    const rows = await this.#wholeList(filters, source);
    if (!rows) return undefined;
    this.#pageCount = Math.max(1, Math.ceil(rows.length / this.pageSize));
    this.#complete = { rows, endedAt: this.clock.now(), writes };
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
