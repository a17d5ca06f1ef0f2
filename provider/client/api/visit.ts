/**
 * Objects that are read in order to be written: each is handed over right after it was read, by whichever is cheaper, the
 * pages of the list or a GET for each.
 */
import { inParallel } from "../cache/in-parallel";
import { type ListSource, type Page, RECENT_MS } from "../cache/list-source";
import { PAGE } from "./list";

const PAGES_AT_ONCE = 2;
const GETS_AT_ONCE = 8;

/** What a visit reads from: one kind of object of one account. */
export interface VisitSource<Row> extends Pick<ListSource<Row, unknown>, "get" | "page" | "idOf"> {
  now(): number;
}

export interface Visited<Row> {
  readonly id: string;
  readonly row: Row | undefined;
  /** Why there is no row. */
  readonly error?: unknown;
  /** A page has shown it. Pages may lag behind: what they do not show rests on a GET. */
  readonly isListed: boolean;
  /** The row as it was within the last second. */
  recent(): Promise<Row>;
  /** What a GET returns now. */
  get(): Promise<Row>;
}

export interface Visit<Row> {
  /** Awaited before the next objects are read. */
  each(visited: Visited<Row>): Promise<void>;
  /** Nothing more is to be read. */
  shouldStop(): boolean;
  /** What a page shows beside the objects that are visited. */
  other?(row: Row): void;
}

/**
 * The first page tells how long the list is: of n objects in a list of P pages, at most min(n, P) + 1 requests. Objects
 * that no page shows, because it failed or because the list has shifted meanwhile, are read with GETs.
 *
 * @param known how many pages the list had a moment ago
 * @returns how many it has, as far as that is known
 */
export async function visitRows<Row>(
  ids: readonly string[],
  source: VisitSource<Row>,
  visit: Visit<Row>,
  known?: number,
): Promise<number | undefined> {
  const left = new Set(ids);
  const pages = left.size > 1 && left.size >= (known ?? 1) ? await visitPages(left, source, visit) : known;
  const each = async (id: string) => visit.each(await got(id, source));
  await inParallel([...left], { atOnce: GETS_AT_ONCE, shouldStop: () => visit.shouldStop() }, each);
  return pages;
}

async function visitPages<Row>(
  left: Set<string>,
  source: VisitSource<Row>,
  visit: Visit<Row>,
): Promise<number | undefined> {
  const visited = new Set(left);
  const take = async (offset: number) => {
    const page = new ReadPage(offset, source);
    const read = await page.read().catch(() => undefined);
    for (const row of read?.rows ?? []) if (!visited.has(source.idOf(row))) visit.other?.(row);
    const wanted = read?.rows.filter((row) => left.delete(source.idOf(row))) ?? [];
    await Promise.all(wanted.map((row) => visit.each(page.visited(row))));
    return read;
  };
  const first = await take(0);
  const pages = Math.ceil((first?.total ?? 0) / PAGE);
  // A GET each is cheaper, or the server does not tell what the list costs.
  if (left.size < pages - 1) return first && pages;
  // What the server says of the length is trusted no further than the pages go.
  let isEnd = first?.rows.length === 0;
  const offsets = Array.from({ length: Math.max(0, pages - 1) }, (_, nth) => (nth + 1) * PAGE);
  const shouldStop = () => isEnd || left.size === 0 || visit.shouldStop();
  await inParallel(offsets, { atOnce: PAGES_AT_ONCE, shouldStop }, async (offset) => {
    const read = await take(offset);
    if (read?.rows.length === 0) isEnd = true;
  });
  return first && pages;
}

/** A page, which is read again where a write depends on a row of it, and once for all of them. */
class ReadPage<Row> {
  #rows: ReadonlyMap<string, Row> = new Map();
  #endedAt = 0;
  #again: Promise<unknown> | undefined;

  constructor(
    private readonly offset: number,
    private readonly source: VisitSource<Row>,
  ) {}

  async read(): Promise<Page<Row>> {
    const page = await this.source.page(this.offset);
    this.#rows = new Map(page.rows.map((row) => [this.source.idOf(row), row]));
    this.#endedAt = this.source.now();
    return page;
  }

  visited(row: Row): Visited<Row> {
    const id = this.source.idOf(row);
    return { id, row, isListed: true, recent: () => this.#recent(id), get: () => this.source.get(id) };
  }

  async #recent(id: string): Promise<Row> {
    if (this.#endedAt < this.source.now() - RECENT_MS) {
      this.#again ??= this.read().finally(() => {
        this.#again = undefined;
      });
      await this.#again.catch(() => undefined);
    }
    const row = this.#endedAt < this.source.now() - RECENT_MS ? undefined : this.#rows.get(id);
    return row ?? this.source.get(id);
  }
}

async function got<Row>(id: string, source: VisitSource<Row>): Promise<Visited<Row>> {
  const get = () => source.get(id);
  try {
    const row = await source.get(id);
    const endedAt = source.now();
    const recent = async () => (endedAt < source.now() - RECENT_MS ? get() : row);
    return { id, row, isListed: false, recent, get };
  } catch (error) {
    return { id, row: undefined, error, isListed: false, recent: get, get };
  }
}
